"""How Alembic reaches the database: over the connection it is handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from bot.store import (  # noqa: F401 - they register tables
    attachments,
    attendance,
    editions,
    indexing,
    notices,
    order_states,
    people,
    raised,
    satisfaction,
    shop,
    snoozes,
    staff_mails,
    teaching,
    teamwork,
    undertaken,
    uploads,
    watches,
)
from bot.store.models import Base


def render_item(
    kind: str, item: Any, autogen_context: AutogenContext
) -> str | Literal[False]:
    """Write our column types as what they are in the database.

    A migration must still mean the same when the class has changed.
    """
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def is_described(item: Any, name: str | None, kind: str, *others: Any) -> bool:
    """Return whether the models say how a table is: they don't of the search's."""
    return not (kind == "table" and indexing.is_ours(name or ""))


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    compare_type=True,
    render_item=render_item,
    include_object=is_described,
)
context.run_migrations()

"""The flows that were ever live here: whoever is inside one finishes on it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base
from flows.steps import Flow


class FlowEdition(Base):
    """What stood below the id of a flow: written once, never changed."""

    __tablename__ = "flow_edition"

    edition: Mapped[str] = mapped_column(String(16), primary_key=True)
    flow: Mapped[str] = mapped_column(String(200))
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]


def keep(connection: Connection, flows: Iterable[Flow], now: datetime) -> None:
    """Keep the flows as they are now, those that are not kept yet."""
    known = set(connection.scalars(select(FlowEdition.edition)))
    fresh = {one.edition: one for one in flows if one.edition not in known}
    rows = [
        {"edition": name, "flow": one.id, "body": dict(one.body), "at": now}
        for name, one in fresh.items()
    ]
    if rows:
        statement = insert(connection, FlowEdition).on_conflict_do_nothing()
        connection.execute(statement, rows)


def kept(connection: Connection) -> Mapping[str, tuple[str, dict[str, Any]]]:
    """Return the id and the body of each flow that is kept, by edition."""
    rows = connection.execute(
        select(FlowEdition.edition, FlowEdition.flow, FlowEdition.body)
    )
    return {row.edition: (row.flow, row.body) for row in rows}

"""What narrows a list of the inbox: label, priority, Page, language, unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, literal, select
from sqlalchemy.orm import aliased

from bot.store import reads
from bot.store.models import Conversation, Customer, Page
from bot.store.teamwork import ConversationLabel
from bot.store.types import AnyRow


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a conversation must be to stay on a list; None where it does not matter."""

    label: int | None = None
    priority: int | None = None
    page: str | None = None
    language: str | None = None
    unread: bool = False

    @property
    def is_on(self) -> bool:
        """Return whether it narrows anything."""
        return self != Filter()


def conditions(wanted: Filter, staff_id: Any) -> list[Any]:
    """Return what the conversations that *wanted* lets through have in common."""
    found: list[Any] = []
    if wanted.label is not None:
        found.append(_has_label(wanted.label))
    if wanted.priority is not None:
        found.append(Conversation.priority == wanted.priority)
    if wanted.page is not None:
        found.append(_is_of_page(wanted.page))
    if wanted.language is not None:
        found.append(Conversation.language == wanted.language)
    if wanted.unread:
        found.append(reads.unread(staff_id))
    return found


def pages(connection: Connection) -> Sequence[AnyRow]:
    """Return the Pages there are, by name."""
    return connection.execute(_PAGES).all()


def languages(connection: Connection) -> list[str]:
    """Return the languages that conversations are in."""
    return list(connection.scalars(_LANGUAGES))


_PAGES = select(Page.page_id, Page.name).order_by(Page.name, Page.page_id)


def _next(after: ColumnElement[str]) -> Any:
    found = select(func.min(Conversation.language)).where(Conversation.language > after)
    return found.correlate_except(Conversation).scalar_subquery()


def _by_index() -> Select[tuple[str]]:
    """Go from each language to the next in the index.

    Distinct ones would be looked for in all conversations that there are.
    """
    first = select(_next(literal("")).label("language")).cte("known", recursive=True)
    known = first.union_all(
        select(_next(first.c.language)).where(first.c.language != "")
    )
    return select(known.c.language).where(known.c.language.is_not(None))


_LANGUAGES = _by_index()


def _has_label(label_id: int) -> Any:
    return exists().where(
        ConversationLabel.conversation_id == Conversation.id,
        ConversationLabel.label_id == label_id,
    )


def _is_of_page(page_id: str) -> Any:
    # Another name: where a list joins its customers, theirs would be meant.
    whose = aliased(Customer)
    return exists().where(
        whose.id == Conversation.customer_id, whose.page_id == page_id
    )

"""The Pages that we answer for, and those that we answered for once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.store.arrivals import insert
from bot.store.models import EventState, IncomingEvent, Page


class AnotherPageError(Exception):
    """The database belongs to another Page; the text says what to do."""


def keep(connection: Connection, page_id: str, token: bytes, now: datetime) -> None:
    """Note a Page and its token, sealed; a new token opens a Page that was shut.

    It is ours again, if it was left.
    """
    connection.execute(
        insert(connection, Page)
        .values(page_id=page_id, token=token, abilities={}, created_at=now)
        .on_conflict_do_update(
            index_elements=["page_id"],
            set_={
                "token": token,
                "parked_reason": None,
                "parked_until": None,
                "left_at": None,
            },
        )
    )


def keep_new(connection: Connection, page_id: str, token: bytes, now: datetime) -> None:
    """Note a Page that is not known yet, and its token, sealed."""
    connection.execute(
        insert(connection, Page)
        .values(page_id=page_id, token=token, abilities={}, created_at=now)
        .on_conflict_do_nothing(index_elements=["page_id"])
    )


def leave_others(
    connection: Connection, page_ids: Sequence[str], now: datetime
) -> Sequence[str]:
    """Note that we answer for no other Page from now on; return which we did before.

    What was said there stays, and can be read; what nobody has come to is kept with it.
    """
    query = update(Page).where(Page.page_id.not_in(page_ids), Page.left_at.is_(None))
    left = query.values(left_at=now).returning(Page.page_id)
    found = sorted(connection.scalars(left))
    if found:
        theirs = IncomingEvent.page_id.in_(found)
        waits = IncomingEvent.state == EventState.NEW
        kept = update(IncomingEvent).where(theirs, waits)
        connection.execute(kept.values(state=EventState.KEPT))
    return found


def call(connection: Connection, page_id: str, name: str) -> None:
    """Note what a Page is called, as Facebook says."""
    is_new = Page.name.is_(None) | (Page.name != name)
    query = update(Page).where(Page.page_id == page_id, is_new)
    connection.execute(query.values(name=name))


def abilities(connection: Connection, page_id: str) -> dict[str, Any]:
    """Return what Messenger lets a Page do, as far as we know."""
    row = connection.scalar(select(Page.abilities).where(Page.page_id == page_id))
    return row or {}


def able(connection: Connection, page_id: str, new: dict[str, Any]) -> None:
    """Note what Messenger lets a Page do."""
    known = abilities(connection, page_id)
    connection.execute(
        update(Page).where(Page.page_id == page_id).values(abilities={**known, **new})
    )


def refuse_other(connection: Connection, page_ids: Sequence[str]) -> None:
    """Raise AnotherPageError if the database holds a Page that is none of these."""
    is_other = Page.page_id.not_in(page_ids)
    other = connection.scalar(select(Page.page_id).where(is_other).limit(1))
    if other is not None:
        raise AnotherPageError(
            f"DATABASE_URL holds the Page {other}, which is not the demo's: "
            "unset it, or name a database of the demo's own"
        )

"""Pages that Messenger takes no messages of: for how long, and is it over?"""

from sqlalchemy import Connection, bindparam, update

from bot.store.models import Page
from bot.store.types import AnyRow, DatabaseSeconds

PROBE = 300.0  # seconds between two tries for a Page that Messenger has shut


def park(connection: Connection, page_id: str, reason: str, seconds: float) -> None:
    """Let nothing out for a Page for some seconds; then try with one message."""
    connection.execute(
        update(Page)
        .where(Page.page_id == page_id)
        .values(parked_reason=reason, parked_until=DatabaseSeconds() + seconds)
    )


def unpark(connection: Connection, page_id: str) -> None:
    """Note that Messenger takes messages of this Page again."""
    connection.execute(_UNPARK, {"page": page_id})


_UNPARK = (
    update(Page)
    .where(Page.page_id == bindparam("page"), Page.parked_until.is_not(None))
    .values(parked_reason=None, parked_until=None)
)


def probe_again(connection: Connection, page_id: str) -> None:
    """Let another message see whether a Page is open: the last one never went out."""
    connection.execute(
        update(Page)
        .where(Page.page_id == page_id, Page.parked_until.is_not(None))
        .values(parked_until=DatabaseSeconds())
    )


def is_open(connection: Connection, row: AnyRow) -> bool:
    """Return whether the Page takes messages; let one through now and then to see."""
    if row.parked_until is None:
        return True
    if row.parked_until > row.database_now:
        return False
    probing = connection.execute(
        update(Page)
        .where(Page.page_id == row.page_id, Page.parked_until == row.parked_until)
        .values(parked_until=DatabaseSeconds() + PROBE)
    )
    return probing.rowcount == 1

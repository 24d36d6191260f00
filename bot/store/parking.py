"""Pages that Messenger takes no messages of: for how long, and is it over?"""

from sqlalchemy import Connection, bindparam, exists, select, update

from bot.store.models import (
    UNSETTLED,
    Conversation,
    Customer,
    OutgoingMessage,
    OutgoingState,
    Page,
)
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


def try_now(connection: Connection, page_id: str) -> None:
    """Let what waits for a Page that is shut be tried at once.

    The messages come before the Page, as where one is sent: else two could wait for
    each other.
    """
    mine = (
        select(Conversation.id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Customer.page_id == page_id)
    )
    connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.conversation_id.in_(mine))
        .where(OutgoingMessage.state == OutgoingState.PENDING)
        .values(not_before=None)
    )
    probe_again(connection, page_id)


def stop(connection: Connection, page_id: str) -> AnyRow | None:
    """Return why a Page is shut, in how many seconds it is tried, and what waits.

    ``waits``: whether a message is there to try it with; ``trying``: whether one is
    being sent. None if the Page is open.
    """
    waits, trying = (
        exists(_OF_PAGE.where(OutgoingMessage.state.in_(states)))
        for states in (UNSETTLED, (OutgoingState.SENDING,))
    )
    query = select(
        Page.parked_reason.label("reason"),
        (Page.parked_until - DatabaseSeconds()).label("seconds"),
        waits.label("waits"),
        trying.label("trying"),
    )
    shut = query.where(Page.page_id == page_id, Page.parked_until.is_not(None))
    return connection.execute(shut).first()


_OF_PAGE = (
    select(OutgoingMessage.id)
    .join(Conversation, Conversation.id == OutgoingMessage.conversation_id)
    .join(Customer, Customer.id == Conversation.customer_id)
    .where(Customer.page_id == Page.page_id)
    .correlate(Page)
)


def is_open(connection: Connection, row: AnyRow) -> bool:
    """Return whether the Page takes messages; let one through now and then to see."""
    if row.left_at is not None:
        return False
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

"""Show in the thread what a customer did, or somebody else in our name."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store import arrivals, attachments, threads, wording
from bot.store.models import Author
from bot.store.types import Payload
from webhooks.events import Event, MessageEchoed, MessageReceived, PostbackReceived


def heard(
    connection: Connection,
    conversation_id: int,
    customer_id: int,
    event: Event,
    now: datetime,
    *,
    late: bool = False,
) -> bool:
    """Put what a customer did into the thread, and note that they are there.

    Return False if it stands there already, or is nothing that stands in a thread.
    """
    added = False
    if isinstance(event, MessageReceived):
        added = message(connection, conversation_id, event, Author.CUSTOMER, late=late)
    elif isinstance(event, PostbackReceived):
        added = _tap(connection, conversation_id, event, late=late)
    arrivals.heard(connection, conversation_id, min(event.at, now))
    arrivals.reachable(connection, customer_id)
    return added


def message(
    connection: Connection,
    conversation_id: int,
    event: MessageReceived | MessageEchoed,
    author: Author,
    *,
    late: bool = False,
) -> bool:
    """Show a message in the thread; return False if it stands there already."""
    parts = [
        {"type": part.kind, "url": part.url, "title": part.title, "like": part.is_like}
        for part in event.attachments
    ]
    added = threads.add(
        connection,
        conversation_id,
        event.at,
        page_id=event.page_id,
        author=author,
        text=event.text,
        parts=_shown(event, parts),
        mid=event.mid,
        late=late,
    )
    if added is None:
        return False
    if author is Author.CUSTOMER:
        _owe_files(connection, added, event)
    if event.mid is not None:
        wording.settle(connection, event.page_id, event.mid)
    return True


def _tap(
    connection: Connection, conversation_id: int, event: PostbackReceived, *, late: bool
) -> bool:
    """Show a tap on a button as what it says; return False if it stands there."""
    added = threads.add(
        connection,
        conversation_id,
        event.at,
        page_id=event.page_id,
        author=Author.CUSTOMER,
        text=event.title,
        parts={"tapped": True},
        mid=event.mid,
        late=late,
    )
    return added is not None


def _owe_files(
    connection: Connection, message_id: int, event: MessageReceived | MessageEchoed
) -> None:
    """Let what came with a message be fetched before its address expires."""
    for position, part in enumerate(event.attachments):
        if part.kind in attachments.FETCHED and part.url and not part.is_like:
            attachments.owe(
                connection,
                message_id,
                position,
                kind=part.kind,
                url=part.url,
                at=event.at,
            )


def _shown(event: MessageReceived | MessageEchoed, attached: list[Payload]) -> Payload:
    """Return what the thread keeps of a message beside its text."""
    parts: Payload = {"attachments": attached} if attached else {}
    if isinstance(event, MessageReceived) and event.quick_reply is not None:
        parts["tapped"] = True
    return parts

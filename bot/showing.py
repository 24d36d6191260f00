"""Show in the thread what a customer did, or somebody else in our name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.store import arrivals, attachments, threads, wording
from bot.store.models import Author
from bot.store.types import Payload
from webhooks.events import Event, MessageEchoed, MessageReceived, PostbackReceived

#: A message of a longer mid can't be stored, so none answers it.
LONGEST_MID = 255


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What a customer did, to be put into the thread."""

    conversation_id: int
    event: Event
    late: bool = False
    #: Whether they have put it in other words since, or taken it back.
    is_reworded: bool = False


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
    row = {"author": author, "late": late, **_of_message(event)}
    added = threads.add(connection, conversation_id, event.at, **row)
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
    row = {"author": Author.CUSTOMER, "late": late, **_of_tap(event)}
    return threads.add(connection, conversation_id, event.at, **row) is not None


def all_of(connection: Connection, heard: Sequence[Heard]) -> list[bool]:
    """Put what customers did into their threads; return of each if it was not there.

    Their conversations are locked, and stirred by whoever asks. What was edited or
    taken back before it came says so.
    """
    rows = [_row(one) for one in heard]
    named = [row for row in rows if row is not None and row["mid"] is not None]
    added = threads.add_all(connection, named) if named else {}
    return [
        row is not None and _follow(connection, one, row, added)
        for one, row in zip(heard, rows, strict=True)
    ]


def _row(one: Heard) -> dict[str, Any] | None:
    match one.event:
        case MessageReceived():
            shown = _of_message(one.event)
        case PostbackReceived():
            shown = _of_tap(one.event)
        case _:
            return None
    about = {"conversation_id": one.conversation_id, "at": one.event.at}
    return {**about, "author": Author.CUSTOMER, "late": one.late, **shown}


def _follow(
    connection: Connection,
    one: Heard,
    row: dict[str, Any],
    added: dict[tuple[str, str | None], int],
) -> bool:
    """Do what is to be done once a message stands there; return if it was added."""
    # Of two that are the same the first was added.
    found = (
        threads.add(connection, **row)
        if row["mid"] is None
        else added.pop((row["page_id"], row["mid"]), None)
    )
    if found is not None and isinstance(one.event, MessageReceived):
        _owe_files(connection, found, one.event)
        if one.is_reworded:
            wording.settle(connection, row["page_id"], row["mid"])
    return found is not None


def _of_message(event: MessageReceived | MessageEchoed) -> dict[str, Any]:
    """Return how a message stands in the thread."""
    parts = [
        {"type": part.kind, "url": part.url, "title": part.title, "like": part.is_like}
        for part in event.attachments
    ]
    shown = {"text": event.text, "parts": _shown(event, parts), "mid": event.mid}
    return {"page_id": event.page_id, **shown}


def _of_tap(event: PostbackReceived) -> dict[str, Any]:
    shown = {"text": event.title, "parts": {"tapped": True}, "mid": event.mid}
    return {"page_id": event.page_id, **shown}


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
    if event.reply_to is not None and len(event.reply_to) <= LONGEST_MID:
        parts["reply_to"] = event.reply_to
    if isinstance(event, MessageReceived) and event.quick_reply is not None:
        parts["tapped"] = True
    return parts

"""The line above a message that answers a certain one: whose it is, how it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.inbox import thread
from bot.store import quotes
from bot.store.desk import Said
from bot.store.quotes import Quoted
from bot.store.types import Payload
from bot.tongue import _


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What a message answers; without *quoted* it is none that we have."""

    words: str
    quoted: Quoted | None = None


def of_thread(
    connection: Connection, conversation_id: int, said: Sequence[Said]
) -> Mapping[int, Quote]:
    """Return what messages of a thread answer, by the number of the message."""
    named = {one.id: one.parts["reply_to"] for one in said if one.parts.get("reply_to")}
    found = quotes.of(connection, conversation_id, {*named.values()})
    return {number: quote(found.get(mid)) for number, mid in named.items()}


def of_turn(
    connection: Connection, conversation_id: int, turn_id: int | None
) -> Quote | None:
    """Return what the message of a turn answers, None if it answers none we have."""
    mid = None if turn_id is None else quotes.answered_at(connection, turn_id)
    if mid is None:
        return None
    found = quotes.of(connection, conversation_id, [mid]).get(mid)
    return None if found is None else quote(found)


def quote(quoted: Quoted | None) -> Quote:
    """Return how a message begins, or what there is of it."""
    if quoted is None:
        return Quote(words=_("An earlier message"))
    text = " ".join((quoted.text or "").split())
    if quoted.is_forgotten:
        return Quote(words=_("Not kept any more"), quoted=quoted)
    return Quote(words=text or what(quoted.parts), quoted=quoted)


def what(parts: Payload) -> str:
    """Return in words what a message without text is."""
    if parts.get("unsent"):
        return _("A message that was unsent")
    attached = parts.get("attachments") or [parts.get("attachment") or {}]
    if not attached[0]:
        return _("Nothing that can be shown")
    if attached[0].get("like"):
        return _("Thumbs up")
    kind = str(attached[0].get("type"))
    return str(thread.KINDS.get(kind, thread.ATTACHMENT))

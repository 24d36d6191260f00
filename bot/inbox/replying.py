"""A person's answer: written down once, by whoever holds the conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from bot.messenger.limits import LIMITS, length
from bot.messenger.texts import clean
from bot.replies import Payload, Reply, picture, replies
from bot.store import canned, desk, drafts, outbox
from bot.store.models import Conversation, OutgoingMessage, Status
from bot.tongue import _
from bot.web import figures

LIMIT = LIMITS["message"]["text"]
MOST = 5 * LIMIT
CHOICES = LIMITS["quick_replies"]


class Outcome(StrEnum):
    """What came of an answer."""

    SENT = "sent"
    NEWS = "news"  # something came that its author has not seen
    HELD = "held"  # somebody else answers
    FREE = "free"  # nobody does: it has to be claimed first


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an agent sends, and what they had before them when they did."""

    conversation_id: int
    staff_id: int
    text: str
    #: The number of the form: sent twice, it counts once.
    form: str
    #: How much of what others wrote they had seen.
    seen: int | None
    #: What the customer may tap in place of writing.
    choices: Sequence[str] = ()
    #: The names of pictures, which go before the text.
    pictures: Sequence[str] = ()


def cleaned(text: str) -> str:
    """Return what was typed, as it will be sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def offered(text: str) -> list[str]:
    """Return the quick replies in a field with one a line, each once."""
    lines = (" ".join(clean(line).split()) for line in text.splitlines())
    return list(dict.fromkeys(filter(None, lines)))


def choices_problem(choices: Sequence[str], text: str) -> str | None:
    """Return why quick replies can't be offered."""
    if choices and not text:
        return _("Write the text that the quick replies go with.")
    most, longest = CHOICES["count"], CHOICES["title"]
    if len(choices) > most:
        return _(
            "These are %(count)s quick replies: Messenger shows %(most)s at most.",
            count=len(choices),
            most=most,
        )
    for title in choices:
        if length(title) > longest:
            return _(
                "“%(title)s” is too long for a quick reply: at most %(longest)s signs.",
                title=title,
                longest=longest,
            )
    return None


def problem(text: str, *, pictures: int = 0) -> str | None:
    """Return why a text can't be sent; with pictures there need not be any."""
    if not text and not pictures:
        return _("Write something first.")
    if length(text) > MOST:
        return _(
            "This is too long: at most %(most)s characters go out at once.",
            most=figures.number(MOST),
        )
    if left := canned.unfilled(text):
        return _(
            "Fill in %(place)s (%(what)s), or take it out. It has not been sent.",
            place=f"{{{left[0]}}}",
            what=canned.PLACES[left[0]],
        )
    return None


def write(connection: Connection, answer: Answer, now: datetime) -> Outcome:
    """Write down that we owe *answer*, unless something speaks against it."""
    held = connection.execute(
        select(Conversation.status, Conversation.assignee_id)
        .where(Conversation.id == answer.conversation_id)
        .with_for_update()
    ).one()
    if was_sent(connection, answer.conversation_id, answer.staff_id, answer.form):
        return Outcome.SENT
    if held.assignee_id != answer.staff_id:
        with_person = held.status is Status.AGENT
        return Outcome.HELD if with_person else Outcome.FREE
    if answer.seen is not None and answer.seen < _there(connection, answer):
        return Outcome.NEWS
    planned = _planned(
        answer, [*map(picture, answer.pictures), *replies(_said(answer))]
    )
    outbox.plan(connection, answer.conversation_id, now, planned)
    drafts.drop(connection, answer.conversation_id, answer.staff_id)
    return Outcome.SENT


def _said(answer: Answer) -> Payload:
    """Return an answer as flows say it; quick replies go with its last message.

    Their payloads mean nothing to the assistant: if it answers again when the
    customer taps, it reads the title.
    """
    choices = [
        {"title": title, "payload": f"agent:{answer.form}:{number}"}
        for number, title in enumerate(answer.choices, start=1)
    ]
    return {"text": answer.text, "quick_replies": choices}


def was_sent(
    connection: Connection, conversation_id: int, staff_id: int, form: str
) -> bool:
    """Return whether the form of this number was taken before."""
    key = _key(conversation_id, staff_id, form, 0)
    found = select(OutgoingMessage.id).where(OutgoingMessage.key == key)
    return connection.scalar(found) is not None


def _key(conversation_id: int, staff_id: int, form: str, number: int) -> str:
    return f"reply:{conversation_id}:{staff_id}:{form}:{number}"


def _there(connection: Connection, answer: Answer) -> int:
    return desk.said_by_others(connection, answer.conversation_id, answer.staff_id)


def _planned(answer: Answer, made: Sequence[Reply]) -> list[outbox.Planned]:
    return [
        outbox.Planned(
            message=reply.message,
            text=reply.text,
            author="agent",
            purpose="answer",
            send_class="park",
            key=_key(answer.conversation_id, answer.staff_id, answer.form, number),
            staff_id=answer.staff_id,
        )
        for number, reply in enumerate(made)
    ]

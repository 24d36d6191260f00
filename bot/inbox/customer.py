"""What an agent should know of a customer: why a person, and whether they can write."""

from dataclasses import dataclass
from datetime import datetime

from bot.messenger.send_policy import (
    HUMAN_AGENT_WINDOW,
    HUMAN_WINDOW,
    Refusal,
    Wish,
    decide,
)
from bot.store.desk import Desk

REASONS = {
    "asked": "Asked for a person",
    "unsure": "The assistant was not sure",
    "misses": "The assistant did not understand",
    "flow": "This takes a person",
    "no_answer": "The assistant has no answer",
    "cannot_read": "The assistant can't read it",
    "error": "The assistant failed",
    "left": "Whoever answered has left",
    "returned": "A colleague put it back",
    "agent_away": "Its agent went away",
}


#: Labels of a summary for which a hand-over has no place of its own.
BESIDE = ("Was with",)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether a person may write to the customer now."""

    may_write: bool
    words: str
    #: Until when, if they may.
    until: datetime | None = None
    is_late: bool = False


def reach(desk: Desk, now: datetime) -> Reach:
    """Return whether what a person writes now would go out, or why not."""
    wish = Wish(
        by_person=True,
        purpose="answer",
        last_heard_at=desk.last_heard_at,
        opted_out=desk.opted_out_at is not None,
        may_use_human_agent=desk.abilities.get("human_agent") is True,
    )
    way = decide(wish, now)
    if isinstance(way, Refusal):
        return Reach(may_write=False, words=_sentence(way.reason))
    if desk.last_heard_at is None:
        return Reach(may_write=True, words="You can write.")
    if way.tag is None:
        until = desk.last_heard_at + HUMAN_WINDOW
        return Reach(may_write=True, words="You can write until", until=until)
    until = desk.last_heard_at + HUMAN_AGENT_WINDOW
    words = "The 24 hours are over. As a person you can still answer until"
    return Reach(may_write=True, words=words, until=until, is_late=True)


def reason(code: str | None) -> str | None:
    """Return why a conversation was handed over, as one would say it."""
    if not code:
        return None
    return REASONS.get(code, code.replace("_", " ").capitalize())


def summary(text: str | None) -> list[tuple[str, str]]:
    """Return the lines of a summary, each as a label and what it says."""
    lines = [line.partition(": ") for line in (text or "").splitlines() if line]
    return [(label, said) if mark else ("", label) for label, mark, said in lines]


def _sentence(reason: str) -> str:
    return f"You can't write now: {reason}."

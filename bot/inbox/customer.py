"""What an agent should know of a customer: why a person, and whether they can write."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messenger import templates
from bot.messenger.send_policy import (
    HUMAN_AGENT_WINDOW,
    HUMAN_WINDOW,
    Refusal,
    Wish,
    decide,
)
from bot.store.desk import Desk
from bot.tongue import _, english, kept, lazy

#: So little time before a window closes is worth a colour.
URGENT = timedelta(hours=2)
NEVER = lazy("They have not written yet, and Messenger lets nobody write first.")
LEFT = lazy(
    "Nothing goes out any more: Frontdesk does not answer for this Page, which was "
    "taken out of its settings."
)

REASONS = {
    "asked": lazy("Asked for a person"),
    "complaint": lazy("A complaint"),
    "unsure": lazy("The assistant was not sure"),
    "misses": lazy("The assistant did not understand"),
    "flow": lazy("This takes a person"),
    "no_answer": lazy("The assistant has no answer"),
    "cannot_read": lazy("The assistant can't read it"),
    "error": lazy("The assistant failed"),
    "left": lazy("Whoever answered has left"),
    "returned": lazy("A colleague put it back"),
    "agent_away": lazy("Its agent went away"),
}


#: Labels of a summary for which a hand-over has no place of its own.
BESIDE = (english("Was with"),)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whether a person may write to the customer now, until when, and what then."""

    may_write: bool
    #: Why they may not.
    words: str = ""
    #: Until when, if they may.
    until: datetime | None = None
    is_late: bool = False
    #: What may still be sent once that is over, or now if they may not write.
    then: str | None = None

    def is_urgent(self, now: datetime) -> bool:
        """Return whether there is little time left."""
        return self.until is not None and self.until - now < URGENT


def reach(desk: Desk, now: datetime) -> Reach:
    """Return whether what a person writes now would go out, or why not."""
    way = decide(_wish(desk), now)
    if desk.left_at is not None:
        return Reach(may_write=False, words=LEFT)
    if desk.last_heard_at is None:
        return Reach(may_write=False, words=NEVER, then=_unasked(desk))
    if isinstance(way, Refusal):
        return Reach(may_write=False, words=_sentence(way.reason), then=_unasked(desk))
    if way.tag is None:
        until = desk.last_heard_at + HUMAN_WINDOW
        return Reach(may_write=True, until=until, then=_after_a_day(desk))
    until = desk.last_heard_at + HUMAN_AGENT_WINDOW
    return Reach(may_write=True, until=until, is_late=True, then=_unasked(desk))


def _wish(desk: Desk) -> Wish:
    return Wish(
        by_person=True,
        purpose="answer",
        last_heard_at=desk.last_heard_at,
        opted_out=desk.opted_out_at is not None,
        may_use_human_agent=desk.abilities.get("human_agent") is True,
    )


def _after_a_day(desk: Desk) -> str:
    if desk.abilities.get("human_agent") is True:
        return _(
            "After that only a person may answer, for 7 days from the customer's last "
            "message, and without advertising."
        )
    return " ".join([_("After that nobody may write first."), _unasked(desk)])


def _unasked(desk: Desk) -> str:
    """Return what goes out to a customer who has not written for long."""
    if desk.opted_out_at is not None:
        return _(
            "Nothing goes out until they write again: they want no reminders either."
        )
    reviews = templates.known(desk.abilities).values()
    if any(templates.APPROVED in one.values() for one in reviews):
        return _("Until they write again only reminders go out, by approved templates.")
    return _("Until they write again nothing goes out: no template is approved.")


def reason(code: str | None) -> str | None:
    """Return why a conversation was handed over, as one would say it."""
    if not code:
        return None
    return str(REASONS.get(code, code.replace("_", " ").capitalize()))


def summary(text: str | None) -> list[tuple[str, str]]:
    """Return the lines of a summary, each as a label and what it says."""
    lines = [line.partition(": ") for line in (text or "").splitlines() if line]
    return [(label, said) if mark else ("", label) for label, mark, said in lines]


def _sentence(reason: str) -> str:
    return _("You can't write now: %(reason)s.", reason=kept(reason))

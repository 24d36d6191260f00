"""A thread with all that stands in it: what was said, noted and done, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.inbox.noted import Noted
from bot.inbox.thread import Bubble
from bot.store.acts import Act
from bot.store.teamwork import ActKind
from bot.tongue import _, lazy, pgettext
from bot.web import names

PRIORITIES = {0: lazy("Normal"), 1: lazy("High"), 2: lazy("Urgent")}
ICONS = {
    ActKind.RESOLVED: "check",
    ActKind.REOPENED: "undo",
    ActKind.SNOOZED: "clock",
    ActKind.WOKEN: "clock",
    ActKind.RETURNED: "clock",
    ActKind.PRIORITY: "alert",
    ActKind.GIVEN_BACK: "bot",
    ActKind.QUEUED: "people",
    ActKind.WAITS_LONG: "alert",
    ActKind.ESCALATED: "alert",
    ActKind.RESUMED: "bot",
    ActKind.RATED: "people",
    ActKind.LOOKED_UP: "search",
}


@dataclass(frozen=True, kw_only=True)
class Done:
    """A small line: who did what."""

    id: int
    at: datetime
    icon: str
    who: str
    words: str
    is_mine: bool
    #: Until when the conversation sleeps, if that is what they did.
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing in the thread; *day* is set where a heading stands above it."""

    at: datetime
    day: datetime | None
    bubble: Bubble | None = None
    done: Done | None = None
    note: Noted | None = None


def entries(
    bubbles: Sequence[Bubble],
    acts: Sequence[Act],
    notes: Sequence[Noted],
    me: int,
    zone: ZoneInfo,
) -> list[Entry]:
    """Return what stands in a thread, in its order."""
    found: list[dict[str, Any]] = [
        *({"at": bubble.said.at, "bubble": bubble} for bubble in bubbles),
        *({"at": note.at, "note": note} for note in notes),
        *({"at": act.at, "done": done(act, me)} for act in acts),
    ]
    # Stable: of one moment, what was said stands before what was done.
    return list(_under_days(sorted(found, key=lambda one: one["at"]), zone))


def done(act: Act, me: int) -> Done:
    """Return an act as one would tell it."""
    until = act.details.get("until")
    return Done(
        id=act.id,
        at=act.at,
        icon=ICONS.get(act.kind, "person"),
        who=_who(act, me),
        words=_told(act, me),
        is_mine=act.staff_id == me,
        until=datetime.fromisoformat(until) if until else None,
    )


def _under_days(found: Sequence[dict[str, Any]], zone: ZoneInfo) -> Iterator[Entry]:
    before = None
    for one in found:
        today = one["at"].astimezone(zone).date()
        yield Entry(day=one["at"] if today != before else None, **one)
        before = today


def _told(act: Act, me: int) -> str:
    if act.kind is ActKind.PRIORITY:
        return _(_LEVELS[act.details.get("priority", 0)], who=_who(act, me))
    if act.kind is ActKind.RATED:
        told = str(act.details["reason"] or act.details["score"])
        return str(_MARKS.get(told, _MARKS["unsatisfied"]))
    if act.kind is ActKind.LOOKED_UP:
        told = _LOOKED_UP[act.details["came"]]
        return _(told, who=_who(act, me), order=names.within(act.details["order"]))
    if act.kind is ActKind.REOPENED and act.staff_id is None:
        return str(_REFUSED)
    if act.kind is ActKind.TAKEN_OVER and act.to_id is not None:
        return _(_TAKEN_FROM, who=_who(act, me), whom=_whom(act, me))
    return _(_WORDS[act.kind], who=_who(act, me), whom=_whom(act, me))


_LEVELS = {
    0: lazy("%(who)s set the priority to normal"),
    1: lazy("%(who)s set the priority to high"),
    2: lazy("%(who)s set the priority to urgent"),
}


#: By the mark, and by what a bad one is for.
_MARKS = {
    "satisfied": lazy("The customer found this good"),
    "unsatisfied": lazy("The customer did not find this good"),
    "wrong_answer": lazy("The customer did not find this good: a wrong answer"),
    "too_slow": lazy("The customer did not find this good: too slow"),
    "not_solved": lazy("The customer did not find this good: not solved"),
    "other": lazy("The customer did not find this good: something else"),
}
#: By what came of it.
_LOOKED_UP = {
    "found": lazy("%(who)s looked up order %(order)s"),
    "unknown": lazy("%(who)s looked up order %(order)s: there is none"),
    "unanswered": lazy("%(who)s looked up order %(order)s: the shop did not answer"),
}
_REFUSED = lazy("Messenger refused the last answer, so this is open again")
_TAKEN_FROM = lazy("%(who)s took this over from %(whom)s")
_WORDS = {
    ActKind.CLAIMED: lazy("%(who)s claimed this"),
    ActKind.TAKEN_OVER: lazy("%(who)s took this over"),
    ActKind.GIVEN_BACK: lazy("%(who)s gave this back to the assistant"),
    ActKind.RESOLVED: lazy("%(who)s resolved this"),
    ActKind.REOPENED: lazy("%(who)s took back that this is resolved"),
    ActKind.SNOOZED: lazy("%(who)s snoozed this"),
    ActKind.WOKEN: lazy("%(who)s ended the snooze"),
    ActKind.RETURNED: lazy("The snooze is over"),
    ActKind.ASSIGNED: lazy("%(who)s assigned this to %(whom)s"),
    ActKind.QUEUED: lazy("%(who)s put this back into the queue"),
    ActKind.WAITS_LONG: lazy("Nobody came, so the priority went up"),
    ActKind.ESCALATED: lazy("Still nobody came, so the admins were called"),
    ActKind.RESUMED: lazy("Nobody wrote for a while, so the assistant answers again"),
}


def _who(act: Act, me: int) -> str:
    if act.staff_id == me:
        return _("You")
    return names.person(act.staff_name or "") or _("Somebody here")


def _whom(act: Act, me: int) -> str:
    if act.to_id == me:
        return pgettext("whom", "you")
    return names.person(act.to_name or "") or _("a colleague")

"""A thread with all that stands in it: what was said, noted and done, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.inbox.thread import Bubble
from bot.store.acts import Act
from bot.store.teamwork import ActKind
from bot.web import names

PRIORITIES = {0: "Normal", 1: "High", 2: "Urgent"}
ICONS = {
    ActKind.RESOLVED: "check",
    ActKind.SNOOZED: "clock",
    ActKind.WOKEN: "clock",
    ActKind.RETURNED: "clock",
    ActKind.PRIORITY: "alert",
    ActKind.GIVEN_BACK: "bot",
    ActKind.QUEUED: "people",
    ActKind.WAITS_LONG: "alert",
    ActKind.ESCALATED: "alert",
    ActKind.RESUMED: "bot",
}


@dataclass(frozen=True, kw_only=True)
class Done:
    """A small line: who did what."""

    id: int
    at: datetime
    icon: str
    words: str
    #: A moment that the words end with, until which a conversation sleeps.
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing in the thread; *day* is set where a heading stands above it."""

    at: datetime
    day: datetime | None
    bubble: Bubble | None = None
    done: Done | None = None
    note: Any = None


def entries(
    bubbles: Sequence[Bubble],
    acts: Sequence[Act],
    notes: Sequence[Any],
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
        words=_told(act, me),
        until=datetime.fromisoformat(until) if until else None,
    )


def _under_days(found: Sequence[dict[str, Any]], zone: ZoneInfo) -> Iterator[Entry]:
    before = None
    for one in found:
        today = one["at"].astimezone(zone).date()
        yield Entry(day=one["at"] if today != before else None, **one)
        before = today


def _told(act: Act, me: int) -> str:
    level = PRIORITIES[act.details.get("priority", 0)].lower()
    who, whom = _who(act.staff_id, act.staff_name, me), _whom(act, me)
    return _WORDS[act.kind].format(who=who, whom=whom, level=level)


_WORDS = {
    ActKind.CLAIMED: "{who} claimed this",
    ActKind.TAKEN_OVER: "{who} took this over",
    ActKind.GIVEN_BACK: "{who} gave this back to the assistant",
    ActKind.RESOLVED: "{who} resolved this",
    ActKind.SNOOZED: "{who} snoozed this until",
    ActKind.WOKEN: "{who} ended the snooze",
    ActKind.RETURNED: "The snooze is over",
    ActKind.PRIORITY: "{who} set the priority to {level}",
    ActKind.ASSIGNED: "{who} assigned this to {whom}",
    ActKind.QUEUED: "{who} put this back into the queue",
    ActKind.WAITS_LONG: "Nobody came, so the priority went up",
    ActKind.ESCALATED: "Still nobody came, so the admins were called",
    ActKind.RESUMED: "Nobody wrote for a while, so the assistant answers again",
}


def _who(staff_id: int | None, name: str | None, me: int) -> str:
    if staff_id == me:
        return "You"
    return names.person(name or "") or "Somebody here"


def _whom(act: Act, me: int) -> str:
    if act.to_id == me:
        return "you"
    return names.person(act.to_name or "") or "a colleague"

"""Between a draft and its customers: a check, and the pins that must hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from bot.admin import draft as drafting
from bot.admin import drafts, phrases
from bot.admin.draft import Draft
from bot.checking import Check, Difference, State
from bot.content import PREFIX
from bot.guesses import title
from bot.rehearsal import Meant
from bot.store import faq, lessons
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.tongue import _, shape
from bot.web.current import parts

MOST_SHOWN = 20
LONGEST_REASON = 200
DESPITE = shape("Published although a pin breaks: {reason}")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message with what is done about it now, and what would be."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Lines:
    """As many lines as one reads, and how many more there are."""

    shown: Sequence[Line]
    more: int

    @property
    def count(self) -> int:
        """Return how many there are in all."""
        return len(self.shown) + self.more


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A check as a page shows it."""

    key: str
    state: str
    error: str | None = None
    messages: int = 0
    answered: int = 0
    gained: Lines = Lines(shown=(), more=0)
    changed: Lines = Lines(shown=(), more=0)
    broken: Lines = Lines(shown=(), more=0)


def entry_of(draft: Draft, version: Version | None) -> Faq:
    """Return what a draft would be, once published."""
    own = parts().content.language
    if version is not None:
        return draft.entry(version.name, version, own)
    with parts().database.read() as connection:
        name = drafting.new_name(draft.question, faq.names(connection))
    return draft.entry(name, None, own)


def closed(draft: Draft, version: Version | None) -> Check | None:
    """Return the check that keeps a draft from going live, None if it may.

    Pins are all that may. A reason opens the gate; so does a check that failed,
    for then nothing is known.
    """
    if not draft.live or not _is_taught(draft, version):
        return None
    with parts().database.read() as connection:
        if not lessons.pins(connection):
            return None
    check = parts().checks.start(entry_of(draft, version))
    if check.state is State.FAILED or (check.report and not check.report.broken):
        return None
    return None if check.report and reason() else check


def reason() -> str:
    """Return why somebody publishes although a pin breaks."""
    return " ".join(request.form.get("reason", "").split())[:LONGEST_REASON]


def note() -> str | None:
    """Return what the version keeps of it."""
    said = reason()
    return DESPITE.format(reason=said) if said else None


def _is_taught(draft: Draft, version: Version | None) -> bool:
    """Return whether the model would have to learn from a draft."""
    if version is None or version.deleted_at or drafts.state(version) != "live":
        return True
    return {*map(phrases.alike, draft.phrasings)} != {
        *map(phrases.alike, version.phrasings)
    }


def shown(check: Check) -> Shown:
    """Return a check as a page shows it."""
    report = check.report
    if report is None:
        return Shown(key=check.key, state=check.state.value, error=check.error)
    return Shown(
        key=check.key,
        state=check.state.value,
        messages=report.messages,
        answered=report.answered,
        gained=_lines(report.gained),
        changed=_lines(report.changed),
        broken=_lines(report.broken),
    )


def _lines(found: Sequence[Difference]) -> Lines:
    lines = [
        Line(text=one.text[:300], before=told(one.before), after=told(one.after))
        for one in found[:MOST_SHOWN]
    ]
    return Lines(shown=lines, more=max(len(found) - MOST_SHOWN, 0))


def told(meant: Meant) -> str:
    """Return what is done about a message, in words."""
    if meant.intent is not None:
        return f"“{called(meant.intent)}”"
    told = {"offer": _("asks which is meant"), "unread": _("says it cannot read that")}
    return told.get(meant.outcome) or _("a person")


def called(intent: str | None) -> str:
    """Return what an intent is called on a page; None is a person."""
    if intent is None:
        return _("A person")
    if intent.startswith(PREFIX):
        with parts().database.read() as connection:
            entry = faq.entry(connection, intent.removeprefix(PREFIX))
        if entry is not None:
            return entry.question
        return request.form.get("question") or _("this question")
    return title(intent, parts().content.flows, parts().content.responses)

"""What must hold before anything is published: pins and scripts, before and after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.assistants import Assistants
from bot.comparing import Difference
from bot.content import Content
from bot.rehearsal import holds
from bot.scripts.files import Library
from bot.scripts.lines import Script
from bot.scripts.player import Break, play
from bot.store import lessons
from intents.text import as_said


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A phrase and what it must mean, None is a person; ours have no *id*."""

    text: str
    language: str
    intent: str | None
    id: int | None = None
    at: datetime | None = None
    author: str | None = None


@dataclass(frozen=True, kw_only=True)
class Played:
    """What came of the scripts."""

    count: int = 0
    #: Those that hold now and would not.
    broken: tuple[Break, ...] = ()
    #: Those that would not, and do not hold now either.
    failing: tuple[Break, ...] = ()
    #: Those that wait for an answer that is not published, now and then.
    waiting: tuple[Break, ...] = ()
    #: What is wrong with those that can't be read.
    problems: tuple[str, ...] = ()


def pins(connection: Connection, content: Content) -> list[Pin]:
    """Return all pins: the staff's, and ours that none of those is about."""
    own = [Pin(**row._mapping) for row in lessons.pins(connection)]
    said = {as_said(pin.text) for pin in own}
    ours = (
        Pin(text=one.text, language=one.language, intent=one.intent)
        for one in content.pins
        if one.language in content.languages and as_said(one.text) not in said
    )
    return [*own, *ours]


def broken_pins(
    pinned: Sequence[Difference], pins: Sequence[Pin]
) -> tuple[Difference, ...]:
    """Return the pins that hold now and would not; what does not hold stops nothing."""
    return tuple(
        one
        for one, pin in zip(pinned, pins, strict=True)
        if holds(one.before, pin.intent) and not holds(one.after, pin.intent)
    )


def played(
    library: Library,
    now: Assistants,
    broken: Sequence[Break],
    entries: Collection[str] = (),
) -> Played:
    """Return what came of scripts, of which these are *broken* after a change.

    Those are played with the assistant as it is *now* as well.
    Scripts that need an answer of one of the *entries* wait until it is published.
    """
    fails = {one.script.name for one in broken if play(one.script, now)}
    failing = [one for one in broken if one.script.name in fails]
    return Played(
        count=len(library.scripts),
        broken=tuple(one for one in broken if one.script.name not in fails),
        failing=tuple(one for one in failing if not one.waits_for(entries)),
        waiting=tuple(one for one in failing if one.waits_for(entries)),
        problems=library.problems,
    )


def said(script: Script) -> list[str]:
    """Return what customers write in a script, where a model tells what it means."""
    return [
        step.value
        for step in script.steps
        if step.name == "customer" and step.means is None
    ]

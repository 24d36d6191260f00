"""What would publishing a draft change? The assistant with it and without, compared.

The candidate is trained and asked in the training process, one at a time; what is
then done about each message is the live path's own decision. A candidate whose
draft is published goes live as it is: training finds it by its rows.
"""

import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import orjson
import structlog

from bot import saying
from bot.assistants import Assistants
from bot.clock import Clock
from bot.content import PREFIX, Content
from bot.rehearsal import (
    Meant,
    holds,
    in_languages,
    meant,
    rehearse,
    with_readings,
)
from bot.store import knowledge, lessons, precision
from bot.store.database import Database
from bot.store.knowledge import Faq
from bot.store.types import AnyRow
from bot.teaching import Teaching
from bot.tongue import english
from bot.trainer import TrainingError
from bot.turn import Turn
from bot.understanding import Understanding
from intents import polyglot
from intents.storage import ModelError
from intents.text import bare, normalise

log = structlog.get_logger()

MOST_MESSAGES = 1000
MOST_WAITING = 4  # checks; more would wait longer than anybody does
MOST_KEPT = 20
MOST_CANDIDATES = 3


class State(StrEnum):
    """How far a check is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BUSY = "busy"  # too many others wait: nothing was begun


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A text, what is done about it now, and what would be."""

    text: str
    before: Meant
    after: Meant


@dataclass(frozen=True, kw_only=True)
class Report:
    """What publishing would change."""

    messages: int
    #: How many of them the draft would answer, and which of those it does not now.
    answered: int
    gained: tuple[Difference, ...]
    #: Other messages that would fare otherwise.
    changed: tuple[Difference, ...]
    #: Pins that hold now and would not.
    broken: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a customer who says a text gets now, and would get with a draft."""

    text: str
    draft: Faq
    now: Turn
    then: Turn


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check of one draft against one state of all that is taught."""

    key: str
    state: State
    report: Report | None = None
    tried: Tried | None = None
    error: str | None = None


#: What a check does, once it is its turn.
Work: TypeAlias = Callable[[Check], Check]


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What a check needs of its process."""

    database: Database
    content: Content
    teaching: Teaching
    understanding: Understanding
    models: Path
    precision: float
    clock: Clock
    today: Callable[[], date]


class Checks:
    """The checks of this process, newest last."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._database = outside.database
        self._known: dict[str, Check] = {}
        self._candidates: list[Path] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._one = threading.Lock()
        self._ended = False

    def start(self, draft: Faq) -> Check:
        """Return the check of a draft, begun now unless it was before."""
        return self._start(
            self._key(draft.name, draft.phrasings),
            lambda begun: replace(begun, report=self._report(draft)),
        )

    def try_out(self, draft: Faq, text: str) -> Check:
        """Return what a customer who says *text* would get, as a check of its own."""
        return self._start(
            self._key(*astuple(draft), text),
            lambda begun: replace(begun, tried=self._tried(draft, text)),
        )

    def _start(self, key: str, work: Work) -> Check:
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.state is not State.FAILED:
                return known
            self._threads = [one for one in self._threads if one.is_alive()]
            if len(self._threads) >= MOST_WAITING:
                return Check(key=key, state=State.BUSY)
            begun = Check(key=key, state=State.RUNNING)
            self._keep(begun)
            thread = threading.Thread(
                target=self._run, args=(begun, work), name="check"
            )
            self._threads.append(thread)
            thread.start()
            return begun

    def find(self, key: str) -> Check | None:
        """Return a check of this process."""
        with self._lock:
            return self._known.get(key)

    def close(self) -> None:
        """Begin no check any more, and wait for the one that runs."""
        self._ended = True
        for thread in self._threads:
            thread.join()

    def now(self, texts: Sequence[str]) -> list[Meant]:
        """Return what is done about each text now: for a few."""
        return self._meant(self._outside.understanding.assistants, texts)

    def _key(self, *about: object) -> str:
        with self._database.read() as connection:
            content = knowledge.live(connection).content
            pins = [(p.text, p.intent) for p in lessons.pins(connection)]
        whole = [content, about, pins]
        return sha256(orjson.dumps(whole)).hexdigest()[:32]

    def _keep(self, check: Check) -> None:
        self._known.pop(check.key, None)
        self._known[check.key] = check
        for old in [*self._known][:-MOST_KEPT]:
            del self._known[old]

    def _run(self, begun: Check, work: Work) -> None:
        with self._one:
            if self._ended:
                return
            ended = _ended(begun, work)
        with self._lock:
            self._keep(ended)

    def _report(self, draft: Faq) -> Report:
        with self._database.read() as connection:
            pins = lessons.pins(connection)
        texts = self._texts()
        asked = [*texts, *(pin.text for pin in pins)]
        without, with_draft = self._both(draft, asked)
        differences = [
            Difference(text=text, before=before, after=after)
            for text, before, after in zip(
                asked,
                self._meant(without, asked),
                self._meant(with_draft, asked),
                strict=True,
            )
        ]
        return _reported(
            draft, differences[: len(texts)], differences[len(texts) :], pins
        )

    def _tried(self, draft: Faq, text: str) -> Tried:
        without, with_draft = self._both(draft, [text])
        now = self._outside.clock()
        return Tried(
            text=text,
            draft=draft,
            now=rehearse(text, without, now),
            then=rehearse(text, with_draft, now),
        )

    def _both(self, draft: Faq, texts: Sequence[str]) -> tuple[Assistants, Assistants]:
        """Return the assistant as it is, and as it would be, for these texts."""
        outside = self._outside
        candidate = outside.teaching.candidate(draft)
        self._forget_old(candidate)
        with self._database.read() as connection:
            live = outside.models / str(knowledge.live(connection).model)
            faq = knowledge.faq(connection)
            wordings = knowledge.wordings(connection)
            wanted = precision.wanted(connection) or outside.precision
        now = outside.understanding.assistants
        read = outside.teaching.read(
            [live, candidate], in_languages(texts, now), wanted
        )
        others = [entry for entry in faq if entry.name != draft.name]
        today = outside.today()
        both = [
            replace(
                with_readings(now, texts, found),
                responses=saying.responses(outside.content, entries, wordings, today),
            )
            for found, entries in zip(read, (faq, [*others, draft]), strict=True)
        ]
        return both[0], both[1]

    def _meant(self, assistants: Assistants, texts: Sequence[str]) -> list[Meant]:
        now = self._outside.clock()
        return [meant(rehearse(text, assistants, now)) for text in texts]

    def _texts(self) -> list[str]:
        """Return the newest messages of customers, each that reads the same once."""
        with self._database.read() as connection:
            said = lessons.said_lately(connection, MOST_MESSAGES)
        once = {bare(normalise(text)): text for text in reversed(said) if text.strip()}
        return [*reversed(once.values())][:MOST_MESSAGES]

    def _forget_old(self, candidate: Path) -> None:
        """Remove the files of candidates that nobody published."""
        kept = [one for one in self._candidates if one != candidate]
        self._candidates = [*kept, candidate]
        for old in self._candidates[:-MOST_CANDIDATES]:
            self._forget(old)
        self._candidates = self._candidates[-MOST_CANDIDATES:]

    def _forget(self, old: Path) -> None:
        """Remove a candidate, and the models of its languages that no other has."""
        needed = {
            name
            for one in self._candidates[-MOST_CANDIDATES:]
            for name in polyglot.names(one).values()
        }
        with suppress(ModelError):
            parts = polyglot.names(old).values()
            for name in (old.name, *parts):
                with self._database.read() as connection:
                    is_kept = knowledge.is_kept(connection, name)
                if not is_kept and name not in needed:
                    shutil.rmtree(old.parent / name, ignore_errors=True)


def _ended(begun: Check, work: Work) -> Check:
    try:
        return replace(work(begun), state=State.DONE)
    except TrainingError as error:
        return replace(begun, state=State.FAILED, error=str(error))
    except Exception:
        # The rim of a thread: whoever waits must be told.
        log.exception("check_failed")
        return replace(begun, state=State.FAILED, error=english("see the log"))


def _reported(
    draft: Faq,
    differences: Sequence[Difference],
    pinned: Sequence[Difference],
    pins: Sequence[AnyRow],
) -> Report:
    ours = PREFIX + draft.name
    other = [one for one in differences if one.before != one.after]
    return Report(
        messages=len(differences),
        answered=sum(one.after.intent == ours for one in differences),
        gained=tuple(one for one in other if one.after.intent == ours),
        changed=tuple(one for one in other if one.after.intent != ours),
        broken=tuple(
            one
            for one, pin in zip(pinned, pins, strict=True)
            if holds(one.before, pin.intent) and not holds(one.after, pin.intent)
        ),
    )

"""What would publishing a draft change? A candidate and the live model, compared.

Trained and asked in the training process, one candidate at a time. A candidate
whose draft is then published goes live as it is: training finds it by its rows.
"""

import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import orjson
import structlog

from bot.content import LANGUAGE, PREFIX
from bot.store import knowledge, lessons
from bot.store.database import Database
from bot.store.knowledge import Faq
from bot.store.types import AnyRow
from bot.teaching import Teaching
from bot.trainer import TrainingError
from intents.classifier import Model
from intents.comparison import judged
from intents.rejection import OUT_OF_SCOPE_INTENT
from intents.text import bare, normalise

log = structlog.get_logger()

MOST_MESSAGES = 1000
MOST_WAITING = 4  # checks; more would wait longer than anybody does
MOST_KEPT = 20
MOST_CANDIDATES = 3
#: What a person is fetched for, however sure of it we are.
TO_A_PERSON = frozenset([OUT_OF_SCOPE_INTENT, "contact_human_agent"])


class State(StrEnum):
    """How far a check is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BUSY = "busy"  # too many others wait: nothing was begun


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What would be done about a message; an intent only if it is answered."""

    outcome: str
    intent: str | None = None


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
class Check:
    """A check of one draft against one state of all that is taught."""

    key: str
    state: State
    report: Report | None = None
    error: str | None = None


class Checks:
    """The checks of this process, newest last."""

    def __init__(
        self, database: Database, teaching: Teaching, models: Path, precision: float
    ) -> None:
        self._database = database
        self._teaching = teaching
        self._models = models
        self._precision = precision
        self._known: dict[str, Check] = {}
        self._candidates: list[Path] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._one = threading.Lock()
        self._ended = False

    def start(self, draft: Faq) -> Check:
        """Return the check of a draft, begun now unless it was before."""
        key = self._key(draft)
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
                target=self._run, args=(begun, draft), name="check"
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

    def now(self, model: Model, texts: Sequence[str]) -> list[Meant]:
        """Return what *model*, the live one, does about each text: for a few."""
        _, answered, _ = self._now()
        return [_meant(*one, answered) for one in judged(model, texts)]

    def _key(self, draft: Faq) -> str:
        with self._database.read() as connection:
            content = knowledge.live(connection).content
            pins = [(p.text, p.intent) for p in lessons.pins(connection, LANGUAGE)]
        whole = [content, draft.name, draft.phrasings, pins]
        return sha256(orjson.dumps(whole)).hexdigest()[:32]

    def _keep(self, check: Check) -> None:
        self._known.pop(check.key, None)
        self._known[check.key] = check
        for old in [*self._known][:-MOST_KEPT]:
            del self._known[old]

    def _run(self, begun: Check, draft: Faq) -> None:
        with self._one:
            if self._ended:
                return
            ended = self._checked(begun, draft)
        with self._lock:
            self._keep(ended)

    def _checked(self, begun: Check, draft: Faq) -> Check:
        try:
            report = self._report(draft)
        except TrainingError as error:
            return replace(begun, state=State.FAILED, error=str(error))
        except Exception:
            # The rim of a thread: whoever waits must be told.
            log.exception("check_failed")
            return replace(begun, state=State.FAILED, error="see the log")
        return replace(begun, state=State.DONE, report=report)

    def _report(self, draft: Faq) -> Report:
        candidate = self._teaching.candidate(draft)
        self._forget_old(candidate)
        live, answered, pins = self._now()
        texts = self._texts()
        asked = [*texts, *(pin.text for pin in pins)]
        before, after = self._teaching.judge([live, candidate], asked, self._precision)
        differences = [
            Difference(
                text=text,
                before=_meant(*old, answered),
                after=_meant(*new, answered | {draft.name}),
            )
            for text, old, new in zip(asked, before, after, strict=True)
        ]
        return _reported(
            draft, differences[: len(texts)], differences[len(texts) :], pins
        )

    def _now(self) -> tuple[Path, frozenset[str], Sequence[AnyRow]]:
        """Return the live model, the entries that have an answer, and the pins."""
        with self._database.read() as connection:
            model = knowledge.live(connection).model
            faq = knowledge.faq(connection)
            pins = lessons.pins(connection, LANGUAGE)
        given = (one.name for one in faq if one.live and one.answers.get(LANGUAGE))
        return self._models / str(model), frozenset(given), pins

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
            with self._database.read() as connection:
                is_kept = knowledge.is_kept(connection, old.name)
            if not is_kept:
                shutil.rmtree(old, ignore_errors=True)
        self._candidates = self._candidates[-MOST_CANDIDATES:]


def holds(meant: Meant, intent: str | None) -> bool:
    """Return whether a pin on *intent* holds where this is what is meant."""
    if intent is None or intent in TO_A_PERSON:
        return meant.outcome == "person"
    return meant.intent == intent


def _meant(intent: str | None, outcome: str, answered: frozenset[str]) -> Meant:
    if outcome != "answer" or intent is None:
        return Meant(outcome=outcome)
    name = intent.removeprefix(PREFIX)
    if intent in TO_A_PERSON or (name != intent and name not in answered):
        return Meant(outcome="person")
    return Meant(outcome="answer", intent=intent)


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

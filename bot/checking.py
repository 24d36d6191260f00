"""What would a change do to customers? The assistant after it and before, compared.

One check at a time, in a thread beside the pages; what is then done about each
message is the live path's own decision. A check is of one change to one state of all
that is taught: its key tells both, and of a draft that was edited since there is none.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from enum import Enum, auto
from functools import partial, reduce
from hashlib import sha256
from typing import TypeAlias

import orjson
import structlog

from bot import aftermath
from bot.candidates import Both, Candidates, Outside
from bot.change import Change
from bot.check import Check, Doing, Report, State, Tried
from bot.clock import monotonic
from bot.comparing import About, Difference, sorted_out
from bot.content import Content
from bot.fares import Fares, Seen
from bot.holding import Pin, Played, broken_pins, pins, played, said
from bot.rehearsal import Meant, Move, Rehearsal, in_languages
from bot.rewording import Rewording, Touch, rewording
from bot.scripts import files
from bot.store import faq, knowledge, lessons
from bot.store.knowledge import Faq
from bot.tongue import english
from bot.trainer import TrainingError
from intents.text import as_said

log = structlog.get_logger()

MOST_MESSAGES = 1000
MOST_WAYS = 100  # of an entry's own to ask it, that are tried
MOST_WAITING = 4  # checks; more would wait longer than anybody does
MOST_KEPT = 20


class Kind(Enum):
    """What checks take as long as each other."""

    WHOLE = auto()
    GATE = auto()
    REWORDING = auto()
    EFFECTS = auto()
    TRIAL = auto()


#: What a check does, once it is its turn.
Work: TypeAlias = Callable[[Check], Check]


class Checks:
    """The checks of this process, newest last."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._database = outside.database
        self._candidates = Candidates(outside)
        self._fares = Fares(outside.clock)
        self._known: dict[str, Check] = {}
        self._threads: list[threading.Thread] = []
        self._news = threading.Condition()
        self._one = threading.Lock()
        self._ended = False
        #: How many seconds the last check of each kind took, with all that it learned.
        self._took: dict[Kind, float] = {}

    @property
    def took(self) -> float | None:
        """Return how many seconds the last check before a publishing took, if any."""
        return self._took.get(Kind.GATE)

    def start(self, change: Change) -> Check:
        """Return the check of a change, begun now unless it was before."""
        return self._start(
            self.keys(change)[0],
            lambda begun: replace(begun, report=self._report(change, begun)),
            Kind.WHOLE,
        )

    def gate(self, change: Change, patience: float) -> Check:
        """Return what speaks against a change; wait for that so many seconds.

        It rests on the whole check of this very change, if there is one. Else the
        same is done under the live thresholds: under these it goes live first.
        """
        whole, quick = self.keys(change)
        known = self.find(whole)
        if known is not None and known.state in (State.RUNNING, State.DONE):
            return self._awaited(known, patience)
        if not self._musts() and not (change.teaches and self._texts()):
            return Check(key=quick, state=State.DONE, report=Report())
        report = partial(self._report, change, calibrated=False)
        kind = Kind.GATE if self._rewording(change) is None else Kind.REWORDING
        begun = self._start(
            quick, lambda begun: replace(begun, report=report(begun)), kind
        )
        return self._awaited(begun, patience)

    def naming(self, change: Change) -> Check:
        """Return which pins and scripts name what a change takes away, at once.

        Of scripts the shop's own: ours are of answers that come with us, and wait.
        """
        both = self._candidates.untaught(change)

        def meant(text: str) -> tuple[Meant, Meant]:
            return self._fares.meant(both.now, text), self._fares.meant(both.then, text)

        report = aftermath.of_what_names(
            change.intent, both, self._pins(), self._library().of_the_shop(), meant
        )
        return Check(key=self.keys(change)[0], state=State.DONE, report=report)

    def effects(self, gone: Faq) -> Check:
        """Return the check of what an entry that is gone has changed beside it.

        It begins now unless it was before; who asked that very entry counts apart.
        """
        return self._start(
            self._key(Change(entry=gone), "gone"),
            lambda begun: replace(begun, report=self._without(gone, begun)),
            Kind.EFFECTS,
        )

    def _without(self, gone: Faq, begun: Check) -> Report:
        change = Change(entry=gone)
        with_it = self._candidates.beside_live(change)
        both = Both(now=with_it.then, then=with_it.now, foresee=with_it.foresee)
        texts = self._texts()
        pinned = [one for one in self._pins() if one.intent != change.intent]
        both.foresee(in_languages([*texts, *(pin.text for pin in pinned)], both.now))
        found = self._fares.differences(both, texts, self._seen(begun, Doing.READING))
        must = self._must(both, pinned, begun)
        must = replace(must, scripts=aftermath.without_own(must.scripts, change.intent))
        return aftermath.beside(change.intent, change.asked, found, must)

    def try_out(self, change: Change, moves: Sequence[Move], patience: float) -> Check:
        """Return what a customer who does this would get, as a check of its own.

        It is waited for that so many seconds: most have ended by then.
        """
        begun = self._start(
            self._key(change, moves),
            lambda begun: replace(begun, tried=self._tried(change, moves)),
            Kind.TRIAL,
        )
        return self._awaited(begun, patience)

    def keys(self, change: Change) -> tuple[str, str]:
        """Return the keys of the check of a change, the whole one and the gate's."""
        return self._key(change, None), self._key(change, False)

    def find(self, key: str) -> Check | None:
        """Return a check of this process."""
        with self._news:
            return self._known.get(key)

    def close(self) -> None:
        """Begin no check any more, and wait for the one that runs."""
        self._ended = True
        for thread in self._threads:
            thread.join()

    def now(self, texts: Sequence[str]) -> list[Meant]:
        """Return what is done about each text now: for a few."""
        now = self._outside.understanding.assistants
        return [self._fares.meant(now, text) for text in texts]

    def _start(self, key: str, work: Work, kind: Kind) -> Check:
        with self._news:
            known = self._known.get(key)
            if known is not None and known.state is not State.FAILED:
                return known
            self._threads = [one for one in self._threads if one.is_alive()]
            if len(self._threads) >= MOST_WAITING:
                return Check(key=key, state=State.BUSY)
            begun = Check(key=key, state=State.RUNNING, took=self._took.get(kind))
            self._keep(begun)
            thread = threading.Thread(
                target=self._run, args=(begun, work, kind), name="check"
            )
            self._threads.append(thread)
            thread.start()
            return begun

    def _awaited(self, check: Check, patience: float) -> Check:
        def ended() -> bool:
            found = self._known.get(check.key, check)
            return found.state is not State.RUNNING

        with self._news:
            self._news.wait_for(ended, patience)
            return self._known.get(check.key, check)

    def _key(self, change: Change, about: object) -> str:
        with self._database.read() as connection:
            content = knowledge.live(connection).content
            pinned = [(p.text, p.intent) for p in pins(connection, self._content)]
        stamp = files.stamp(self._content.scripts)
        whole = [content, astuple(change), about, pinned, stamp]
        # In the order of names: what lay in a table comes back in another.
        told = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)
        return sha256(told).hexdigest()[:32]

    @property
    def _content(self) -> Content:
        return self._outside.content

    def _keep(self, check: Check) -> None:
        self._known.pop(check.key, None)
        self._known[check.key] = check
        for old in [*self._known][:-MOST_KEPT]:
            del self._known[old]

    def _run(self, begun: Check, work: Work, kind: Kind) -> None:
        with self._one:
            if self._ended:
                return
            self._tell(begun, Doing.LEARNING)
            began = monotonic()
            ended = _ended(begun, work)
            if ended.report is not None:
                self._took[kind] = monotonic() - began
        with self._news:
            self._keep(ended)
            self._news.notify_all()

    def _tell(self, begun: Check, doing: Doing, seen: int = 0, total: int = 0) -> None:
        """Let whoever waits for a check see what it is at, and how far."""
        with self._news:
            if begun.key in self._known:
                at = replace(begun, doing=doing, seen=seen, total=total)
                self._known[begun.key] = at

    def _seen(self, begun: Check, doing: Doing) -> Seen:
        """Return what is told how far it is: whoever waits sees it count."""
        return partial(self._tell, begun, doing)

    def _musts(self) -> bool:
        """Return whether there is anything that must hold."""
        library = self._library()
        return bool(self._pins() or library.scripts or library.problems)

    def _pins(self) -> list[Pin]:
        with self._database.read() as connection:
            return pins(connection, self._content)

    def _report(
        self, change: Change, begun: Check, *, calibrated: bool = True
    ) -> Report:
        if not calibrated and (words := self._rewording(change)) is not None:
            return self._reworded(words, change, begun)
        both = self._candidates.beside_live(change, calibrated=calibrated)
        if change.wording is not None:
            self._tell(begun, Doing.PLAYING)
            # Nothing means anything else, and ours quote the words that come with us.
            ours = self._library().of_the_shop()
            return Report(scripts=self._played(both, ours, begun))
        self._tell(begun, Doing.READING)
        pinned = self._pins()
        if not change.teaches:
            return self._must(both, pinned, begun)
        texts = self._texts()
        both.foresee(in_languages([*texts, *(pin.text for pin in pinned)], both.now))
        found = self._fares.differences(both, texts, self._seen(begun, Doing.READING))
        must = self._must(both, pinned, begun)
        told = _told(must, found, change, messages=len(texts))
        return self._with_ways(told, change, both) if calibrated else told

    def _with_ways(self, report: Report, change: Change, both: Both) -> Report:
        """Return a report with what becomes of who asks in an entry's own words."""
        if change.entry is None or not change.entry.live:
            return report
        every = {as_said(one): one for one in change.entry.phrasings}
        ways = [*every.values()][:: -(-len(every) // MOST_WAYS) or 1]
        both.foresee(in_languages(ways, both.then))
        fares = [(one, self._fares.meant(both.then, one)) for one in ways]
        missed = tuple(one for one in fares if one[1].intent != change.intent)
        return replace(report, ways=len(ways), missed=missed)

    def _rewording(self, change: Change) -> Rewording | None:
        with self._database.read() as connection:
            return rewording(change, knowledge.faq(connection), self._content)

    def _reworded(self, words: Rewording, change: Change, begun: Check) -> Report:
        """Report on what other words of an answer can touch, and on nothing else."""
        library = self._library()
        if not words.languages:
            both = self._candidates.untaught(change)
            scripts = Touch(words, both).scripts(library.scripts)
            self._tell(begun, Doing.PLAYING)
            near_ones = replace(library, scripts=scripts)
            return Report(scripts=self._played(both, near_ones, begun))
        both = self._candidates.beside_live(change, calibrated=False)
        self._tell(begun, Doing.READING)
        touch, texts, pinned = Touch(words, both), self._texts(), self._pins()
        near = {*touch.texts([*texts, *(pin.text for pin in pinned)])}
        scripts = touch.scripts(library.scripts)
        found = self._fares.differences(both, [one for one in texts if one in near])
        held = [pin for pin in pinned if pin.text in near]
        must = self._must(both, held, begun, replace(library, scripts=scripts))
        return _told(must, found, change, messages=len(texts))

    def _must(
        self,
        both: Both,
        pinned: Sequence[Pin],
        begun: Check,
        library: files.Library | None = None,
    ) -> Report:
        found = self._fares.differences(both, [pin.text for pin in pinned])
        self._tell(begun, Doing.PLAYING)
        broken = broken_pins(found, pinned)
        every = self._library() if library is None else library
        return Report(broken=broken, scripts=self._played(both, every, begun))

    def _played(self, both: Both, library: files.Library, begun: Check) -> Played:
        with self._database.read() as connection:
            entries = faq.names(connection)
        texts = [text for script in library.scripts for text in said(script)]
        both.foresee(in_languages(texts, both.then))
        seen = self._seen(begun, Doing.PLAYING)
        broken = filter(None, self._fares.breaks(library.scripts, both.then, seen))
        return played(library, both.now, [*broken], entries)

    def _library(self) -> files.Library:
        library = files.load(self._content.scripts)
        return library.in_languages(self._content.languages)

    def _tried(self, change: Change, moves: Sequence[Move]) -> Tried:
        # Under the live thresholds: as it is when it goes live first, and mostly stays.
        both = self._candidates.beside_live(change, calibrated=False)
        # What was said before is kept where it was tried here; else it is said again.
        before = self.find(self._key(change, moves[:-1]))
        begun = Rehearsal(began=self._outside.clock())
        new = Tried(change=change, moves=(), now=begun, then=begun)
        tried = (before.tried if before else None) or new
        left, hours = moves[len(tried.moves) :], self._candidates.hours()
        both.foresee(in_languages([one.text for one in left], both.now))
        return reduce(lambda one, move: one.after(move, both, hours), left, tried)

    def _texts(self) -> list[str]:
        """Return the newest messages of customers, each that reads the same once."""
        with self._database.read() as connection:
            said = lessons.said_lately(connection, MOST_MESSAGES)
        once = {as_said(text): text for text in reversed(said) if text.strip()}
        return [*reversed(once.values())][:MOST_MESSAGES]


def _told(
    must: Report, found: Sequence[Difference], change: Change, *, messages: int
) -> Report:
    """Return a report with what would become of so many messages, some compared."""
    ours = change.intent
    changes = sorted_out(found, About(intent=ours, asked=change.asked))
    other = [one for some in changes.values() for one in some]
    return replace(
        must,
        messages=messages,
        answered=sum(one.after.intent == ours for one in found),
        changes=changes,
        gained=tuple(one for one in other if one.after.intent == ours),
        changed=tuple(one for one in other if one.after.intent != ours),
    )


def _ended(begun: Check, work: Work) -> Check:
    try:
        return replace(work(begun), state=State.DONE)
    except TrainingError as error:
        return replace(begun, state=State.FAILED, error=str(error))
    except Exception:
        # The rim of a thread: whoever waits must be told.
        log.exception("check_failed")
        return replace(begun, state=State.FAILED, error=english("see the log"))

"""What can other words of an answer touch? Few messages and scripts: these.

Who words an answer otherwise leaves its question asked as it was. But an answer
teaches too: where its question has few phrasings in a language, its sentences are
learned as hints. There a second model is asked about every message, and what it reads
as the live one does is not touched; elsewhere nothing at all is understood otherwise.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.candidates import Both
from bot.change import Change
from bot.content import PREFIX, Content
from bot.curriculum import Subject, subjects
from bot.holding import said
from bot.rehearsal import in_languages
from bot.scripts.lines import Script
from bot.store.knowledge import Faq
from bot.trainer import Said
from intents.hints import MANY
from intents.parse import Parse
from intents.text import as_said

#: What may be offered of what a message is likely about, and one for what is not.
LIKELIEST = 4
#: Nobody is offered what a message is about with less than this chance.
UNLIKELY = 0.01
#: So much surer or less sure of a message is as sure, between the same thresholds.
AS_SURE = 0.02
#: How much surer whoever is asked something else must be to be taken at it.
ELSEWHERE = 0.1


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """An entry that is asked as before, and says it in other words."""

    before: Faq
    after: Faq
    #: In which languages its words are learned from.
    languages: tuple[str, ...]

    @property
    def intent(self) -> str:
        """Return what its question means."""
        return PREFIX + self.after.name

    @property
    def titles(self) -> frozenset[str]:
        """Return what it is called where customers choose, now and then."""
        both = (self.before, self.after)
        return frozenset(
            title for one in both for title in (one.question, *one.titles.values())
        )


def rewording(
    change: Change, known: Iterable[Faq], content: Content
) -> Rewording | None:
    """Return what a change is if it only words an entry otherwise; None if it is more.

    An entry that is answered in another language, on other days or no more is more.
    """
    after = change.entry
    before = next((one for one in known if after and one.name == after.name), None)
    if after is None or before is None or change.more:
        return None
    if _asked(before) != _asked(after):
        return None
    return Rewording(
        before=before, after=after, languages=_learned_in(before, after, content)
    )


def _asked(entry: Faq) -> object:
    """Return when an entry is answered at all, in what language, and what asks it."""
    days = entry.extras.since, entry.extras.until
    spoken = {code for code, text in entry.answers.items() if text.strip()}
    return {*entry.phrasings}, spoken, entry.live, days


def _learned_in(before: Faq, after: Faq, content: Content) -> tuple[str, ...]:
    """Return the languages in which what an entry says is learned, and is otherwise."""
    old, new = (subjects(content, [one]) for one in (before, after))
    return tuple(
        code
        for code, subject in new.items()
        if _hints(subject) != _hints(old.get(code, Subject(code, ())))
        and _examples(subject) < MANY
    )


def _hints(subject: Subject) -> set[str]:
    return {row[0] for row in subject.rows if len(row) > 2}


def _examples(subject: Subject) -> int:
    return len({as_said(row[0]) for row in subject.rows if len(row) == 2})


class Touch:
    """What of all that must hold a rewording may touch, one model beside the other."""

    def __init__(self, what: Rewording, both: Both) -> None:
        self._what = what
        self._both = both

    def texts(self, texts: Iterable[str]) -> list[str]:
        """Return the messages that may get something else, or get this answer."""
        every = [*texts]
        self._foresee(every)
        return [one for one in every if self._concerns(one)]

    def scripts(self, scripts: Iterable[Script]) -> tuple[Script, ...]:
        """Return the scripts in which something may be otherwise."""
        every = [*scripts]
        self._foresee(text for one in every for text in said(one))
        return tuple(
            one
            for one in every
            if self._is_named_in(one) or any(map(self._concerns, said(one)))
        )

    def _foresee(self, texts: Iterable[str]) -> None:
        if self._what.languages:
            self._both.foresee([one for text in texts for one in self._readings(text)])

    def _readings(self, text: str) -> Iterator[Said]:
        """Yield what may be read of a text, also in the languages that are learned.

        In the middle of a conversation it may be read in another than by itself.
        """
        for part, code in in_languages([text], self._both.now):
            yield from ((part, one) for one in {code, *self._what.languages})

    def _concerns(self, text: str) -> bool:
        return any(map(self._reads_otherwise, self._readings(text)))

    def _reads_otherwise(self, one: Said) -> bool:
        """Return whether a text is read otherwise, or may get this very answer."""
        text, code = one
        model = self._both.now.models.of(code)
        now = model.classify(text, code)
        if _may_be(now, self._what.intent):
            return True
        if code not in self._what.languages:
            return False
        then = self._both.then.models.of(code).classify(text, code)
        bounds = *model.thresholds.values(), *model.lenient_thresholds.values()
        return not _alike(now, then, bounds)

    def _is_named_in(self, script: Script) -> bool:
        """Return whether a script has the name of the entry, or what it is called."""
        about = [str(value) for one in script.steps for value in (one.value, one.means)]
        return any(
            self._what.after.name in told or any(t in told for t in self._what.titles)
            for told in about
        )


def _may_be(parse: Parse, intent: str) -> bool:
    """Return whether a text may get an intent, if only as one of several choices."""
    return any(
        one["name"] == intent and one["confidence"] >= UNLIKELY
        for one in parse["intent_ranking"][:LIKELIEST]
    )


def _likeliest(parse: Parse) -> tuple[str | None, ...]:
    return tuple(one["name"] for one in parse["intent_ranking"][:LIKELIEST])


def _alike(now: Parse, then: Parse, bounds: Iterable[float]) -> bool:
    """Return whether two models make the same of a text, as far as anything asks."""
    if _likeliest(now) != _likeliest(then):
        return False
    limits = [limit for one in bounds for limit in (one, one + ELSEWHERE)]
    return all(
        abs(one - other) <= AS_SURE
        and all((one >= limit) == (other >= limit) for limit in limits)
        for one, other in zip(_sureness(now), _sureness(then), strict=True)
    )


def _sureness(parse: Parse) -> list[float]:
    ranking = [one["confidence"] for one in parse["intent_ranking"][:LIKELIEST]]
    return [parse["intent"]["confidence"], parse.get("among_three", 0.0), *ranking]

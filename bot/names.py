"""What that has a name does a text name? An event, an item: as customers write it.

Any case, without accents, with a slip of the finger, a part of the name: a word weighs
the more the fewer events have it. Words that any message may have ("show", "night")
count beside others only; "the fair" is found where one event alone is a fair.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from bot.name_words import Token, is_sign, is_telling, slips_apart, tokens_of, words
from bot.ordinary_words import GOODS, KINDS, ORDINARY
from flows.ports import EVENTS_APART, EVENTS_TOGETHER

#: From how many letters on a word may have one slip in it, and then two.
ONE_SLIP, TWO_SLIPS = 5, 8
#: What an ordinary word weighs beside others, of a rare one's weight.
LITTLE = 0.2
#: And a sign of what is written without spaces.
SIGN = 0.5
#: Shorter words of a venue say nothing.
LEAST_PLACE = 4

#: Which words of names a word of a text may be.
Near: TypeAlias = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Named:
    """Something that is called by its name, or by where it is."""

    key: str
    name: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where a text names something, and what may be meant."""

    start: int
    end: int
    keys: tuple[str, ...]
    #: Whether it can hardly be anything else than the name of this one thing.
    sure: bool
    #: Whether it is more than one word.
    long: bool = False
    #: Of what is meant, the one thing that is called by its whole name; or None.
    whole: str | None = None
    #: Whether the words are those of the text's own language, in an order of its own.
    is_told: bool = False
    #: Whether each is meant, by a name of its own.
    each: bool = False

    @property
    def value(self) -> str:
        """Return the keys as one value."""
        return (EVENTS_TOGETHER if self.each else EVENTS_APART).join(self.keys)


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Words of a text, one after the other, that stand so in a name."""

    start: int
    end: int
    weight: float
    words: tuple[str, ...]
    exact: bool
    whole: bool

    @property
    def telling(self) -> int:
        """Return how many of the words not every message may have.

        Of signs that stand without spaces three are a word, or a whole name of two.
        """
        signs = sum(map(is_sign, self.words))
        of_signs = signs // 3 or int(self.whole and signs > 1)
        return sum(map(is_telling, self.words)) + of_signs


@dataclass(frozen=True)
class Names:
    """The names of all that may be meant, to be looked for in texts; immutable."""

    things: tuple[Named, ...] = field(default=())
    #: A word that so many names have, at most, may stand for each of them by itself.
    most: int = 1

    def find(self, text: str) -> Found | None:
        """Return what a text names best; None if it names nothing."""
        if not self.things:
            return None
        tokens = [*tokens_of(text)]
        return self._named(tokens) or self._placed(tokens)

    def without(self, text: str) -> str:
        """Return a text without the name that is surely in it: it is of no language."""
        found = self.find(text)
        if found is None or not found.sure:
            return text
        return f"{text[: found.start]} {text[found.end :]}"

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        return {one.key: words(one.name) for one in self.things}

    @cached_property
    def _counts(self) -> Counter[str]:
        """Return in how many names a word stands; several things may have one name."""
        return Counter(word for name in {*self._names.values()} for word in {*name})

    @cached_property
    def _joined(self) -> Mapping[str, frozenset[str]]:
        """Return the words of a name that some write as one, as they do."""
        pairs = (pair for name in self._names.values() for pair in pairwise(name))
        return {
            "".join(pair): frozenset(pair)
            for pair in pairs
            if all(map(is_telling, pair))
        }

    @cached_property
    def _by_first(self) -> Mapping[str, list[str]]:
        """Return the words that may have a slip in them, by their first letter."""
        found = defaultdict(list)
        for word in self._counts:
            if len(word) >= ONE_SLIP and is_telling(word):
                found[word[0]].append(word)
        return found

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, ...]]:
        """Return what a word of its place tells from most others."""
        by_word = defaultdict(list)
        for one in self.things:
            for word in {*words(one.place)} - self._counts.keys():
                if len(word) >= LEAST_PLACE and is_telling(word):
                    by_word[word].append(one.key)
        few = max(1, len(self.things) // 4)
        return {word: tuple(ids) for word, ids in by_word.items() if len(ids) <= few}

    def _named(self, tokens: Sequence[Token]) -> Found | None:
        near = {one.word: self._near(one.word) for one in tokens}
        there = frozenset().union(*near.values())
        runs = {
            key: found
            for key, name in self._names.items()
            if not there.isdisjoint(name)
            if (found := self._best(name, tokens, near)) is not None
        }
        most = max((run.weight for run in runs.values()), default=0.0)
        best = {i: run for i, run in runs.items() if math.isclose(run.weight, most)}
        if not best:
            return None
        run = min(best.values(), key=lambda one: one.start)
        meant = tuple(i for i, one in best.items() if one.start == run.start)
        one_name = len({self._names[key] for key in meant}) == 1
        return Found(
            start=run.start,
            end=run.end,
            keys=meant,
            sure=one_name and self._is_sure(run) and not _is_of_goods(run, tokens),
            long=len(run.words) > 1,
            whole=_only(key for key in meant if best[key].whole),
        )

    def _near(self, word: str) -> frozenset[str]:
        """Return the words of names that a word of a text may be."""
        if word in self._counts:
            return frozenset([word])
        if word in self._joined:
            return self._joined[word]
        if word in ORDINARY or len(word) < ONE_SLIP:
            return frozenset()
        slips = 2 if len(word) >= TWO_SLIPS else 1
        near = (
            one
            for one in self._by_first.get(word[0], ())
            if abs(len(one) - len(word)) <= slips and slips_apart(one, word) <= slips
        )
        return frozenset(near)

    def _best(
        self, name: Sequence[str], tokens: Sequence[Token], near: Near
    ) -> _Run | None:
        """Return the weightiest run of a name's words in a text that tells anything."""
        runs = (
            self._run(name, tokens, near, at, place)
            for at in range(len(tokens))
            for place in range(len(name))
        )
        telling = [run for run in runs if run and self._tells(run)]
        return max(telling, key=lambda one: one.weight, default=None)

    def _run(
        self,
        name: Sequence[str],
        tokens: Sequence[Token],
        near: Near,
        at: int,
        place: int,
    ) -> _Run | None:
        """Return the run that begins at a word of the text and at one of the name."""
        first, found, exact = at, list[str](), True
        while at < len(tokens):
            word = tokens[at].word
            taken = _taken(word, near[word], name, place, skips=bool(found))
            if not taken:
                break
            exact = exact and "".join(name[i] for i in taken) == word
            found += [name[i] for i in taken]
            at, place = at + 1, taken[-1] + 1
        if not found:
            return None
        return _Run(
            start=tokens[first].start,
            end=tokens[at - 1].end,
            weight=sum(map(self._weight, found)),
            words=tuple(found),
            exact=exact,
            whole=len(found) == len(name),
        )

    def _tells(self, run: _Run) -> bool:
        """Whether a run may be meant for a name: a single word if no other has it."""
        if len(run.words) > 1:
            return run.telling > 0 or run.whole and run.exact
        (word,) = run.words
        known = is_telling(word) or run.exact and word in KINDS
        return (
            run.whole and run.telling > 0 or known and self._counts[word] <= self.most
        )

    def _is_sure(self, run: _Run) -> bool:
        """Whether a run can hardly be there by chance.

        What stands in several names is what the shop is about: "record sleeve" is
        said of what was bought there, "sleeve design" is not.
        """
        if run.whole:
            long = run.end - run.start >= ONE_SLIP or run.telling > 1
            return run.telling > 0 and (len(run.words) > 1 or run.exact and long)
        shared = [w for w in run.words if is_telling(w) and self._counts[w] > 1]
        return run.telling > len(shared) and len(run.words) - len(shared) > 1

    def _weight(self, word: str) -> float:
        rare = math.log(1 + len(self.things) / self._counts[word])
        return rare * (1.0 if is_telling(word) else SIGN if is_sign(word) else LITTLE)

    def _placed(self, tokens: Sequence[Token]) -> Found | None:
        """Return what is at a place that a text names."""
        for one in tokens:
            ids = self._places.get(one.word)
            if ids:
                return Found(start=one.start, end=one.end, keys=ids, sure=False)
        return None


def _is_of_goods(run: _Run, tokens: Sequence[Token]) -> bool:
    """Whether a text speaks of what is sold as well: the name may be an album's."""
    around = (one for one in tokens if not run.start <= one.start < run.end)
    return any(one.word in GOODS for one in around)


def _only(keys: Iterable[str]) -> str | None:
    """Return the only one there is."""
    found = [*keys]
    return found[0] if len(found) == 1 else None


def _taken(
    word: str, near: Iterable[str], name: Sequence[str], place: int, *, skips: bool
) -> Sequence[int]:
    """Return the places of a name that a word takes: one, or two written together.

    Within a run ordinary words of the name may be left out.
    """
    while place < len(name):
        if word == "".join(name[place : place + 2]) != name[place]:
            return (place, place + 1)
        if name[place] in near and word[0] == name[place][0]:
            return (place,)
        if not skips or is_telling(name[place]):
            return ()
        place += 1
    return ()

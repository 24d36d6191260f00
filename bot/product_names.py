"""Which of the shop's products does a text name? See `names` for how it is found.

Whether it is answered or asked back depends on what else is said: of "the purple rain
jacket" the blue one is no answer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.name_words import Token, is_telling, tokens_of, words
from bot.names import Found, Named, Names
from bot.ordinary_words import GOODS, OF_STOCK, OF_STOCK_CHINESE
from flows.products import Meant, ProductName

#: So many may be chosen from.
MOST = 10

#: So many words may stand between those of a name that is said in another order.
CLOSE = 4

#: As they are compared.
_OF_STOCK = frozenset(word for one in OF_STOCK for word in words(one))
_BETWEEN = _OF_STOCK | GOODS
#: What stands between two names of a list.
_JOINS = re.compile(
    r"\W*(?:and|or|plus|y|e|o|u|et|ou|و|او|أو|和|跟|还有|&|\+|,|،|、)"
    r"\W*(?:the|a|an|el|la|los|las|le|les|l|un|una|une)?\W*",
    re.IGNORECASE,
)
_CHINESE = re.compile("|".join(sorted(OF_STOCK_CHINESE, key=len, reverse=True)))


@dataclass(frozen=True)
class ProductNames:
    """The names of the shop's products, to be looked for in texts; immutable."""

    products: tuple[ProductName, ...] = field(default=())

    def meant(self, text: str) -> Meant:
        """Return the products that a text names."""
        found = self.find(text)
        if found is None:
            return Meant()
        named = tuple(self._by_key[key] for key in self._listed(text, found))
        # Who has a dozen to choose from is none the wiser.
        named = named if len(named) <= MOST else ()
        return Meant(products=named, sure=len(named) == 1 and is_clear(text, found))

    def _listed(self, text: str, found: Found) -> Iterable[str]:
        """Return what a text names: also besides, in full or joined by an "and"."""
        before, behind = text[: found.start], text[found.end :]
        first, last = self.find(before), self.find(behind)
        keys = [*_meant(found)]
        if last and (is_full(last) or _JOINS.fullmatch(behind[: last.start])):
            keys = [*keys, *_meant(last)]
        if first and (is_full(first) or _JOINS.fullmatch(before[first.end :])):
            keys = [*_meant(first), *keys]
        return dict.fromkeys(keys)

    def of(self, key: str) -> Meant:
        """Return the product of a key."""
        found = self._by_key.get(key)
        return Meant(products=(found,), sure=True) if found else Meant()

    def find(self, text: str) -> Found | None:
        """Return where a text names a product, or several that may be meant.

        Words by which any product is asked for are no part of a name: who asks "how
        much" may mean another record than that of "How Much Love".
        """
        found = self._names.find(text)
        if found is None or not is_full(found):
            found = self._gathered(text) or found
        while found and not found.whole and not telling(text[found.start : found.end]):
            blank = " " * (found.end - found.start)
            text = f"{text[: found.start]}{blank}{text[found.end :]}"
            found = self._names.find(text)
        return found

    def without(self, text: str) -> str:
        """Return a text without the whole name that is in it: it is of no language."""
        found = self.find(text)
        if found is None or not is_full(found):
            return text
        return f"{text[: found.start]} {text[found.end :]}"

    def _gathered(self, text: str) -> Found | None:
        """Return the product all of whose words a text has, close, in any order."""
        if not self.products:
            return None
        tokens = [*tokens_of(text)]
        there = {one.word for one in tokens}
        every = [
            (len(wanted), start, end, key)
            for word in there
            for key, wanted in self._by_first.get(word, ())
            if wanted <= there
            if (span := _span(wanted, tokens)) is not None
            for start, end in [span]
        ]
        most = max((one[0] for one in every), default=0)
        best = [one for one in every if one[0] == most]
        if len(best) != 1:
            return None
        _, start, end, key = best[0]
        return Found(start=start, end=end, keys=(key,), sure=True, long=True, whole=key)

    @cached_property
    def _by_first(self) -> Mapping[str, list[tuple[str, frozenset[str]]]]:
        """Return what tells each name, by its first word, where that is several."""
        found = defaultdict(list)
        for one in self.products:
            wanted = [word for word in words(one.name) if is_telling(word)]
            if len({*wanted}) > 1:
                found[wanted[0]].append((one.key, frozenset(wanted)))
        return found

    @cached_property
    def _by_key(self) -> dict[str, ProductName]:
        return {one.key: one for one in self.products}

    @cached_property
    def _names(self) -> Names:
        things = tuple(Named(key=one.key, name=one.name) for one in self.products)
        return Names(things, most=MOST)


def _span(wanted: frozenset[str], tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return from where to where the words of a name stand close, whatever is between.

    What tells of something else between them is another name.
    """
    places = [at for at, one in enumerate(tokens) if one.word in wanted]
    for first in places:
        near = [at for at in places if first <= at < first + len(wanted) + CLOSE]
        inside = tokens[first : near[-1] + 1]
        others = {one.word for one in inside if is_telling(one.word)} - wanted
        if {tokens[at].word for at in near} == wanted and others <= _BETWEEN:
            return tokens[first].start, inside[-1].end
    return None


def _meant(found: Found) -> tuple[str, ...]:
    return (found.whole,) if found.whole else found.keys


def is_full(found: Found) -> bool:
    """Whether a product is called by its whole name, of several words."""
    return found.whole is not None and found.long


def is_clear(text: str, found: Found) -> bool:
    """Whether what a text names is meant, and nothing that is only like it."""
    if is_full(found):
        return True
    return not telling(f"{text[: found.start]} {text[found.end :]}")


def telling(text: str) -> Sequence[str]:
    """Return the words of a text that tell which product it may be about."""
    plain = _CHINESE.sub(" ", text)
    return [
        plain[one.start : one.end]
        for one in tokens_of(plain)
        if is_telling(one.word) and one.word not in _OF_STOCK or _is_chinese(one.word)
    ]


def _is_chinese(word: str) -> bool:
    return bool(re.fullmatch("[\u3400-\u9fff]", word))

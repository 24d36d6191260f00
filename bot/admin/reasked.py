"""Who asks the same again, after an answer? Then the answer was not what they wanted.

Nearly the same words, the same question of the FAQ, or a goal that told nothing new the
second time. The same goal alone is not enough: two orders are asked about one by one.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.content import PREFIX
from bot.store import review
from bot.store.database import Database
from bot.store.types import AnyRow
from bot.web.current import now, parts
from intents.text import as_said, unaccented

#: So long after an answer the same is asked for want of a better one.
SOON = timedelta(minutes=10)
#: For how long what was found does for the bar.
KEPT = timedelta(minutes=1)
#: Fewer words say too little, and so many may come on top: "so where is it then".
FEWEST, MOST_MORE = 2, 2
#: From this likeness on one word is a slip of another.
SLIP = 0.8
#: What is normalised has another number in place of each.
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class _Found:
    """The turns after which the same was asked again, in a database at a moment."""

    where: Database
    at: datetime
    turns: frozenset[int]


class Reasked:
    """Knows after which answers the same was asked again."""

    def __init__(self) -> None:
        self._found: _Found | None = None

    def now(self, connection: Connection) -> frozenset[int]:
        """Return these turns, looking them up."""
        turns = first(review.answered_twice(connection, now()))
        self._found = _Found(parts().database, now(), turns)
        return turns

    def lately(self, connection: Connection) -> frozenset[int]:
        """Return them as they were a moment ago: a bar on every page may do with that.

        To look thousands of answers up takes a quarter of a second.
        """
        found = self._found
        if found is None or found.where is not parts().database:
            return self.now(connection)
        is_old = now() - found.at > KEPT
        return self.now(connection) if is_old else found.turns


#: Of this process.
reasked = Reasked()


def first(pairs: Iterable[AnyRow]) -> frozenset[int]:
    """Return the turns after which the same was asked again, of such pairs."""
    return frozenset(pair.id for pair in pairs if is_again(pair))


def is_again(pair: AnyRow) -> bool:
    """Whether the second of two messages asks what the first did, and was answered."""
    if pair.at_again - pair.at > SOON:
        return False
    if _values(pair.entities) != _values(pair.entities_again):
        return False
    is_same = pair.intent is not None and pair.intent == pair.intent_again
    if is_same and (pair.told_again or pair.intent.startswith(PREFIX)):
        return True
    return nearly_same(pair.text or "", pair.text_again or "")


def nearly_same(one: str, other: str) -> bool:
    """Whether two texts have nearly the same words, but for slips and a few more."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    fewer, more = sorted((_words(one), _words(other)), key=len)
    if len(fewer) < FEWEST or len(more) - len(fewer) > MOST_MORE:
        return False
    return all(word in more or _slipped(word, more) for word in fewer)


def _words(text: str) -> list[str]:
    return unaccented(as_said(text)).split()


def _slipped(word: str, words: list[str]) -> bool:
    """Whether a word is a slip of one of others."""
    return len(word) > 3 and bool(
        difflib.get_close_matches(word, words, n=1, cutoff=SLIP)
    )


def _values(entities: list[dict[str, Any]] | None) -> set[tuple[str, str]]:
    return {(one["entity"], str(one["value"])) for one in entities or ()}

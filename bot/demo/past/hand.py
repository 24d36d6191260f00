"""What the telling of one language draws from: wordings, names, colleagues."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from random import Random

from bot.demo.past.reading import Reader
from bot.demo.past.tongues import Member, Tongue, Topic
from bot.demo.past.wording import Wording


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A wording as one customer wrote it, the wording itself, and what it is about."""

    text: str
    plain: str
    topic: Topic


class Deck:
    """Wordings in a shuffled order; each is drawn once plain, then dressed."""

    def __init__(self, tongue: Tongue, chance: Random, rows: Sequence[Asked]) -> None:
        self._tongue = tongue
        self._chance = chance
        self._rows = [*rows]
        self._drawn = 0
        chance.shuffle(self._rows)

    def draw(self) -> Asked:
        """Return the next wording."""
        passed, at = divmod(self._drawn, len(self._rows))
        self._drawn += 1
        row = self._rows[at]
        return Asked(
            text=self._dressed(row.plain, passed), plain=row.plain, topic=row.topic
        )

    def _dressed(self, text: str, passed: int) -> str:
        opener = self._chance.choice(self._tongue.openers)
        closer = self._chance.choice(self._tongue.closers)
        forms = (
            text,
            f"{opener} {text}",
            f"{text} {closer}",
            f"{opener} {text} {closer}",
        )
        return forms[min(passed, len(forms) - 1)]


class Hand:
    """All that one language offers; everything is by chance, and repeatable."""

    def __init__(
        self, wording: Wording, staff: Sequence[Member], chance: Random, reader: Reader
    ) -> None:
        tongue = wording.tongue
        self.wording = wording
        self.tongue = tongue
        self.chance = chance
        self.reader = reader
        speaks = [one for one in staff if tongue.language in one.languages]
        chance.shuffle(speaks)
        self.colleagues = tuple(speaks)
        self._members = cycle(speaks)
        self._owners = cycle(_every_second(speaks))
        self.visited = [one.login for one in staff if one.visited]
        self._names = _names(tongue, chance)
        self.known = self._deck(lambda t: () if t.is_flow else t.known)
        self.orders = self._deck(lambda t: t.known, "orders")
        self.goals = self._deck(lambda t: t.known, *GOALS)
        self.person = self._deck(lambda t: t.known, "person")
        self.unsure = self._deck(lambda t: t.unsure if t.intent else ())
        self.beside = self._deck(lambda t: () if t.intent else t.unsure)
        self.unknown = self._deck(lambda t: t.unknown)
        self.pressing = self._deck(lambda t: t.unknown, "damaged")
        self.mistaken = self._deck(lambda t: tuple(t.mistaken))

    def name(self) -> str:
        """Return a name that no other customer has."""
        return next(self._names)

    def member(self) -> Member:
        """Return a colleague who speaks the language, each in turn."""
        return next(self._members)

    def owner(self) -> Member:
        """Return who has a conversation that is still open."""
        return next(self._owners)

    def one(self, lines: Sequence[str]) -> str:
        """Return one of some sentences."""
        return self.chance.choice(lines)

    def chosen(self, share: float) -> bool:
        """Return True as often as *share* says."""
        return self.chance.random() < share

    def _deck(self, rows: Callable[[Topic], Sequence[str]], *names: str) -> Deck:
        found = [
            Asked(text=text, plain=text, topic=topic)
            for topic in self.tongue.topics
            if not names or topic.name in names
            for text in rows(topic)
        ]
        return Deck(self.tongue, self.chance, found)


#: Goals for which an order is noted, and a person does the rest.
GOALS = ("return_item", "refund", "cancel_order")


def _every_second(speaks: Sequence[Member]) -> Iterator[Member]:
    """Yield those whose desk is visited, if they speak the language, more often."""
    visited = [one for one in speaks if one.visited]
    for one in speaks:
        if not one.visited:
            yield from (*visited, one)


def _names(tongue: Tongue, chance: Random) -> Iterator[str]:
    pairs = [f"{first} {last}" for first, last in product(tongue.first, tongue.last)]
    chance.shuffle(pairs)
    return iter(pairs)

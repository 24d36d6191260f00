"""What customers chose of "did you mean": their own words, to be learned for that."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.admin import masking, phrases
from bot.admin.draft import LONGEST_PHRASING
from bot.content import PREFIX
from bot.rehearsal import Meant, rehearse, surely_meant
from bot.store import chosen
from bot.store.types import AnyRow
from bot.web.current import now, parts

MOST = 8
#: Ways to say it that are tried: each is a turn, and most of the rest were said once.
TRIED = 50


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A way to ask something, by what customers chose who wrote it."""

    phrase: str
    intent: str
    #: The turns in which it was written, the newest first.
    turns: tuple[int, ...]

    @property
    def times(self) -> int:
        """Return how many times it was."""
        return len(self.turns)


def of_entry(name: str, language: str, known: Collection[str]) -> list[Choice]:
    """Return what was chosen for an entry in a language, the most chosen first.

    Neither what is *known* already nor what has another answer by now.
    """
    identify = parts().content.identifier.identify
    ours = (
        row
        for row in _rows()
        if row.intent == PREFIX + name and identify(row.text).language == language
    )
    return _few(_gathered(ours, known), own=True)


def of_goals(goals: Collection[str], known: Collection[str]) -> list[Choice]:
    """Return what was chosen for *goals* and is neither known nor answered by now.

    What somebody has seen is left out, the most chosen comes first.
    """
    ours = (row for row in _rows() if row.intent in goals and row.mark is None)
    return _few(_gathered(ours, known), own=False)


def _few(found: Sequence[Choice], *, own: bool) -> list[Choice]:
    """Return the first that have no answer by now, or perhaps their *own*.

    Whoever wants a person, or no messages, is heard as it is.
    """

    def fits(one: Choice) -> bool:
        now_is = _meant(one)
        fitting = (None, one.intent) if own else (None,)
        return now_is.wish is None and now_is.intent in fitting

    return [*islice(filter(fits, found[:TRIED]), MOST)]


def _rows() -> list[AnyRow]:
    with parts().database.read() as connection:
        return chosen.chosen(connection)


def _gathered(rows: Iterable[AnyRow], known: Collection[str]) -> list[Choice]:
    """Return rows without what is private, those that read the same as one."""
    patterns = masking.patterns(parts().content.phrasings)
    found: dict[tuple[str, str], Choice] = {}
    for row in rows:
        phrase = masking.for_phrasing(row.text, row.name, patterns).text
        key = row.intent, phrases.alike(phrase)
        if not 0 < len(phrase) <= LONGEST_PHRASING or key[1] in known:
            continue
        one = found.get(key) or Choice(phrase=phrase, intent=row.intent, turns=())
        found[key] = replace(one, turns=(*one.turns, row.turn_id))
    return sorted(found.values(), key=lambda one: -one.times)


def _meant(one: Choice) -> Meant:
    """Return what is made of a phrase by now."""
    return surely_meant(rehearse(one.phrase, parts().understanding.assistants, now()))

"""Rows of other people's assistants, as examples to teach and to ask.

Datasets are read where they lie and never copied. What is drawn or misspelt is so by
the content alone, the same on every machine.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from benchmarks.labelled import OURS, ROOT, SHARED, MissingError, read_map, rows
from intents.examples import Example, load
from intents.folding import mark

Examples: TypeAlias = tuple[Example, ...]

LANGUAGES = ("en", "ar", "es", "fr", "zh")
THIRDS = 3
#: How often of a hundred a letter is written another way, where there is one.
MISSPELT = 40
#: Letters of Arabic that people mix up, each way round.
_MIXED_UP = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ا": "أ",
    "ة": "ه",
    "ى": "ي",
    "ي": "ى",
    "ئ": "ي",
    "ؤ": "و",
}
_TATWEEL, _FATHA = "ـ", "\u064e"


def read(path: str) -> Examples:
    """Return the rows of a file below the datasets, or raise MissingError."""
    if not (SHARED / path).exists():
        raise MissingError(f"this dataset is missing: {SHARED / path}")
    return tuple(Example(row["text"], row["intent"]) for row in rows(SHARED / path))


def some(examples: Sequence[Example], each: int) -> Examples:
    """Return so many examples of each intent."""
    by_intent: dict[str, list[Example]] = {}
    for one in sorted(examples, key=lambda one: mark(one.text)):
        by_intent.setdefault(one.intent, []).append(one)
    return tuple(one for found in by_intent.values() for one in found[:each])


def halves(examples: Sequence[Example]) -> Iterator[tuple[Examples, Examples]]:
    """Yield the one half of each intent to teach and the other to ask, both ways."""
    odd = {one for one, place in _places(examples) if place % 2}
    first = tuple(one for one in examples if one in odd)
    second = tuple(one for one in examples if one not in odd)
    yield first, second
    yield second, first


def as_typed(examples: Sequence[Example]) -> Examples:
    """Return Arabic examples as people type them: letters mixed up, signs added."""
    return tuple(Example(_misspelt(one.text), one.intent) for one in examples)


def retail() -> Iterator[tuple[str, Examples, Examples]]:
    """Yield a language, what to teach and what to ask, for each third of its rows.

    Our starter packs are taught under the names of the others' intents.
    """
    theirs = _theirs()
    path = "retail_multi/train.csv"
    read(path)
    for language in LANGUAGES:
        mine = [
            Example(row["text"], row["intent"])
            for row in rows(SHARED / path)
            if row["lang"] == language
        ]
        pack = tuple(
            Example(one.text, theirs.get(one.intent, one.intent))
            for one in load([ROOT / "data" / "nlu" / language, _faq(language)]).examples
        )
        places = [*_places(mine)]
        for third in range(THIRDS):
            asked = tuple(one for one, place in places if place % THIRDS == third)
            said = {one.text.casefold() for one in asked}
            taught = (one for one in (*pack, *mine) if one.text.casefold() not in said)
            yield language, tuple(taught), asked


def _theirs() -> Mapping[str, str]:
    """Return the name of the others' intent for each of ours that means it."""
    found = read_map(OURS / "retail_map.csv")
    return {ours: intent for (intent, _), some in found.items() for ours in some}


def _faq(language: str) -> str:
    return str(ROOT / "data" / "faq" / f"{language}.yml")


def _places(examples: Sequence[Example]) -> Iterator[tuple[Example, int]]:
    """Yield each example with how manieth of its intent it is."""
    counted: dict[str, int] = {}
    for one in examples:
        counted[one.intent] = counted.get(one.intent, -1) + 1
        yield one, counted[one.intent]


def _misspelt(text: str) -> str:
    return "".join(
        _typed(letter, mark(f"{place}\n{text}") % 100)
        for place, letter in enumerate(text)
    )


def _typed(letter: str, chance: int) -> str:
    if chance >= MISSPELT:
        return letter
    if letter in _MIXED_UP:
        return _MIXED_UP[letter]
    return letter + (_TATWEEL if chance % 2 else _FATHA) * (
        chance < 4 and letter.isalpha()
    )

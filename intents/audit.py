"""What in the phrasings of one language looks like a mistake of whoever wrote them?

The same words for two intents, or nearly the same, and intents with hardly a phrasing.
`mistaken` learns, to find those that are surely taken for something else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from intents.nlu import Found
from intents.text import as_said

#: With fewer phrasings an intent is mostly asked about first.
FEWEST = 5
#: Shorter texts that differ in a letter are other words: "my", "by".
SHORTEST_ALIKE = 16


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """Phrasings that may be mistaken, and what to do about them."""

    lines: tuple[Found, ...]
    cure: str

    def __str__(self) -> str:
        first, *others = self.lines
        said = "".join(f", and {_where(one)} '{one.text}'" for one in others)
        return f"{_where(first)}: '{first.text}'{said}: {self.cure}"


def audit(lines: Iterable[Found]) -> Iterator[Suspect]:
    """Yield what a look at the phrasings of one language shows, without learning."""
    said = [one for one in lines if one.kind == "intent"]
    yield from _same(said)
    yield from _alike(said)
    yield from _thin(said)


def _same(said: Sequence[Found]) -> Iterator[Suspect]:
    for first, other in _pairs(said, lambda text: {text}):
        yield Suspect(
            lines=(first, other),
            cure=f"the same words mean '{first.name}' and '{other.name}'; take them "
            "out of one",
        )


def _alike(said: Sequence[Found]) -> Iterator[Suspect]:
    for first, other in _pairs(said, _variants):
        if as_said(first.text) != as_said(other.text):
            yield Suspect(
                lines=(first, other),
                cure=f"nearly the same words mean '{first.name}' and '{other.name}'; "
                "keep the one that customers mean",
            )


def _variants(text: str) -> set[str]:
    """Return what a text has in common with those that differ by a letter or order."""
    if len(text) < SHORTEST_ALIKE:
        return {text}
    shorter = {text[:at] + text[at + 1 :] for at in range(len(text))}
    return {text, " ".join(sorted(text.split())), *shorter}


def _pairs(
    said: Sequence[Found], keys: Callable[[str], set[str]]
) -> Iterator[tuple[Found, Found]]:
    """Yield lines of two intents that share a key, each pair of texts once."""
    known: dict[str, Found] = {}
    told: set[frozenset[str]] = set()
    for one in said:
        text = as_said(one.text)
        for key in sorted(keys(text)):
            first = known.setdefault(key, one)
            before = as_said(first.text)
            pair = frozenset([before + first.name, text + one.name])
            if first.name != one.name and pair not in told:
                told.add(pair)
                yield first, one


def _thin(said: Sequence[Found]) -> Iterator[Suspect]:
    of_each: dict[str, list[Found]] = defaultdict(list)
    for one in said:
        of_each[one.name].append(one)
    for name, lines in of_each.items():
        if len(lines) < FEWEST:
            yield Suspect(
                lines=(lines[0],),
                cure=f"'{name}' has {len(lines)} of the {FEWEST} phrasings that it "
                "needs at the least, ten teach well; add what customers write",
            )


def _where(found: Found) -> str:
    return f"{found.path}:{found.line}"

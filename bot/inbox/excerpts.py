"""Where in a text something was found: a stretch of it, with the words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.store.folding import plain, spots

LONGEST = 120  # letters of an excerpt
BEFORE = 24  # of them before the first word that was found


@dataclass(frozen=True)
class Piece:
    """A part of a text; *is_found* if it is what was searched for."""

    text: str
    is_found: bool = False


def cut(text: str, needles: Sequence[str]) -> list[Piece]:
    """Return the stretch around the first that was found, marked."""
    found = _stretches(text, needles)
    first = found[0][0] if found else 0
    begin = _word(text, max(first - BEFORE, 0)) if first > BEFORE else 0
    end = min(begin + LONGEST, len(text))
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return pieces(f"{before}{text[begin:end]}{after}", needles)


def pieces(text: str, needles: Sequence[str]) -> list[Piece]:
    """Return all of *text* in pieces, marked or not."""
    made, at = [], 0
    for begin, end in _stretches(text, needles):
        made += [Piece(text[at:begin]), Piece(text[begin:end], is_found=True)]
        at = end
    return [piece for piece in (*made, Piece(text[at:])) if piece.text]


def _stretches(text: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    """Return from where to where something was found, in order and apart."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(_matches(text, needles)):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _matches(text: str, needles: Sequence[str]) -> Iterator[tuple[int, int]]:
    letters, origins = spots(text)
    for needle in needles:
        at = letters.find(needle)
        while at >= 0:
            # The space that a short word begins with is not what was searched for.
            begin = origins[at + needle.startswith(" ")]
            yield begin, _after(text, origins[at + len(needle) - 1])
            at = letters.find(needle, at + len(needle))


def _after(text: str, last: int) -> int:
    """Return where what ends with the letter *last* ends: its accents belong to it."""
    end = last + 1
    while end < len(text) and not plain(text[end]):
        end += 1
    return end


def _word(text: str, at: int) -> int:
    """Return where the next word begins, if it is near."""
    space = text.find(" ", at, at + BEFORE // 2)
    return at if space < 0 else space + 1

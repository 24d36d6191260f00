"""An evaluation as pictures: SVG, written by hand, so that nothing need be installed.

Each is a square of SIZE pixels with axes from 0 to 1, but for the confusion matrix,
which has a cell a pair of intents.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import numpy as np

from intents.confidence import reliability
from intents.corpus import Mask
from intents.features import Floats
from intents.report import Evaluation

SIZE, MARGIN = 480, 60
#: The most intents whose names are written beside the confusion matrix.
MOST_NAMED = 40
_INK, _PALE, _LINE = "#222222", "#bbbbbb", "#1f6fb2"


def draw(found: Evaluation, folder: Path) -> list[Path]:
    """Write all pictures of an evaluation into *folder*; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "risk-coverage.svg": risk_coverage(found.confidence, found.right),
        "reliability.svg": reliability_diagram(found.confidence, found.right),
        "confusion.svg": confusion_matrix(found.pairs),
    }
    for name, picture in pictures.items():
        (folder / name).write_text(picture, encoding="utf-8")
    return [folder / name for name in pictures]


def risk_coverage(confidence: Floats, right: Mask) -> str:
    """Return what share is wrong of the surest rows, for each share of all rows."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order])
    rows = np.arange(1, len(order) + 1)
    points = zip(rows / max(1, len(rows)), wrong / rows, strict=True)
    return _chart("share answered", "share wrong of it", [_curve(points)])


def reliability_diagram(confidence: Floats, right: Mask) -> str:
    """Return how often each said chance was right, beside how often it should be."""
    every = np.ones(len(right))
    said, real, rows = reliability(confidence, right.astype(float), every)
    marks = [
        f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="{2 + 8 * size:.1f}" '
        f'fill="{_LINE}" fill-opacity="0.6"/>'
        for x, y, size in zip(said, real, rows / max(1, len(right)), strict=True)
    ]
    diagonal = _line(0, 0, 1, 1, _PALE)
    return _chart("said chance", "share right", [diagonal, *marks])


def confusion_matrix(pairs: Sequence[tuple[str, str]]) -> str:
    """Return how often each intent (down) was taken for each (across).

    *pairs* are of what was meant and what was understood, one a row. A darker cell
    holds a larger share of what the intent was meant.
    """
    names = sorted({name for pair in pairs for name in pair})
    number = {name: at for at, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for meant, understood in pairs:
        counts[number[meant], number[understood]] += 1
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    cell = SIZE / max(1, len(names))
    cells = [
        f'<rect x="{MARGIN + cell * x:.1f}" y="{MARGIN + cell * y:.1f}" '
        f'width="{cell:.1f}" height="{cell:.1f}" fill="{_INK}" '
        f'fill-opacity="{shares[y, x]:.2f}"><title>{escape(names[y])} taken for '
        f"{escape(names[x])}: {int(counts[y, x])}</title></rect>"
        for y, x in np.argwhere(counts).tolist()
    ]
    return _svg([_frame(), *cells, *_names(names, cell)], wide=3 * MARGIN)


def _names(names: Sequence[str], cell: float) -> Iterator[str]:
    for at, name in enumerate(names if len(names) <= MOST_NAMED else []):
        middle = MARGIN + cell * (at + 0.5)
        yield _text(MARGIN + SIZE + 6, middle + 4, name, "start")


def _chart(across: str, up: str, drawn: Iterable[str]) -> str:
    middle = MARGIN + SIZE / 2
    steps = [
        part
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
        for part in (
            _text(_x(share), MARGIN + SIZE + 16, f"{share:g}", "middle"),
            _text(MARGIN - 6, _y(share) + 4, f"{share:g}", "end"),
        )
    ]
    turned = f'<g transform="rotate(-90 16 {middle})">{_text(16, middle, up)}</g>'
    title = _text(middle, MARGIN + SIZE + 40, across)
    return _svg([_frame(), *steps, title, turned, *drawn])


def _svg(parts: Iterable[str], wide: int = 0) -> str:
    size = SIZE + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size + wide}" '
        f'height="{size}" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _frame() -> str:
    return (
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIZE}" height="{SIZE}" '
        f'fill="none" stroke="{_PALE}"/>'
    )


def _curve(points: Iterable[tuple[float, float]]) -> str:
    steps = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline points="{steps}" fill="none" stroke="{_LINE}" stroke-width="2"/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    ends = f'x1="{_x(x1)}" y1="{_y(y1)}" x2="{_x(x2)}" y2="{_y(y2)}"'
    return f'<line {ends} stroke="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}"'
    return f"<text {place}>{escape(text)}</text>"


def _x(share: float) -> float:
    return MARGIN + SIZE * share


def _y(share: float) -> float:
    return MARGIN + SIZE * (1 - share)

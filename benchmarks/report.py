"""How a measurement is shown: a table for people, JSON for programs."""

from collections.abc import Mapping, Sequence


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows under their columns, each column as wide as it must be."""
    cells = [[str(cell) for cell in row] for row in [columns, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def against(figure: float, target: float, *, at_least: bool) -> str:
    """Return whether a figure meets its target, in a word."""
    met = figure >= target if at_least else figure <= target
    return "met" if met else "MISSED"


def summary(figures: Mapping[str, object]) -> str:
    """Return figures by name, one a line."""
    return "\n".join(f"{name}: {figure}" for name, figure in figures.items())

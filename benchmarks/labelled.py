"""Which messages are measured, and what would be right for each?

Datasets are read where they lie and never copied. A map says which of our intents,
if any, another bot's intents mean, or single rows by their number.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[1]
OURS = ROOT / "benchmarks"
SHARED = ROOT.parent / "shared" / "datasets"
BITEXT = SHARED / "bitext" / "test.csv"
SOFMATTRESS = (
    SHARED / "hint3_sofmattress" / "test_v2.csv",
    SHARED / "hint3_sofmattress" / "oos_test_v2.csv",
)
HOLD_OUT = OURS / "messages_en.csv"
OUT_OF_SCOPE = "oos"

#: Our intents by another's intent, or by intent and row.
IntentMap: TypeAlias = Mapping[tuple[str, int | None], frozenset[str]]


@dataclass(frozen=True)
class Message:
    """One message of a dataset; *wanted* are our intents that it may mean."""

    text: str
    intent: str
    wanted: frozenset[str]


@dataclass(frozen=True)
class Dataset:
    """Messages under one reading of what they mean."""

    name: str
    messages: Sequence[Message]


class MissingError(Exception):
    """A dataset is not where it should be."""


def datasets() -> list[Dataset]:
    """Return all that is measured, or raise MissingError."""
    paths = [BITEXT, *SOFMATTRESS, HOLD_OUT]
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise MissingError(f"these datasets are missing: {', '.join(missing)}")
    foreign = read_map(OURS / "sofmattress_map.csv")
    return [
        Dataset("own hold-out", _own(HOLD_OUT)),
        Dataset("bitext", labelled([BITEXT], read_map(OURS / "bitext_map.csv"))),
        Dataset("sofmattress, strict", labelled(SOFMATTRESS, {})),
        Dataset("sofmattress, mapped", labelled(SOFMATTRESS, foreign)),
    ]


def labelled(paths: Sequence[Path], ours: IntentMap) -> list[Message]:
    """Return the messages of another bot with what they mean to us."""
    nothing: frozenset[str] = frozenset()
    return [
        Message(
            row["text"],
            row["intent"],
            ours.get((row["intent"], number))
            or ours.get((row["intent"], None), nothing),
        )
        for path in paths
        for number, row in enumerate(rows(path), start=1)
    ]


def read_map(path: Path) -> IntentMap:
    """Return a map; an intent without ours is one that means nothing to us."""
    return {
        (row["intent"], int(row["row"]) if row.get("row") else None): frozenset(
            row["ours"].split()
        )
        for row in rows(path)
    }


def _own(path: Path) -> list[Message]:
    def wanted(intent: str) -> frozenset[str]:
        return frozenset([intent]) - {OUT_OF_SCOPE}

    return [
        Message(row["text"], row["intent"], wanted(row["intent"])) for row in rows(path)
    ]


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, each by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

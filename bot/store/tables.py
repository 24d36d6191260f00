"""Read a CSV file into tables: all of its good rows, and a report of the others."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

Row: TypeAlias = Mapping[str, str]
Record = TypeVar("Record")

MOST_NAMED = 20  # bad rows that a report names one by one


class FileError(Exception):
    """The file can't be read at all; the text says why and what to do."""


class RowError(ValueError):
    """A row can't be used; the text says what is wrong with it."""


@dataclass
class Report:
    """What came of a file."""

    imported: int = 0
    refused: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the report for a person to read."""
        yield f"{self.imported} rows imported, {len(self.refused)} refused"
        yield from self.refused[:MOST_NAMED]
        if len(self.refused) > MOST_NAMED:
            yield f"... and {len(self.refused) - MOST_NAMED} more"


def read(
    path: Path, columns: Sequence[str], record: Callable[[Row], Record]
) -> tuple[list[Record], Report]:
    """Return what *record* makes of each row, and a report of those it refuses.

    *columns* must all be there; others may be. *record* raises RowError.
    """
    records: list[Record] = []
    report = Report()
    for number, row in _rows(path, columns):
        try:
            records.append(record(row))
        except RowError as error:
            report.refused.append(f"{path.name}, line {number}: {error}")
    report.imported = len(records)
    return records, report


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(io.StringIO(_text(path)), restval="", strict=True)
    try:
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise FileError(
                f"{path}: the first line must name the columns {','.join(columns)}; "
                f"missing: {', '.join(missing)}"
            )
        for row in reader:
            yield reader.line_num, {k: (v or "").strip() for k, v in row.items() if k}
    except csv.Error as error:
        # The reader's own count: a DictReader does not count the line it fails at.
        number = reader.reader.line_num
        raise FileError(f"{path}, line {number}: not CSV ({error})") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"{path} is not UTF-8: export it as UTF-8 CSV") from None
    except OSError as error:
        raise FileError(f"{path} can't be read: {error.strerror}") from None


def needed(row: Row, name: str) -> str:
    """Return the value in a column that must not be empty."""
    if not row[name]:
        raise RowError(f"{name} is empty")
    return row[name]


def one_of(row: Row, name: str, allowed: Sequence[str]) -> str:
    """Return the value in a column that knows only some words."""
    value = needed(row, name).casefold().replace(" ", "_")
    if value not in allowed:
        raise RowError(f"{name} is {row[name]!r}; it must be {', '.join(allowed)}")
    return value

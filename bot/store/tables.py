"""Read a CSV file into tables: all of its good rows, and a report of the others."""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from intents.entities import Pattern, whole

Row: TypeAlias = Mapping[str, str]
Record = TypeVar("Record")

#: What may stand between columns, the usual one first.
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
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
    #: How the file was read, where that was not plain.
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the report for a person to read."""
        rows = "row" if self.imported == 1 else "rows"
        yield f"{self.imported} {rows} imported, {len(self.refused)} refused"
        yield from self.notes
        yield from self.refused[:MOST_NAMED]
        if len(self.refused) > MOST_NAMED:
            yield f"... and {len(self.refused) - MOST_NAMED} more"


@dataclass(frozen=True)
class Columns:
    """Those that a file must name, and those that it may."""

    needed: Sequence[str]
    others: Sequence[str] = ()

    @property
    def all(self) -> Sequence[str]:
        """Return every column that is read."""
        return (*self.needed, *self.others)


def read(
    path: Path,
    columns: Columns,
    record: Callable[[Row], Record],
    key: Callable[[Record], str] = lambda _: "",
) -> tuple[list[Record], Report]:
    """Return what *record* makes of each row, and a report of those it refuses.

    *record* raises RowError. Of several rows with one *key* the first counts, unless
    it is empty; which of them is right nobody knows but whoever wrote them. Columns
    that nobody knows are noted, and passed over.
    """
    records: list[Record] = []
    report, lines = Report(), dict[str, int]()
    for number, row in _rows(path, columns, report):
        try:
            found = record(row)
            _refuse_twice(key(found), lines, number)
            records.append(found)
        except RowError as error:
            report.refused.append(f"{path.name}, line {number}: {error}")
    report.imported = len(records)
    return records, report


def _refuse_twice(key: str, lines: dict[str, int], number: int) -> None:
    """Refuse a row whose key stands in an earlier line; note its own."""
    if key and key in lines:
        raise RowError(
            f"{key!r} stands in line {lines[key]} already, which counts; keep one of "
            "the two"
        )
    lines[key] = number


def _rows(path: Path, columns: Columns, report: Report) -> Iterator[tuple[int, Row]]:
    text = _text(path)
    between = _separator(text, columns)
    if between != ",":
        report.notes.append(f"columns are taken to stand between {SEPARATORS[between]}")
    lines = io.StringIO(text)
    reader = csv.DictReader(lines, restval="", strict=True, delimiter=between)
    try:
        named = [name for name in reader.fieldnames or () if name]
        _refuse_missing(path, columns, named)
        report.notes += _unknown(columns, named)
        for row in reader:
            yield reader.line_num, {k: (v or "").strip() for k, v in row.items() if k}
    except csv.Error as error:
        # The reader's own count: a DictReader does not count the line it fails at.
        number = reader.reader.line_num
        raise FileError(f"{path}, line {number}: not CSV ({error})") from None


def _separator(text: str, columns: Columns) -> str:
    """Return what stands between the columns: that which shows most of ours."""
    first = (text.splitlines() or [""])[0]

    def known(between: str) -> int:
        names = {name.strip(' "') for name in first.split(between)}
        return len(names.intersection(columns.all))

    return max(SEPARATORS, key=known)


def _refuse_missing(path: Path, columns: Columns, named: Sequence[str]) -> None:
    missing = [name for name in columns.needed if name not in named]
    if missing:
        raise FileError(
            f"{path}: the first line must name the columns "
            f"{','.join(columns.needed)}; missing: {', '.join(missing)}"
        )


def _unknown(columns: Columns, named: Sequence[str]) -> Iterator[str]:
    absent = [name for name in columns.all if name not in named]
    for name in named:
        if name not in columns.all:
            near = difflib.get_close_matches(name, absent, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield f"column {name} is not read{hint}"


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


def address(row: Row, name: str) -> str:
    """Return the e-mail address in a column that must not be empty."""
    if not EMAIL.fullmatch(needed(row, name)):
        raise RowError(
            f"{name} is {row[name]!r}; write an address such as ada@example.com"
        )
    return row[name]


def as_customers_give(
    value: str, entity: str, patterns: Sequence[Pattern]
) -> str | None:
    """Return a value in its one spelling; refuse one that no message could hold.

    None if there are no patterns to tell by.
    """
    spelled = whole(value, entity, patterns)
    if spelled is None and patterns:
        raise RowError(
            f"customers can't give {value!r}: no pattern of {entity} in data/nlu finds "
            "it; add yours as docs/imports.md says"
        )
    return spelled


def one_of(row: Row, name: str, allowed: Sequence[str]) -> str:
    """Return the value in a column that knows only some words."""
    value = needed(row, name).casefold().replace(" ", "_")
    if value not in allowed:
        raise RowError(f"{name} is {row[name]!r}; it must be {', '.join(allowed)}")
    return value

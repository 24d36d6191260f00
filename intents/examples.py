"""Training data: what customers say, and what they mean by it.

Rasa's NLU YAML and CSV files with the columns ``text`` and ``intent``.
https://rasa.com/docs/rasa/training-data-format
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

from intents import nlu, prepared
from intents.amounts import AMOUNT
from intents.cost import CostlyPatternError
from intents.entities import Pattern, check_together
from intents.moments import TIME
from intents.nlu import Found, TrainingDataError
from intents.vectors.encoder import LANGUAGE, Encoder

__all__ = ["Example", "Training", "TrainingDataError", "found", "load"]

#: What a text is to its intent: a customer's words for it, or our answer to it.
Kind: TypeAlias = Literal["said", "answer"]

_YAML, _CSV = {".yml", ".yaml"}, {".csv"}
_MOST_REMEMBERED = 128  # files


@dataclass(frozen=True, order=True, slots=True)
class Example:
    """Something a customer might write, or is answered, and the intent behind it."""

    text: str
    intent: str
    kind: Kind = "said"


@dataclass(frozen=True, slots=True)
class Training:
    """All that a model is made from."""

    #: What customers say.
    examples: tuple[Example, ...] = ()
    #: What they are answered, which has words in common with what they say.
    answers: tuple[Example, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    #: Canonical value by casefolded synonym.
    synonyms: Mapping[str, str] = field(default_factory=dict)
    #: What whoever keeps the files should know, though nothing is wrong with them.
    notes: tuple[str, ...] = ()
    #: What gives its texts vectors, where that is wanted.
    encoder: Encoder | None = None

    def encoder_of(self, language: str) -> Encoder | None:
        """Return what gives vectors to texts of a language."""
        return self.encoder if language == LANGUAGE else None

    def with_examples(self, examples: Iterable[Example]) -> "Training":
        """Return the same with more examples (an admin's, from the database)."""
        more = tuple(examples)
        return replace(
            self,
            examples=(*self.examples, *(one for one in more if one.kind == "said")),
            answers=(*self.answers, *(one for one in more if one.kind == "answer")),
        )


def load(paths: Iterable[Path | str]) -> Training:
    """Return what the files, and the files below the directories, teach."""
    lines = [*found(paths)]
    patterns = tuple(dict.fromkeys(_patterns(lines)))
    try:
        check_together(patterns)
    except CostlyPatternError as error:
        raise TrainingDataError(str(error)) from None
    synonyms, notes = _synonyms(lines)
    return Training(
        examples=tuple(
            Example(one.text, one.name) for one in lines if one.kind == "intent"
        ),
        answers=tuple(
            Example(one.text, one.name, "answer")
            for one in lines
            if one.kind == "answer"
        ),
        patterns=patterns,
        synonyms=synonyms,
        notes=(*notes, *_without_pattern(lines, patterns)),
    )


def found(paths: Iterable[Path | str]) -> Iterator[Found]:
    """Yield what the files say, line by line."""
    for path in _files(paths):
        yield from _read(path)


def _files(paths: Iterable[Path | str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(path.rglob("*"))
            yield from (one for one in inside if one.suffix in _YAML | _CSV)
        elif path.suffix in _YAML | _CSV:
            yield path
        else:
            raise TrainingDataError(
                "only .yml, .yaml and .csv files hold training data; "
                "rename the file or leave it out",
                path,
            )


def _read(path: Path) -> Sequence[Found]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise TrainingDataError(
            f"the file can't be read ({error.strerror}); check its path", path
        ) from None
    except UnicodeDecodeError:
        raise TrainingDataError(
            "the file is not UTF-8; save it again with that encoding", path
        ) from None
    return _lines(text, path)


def _lines(text: str, path: Path) -> Sequence[Found]:
    """Return what a file says; it is read again once it says something else."""
    digest = sha256(text.encode()).digest()
    known = _REMEMBERED.get(path)
    if known is not None and known.digest == digest:
        return known.lines(path)
    kept = prepared.found(_piece(text, path))
    if kept is not None:
        _remember(path, _Remembered(digest, kept))
        return _REMEMBERED[path].lines(path)
    found = tuple(_csv(text, path) if path.suffix in _CSV else nlu.read(text, path))
    _remember(path, _Remembered.of(digest, found))
    return found


def prepare(paths: Iterable[Path | str]) -> None:
    """Keep what the files say: no process needs to read their YAML again."""
    for path in _files(paths):
        _read(path)
        text = path.read_text("utf-8-sig")
        prepared.keep(_piece(text, path), _REMEMBERED[path].packed)


def _piece(text: str, path: Path) -> str:
    return prepared.piece("lines", prepared.code(), path.suffix, text)


def _remember(path: Path, lines: "_Remembered") -> None:
    if len(_REMEMBERED) >= _MOST_REMEMBERED:
        _REMEMBERED.clear()
    _REMEMBERED[path] = lines


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a file said when it was last read, in a fifth of what its lines take."""

    #: Of the whole file.
    digest: bytes
    packed: bytes

    @classmethod
    def of(cls, digest: bytes, found: Iterable[Found]) -> "_Remembered":
        """Return the lines of a file, packed."""
        rows = [(one.kind, one.name, one.text, one.line) for one in found]
        text = json.dumps(rows, ensure_ascii=False)
        # YAML can escape half a character.
        return cls(digest, text.encode(errors="surrogatepass"))

    def lines(self, path: Path) -> Sequence[Found]:
        """Return the lines again."""
        rows = json.loads(self.packed.decode(errors="surrogatepass"))
        return tuple(
            Found(kind, name, text, path, line) for kind, name, text, line in rows
        )


_REMEMBERED: dict[Path, _Remembered] = {}


def _csv(text: str, path: Path) -> Iterator[Found]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if not {"text", "intent"} <= set(rows.fieldnames or ()):
            raise TrainingDataError(
                "the first line must name the columns text and intent", path, 1
            )
        for row in rows:
            yield _csv_row(row, path, rows.line_num)
    except csv.Error as error:
        raise TrainingDataError(
            f"this is not CSV ({error}); put quotation marks around texts with commas",
            path,
            rows.line_num,
        ) from None


def _csv_row(row: Mapping[str, str | None], path: Path, line: int) -> Found:
    text, intent = (row["text"] or "").strip(), (row["intent"] or "").strip()
    if not text or not intent:
        raise TrainingDataError(
            "the row has no text or no intent; fill both or delete it", path, line
        )
    return Found(kind="intent", name=intent, text=text, path=path, line=line)


def _patterns(found: Iterable[Found]) -> Iterator[Pattern]:
    values: dict[str, list[str]] = {}
    for one in found:
        if one.kind == "regex":
            yield Pattern(one.name, one.text)
        elif one.kind == "lookup":
            values.setdefault(one.name, []).append(one.text)
    yield from (nlu.lookup(name, of_one) for name, of_one in values.items())


def _synonyms(found: Iterable[Found]) -> tuple[dict[str, str], list[str]]:
    """Return all synonyms, the last of two that differ, and a note on each such."""
    synonyms: dict[str, str] = {}
    notes = []
    for one in found:
        if one.kind != "synonym":
            continue
        key = one.text.casefold()
        if synonyms.get(key, one.name) != one.name:
            notes.append(
                f"{one.path}:{one.line}: '{one.text}' is a synonym of "
                f"'{synonyms[key]}' and of '{one.name}'; the latter is used"
            )
        synonyms[key] = one.name
    return synonyms, notes


def _without_pattern(found: Iterable[Found], patterns: Iterable[Pattern]) -> list[str]:
    known = {pattern.entity for pattern in patterns} | {TIME, AMOUNT}
    marked = {one.name for one in found if one.kind == "entity"} - known
    return [
        f"entity '{name}' is marked in examples but never found in messages; "
        f"add '- regex: {name}' or '- lookup: {name}'"
        for name in sorted(marked)
    ]

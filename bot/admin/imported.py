"""What does a file say of the FAQ, row by row, and what is wrong with a row?

A file is what one language says, as the page of questions gives it to take away. Each
row is read by itself, so that one that can't be read keeps no other from being taken.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import faq_files
from bot.faq_files import PREFIX
from bot.store.knowledge import Faq
from bot.tongue import _
from flows import files
from flows.files import DataError, ShapeError, Source, line_of
from intents.nlu import TrainingDataError

_NAME = re.compile(rf"{PREFIX}([a-z0-9_]{{1,60}})")
#: How an error names the file of a row alone, which nobody has.
_PLACE = re.compile(r"^\S+\.yml(, line \d+)?: ")


class UnreadableError(ValueError):
    """Nothing of a file can be read; the text says where and why."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question of a file: where it stands, what it says, and what is wrong."""

    line: int
    name: str
    #: None where it can't be read.
    entry: Faq | None = None
    problems: tuple[str, ...] = ()
    #: What is left out of it.
    left: tuple[str, ...] = ()
    #: Whether it says what customers are asked, and not only its name.
    asks: bool = True


def rows(text: str, language: str, name: str) -> list[Row]:
    """Return the rows of a file in one language, or raise UnreadableError."""
    try:
        source = files.parse(text, name)
        items, said = source.listed("nlu"), source.section("responses")
    except ShapeError:
        words = _("%(file)s: there is nothing below names such as “nlu:”.", file=name)
        raise UnreadableError(words) from None
    except DataError as error:
        raise UnreadableError(str(error)) from None
    if not items:
        raise UnreadableError(_("There are no questions below “nlu” in this file."))
    return [*_rows(items, said, language)]


def _rows(
    items: Sequence[Any], said: Mapping[str, Any], language: str
) -> Iterator[Row]:
    lines: dict[str, int] = {}
    for item in items:
        line = line_of(item)
        intent = item.get("intent") if isinstance(item, dict) else None
        found = _NAME.fullmatch(str(intent))
        if found is None:
            words = _(
                "Not taken: a question is an intent such as “faq/opening_hours”, of "
                "small letters, digits and _."
            )
            yield Row(line=line, name=str(intent or ""), problems=(words,))
        elif intent in lines:
            words = _("Stands in line %(line)s already.", line=lines[str(intent)])
            yield Row(line=line, name=found[1], problems=(words,))
        else:
            lines[str(intent)] = line
            yield _row(item, said.get(f"utter_{intent}"), found[1], language)


def _row(item: dict[str, Any], bodies: Any, name: str, language: str) -> Row:
    line = line_of(item)
    if not _can_be_read(item, bodies):
        words = _("Its answer is to be a list of texts, its examples lines.")
        return Row(line=line, name=name, problems=(words,))
    # Without phrasings of its own it may be asked in those of other languages.
    asked = {**item, "examples": item.get("examples") or ""}
    contents: dict[str, Any] = {"version": "3.1", "nlu": [asked]}
    if bodies:
        contents["responses"] = {f"utter_{PREFIX}{name}": bodies}
    try:
        read = _alone(contents, language)
    except (DataError, TrainingDataError, ValueError) as error:
        words = _PLACE.sub("", str(error))
        return Row(line=line, name=name, problems=(words,))
    asks = bool((item.get("metadata") or {}).get("question"))
    entry, left = read.entries[0], tuple(read.left)
    return Row(line=line, name=name, entry=entry, left=left, asks=asks)


def _can_be_read(item: dict[str, Any], bodies: Any) -> bool:
    metadata = item.get("metadata")
    is_list = isinstance(bodies, list) and all(isinstance(b, dict) for b in bodies)
    taps = [b.get("buttons") for b in bodies] if is_list and bodies else []
    return (
        isinstance(item.get("examples", ""), str)
        and (metadata is None or isinstance(metadata, dict))
        and (bodies is None or is_list)
        and all(_are_buttons(one) for one in taps)
    )


def _are_buttons(found: Any) -> bool:
    is_list = isinstance(found, list) and all(isinstance(one, dict) for one in found)
    return found is None or is_list


def _alone(contents: dict[str, Any], language: str) -> faq_files.Read:
    """Return one question as a file of its own says it."""
    # JSON is YAML, whatever the classes are that a file was read into.
    alone = json.dumps(contents, ensure_ascii=False, default=str)
    with TemporaryDirectory(prefix="frontdesk-faq-") as folder:
        path = Path(folder) / f"{language}.yml"
        path.write_text(alone, encoding="utf-8")
        source: Source = files.read([path])[0]
        read = faq_files.read({language: [source]}, [language])
    left = [one.partition(": ")[2] for one in read.left]
    return faq_files.Read(read.entries, left)

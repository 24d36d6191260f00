"""The assistant's YAML files as they were read beforehand, or read now.

To read YAML is the largest part of a start. What ships is read once, by
`bot.commands.prepare`; a file that says anything else is read when it is needed.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import ruamel.yaml

from flows import files
from flows.files import Lined, LinedList, Source
from intents import prepared

#: What JSON gives back as it was.
_PLAIN = (str, int, float, bool, type(None))


def read(paths: Iterable[Path]) -> list[Source]:
    """Return these files; raises as `flows.files.read`."""
    return [parsed(path.read_text(encoding="utf-8"), str(path)) for path in paths]


def prepare(paths: Iterable[Path]) -> None:
    """Keep what the files say, but for those that hold what JSON can't say."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        contents = files.parse(text, str(path)).contents
        if _fits(contents):
            prepared.keep_value(_piece(text), _packed(contents))


def parsed(text: str, name: str) -> Source:
    """Return what *text* says; raises as `flows.files.parse`."""
    kept = prepared.value(_piece(text))
    if kept is None:
        return files.parse(text, name)
    return Source(name, _unpacked(kept))


def _piece(text: str) -> str:
    code = Path(files.__file__).read_bytes() + Path(__file__).read_bytes()
    return prepared.piece("source", code, ruamel.yaml.__version__, text)


def _fits(body: Any) -> bool:
    if type(body) is Lined:
        return all(map(_fits, body)) and all(map(_fits, body.values()))
    if type(body) is LinedList:
        return all(map(_fits, body))
    return type(body) in (*_PLAIN, date, datetime)


def _packed(body: Any) -> Any:
    """Return what is no plain value as a mapping: with its lines, or what it is."""
    match body:
        case Lined():
            # Its keys need not be texts.
            pairs = [[*map(_packed, pair)] for pair in body.items()]
            return {"pairs": pairs, "line": body.line, "lines": dict(body.lines)}
        case LinedList():
            return {"items": [*map(_packed, body)], "lines": body.lines}
        case datetime():
            return {"moment": body.isoformat()}
        case date():
            return {"day": body.isoformat()}
    return body


def _unpacked(kept: Any) -> Any:
    match kept:
        case {"pairs": pairs, "line": line, "lines": lines}:
            found = Lined({_unpacked(key): _unpacked(value) for key, value in pairs})
            found.line, found.lines = line, lines
            return found
        case {"items": items, "lines": lines}:
            listed = LinedList(map(_unpacked, items))
            listed.lines = lines
            return listed
        case {"moment": moment}:
            return datetime.fromisoformat(moment)
        case {"day": day}:
            return date.fromisoformat(day)
    return kept

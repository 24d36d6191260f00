"""The assistant's YAML files as they were read beforehand, or read now.

To read YAML is the largest part of a start. What ships is read once, by
`bot.commands.prepare`; a file that says anything else is read when it is needed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ruamel.yaml

from flows import files
from flows.files import Lined, Source
from intents import prepared

#: What JSON gives back as it was.
_PLAIN = (str, int, float, bool, type(None))


def read(paths: Iterable[Path]) -> list[Source]:
    """Return these files; raises as `flows.files.read`."""
    return [_read(path) for path in paths]


def prepare(paths: Iterable[Path]) -> None:
    """Keep what the files say, but for those that hold what JSON can't say."""
    for path in paths:
        text = path.read_text(encoding="utf-8")
        contents = files.parse(text, str(path)).contents
        if _fits(contents):
            prepared.keep_value(_piece(text), _packed(contents))


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    kept = prepared.value(_piece(text))
    if kept is None:
        return files.parse(text, str(path))
    return Source(str(path), _unpacked(kept))


def _piece(text: str) -> str:
    code = Path(files.__file__).read_bytes() + Path(__file__).read_bytes()
    return prepared.piece("source", code, ruamel.yaml.__version__, text)


def _fits(body: Any) -> bool:
    if type(body) is Lined:
        return all(type(key) in _PLAIN for key in body) and all(
            map(_fits, body.values())
        )
    if type(body) is list:
        return all(map(_fits, body))
    return type(body) in _PLAIN


def _packed(body: Any) -> Any:
    """Return mappings with their lines, and with keys that need not be texts."""
    if isinstance(body, Lined):
        pairs = [[key, _packed(value)] for key, value in body.items()]
        return {"pairs": pairs, "line": body.line, "lines": dict(body.lines)}
    return [*map(_packed, body)] if isinstance(body, list) else body


def _unpacked(kept: Any) -> Any:
    if isinstance(kept, dict):
        found = Lined({key: _unpacked(value) for key, value in kept["pairs"]})
        found.line, found.lines = kept["line"], kept["lines"]
        return found
    return [*map(_unpacked, kept)] if isinstance(kept, list) else kept

"""What was worked out once for the files that ship, so that a start need not.

Each piece is a file named after all that it follows from: the code that worked it out
and what that was given. Where either is another, or the piece is damaged or was never
kept, nothing is found, and whoever asks works it out again.
`bot.commands.prepare` keeps them.
"""

import json
import secrets
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "build" / "prepared"
_CODE = Path(__file__).parent


@lru_cache
def code(folder: Path = _CODE) -> bytes:
    """Return what tells one state of a package from another, by all its files."""
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix != ".pyc")
    return _of(path.read_bytes() for path in paths if path.is_file())


def piece(*given: bytes | str) -> str:
    """Return how a piece is called that follows from what is *given*."""
    return _of(map(_bytes, given)).hex()


def found(piece: str) -> bytes | None:
    """Return a piece that was kept, None if there is none or it was damaged."""
    with suppress(OSError):
        digest, _, content = (FOLDER / piece).read_bytes().partition(b"\n")
        if digest == _of([content]).hex().encode():
            return content
    return None


def value(piece: str) -> Any:
    """Return the value that a piece says, None if there is none."""
    content = found(piece)
    return None if content is None else json.loads(content)


def keep(piece: str, content: bytes) -> None:
    """Keep a piece, whole or not at all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    draft = FOLDER / f".{piece}.{secrets.token_hex(4)}"
    draft.write_bytes(_of([content]).hex().encode() + b"\n" + content)
    draft.replace(FOLDER / piece)


def keep_value(piece: str, value: Any) -> None:
    """Keep what JSON can say as a piece."""
    keep(piece, json.dumps(value).encode())


def _bytes(given: bytes | str) -> bytes:
    # YAML can escape half a character.
    return given.encode(errors="surrogatepass") if isinstance(given, str) else given


def _of(contents: Iterable[bytes]) -> bytes:
    """Return one digest of several contents: joined elsewhere, they have another."""
    return sha256(b"".join(sha256(one).digest() for one in contents)).digest()

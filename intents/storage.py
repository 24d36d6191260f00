"""How a model lies on disk: a directory of its name with model.json and its arrays.

Models of several languages that belong together are a directory with parts.json.

A directory appears whole or not at all: it is written under another name, flushed
and renamed. What it holds follows from its name, so the first writer wins.

Each array is a file of its own, mapped and not copied into memory: a message reads a
few hundred rows of a hundred thousand, and processes that serve the same share them.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

Document: TypeAlias = dict[str, Any]
Arrays: TypeAlias = dict[str, NDArray[np.float32]]

#: Goes up with every change to what the files hold.
FORMAT = 5
_DOCUMENT = "model.json"
_PARTS = "parts.json"


class ModelError(Exception):
    """A model can't be loaded; says which, why and what to do."""


def write(home: Path, name: str, document: Document, arrays: Arrays) -> Path:
    """Write a model below *home* and return its directory."""

    def fill(draft: Path) -> None:
        head = {"format": FORMAT, "arrays": sorted(arrays)}
        _write_document(draft / _DOCUMENT, {**head, **document})
        for key, array in arrays.items():
            with _array(draft, key).open("wb") as file:
                np.save(file, array, allow_pickle=False)
                _flush_file(file.fileno())

    return _put(home, name, fill, is_whole)


def write_parts(home: Path, name: str, parts: Mapping[str, str]) -> Path:
    """Write below *home* which models belong together; return the directory."""

    def fill(draft: Path) -> None:
        _write_document(draft / _PARTS, {"format": FORMAT, "parts": [*parts.items()]})

    return _put(home, name, fill, lambda path: bool(_parts(path)))


def copy(home: Path, model: Path) -> Path:
    """Put a copy of a model below *home*, unless it is there."""
    final = home / model.name
    if is_whole(final):
        return final
    return _put(home, model.name, lambda draft: _copy(model, draft), is_whole)


def _copy(model: Path, draft: Path) -> None:
    shutil.copytree(model, draft, dirs_exist_ok=True)


def read_parts(path: Path) -> dict[str, str]:
    """Return what *write_parts* wrote: names of models by language."""
    found = _parts(path)
    if not found:
        raise ModelError(f"there is no model at {path}; train one first")
    return found


def _parts(path: Path) -> dict[str, str]:
    try:
        document = json.loads((path / _PARTS).read_bytes())
        return dict(document["parts"]) if document["format"] == FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _put(
    home: Path, name: str, fill: Callable[[Path], None], whole: Callable[[Path], bool]
) -> Path:
    """Put a directory below *home*, filled before anybody sees it."""
    home.mkdir(parents=True, exist_ok=True)
    final = home / name
    draft = home / f".{name}.{secrets.token_hex(4)}"
    draft.mkdir()
    try:
        fill(draft)
        _flush(draft)
        if not whole(final):
            shutil.rmtree(final, ignore_errors=True)
            draft.rename(final)
    except OSError:
        # Somebody else wrote the same first: the same name, the same content.
        if not whole(final):
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _flush(home)
    return final


def read(path: Path) -> tuple[Document, Arrays]:
    """Return what *write* wrote."""
    try:
        document = json.loads((path / _DOCUMENT).read_bytes())
        if document.get("format") != FORMAT:
            raise ModelError(
                f"{path} was written by another version of Frontdesk; train again"
            )
        arrays = {key: array(path, key) for key in document.pop("arrays")}
        return document, arrays
    except FileNotFoundError:
        raise ModelError(f"there is no model at {path}; train one first") from None
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ModelError(
            f"{path} can't be read ({error}); delete it and train again"
        ) from None


def array(path: Path, key: str) -> NDArray[np.float32]:
    """Return one array of what *write* wrote just now, mapped."""
    return _mapped(_array(path, key))


def is_whole(path: Path) -> bool:
    """Return whether a model lies there that can be read."""
    try:
        read(path)
    except ModelError:
        return False
    return True


def _array(directory: Path, key: str) -> Path:
    return directory / f"{key}.npy"


def _mapped(path: Path) -> NDArray[np.float32]:
    # As a plain array: numpy makes every result of a memmap one more memmap.
    return np.asarray(open_memmap(path, mode="r"))


def _write_document(path: Path, document: Document) -> None:
    with path.open("w", encoding="utf-8") as file:
        # In one piece: written bit by bit it takes ten times as long.
        file.write(json.dumps(document, ensure_ascii=True, separators=(",", ":")))
        _flush_file(file.fileno())


def _flush_file(number: int) -> None:
    os.fsync(number)


def _flush(directory: Path) -> None:
    number = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

"""Vectors of what was taught, kept on disk: a training encodes what is new alone.

By a hash of the text; the texts themselves are not kept. Nothing that a customer wrote
comes here before somebody teaches it.
"""

import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.features import Floats
from intents.folding import mark
from intents.vectors.encoder import Encoder

FILE = "taught.npz"
#: How many are kept besides those of the last training: 30 MB.
MOST = 20_000

_Kept = dict[int, Floats]


def vectors(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """Return the vectors of texts, one a row, and keep them."""
    encoder.get_ready()
    path = encoder.folder / FILE
    known = _read(path)
    marks = [mark(text) for text in texts]
    fresh = {one: text for one, text in zip(marks, texts, strict=True)}
    new = {one: encoder.encode(text) for one, text in fresh.items() if one not in known}
    found = known | new
    if new:
        _write(path, {one: found[one] for one in (*fresh, *found)}, len(fresh))
    return np.array([found[one] for one in marks], np.float32)


def _read(path: Path) -> _Kept:
    """Return what is kept; nothing where that can't be read."""
    try:
        # By hand: numpy leaves a file that is none of its own open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            marks, rows = kept["marks"], kept["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
    return dict(zip(marks.tolist(), rows, strict=False))


def _write(path: Path, found: _Kept, taught: int) -> None:
    """Keep the first of what was found, whole or not at all."""
    some = [*found][: max(MOST, taught)]
    marks: NDArray[np.uint64] = np.array(some, np.uint64)
    rows = np.array([found[one] for one in some], np.float32)
    handle, draft = tempfile.mkstemp(prefix=f".{FILE}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, marks=marks, vectors=rows)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)

"""What gives texts their vectors: found where it is installed, loaded once it is asked.

Built from the weights once, beside the models that were learned with it; from then on
serving needs onnxruntime and tokenizers alone.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from intents.features import Floats
from intents.vectors.files import GRAPH
from intents.vectors.weights import Weights

#: The language that the weights know; others are worse off with them.
LANGUAGE = "en"
#: Goes up when the same weights would give other vectors.
CODE_VERSION = "1"
_SERVES, _BUILDS = ("onnxruntime", "tokenizers"), ("onnx",)
_ROOT = Path(__file__).parents[2]


class EncoderError(Exception):
    """Texts can't be encoded; says why and what to do."""


class _Session(Protocol):
    def encode(self, text: str) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder by its folder, which need not be there before it is used."""

    folder: Path

    @property
    def name(self) -> str:
        """Return what it is called: the same gives the same vectors."""
        return self.folder.name

    def encode(self, text: str) -> Floats:
        """Return the vector of a normalised text, of length one."""
        return _vector(self.folder, text)

    def get_ready(self) -> None:
        """Build what serves if need be, and load it; or raise EncoderError."""
        if not _installed(_SERVES):
            raise EncoderError(
                "the extra [embeddings] is not installed here; run "
                "`make install-embeddings`, or set FRONTDESK_EMBEDDINGS=no"
            )
        if not (self.folder / GRAPH).exists():
            self._build()
        _session(self.folder)

    def _build(self) -> None:
        if found(self.folder.parent) != self:
            raise EncoderError(
                f"{self.folder} is missing, and what is installed here gives other "
                "vectors; run `make install-embeddings`, and train again"
            )
        # In a process of its own: it takes half a gigabyte, once.
        command = [sys.executable, "-m", "intents.vectors.building", str(self.folder)]
        built = subprocess.run(  # noqa: S603 - our own words
            command, cwd=_ROOT, capture_output=True, text=True, check=False
        )
        if built.returncode:
            raise EncoderError(built.stderr.strip().splitlines()[-1])


def found(home: Path) -> Encoder | None:
    """Return the encoder that is installed, to be kept below *home*; None without.

    It loads nothing, and reads two small files.
    """
    weights = Weights.found()
    if weights is None or not _installed((*_SERVES, *_BUILDS)):
        return None
    made_of = [CODE_VERSION, weights.digest, weights.tokens_digest]
    name = sha256(json.dumps(made_of).encode()).hexdigest()
    return Encoder(home / f"encoder-{name[:16]}")


def _installed(names: Iterable[str]) -> bool:
    return all(find_spec(name) is not None for name in names)


@lru_cache(maxsize=1)
def _session(folder: Path) -> _Session:
    # By name: who never encodes never loads it.
    session: _Session = import_module("intents.vectors.session").Session(folder)
    return session


@lru_cache(maxsize=256)  # a turn looks at its message from many sides
def _vector(folder: Path, text: str) -> Floats:
    return _session(folder).encode(text)

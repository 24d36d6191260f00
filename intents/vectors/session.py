"""The encoder at work: a text in, a vector out.

The only module that serves and loads onnxruntime; `encoder` imports it by name, once
there is something to encode.
"""

from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from intents.features import Floats
from intents.vectors.files import GRAPH, TOKENS

#: So many pieces of a text are read: what is wanted stands in the first few dozen.
LONGEST = 128


class Session:
    """An encoder that was built, loaded."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        # A message is too small to share between threads, and an arena keeps memory.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            folder / GRAPH, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENS))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def encode(self, text: str) -> Floats:
        """Return the vector of a text, of length one."""
        ids = np.array(self.pieces(text), np.int64)
        (vector,) = self._session.run(None, {"ids": ids})
        found: Floats = vector
        return found

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of the pieces that a text is read as."""
        return list(self._tokenizer.encode(text).ids)

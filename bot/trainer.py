"""Train in a process of its own, kept warm while somebody edits.

Training takes a core for seconds and a hundred megabytes; in the process that
answers it would do both to every customer.
"""

import io
import json
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

from bot.clock import monotonic
from intents import prepared
from intents.comparison import Readings

Answer: TypeAlias = dict[str, Any]
#: Texts and what they mean; an answer is what customers are told about it.
Rows: TypeAlias = list[tuple[str, str] | tuple[str, str, Literal["answer"]]]
#: A text and its language.
Said: TypeAlias = tuple[str, str]

IDLE = 300.0  # seconds after which a warm trainer is let go


class TrainingError(Exception):
    """No model came of it; the text says why and what to do."""


class Lessons(Protocol):
    """What is learned in one language."""

    @property
    def paths(self) -> Sequence[Path]:
        """Return the files."""

    @property
    def rows(self) -> Rows:
        """Return what was taught beside them."""

    @property
    def is_encoded(self) -> bool:
        """Whether texts are to be read by their vectors as well."""


class Trainer:
    """A warm training process, started when it is needed."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.RLock()
        self._used_at = 0.0

    def train(self, lessons: Mapping[str, Lessons], under: Path | None = None) -> Path:
        """Return the folder that names the models of all languages.

        *under* is the one whose thresholds to borrow: that takes a second, and
        `calibrate` then sets such as hold for it. Without it all is done at once.
        """
        languages = {
            language: {
                "paths": [str(path) for path in one.paths],
                "rows": [list(row) for row in one.rows],
                "vectors": one.is_encoded,
            }
            for language, one in lessons.items()
        }
        request = {
            "kind": "train",
            "out": str(self._models),
            "languages": languages,
            "under": str(under) if under else None,
        }
        return Path(self._ask(request)["path"])

    def calibrate(self) -> Path:
        """Return the model trained last, under thresholds that hold for it."""
        return Path(self._ask({"kind": "calibrate"})["path"])

    def read(
        self, models: Sequence[Path], texts: Sequence[Said], precision: float
    ) -> list[Readings]:
        """Return what each model makes of each text, read in its language."""
        request = {
            "kind": "read",
            "models": [str(path) for path in models],
            "texts": [list(text) for text in texts],
            "precision": precision,
        }
        found: list[Readings] = self._ask(request)["readings"]
        return found

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else train meanwhile: `calibrate` is about the last training."""
        with self._lock:
            yield

    def warm_up(self) -> None:
        """Start the process, because somebody has opened an editor."""
        threading.Thread(
            target=self._ask, args=({"kind": "ping"},), name="warm-up"
        ).start()

    def rest(self) -> None:
        """End the process if nobody has used it for a while."""
        with self._lock:
            if self._process is not None and monotonic() - self._used_at > IDLE:
                self._end()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, request: Answer) -> Answer:
        with self._lock:
            line = json.dumps(request) + "\n"
            answer = self._answer(line) or self._answer(line)
            self._used_at = monotonic()
        if answer is None:
            raise TrainingError("the training process ended twice; see its output")
        if not answer["ok"]:
            raise TrainingError(answer["error"])
        return answer

    def _answer(self, line: str) -> Answer | None:
        """Return the answer to one line, None if the process died over it."""
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise TrainingError("the training process has no pipes")
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self._end()
            return None
        found: Answer = json.loads(answer)
        return found

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "intents.training", "--warm"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[1],
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def pack(folder: Path) -> bytes:
    """Return the files of a model as one archive."""
    return prepared.found(_piece(folder)) or _packed(folder)


def prepare(folder: Path) -> None:
    """Keep the archive of a model: what it holds follows from its name."""
    prepared.keep(_piece(folder), _packed(folder))


def _piece(folder: Path) -> str:
    return prepared.piece("archive", folder.name)


def _packed(folder: Path) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
        for path in sorted(folder.iterdir()):
            archive.add(path, arcname=path.name)
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> None:
    """Put the files of an archive into *folder*, all of them or none."""
    draft = folder.with_name(f".{folder.name}.{threading.get_native_id()}")
    draft.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        archive.extractall(draft, filter="data")
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise

"""Train in a process of its own: ``python -m intents.training``.

Once: ``python -m intents.training --out DIR [FILE or DIRECTORY ...]`` reads training
files, or one JSON request from standard input, and prints one JSON line.

Kept warm: ``python -m intents.training --warm`` answers each line of JSON with one
line of JSON until standard input closes. Requests, all with an optional ``id`` that
is given back:

* ``{"kind": "train", "out": DIR, "paths": [...], "rows": [[text, intent], ...],
  "language": "en", "under": MODEL_DIR}``: new weights under the confidence and the
  thresholds of an older model; without ``under``, the whole work at once. What was
  trained before is found again, calibrated.
* The same with ``"vectors": true``: English is read by what it means as well, where
  that is installed (intents.vectors).
* The same with ``"languages": {"en": {"paths": [...], "rows": [...]}, ...}``: a model
  for each, and the directory that names them together. ``under`` is such a one.
* ``{"kind": "calibrate"}``: confidence and thresholds for what was trained last:
  those of the older model if they hold, else its own; if it has them, the same answer
  again.
* ``{"kind": "read", "models": [DIR, ...], "texts": [[text, language], ...],
  "precision": 0.98}``: what each model makes of each text, as ``readings``: for each
  the thresholds of its languages and a list of parses.
* ``{"kind": "ping"}``

Answers have ``ok``; then ``model``, ``path``, ``calibrated``, ``seconds``,
``cpu_seconds`` and ``figures`` (of several languages, under ``languages``), or
``error``.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO, TypeAlias

# Before numpy is loaded: its matrices here are too small to share between threads,
# and each thread's buffers cost memory.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

from intents import parts, polyglot  # noqa: E402
from intents.classifier import ModelError  # noqa: E402
from intents.comparison import readings  # noqa: E402
from intents.examples import Example, Training, TrainingDataError, load  # noqa: E402
from intents.parts import Answer, Part  # noqa: E402
from intents.polyglot import Polyglot  # noqa: E402
from intents.teaching import TooLittleError  # noqa: E402
from intents.trim import trim  # noqa: E402
from intents.vectors import encoder  # noqa: E402
from intents.vectors.encoder import EncoderError  # noqa: E402

Request: TypeAlias = dict[str, Any]

_REFUSALS = (ModelError, EncoderError, TrainingDataError, TooLittleError, OSError)


class RequestError(ValueError):
    """A request is not one of those described above."""


class Trainer:
    """Answers requests, and remembers what was trained last."""

    def __init__(self) -> None:
        self._home = Path()
        self._last: dict[str, Part] = {}
        self._is_one = True
        #: What was read last: most of the next is the same.
        self._loaded: Polyglot | None = None

    def answer(self, line: str) -> Answer:
        """Return the answer to one line; whatever is wrong with it is an answer."""
        request: Request = {}
        try:
            request = _request(line)
            return {"id": request.get("id"), "ok": True, **self._timed(request)}
        except (RequestError, *_REFUSALS) as error:
            return {"id": request.get("id"), "ok": False, "error": str(error)}
        except Exception as error:  # noqa: BLE001  # the rim: the next line may be fine
            return {"id": request.get("id"), "ok": False, "error": repr(error)}

    def _timed(self, request: Request) -> Answer:
        began, began_cpu = time.perf_counter(), time.process_time()
        answer = self._kind(request)(request)
        return {
            **answer,
            "seconds": round(time.perf_counter() - began, 3),
            "cpu_seconds": round(time.process_time() - began_cpu, 3),
        }

    def _kind(self, request: Request) -> Callable[[Request], Answer]:
        kinds: dict[str, Callable[[Request], Answer]] = {
            "train": self._train,
            "calibrate": self._calibrate,
            "read": self._read,
            "ping": lambda _: {},
        }
        kind = request.get("kind", "train")
        if kind not in kinds:
            raise RequestError(f"kind must be one of {', '.join(kinds)}, not {kind!r}")
        return kinds[kind]

    def _train(self, request: Request) -> Answer:
        last, self._last, self._loaded = self._last, {}, None  # memory is needed
        self._home = Path(_text(request, "out"))
        self._is_one = "languages" not in request
        under = _under(request, is_one=self._is_one)
        for language, training in _wanted(request, self._home).items():
            self._last[language] = parts.train(
                self._home,
                training,
                language,
                under.get(language),
                last.pop(language, None),
            )
        return self._told()

    def _calibrate(self, request: Request) -> Answer:
        if not self._last:
            raise RequestError("nothing was trained yet; send a train request first")
        for language, part in self._last.items():
            # One by one: what it was found from is not needed for the next.
            self._last[language] = parts.calibrated(part, self._home)
        return self._told()

    def _read(self, request: Request) -> Answer:
        texts, precision = request.get("texts"), request.get("precision")
        if not isinstance(texts, list) or not isinstance(precision, float):
            raise RequestError('a read request needs "texts" and "precision"')
        asked = [(str(text), str(language)) for text, language in texts]
        found = []
        for path in request.get("models", []):
            self._loaded = Polyglot.load(path, precision, like=self._loaded)
            found.append(readings(self._loaded, asked))
        return {"readings": found}

    def _told(self) -> Answer:
        if self._is_one:
            (part,) = self._last.values()
            return part.told
        return parts.together(self._last, self._home)


def train_files(
    paths: Iterable[Path | str],
    out: Path,
    language: str = "en",
    *,
    with_vectors: bool = False,
) -> Answer:
    """Train on files and directories; return the name, figures and timings.

    *with_vectors* where the extra is installed: else it is learned without.
    """
    request: Request = {"kind": "train", "out": str(out), "language": language}
    if with_vectors:
        request["vectors"] = True
    line = json.dumps({**request, "paths": [str(path) for path in paths]})
    return Trainer().answer(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train once or keep answering; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m intents.training")
    parser.add_argument("paths", nargs="*", help="training files or directories")
    parser.add_argument("--out", help="where the model's directory is written")
    parser.add_argument("--language", default="en")
    parser.add_argument("--under", help="a model whose thresholds to borrow")
    parser.add_argument("--warm", action="store_true", help="answer line after line")
    chosen = parser.parse_args(arguments)
    if chosen.warm:
        return _keep_answering(sys.stdin, sys.stdout)
    answer = Trainer().answer(_one_request(chosen, sys.stdin))
    _print(answer, sys.stdout)
    return 0 if answer["ok"] else 1


def _keep_answering(requests: TextIO, answers: TextIO) -> int:
    # Control-C at a terminal reaches every process; ours ends with its parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    trainer = Trainer()
    for line in requests:
        if line.strip():
            _print(trainer.answer(line), answers)
            # Not while it learns: to take each array anew cost a third of the time.
            trim()
    return 0


def _one_request(chosen: argparse.Namespace, requests: TextIO) -> str:
    given = {} if chosen.paths else _request(requests.read())
    options = {
        "paths": chosen.paths,
        "out": chosen.out,
        "language": chosen.language,
        "under": chosen.under,
    }
    set_options = {key: value for key, value in options.items() if value}
    return json.dumps({**set_options, **given, "kind": "train"})


def _print(answer: Answer, answers: TextIO) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _request(line: str) -> Request:
    try:
        request = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RequestError(f"a request is one line of JSON ({error})") from None
    if not isinstance(request, dict):
        raise RequestError('a request is a JSON object: {"kind": ...}')
    return request


def _text(request: Request, key: str) -> str:
    value = request.get(key)
    if not isinstance(value, str) or not value:
        raise RequestError(f'a train request needs "{key}": a directory')
    return value


def _wanted(request: Request, home: Path) -> dict[str, Training]:
    """Return what to learn, by language."""
    languages = request.get("languages")
    if languages is None:
        return {str(request.get("language", "en")): _training(request, home)}
    if not isinstance(languages, dict) or not languages:
        raise RequestError('"languages" are {"en": {"paths": [], "rows": []}, ...}')
    return {str(code): _training(one, home) for code, one in languages.items()}


def _under(request: Request, *, is_one: bool) -> dict[str, Path]:
    """Return the models whose thresholds to borrow, by language."""
    if not request.get("under"):
        return {}
    path = Path(_text(request, "under"))
    if is_one:
        return {str(request.get("language", "en")): path}
    found = polyglot.names(path)
    return {language: path.parent / name for language, name in found.items()}


def _training(request: Request, home: Path) -> Training:
    paths, rows = request.get("paths", []), request.get("rows", [])
    if not isinstance(paths, list) or not isinstance(rows, list):
        raise RequestError('"paths" and "rows" are lists')
    found = encoder.found(home) if request.get("vectors") is True else None
    training = load(map(str, paths)).with_examples(map(_example, rows))
    return replace(training, encoder=found)


def _example(row: object) -> Example:
    match row:
        case [str(text), str(intent)] if text.strip() and intent.strip():
            return Example(text, intent)
        case [str(text), str(intent), "answer"] if text.strip() and intent.strip():
            return Example(text, intent, "answer")
    raise RequestError(
        'each of "rows" is [text, intent] or [text, intent, "answer"], none empty'
    )


if __name__ == "__main__":
    sys.exit(main())

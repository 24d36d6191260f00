"""What does it cost to understand a message, and what does a model take?

Of a model of 1,000 phrasings of an assistant that is not ours: microseconds of
processor a message, with all that tells how sure it is, milliseconds until it is
loaded, and megabytes that a process has the more for it.
"""

import gc
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import labelled_intents as sets
from benchmarks.memory import memory
from intents.classifier import Model
from intents.examples import Example, Training
from intents.teaching import calibrate, teach

PHRASINGS, ASKED, WARM, LOADS = 1000, 2000, 20, 7
PRECISION = 0.98
#: A process that has taught keeps memory which hides what a model takes.
_ANEW = multiprocessing.get_context("spawn")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a model cost: a figure for each message, for each load, and in all."""

    microseconds: Sequence[float]
    loads: Sequence[float]
    megabytes: float


def measured() -> Iterator[tuple[str, float, float]]:
    """Yield each figure: what it is called, what was seen, what it may be at most."""
    train, asked = sets.read("banking77/train.csv"), sets.read("banking77/test.csv")
    model = calibrate(teach(Training(drawn(train, PHRASINGS)))).at(PRECISION)
    with TemporaryDirectory() as home, ProcessPoolExecutor(1, _ANEW) as served:
        path = model.save(Path(home))
        texts = [one.text for one in asked[:ASKED]]
        cost = served.submit(cost_of, path, texts, model.language).result()
    half, most = np.percentile(cost.microseconds, (50, 99))
    yield "microseconds a message, half", float(half), 600
    yield "microseconds, 99 of 100", float(most), 1500
    yield "ms to load", median(cost.loads), 50
    yield "MB", cost.megabytes, 40


def cost_of(path: Path, texts: Sequence[str], language: str) -> Cost:
    """Return what a model costs this process, which has not taught it."""
    gc.collect()
    before = memory(os.getpid())
    served, first = _loaded(path)
    for text in texts[:WARM]:
        served.classify(text, language)
    times = [_asked(served, text, language) for text in texts]
    gc.collect()
    megabytes = memory(os.getpid()) - before
    loads = [first, *(_loaded(path)[1] for _ in range(LOADS - 1))]
    return Cost(microseconds=times, loads=loads, megabytes=megabytes)


def drawn(examples: Sequence[Example], count: int) -> tuple[Example, ...]:
    """Return so many examples, as many of each intent as can be."""
    intents = len({one.intent for one in examples})
    each = -(-count // intents)
    return sets.some(examples, each)[:count]


def _loaded(path: Path) -> tuple[Model, float]:
    began = time.process_time()
    model = Model.load(path, PRECISION)
    return model, 1000 * (time.process_time() - began)


def _asked(model: Model, text: str, language: str) -> float:
    began = time.process_time_ns()
    model.classify(text, language)
    return (time.process_time_ns() - began) / 1000

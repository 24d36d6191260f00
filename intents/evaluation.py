"""How good is the understanding? The figures behind ``frontdesk evaluate``.

Everything is learnt from the training rows, thresholds too; the test rows are
asked once. Beside accuracy it measures what matters to a shop: how much is
answered without a person, how often that is right, and how much of what the
assistant cannot know it leaves alone.
"""

import gc
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from intents.classifier import Model
from intents.confidence import calibration_error
from intents.corpus import Mask
from intents.examples import Example, Training, load
from intents.features import Floats
from intents.parse import Parse
from intents.report import Confusion, Evaluation, OfIntent
from intents.teaching import calibrate, teach
from intents.vectors.encoder import Encoder

_CONFUSIONS = 20


@dataclass(frozen=True, eq=False, slots=True)
class _Asked:
    """Test rows, and what the model made of them."""

    meant: list[str]
    parses: list[Parse]
    microseconds: Floats

    @property
    def understood(self) -> list[str | None]:
        return [parse["intent"]["name"] for parse in self.parses]

    @property
    def confidence(self) -> Floats:
        return np.array([parse["intent"]["confidence"] for parse in self.parses])

    @property
    def offering(self) -> Floats:
        """Return the chance that the first three hold what was meant."""
        return np.array([parse["among_three"] for parse in self.parses])

    @property
    def right(self) -> Mask:
        pairs = zip(self.meant, self.understood, strict=True)
        return np.array([meant == understood for meant, understood in pairs], np.bool_)

    @property
    def among_three(self) -> Mask:
        pairs = zip(self.meant, self.parses, strict=True)
        return np.array(
            [
                meant in [one["name"] for one in parse["intent_ranking"][:3]]
                for meant, parse in pairs
            ],
            np.bool_,
        )


def evaluate_files(
    train: Path,
    test: Path,
    oos: Path | None = None,
    *,
    precision: float = 0.98,
    encoder: Encoder | None = None,
) -> Evaluation:
    """Return the figures for files of training, test and out-of-scope rows.

    With an *encoder* texts are learned by their vectors as well.
    """
    training = replace(load([train]), encoder=encoder)
    outside = load([oos]).examples if oos else ()
    return evaluate(training, load([test]).examples, outside, precision=precision)


def evaluate(
    training: Training,
    test: Sequence[Example],
    oos: Sequence[Example] = (),
    *,
    precision: float = 0.98,
) -> Evaluation:
    """Train on *training* and return how *test* and *oos* rows fare."""
    model, costs = _trained(training, precision)
    served, megabytes = _served(model)
    inside, outside = _ask(served, test), _ask(served, oos)
    per_intent = _per_intent(inside)
    return Evaluation(
        accuracy=_share(inside.right),
        macro_f1=_mean([one.f1 for one in per_intent]),
        predict_us_p50=_percentile(inside.microseconds, 50),
        predict_us_p99=_percentile(inside.microseconds, 99),
        model_mb=megabytes,
        precision=precision,
        thresholds=model.thresholds,
        train_rows=len(training.examples),
        test_rows=len(test),
        oos_rows=len(oos),
        intents=len(model.intents),
        missing=model.figures["missing"],
        per_intent=per_intent,
        confusions=_confusions(inside),
        pairs=tuple(zip(inside.meant, map(str, inside.understood), strict=True)),
        **costs,
        **_rejection(inside, outside, model.thresholds),
    )


def share_understood(
    training: Training, test: Sequence[Example], language: str = "en"
) -> float:
    """Return of how many of *test* the likeliest intent is right, of 1.

    Without confidence and thresholds: they are most of the work, and leave the order.
    """
    model = teach(training, language).model
    return _share(_ask(_served(model)[0], test).right)


def _trained(training: Training, precision: float) -> tuple[Model, dict[str, Any]]:
    """Return the model and what each step of it cost."""
    began = time.process_time()
    taught = teach(training)
    taught_at = time.process_time()
    model = calibrate(taught).at(precision)
    return model, {
        "train_cpu_s": round(taught_at - began, 3),
        "calibrate_cpu_s": round(time.process_time() - taught_at, 3),
    }


def auroc(inside: Floats, outside: Floats) -> float | None:
    """Return the chance that a row of *inside* scores above one of *outside*."""
    if not len(inside) or not len(outside):
        return None
    ordered = np.sort(outside)
    below = np.searchsorted(ordered, inside, side="left")
    tied = np.searchsorted(ordered, inside, side="right") - below
    return float((below + tied / 2).mean() / len(outside))


def _rejection(
    inside: _Asked, outside: _Asked, thresholds: dict[str, float]
) -> dict[str, Any]:
    """Return the figures that depend on confidence."""
    ours, others = inside.confidence, outside.confidence
    answered, foreign = ours >= thresholds["answer"], others >= thresholds["answer"]
    offered = (inside.offering >= thresholds["offer"]) & ~answered
    in_vain = (outside.offering >= thresholds["offer"]) & ~foreign
    answers = int(answered.sum() + foreign.sum())
    both = np.concatenate((ours, others))
    right = np.concatenate((inside.right, np.zeros(len(others), np.bool_)))
    least_kept = np.quantile(ours, 0.05, method="lower") if len(ours) else 0.0
    return {
        "confidence": both,
        "right": right,
        "auroc": auroc(ours, others),
        "oos_recall_at_95": _share_or_none(others < least_kept),
        "answered_share": _share(answered),
        "realised_precision": float((inside.right & answered).sum() / answers)
        if answers
        else None,
        "ece": calibration_error(both, right.astype(float), np.ones(len(both))),
        "offered_share": _share(offered),
        "offered_right": _share_or_none(inside.among_three[offered]),
        "oos_answered": _share_or_none(foreign),
        "oos_offered": _share_or_none(in_vain),
    }


def _served(model: Model) -> tuple[Model, float]:
    """Return the model as a server would load it, and its megabytes there."""
    with TemporaryDirectory() as home:
        path = model.save(Path(home))
        gc.collect()
        tracemalloc.start()
        served = Model.load(path, model.precision)
        gc.collect()
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return served, round(size / 1e6, 2)


def _ask(model: Model, rows: Iterable[Example]) -> _Asked:
    meant, parses, times = [], [], []
    for row in rows:
        began = time.process_time_ns()
        parses.append(model.classify(row.text, model.language))
        times.append((time.process_time_ns() - began) / 1000)
        meant.append(row.intent)
    return _Asked(meant, parses, np.array(times))


def _per_intent(asked: _Asked) -> tuple[OfIntent, ...]:
    """Return precision, recall and F1 of every intent that a test row means."""
    pairs = Counter(zip(asked.meant, asked.understood, strict=True))
    meant, understood = Counter(asked.meant), Counter(asked.understood)
    return tuple(
        _of_intent(intent, pairs[intent, intent], rows, understood[intent])
        for intent, rows in sorted(meant.items())
    )


def _of_intent(intent: str, hits: int, meant: int, understood: int) -> OfIntent:
    precision = hits / understood if understood else 0.0
    return OfIntent(
        intent=intent,
        rows=meant,
        precision=precision,
        recall=hits / meant,
        f1=2 * hits / (meant + understood),
    )


def _confusions(asked: _Asked) -> tuple[Confusion, ...]:
    pairs = Counter(
        (meant, str(understood))
        for meant, understood in zip(asked.meant, asked.understood, strict=True)
        if meant != understood
    )
    frequent = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Confusion(meant=meant, understood=understood, rows=rows)
        for (meant, understood), rows in frequent[:_CONFUSIONS]
    )


def _share(which: Mask) -> float:
    return float(which.mean()) if len(which) else 0.0


def _share_or_none(which: Mask) -> float | None:
    return float(which.mean()) if len(which) else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _percentile(values: Floats, percent: int) -> float:
    return round(float(np.percentile(values, percent)), 1) if len(values) else 0.0

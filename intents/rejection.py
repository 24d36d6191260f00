"""Answer, offer a choice, or fetch a person?

Two thresholds follow from a stream of rows the classifier had not seen: rows out
of their fold, and rows of whole intents held out, which stand for everything the
assistant cannot do. The latter weigh 30 % whatever their number: thresholds from
out-of-fold rows alone let most of a real shop's foreign questions through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from intents.corpus import Mask
from intents.features import Floats
from intents.parse import Parse

Outcome: TypeAlias = Literal["answer", "offer", "person"]

PRECISIONS = (0.95, 0.98, 0.99)
#: Share of messages the assistant cannot answer, as the thresholds assume it.
OUT_OF_SCOPE = 0.30
#: What people said is not for the assistant: learnt as an intent that nothing
#: answers, and never in scope where thresholds are set.
OUT_OF_SCOPE_INTENT = "out_of_scope"
#: A choice of three is useful where it holds the right one for so many of the
#: customers who want something we know, and for every second one of all.
USEFUL, USEFUL_OF_ALL = 0.80, 0.50
#: Above every confidence: nothing is answered.
NEVER = 1.01


@dataclass(frozen=True, eq=False, slots=True)
class Stream:
    """Rows the classifier had not seen, and how it fared."""

    signals: Floats
    #: The first choice was right (never, for rows of held-out intents).
    right: Mask
    #: The right one was among the first three.
    among_three: Mask
    in_scope: Mask

    @property
    def weights(self) -> Floats:
        """Return weights under which 30 % of the stream is out of scope."""
        inside = int(np.count_nonzero(self.in_scope))
        outside = len(self.in_scope) - inside
        if not inside or not outside:
            return np.ones(len(self.in_scope))
        total = inside + outside
        return np.where(
            self.in_scope,
            (1 - OUT_OF_SCOPE) * total / inside,
            OUT_OF_SCOPE * total / outside,
        )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence on to answer, and from which to offer a choice."""

    answer: float
    offer: float

    def to_json(self) -> dict[str, float]:
        """Return both by name."""
        return {"answer": self.answer, "offer": self.offer}


def decide(parse: Parse, thresholds: Mapping[str, float]) -> Outcome:
    """Return what to do with a message that was understood so well."""
    confidence = parse["intent"]["confidence"]
    if confidence >= thresholds["answer"]:
        return "answer"
    if confidence >= thresholds["offer"]:
        return "offer"
    return "person"


def thresholds(stream: Stream, confidence: Floats, precision: float) -> Thresholds:
    """Return the thresholds that keep *precision* on the stream."""
    answer = _answer_threshold(stream, confidence, precision)
    return Thresholds(answer=answer, offer=min(answer, _offer(stream, confidence)))


def answered_share(stream: Stream, confidence: Floats, threshold: float) -> float:
    """Return the share of in-scope rows that would be answered."""
    inside = confidence[stream.in_scope]
    return float(np.mean(inside >= threshold)) if len(inside) else 0.0


def _answer_threshold(stream: Stream, confidence: Floats, precision: float) -> float:
    """Return the lowest confidence above which answers are right often enough.

    Half an error is added to those seen: ten right rows are no proof of 98 %.
    """
    if stream.in_scope.all():
        return NEVER
    order = np.argsort(-confidence, kind="stable")
    weights, ordered = stream.weights[order], confidence[order]
    wrong = np.cumsum(weights * ~stream.right[order])
    kept = wrong + 0.5 <= (1 - precision) * np.cumsum(weights)
    # Rows of equal confidence are answered together or not at all.
    kept &= np.append(ordered[1:] < ordered[:-1], True)
    last = np.flatnonzero(kept)
    return float(ordered[last[-1]]) if len(last) else NEVER


def _offer(stream: Stream, confidence: Floats) -> float:
    """Return the lowest confidence at which a choice of three is still useful."""
    inside = stream.in_scope
    if inside.all():
        return NEVER
    of_ours = rising(confidence[inside], stream.among_three[inside])
    of_all = rising(confidence, stream.among_three, stream.weights)
    return max(of_ours.reaches(USEFUL), of_all.reaches(USEFUL_OF_ALL))


@dataclass(frozen=True, eq=False, slots=True)
class Rising:
    """A share that does not fall while confidence rises, step by step."""

    begins: Floats
    shares: Floats

    def reaches(self, share: float) -> float:
        """Return the lowest confidence at which the share is at least so high."""
        enough = np.flatnonzero(self.shares >= share)
        return float(self.begins[enough[0]]) if len(enough) else NEVER


def rising(confidence: Floats, hit: Mask, weights: Floats | None = None) -> Rising:
    """Return the rising steps closest to what was hit (isotonic regression).

    Neighbours that fall are pooled, as in "pool adjacent violators", so a few
    lucky rows at the bottom cannot pull a threshold down.
    """
    weights = np.ones(len(hit)) if weights is None else weights
    begins, inverse = np.unique(confidence, return_inverse=True)
    masses = np.bincount(inverse, weights)
    hits = np.bincount(inverse, weights * hit)
    steps: list[tuple[float, float, float]] = []
    for begin, mass, found in zip(begins, masses, hits, strict=True):
        step = (float(begin), float(mass), float(found))
        while steps and steps[-1][2] * step[1] >= step[2] * steps[-1][1]:
            before = steps.pop()
            step = (before[0], before[1] + step[1], before[2] + step[2])
        steps.append(step)
    return Rising(
        begins=np.array([begin for begin, _, _ in steps]),
        shares=np.array([found / mass for _, mass, found in steps]),
    )

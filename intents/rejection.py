"""Answer, offer a choice, or fetch a person?

Two thresholds follow from a stream of rows the classifier had not seen: rows out
of their fold, and rows of whole intents held out, which stand for everything the
assistant cannot do. The latter weigh 30 % whatever their number: thresholds from
out-of-fold rows alone let most of a real shop's foreign questions through.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from intents import resampling
from intents.corpus import Mask
from intents.features import Floats, Names
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
#: How much more may be wrong on the stream itself than was promised, where the
#: streams it might have been allow it on the mean: 2.5 % for 2 %.
LENIENCE = 1.25
#: What is an example, word for word.
CERTAIN = 1.0
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
    #: The intent each row belongs to.
    intents: Names

    @property
    def weights(self) -> Floats:
        """Return weights under which 30 % of the stream is out of scope."""
        return self._weighed(np.ones(len(self.intents)))

    def likely(self) -> Iterator[Floats]:
        """Yield such weights for streams that might have been as well."""
        for shop in resampling.shops(self.intents):
            yield self._weighed(shop)

    def _weighed(self, counts: Floats) -> Floats:
        total = len(counts)
        inside = counts[self.in_scope].sum()
        outside = counts[~self.in_scope].sum()
        if not inside or not outside:
            return counts
        scale: Floats = np.where(
            self.in_scope,
            (1 - OUT_OF_SCOPE) * total / inside,
            OUT_OF_SCOPE * total / outside,
        )
        return counts * scale


def joined(parts: Sequence[Stream]) -> Stream:
    """Return streams one after the other as one."""
    if not parts:
        none = np.zeros(0, np.bool_)
        return Stream(np.zeros((0, 5)), none, none, none, none.astype(np.str_))
    columns = zip(*map(_columns, parts), strict=True)
    return Stream(*(np.concatenate(column) for column in columns))


def _columns(stream: Stream) -> tuple[NDArray[Any], ...]:
    return tuple(getattr(stream, one.name) for one in fields(stream))


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
    """Return the confidence from which on to answer: the mean over likely streams.

    Each says how much can be answered rightly often enough, and the mean of that is
    answered, unless there is a quarter more wrong among it than was promised.
    """
    if stream.in_scope.all():
        return NEVER
    order = np.argsort(-confidence, kind="stable")
    ordered, right = confidence[order], stream.right[order]
    # Rows of equal confidence are answered together or not at all.
    ends = np.append(ordered[1:] < ordered[:-1], True)
    weights = stream.weights[order]
    answered = np.append(0.0, np.cumsum(weights))
    kept = [
        answered[_kept(likely[order], right, ends, precision)]
        for likely in stream.likely()
    ]
    # What every stream keeps is kept, in spite of rounding.
    ends &= answered[1:] <= np.mean(kept) + 1e-9
    last = _kept(weights, right, ends, 1 - LENIENCE * (1 - precision))
    return float(ordered[last - 1]) if last else NEVER


def _kept(weights: Floats, right: Mask, ends: Mask, precision: float) -> int:
    """Return how many of the surest rows can be answered, up to one of *ends*.

    Half an error is added to those seen: ten right rows are no proof of 98 %.
    """
    wrong, answered = np.cumsum(weights * ~right), np.cumsum(weights)
    enough = np.flatnonzero(ends & (wrong + 0.5 <= (1 - precision) * answered))
    return int(enough[-1]) + 1 if len(enough) else 0


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

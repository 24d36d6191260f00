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
from intents.confidence import SIGNALS
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
#: From which chance on that what is wanted is among three a choice of them is useful:
#: a tap in vain costs four customers less than waiting for a person costs the fifth.
#: The chance is told low: of errands that were told between 0.1 and 0.2 of the
#: measurements' first four hundreds, a third found theirs among the three.
USEFUL = 0.1
#: As many times as likely it must be where what is likeliest is for nobody.
UNLIKE = 2.0
#: From which confidence on a question is asked that is in vain if it is wrong.
WORTH_ASKING = 0.7
#: What share of the rows is foreign where that chance is learnt: what was taught as not
#: for the assistant. Strangers' messages are less like it than it is like itself, so
#: counted by rows its score would be trusted too little, or too much where the rest
#: is small.
FOREIGN = 0.20
#: What a row counts that was judged beside intents as good as new; others count one.
NEW = 0.5
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
    #: Judged where some intents were cut down to a few rows, to stand for new ones.
    new: Mask
    #: The intent each row belongs to.
    intents: Names

    @property
    def known(self) -> "Stream":
        """Return the rows that were judged with the intents as they are."""
        old = ~self.new
        return self if old.all() else Stream(*(one[old] for one in _columns(self)))

    @property
    def weights(self) -> Floats:
        """Return weights under which 30 % of the stream is out of scope.

        What is known to be foreign counts nothing: nobody is answered.
        """
        return self._weighed(np.where(self._foreign & self.right, 0.0, 1.0))

    @property
    def offering_weights(self) -> Floats:
        """Return weights to learn from when a choice is useful."""
        weights = self._weighed(np.where(self._foreign, 0.0, 1.0))
        foreign = self._foreign.sum()
        each = FOREIGN / (1 - FOREIGN) * weights.sum() / foreign if foreign else 0.0
        return np.where(self._foreign, each, weights)

    @property
    def _foreign(self) -> Mask:
        foreign: Mask = self.intents == OUT_OF_SCOPE_INTENT
        return foreign

    def likely(self) -> Iterator[Floats]:
        """Yield such weights for streams that might have been as well."""
        for shop in resampling.shops(self.intents):
            yield self._weighed(np.where(self._foreign & self.right, 0.0, shop))

    def _weighed(self, counts: Floats) -> Floats:
        counts = counts * np.where(self.new, NEW, 1.0)
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
        return Stream(
            np.zeros((0, SIGNALS)), none, none, none, none, none.astype(np.str_)
        )
    columns = zip(*map(_columns, parts), strict=True)
    return Stream(*(np.concatenate(column) for column in columns))


def _columns(stream: Stream) -> tuple[NDArray[Any], ...]:
    return tuple(getattr(stream, one.name) for one in fields(stream))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence on to answer, and from which chance to offer a choice."""

    answer: float
    offer: float

    def to_json(self) -> dict[str, float]:
        """Return both by name."""
        return {"answer": self.answer, "offer": self.offer}


def decide(parse: Parse, thresholds: Mapping[str, float]) -> Outcome:
    """Return what to do with a message that was understood so well."""
    intent = parse["intent"]
    confidence = intent["confidence"]
    if confidence >= thresholds["answer"]:
        return "answer"
    least = UNLIKE if intent["name"] == OUT_OF_SCOPE_INTENT else 1.0
    if parse.get("among_three", confidence) >= least * thresholds["offer"]:
        return "offer"
    return "person"


def answered_share(stream: Stream, confidence: Floats, threshold: float) -> float:
    """Return the share of in-scope rows that would be answered."""
    inside = confidence[stream.in_scope]
    return float(np.mean(inside >= threshold)) if len(inside) else 0.0


def answer_threshold(stream: Stream, confidence: Floats, precision: float) -> float:
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


def offer_threshold(stream: Stream) -> float:
    """Return the chance of being among three from which on to offer a choice.

    The same for every stream that proves anything: the chance is calibrated.
    """
    return NEVER if stream.in_scope.all() else USEFUL

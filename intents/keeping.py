"""Do the thresholds that are live still hold, or is it time for others?

Thresholds are estimates, and each training estimates anew. Where the new ones differ
from those that are live by less than their noise, changing over would change what is
done about some messages for nothing. What is live is always held against the newest
estimate, so many small steps do not add up.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from intents.confidence import Calibration
from intents.rejection import LENIENCE, Stream, Thresholds

#: What share of messages may be answered, or answered or offered, more or less. An
#: entry that asks what none asked moved estimates of the first by 0.019 at most, of the
#: second, which costs little when it is wrong, by 0.025.
ANSWERED, OFFERED = 0.02, 0.03


@dataclass(frozen=True, slots=True)
class Measure:
    """What scores are held against: how sure they are, and how sure is enough."""

    calibration: Calibration
    #: The same for one of the first three being right.
    offering: Calibration
    thresholds: Mapping[float, Thresholds]

    def to_json(self) -> dict[str, Any]:
        """Return all three by name."""
        return {
            "calibration": asdict(self.calibration),
            "offering": asdict(self.offering),
            "thresholds": {str(k): one.to_json() for k, one in self.thresholds.items()},
        }

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Measure":
        """Return what `to_json` gave."""
        given = stored["thresholds"].items()
        return cls(
            _calibration(stored["calibration"]),
            _calibration(stored["offering"]),
            {float(precision): Thresholds(**one) for precision, one in given},
        )


def _calibration(stored: Mapping[str, Any]) -> Calibration:
    return Calibration(tuple(stored["weights"]), stored["bias"])


def hold(live: Measure, new: Measure, stream: Stream) -> bool:
    """Return whether what is live is as good as new for rows nobody has seen.

    As much is answered and offered, to within noise, and of what is answered no more
    is wrong than new thresholds may allow, but for one row: at 99 % there may be two
    or three in all, and one that steps over a threshold proves nothing.
    """
    return all(
        _near(live, new, stream, precision) and _allowed(live, stream, precision)
        for precision in live.thresholds
    )


def _near(live: Measure, new: Measure, stream: Stream, precision: float) -> bool:
    pairs = zip(
        _shares(live, stream, precision), _shares(new, stream, precision), strict=True
    )
    answered, offered = (abs(one - other) for one, other in pairs)
    return answered <= ANSWERED and offered <= OFFERED


def _shares(measure: Measure, stream: Stream, precision: float) -> list[float]:
    """Return what share is answered, and for what share there is a choice."""
    limits, known = measure.thresholds[precision], stream.known
    answered = measure.calibration.confidence(known.signals) >= limits.answer
    offered = measure.offering.confidence(stream.signals) >= limits.offer
    return [
        float(weights[which].sum() / weights.sum())
        for which, weights in ((answered, known.weights), (offered, stream.weights))
    ]


def _allowed(measure: Measure, stream: Stream, precision: float) -> bool:
    known = stream.known
    confidence = measure.calibration.confidence(known.signals)
    answered = confidence >= measure.thresholds[precision].answer
    weights = known.weights
    wrong = weights[answered & ~known.right]
    most = LENIENCE * (1 - precision) * weights[answered].sum()
    return bool(wrong.sum() - wrong.max(initial=0.0) <= most)

"""The figures of one evaluation, as records, JSON and a table."""

from dataclasses import asdict, dataclass, field
from typing import Any

from intents.corpus import Mask
from intents.features import Floats

#: The figures that are printed as JSON, whatever else is known: others read them.
PROMISED = (
    "accuracy",
    "macro_f1",
    "auroc",
    "oos_recall_at_95",
    "answered_share",
    "realised_precision",
    "ece",
    "train_cpu_s",
    "predict_us_p50",
    "predict_us_p99",
    "model_mb",
)


@dataclass(frozen=True, slots=True)
class OfIntent:
    """How one intent fared among the test rows."""

    intent: str
    rows: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one intent was taken for another."""

    meant: str
    understood: str
    rows: int


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Evaluation:
    """All figures of one run. Shares are of 1; None where no row could tell."""

    accuracy: float
    macro_f1: float
    #: In-scope against out-of-scope, by confidence.
    auroc: float | None
    #: Out-of-scope rows left alone where 95 % of the in-scope rows are kept.
    oos_recall_at_95: float | None
    #: In-scope rows answered at the asked precision, rightly or not.
    answered_share: float
    #: Share of right ones among all answers, those to out-of-scope rows included.
    realised_precision: float | None
    ece: float
    train_cpu_s: float
    predict_us_p50: float
    predict_us_p99: float
    model_mb: float

    #: In-scope rows that are offered a choice, and where it holds the right one.
    offered_share: float
    offered_right: float | None
    #: Out-of-scope rows answered or offered a choice.
    oos_answered: float | None
    oos_offered: float | None
    calibrate_cpu_s: float
    precision: float
    thresholds: dict[str, float]
    train_rows: int
    test_rows: int
    oos_rows: int
    intents: int
    missing: str | None
    per_intent: tuple[OfIntent, ...] = field(repr=False)
    confusions: tuple[Confusion, ...] = field(repr=False)
    #: What each in-scope row meant, and what it was taken for.
    pairs: tuple[tuple[str, str], ...] = field(repr=False)
    #: How sure the model was of each row, and whether it was right: in-scope rows
    #: first, then the others, of which none is.
    confidence: Floats = field(repr=False)
    right: Mask = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """Return the promised figures as JSON's own types."""
        return {name: getattr(self, name) for name in PROMISED}

    def table(self) -> str:
        """Return everything as text for a terminal."""
        figures = {**asdict(self), **self.thresholds}
        return "\n".join(
            [
                *(
                    f"{key:<20} {_shown(figures[key])}"
                    for key in figures
                    if _short(key)
                ),
                "\n  rows precision  recall      f1  intent",
                *map(_intent_line, self.per_intent),
                "\n  rows  meant -> understood",
                *map(_confusion_line, self.confusions),
            ]
        )


_LONG = {"per_intent", "confusions", "thresholds", "pairs", "confidence", "right"}


def _short(key: str) -> bool:
    return key not in _LONG


def _shown(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _intent_line(one: OfIntent) -> str:
    figures = f"{one.precision:>9.3f} {one.recall:>7.3f} {one.f1:>7.3f}"
    return f"{one.rows:>6} {figures}  {one.intent}"


def _confusion_line(one: Confusion) -> str:
    return f"{one.rows:>6}  {one.meant} -> {one.understood}"

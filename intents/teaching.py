"""From training data to a model, in two steps.

`teach` gives new weights under old thresholds, in under a second: what an admin
saved is live at once. `calibrate` then asks how the weights fare on rows they have
not seen, which takes ten to twenty-five more fits, and sets confidence and
thresholds anew unless the old ones hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from intents import fitting
from intents.choosing import chosen
from intents.classifier import Model
from intents.confidence import (
    DEFAULT,
    calibration_error,
    learn,
    of_the_best,
    of_three,
)
from intents.corpus import Corpus, Learnt, Mask, count, vocabulary, weigh
from intents.dealing import dealt
from intents.examples import Example, Training
from intents.features import Floats, Integers
from intents.hints import Hint, hints
from intents.keeping import Measure, hold
from intents.naming import TAUGHT, kept_name_of, name_of
from intents.rejection import (
    CERTAIN,
    NEVER,
    PRECISIONS,
    Stream,
    Thresholds,
    answer_threshold,
    answered_share,
    offer_threshold,
)
from intents.text import bare, normalise
from intents.vectors import kept

#: Fewer rows than this out of fold say nothing about 95 %.
FEWEST_ROWS = 20

#: Everything goes to a person.
_NOTHING = dict.fromkeys(PRECISIONS, Thresholds(answer=NEVER, offer=NEVER))
_NEW = Measure(DEFAULT, DEFAULT, _NOTHING)


class TooLittleError(ValueError):
    """There is nothing to learn from."""

    def __init__(self) -> None:
        super().__init__(
            "there are no examples to learn from; add files with '- intent: ...' "
            "or a CSV with the columns text and intent"
        )


@dataclass(frozen=True, eq=False, slots=True)
class Taught:
    """A model and the counted rows it was made from."""

    model: Model
    rows: fitting.Rows
    #: The number among them of each n-gram that was counted.
    numbers: Integers
    #: Whether the rows chose what learns from them; else it is the older model's.
    is_chosen: bool
    #: What the model is called under thresholds of its own, and where it keeps those
    #: of an older one.
    identity: str
    kept_identity: str | None


def teach(
    training: Training, language: str = "en", *, under: Model | None = None
) -> Taught:
    """Return a model with new weights under the thresholds of another.

    Without another, everything goes to a person until it is calibrated.
    """
    examples = _distinct(training.examples)
    if not examples:
        raise TooLittleError
    hinted = hints(examples, training.answers, language)
    every: list[Example | Hint] = [*examples, *hinted]
    counted = count((one.text for one in every), language)
    encoder = training.encoder_of(language)
    vectors = kept.vectors(encoder, [one.text for one in every]) if encoder else None
    rows, numbers = dealt(examples, hinted, counted.corpus, vectors)
    borrowed = under.learner if under and rows.are_few else None
    rows = rows.by(borrowed or chosen(rows))
    learnt, fitted = _fitted(rows, numbers)
    measure = under.measure if under else _NEW
    model = Model(
        name=name_of(training, language, under=under.name if under else "nothing"),
        language=language,
        **fitted,
        vocabulary=vocabulary(counted, learnt),
        encoder=encoder,
        calibration=measure.calibration,
        offering=measure.offering,
        thresholds_by_precision=measure.thresholds,
        measured_as=under.measured_as if under else "",
        in_part=under.in_part if under else None,
        patterns=training.patterns,
        synonyms=training.synonyms,
        examples=_unmistakable(examples),
        figures={**_counts(training, examples), TAUGHT: name_of(training, language)},
    )
    return Taught(
        model=model,
        rows=rows,
        numbers=numbers,
        is_chosen=borrowed is None,
        identity=name_of(training, language),
        kept_identity=kept_name_of(training, language, model.measured_as),
    )


def calibrate(taught: Taught) -> Model:
    """Return the model with confidence and thresholds that hold for it.

    They are those of an older model while these are as good as new. Mostly a part of
    the rows tells, held to what that part said of the older one; else all of them do.
    """
    taught = _chosen(taught)
    live, kept = taught.model, taught.kept_identity
    streams = fitting.streams(taught.rows)
    part = next(streams)
    in_part = None if _missing(part) else _measure(part)
    if kept and in_part and live.in_part and hold(live.in_part, in_part, part):
        return _under(live.measure, part, replace(live, name=kept))
    stream = next(streams)
    missing = _missing(stream)
    new = _NEW if missing else _measure(stream)
    if kept and not missing and hold(live.measure, new, stream):
        return _under(live.measure, stream, replace(live, name=kept))
    own = taught.identity
    model = replace(live, name=own, measured_as=own, in_part=in_part)
    return _under(new, stream, model, missing)


def _chosen(taught: Taught) -> Taught:
    """Return what the better learner makes of the same rows.

    Under its scores no threshold of the other's holds.
    """
    learner = taught.model.learner if taught.is_chosen else chosen(taught.rows)
    if learner is taught.model.learner:
        return taught
    rows = taught.rows.by(learner)
    model = replace(taught.model, **_fitted(rows, taught.numbers)[1])
    return replace(taught, model=model, rows=rows, kept_identity=None)


def _under(
    measure: Measure, stream: Stream, model: Model, missing: str | None = None
) -> Model:
    """Return a model under these, with what was measured of them."""
    measured = {"missing": missing, "stream": _measured(stream, measure)}
    return replace(
        model,
        calibration=measure.calibration,
        offering=measure.offering,
        thresholds_by_precision=measure.thresholds,
        figures={**model.figures, **measured},
    )


def _distinct(examples: Iterable[Example]) -> list[Example]:
    """Return examples that read differently, normalised and in order of content."""
    return sorted({Example(normalise(one.text), one.intent) for one in examples})


def _unmistakable(examples: Sequence[Example]) -> dict[str, str]:
    """Return the examples, bare, that stand under one intent alone."""
    meant: dict[str, set[str]] = {}
    for one in examples:
        meant.setdefault(bare(one.text), set()).add(one.intent)
    return {text: min(intents) for text, intents in meant.items() if len(intents) == 1}


def _fitted(rows: fitting.Rows, numbers: Integers) -> tuple[Learnt, dict[str, Any]]:
    """Return which n-grams are learnt, and what a model knows of intents by them."""
    taught = fitting.learnable(rows, np.ones(len(rows.intents), np.bool_))
    weighted = weigh(rows.corpus, taught)
    fitted = fitting.fit(rows, weighted, taught)
    learnt = weighted.learnt.of(numbers)
    return learnt, {
        "intents": tuple(map(str, fitted.intents)),
        "weights": _weights(fitted, rows.corpus, numbers[learnt.which]),
        "vector_weights": fitted.weights[rows.corpus.size :].astype(np.float32),
        "bias": fitted.bias.astype(np.float32),
        "rareness": fitted.rareness.astype(np.float32),
        "learner": rows.learner,
    }


def _weights(fitted: fitting.Fitted, corpus: Corpus, numbers: Integers) -> Floats:
    """Return a row for each of these n-grams, twins alike, and one for those unseen."""
    twins = np.sqrt(corpus.twins, dtype=np.float32)[:, None]
    weights = fitted.weights[: corpus.size] / twins
    return np.pad(weights[numbers], ((0, 1), (0, 0)))


def _measure(stream: Stream) -> Measure:
    """Return confidence and thresholds that the stream itself asks for.

    Examples word for word are certain and not in the stream: whatever that says of
    other messages, they are answered.
    """
    known = stream.known
    calibration = learn(of_the_best(known.signals), known.right, known.weights)
    offering = learn(
        of_three(stream.signals), stream.among_three, stream.offering_weights
    )
    confidence = calibration.confidence(known.signals)
    offer = offer_threshold(stream)
    answers = {one: answer_threshold(known, confidence, one) for one in PRECISIONS}
    return Measure(
        calibration,
        offering,
        {
            precision: Thresholds(answer=min(answer, CERTAIN), offer=offer)
            for precision, answer in answers.items()
        },
    )


def _missing(stream: Stream) -> str | None:
    """Return what keeps thresholds from being set, in words for an admin."""
    inside: Mask = stream.known.in_scope
    if np.count_nonzero(inside) < FEWEST_ROWS:
        return (
            f"{int(np.count_nonzero(inside))} examples can be held back to measure "
            f"with, and {FEWEST_ROWS} are needed; add examples, ten an intent if you "
            "can. Until then every message goes to a person"
        )
    if inside.all():
        return (
            "with fewer than three intents nothing can be held out to stand for "
            "questions of another kind; add intents. Until then every message goes "
            "to a person"
        )
    return None


def _counts(training: Training, examples: list[Example]) -> dict[str, Any]:
    texts = {one.text for one in examples}
    return {
        "examples": len(training.examples),
        "distinct": len(examples),
        "intents": len({one.intent for one in examples}),
        "texts_with_two_intents": len(examples) - len(texts),
        "notes": list(training.notes),
    }


def _measured(every: Stream, measure: Measure) -> dict[str, Any]:
    stream = every.known
    confidence = measure.calibration.confidence(stream.signals)
    if not stream.in_scope.any():
        return {"rows": len(confidence)}
    error = calibration_error(confidence, stream.right.astype(float), stream.weights)
    new = every.among_three[every.new & every.in_scope]
    return {
        "rows": len(confidence),
        "ece": round(error, 4),
        "accuracy": round(float(stream.right[stream.in_scope].mean()), 4),
        "new_among_three": round(float(new.mean()), 4) if len(new) else None,
        "answered_share": {
            str(precision): round(answered_share(stream, confidence, one.answer), 4)
            for precision, one in measure.thresholds.items()
        },
    }

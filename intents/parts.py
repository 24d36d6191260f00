"""Train what belongs together: a part for each language, new only where it changed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from intents import polyglot, storage
from intents.classifier import Model, ModelError
from intents.examples import Training
from intents.naming import kept_name_of, name_of
from intents.teaching import Taught, calibrate, teach

Answer: TypeAlias = dict[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """The model of one language, on disk, as an answer tells of it."""

    told: Answer
    #: What its own thresholds are still to be found from.
    taught: Taught | None = None

    @property
    def name(self) -> str:
        """Return the name of the model."""
        return str(self.told["model"])


def train(
    home: Path,
    training: Training,
    language: str,
    under: Path | None = None,
    last: Part | None = None,
) -> Part:
    """Return the part of a language: found again, under old thresholds, or whole.

    *last* is what was trained last: what is checked is then published, and most
    languages stay as they are from one draft to the next.
    """
    if last is not None and _is_same(last, training, language, under):
        return last
    old = Model.load(under) if under else None
    known = _known(home, training, language, old)
    if known is not None:
        return Part(_described(known, home))
    if old is None:
        return _kept(calibrate(teach(training, language)), home)
    taught = teach(training, language, under=old)
    weights = storage.array(taught.model.save(home), "weights")
    # Mapped from there they take no memory while other languages are learned.
    taught = replace(taught, model=replace(taught.model, weights=weights))
    return Part(_described(taught.model, home, calibrated=False), taught)


def _is_same(last: Part, training: Training, language: str, under: Path | None) -> bool:
    """Return whether that is what *last* has learned, not calibrated yet."""
    if last.taught is None or under is None:
        return False
    return last.name == name_of(training, language, under=under.name)


def calibrated(part: Part, home: Path) -> Part:
    """Return a part under thresholds that hold for it."""
    return part if part.taught is None else _kept(calibrate(part.taught), home)


def together(parts: Mapping[str, Part], home: Path) -> Answer:
    """Write down which parts belong together; return what an answer tells of them."""
    folder = polyglot.save(home, {code: one.name for code, one in parts.items()})
    return {
        "model": folder.name,
        "path": str(folder),
        "calibrated": all(one.taught is None for one in parts.values()),
        "languages": {code: one.told for code, one in parts.items()},
    }


def _known(
    home: Path, training: Training, language: str, under: Model | None
) -> Model | None:
    """Return the calibrated model if the same was trained before."""
    kept = kept_name_of(training, language, under.measured_as) if under else None
    for name in filter(None, (kept, name_of(training, language))):
        with suppress(ModelError):
            return Model.load(home / name)
    return None


def _kept(model: Model, home: Path) -> Part:
    model.save(home)
    return Part(_described(model, home))


def _described(model: Model, home: Path, *, calibrated: bool = True) -> Answer:
    return {
        "model": model.name,
        "path": str(home / model.name),
        "language": model.language,
        "calibrated": calibrated,
        "thresholds": {
            str(precision): one.to_json()
            for precision, one in model.thresholds_by_precision.items()
        },
        "figures": dict(model.figures),
    }

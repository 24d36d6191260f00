"""The model that answers: which intent, and how sure.

Served by a look-up of its n-grams and one gather of rows: 0.2 ms a message
where scikit-learn's own ``decision_function`` takes ten times as long. Nothing
here, or imported from here, loads scikit-learn or scipy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from intents import spelling, storage
from intents.confidence import STEEPNESS, Calibration, signals
from intents.corpus import Mask
from intents.entities import Pattern, extract
from intents.features import Floats, Index, Indexed, Spelt, Vocabulary, Weighed
from intents.keeping import Measure
from intents.learner import Learner
from intents.parse import Intent, Parse
from intents.rejection import (
    CERTAIN,
    OUT_OF_SCOPE_INTENT,
    WORTH_ASKING,
    Thresholds,
)
from intents.storage import Arrays, Document, ModelError
from intents.text import bare, normalise
from intents.vectors.encoder import Encoder, EncoderError

__all__ = ["Model", "ModelError"]

#: How many intents a parse ranks, as Rasa does.
RANKED = 10
_NO_VECTORS: Floats = np.zeros((0, 0), np.float32)
_BLOCKS = ("words", "characters", "meanings")


class Examples(Protocol):
    """Which intent a text was given for."""

    def get(self, text: str, /) -> str | None:
        """Return the intent of a bare text, None if it is no example."""


class ByHeart:
    """The examples as they are served: by their hashes, for nobody reads them back."""

    __slots__ = ("_index", "_intents")

    def __init__(self, by_intent: Mapping[str, Sequence[str]]) -> None:
        self._intents = tuple(by_intent)
        numbered = enumerate(by_intent.values())
        self._index = Index({text: at for at, texts in numbered for text in texts})

    def get(self, text: str, /) -> str | None:
        """Return the intent of a bare text, None if it is no example."""
        number = self._index.number(text)
        return self._intents[number] if number >= 0 else None


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """All that is learnt for one language; never changes once it is made."""

    name: str
    language: str
    intents: tuple[str, ...]
    vocabulary: Vocabulary
    #: What gives messages their vectors; None where n-grams are all that is read.
    encoder: Encoder | None
    #: N-grams by intents; the last row, of n-grams never seen, is zero.
    weights: Floats
    #: What vectors hold by intents; no rows without an encoder.
    vector_weights: Floats
    bias: Floats
    #: How few examples each intent has: 0 is enough, 1 is none.
    rareness: Floats
    calibration: Calibration
    #: The same for one of the first three being right.
    offering: Calibration
    thresholds_by_precision: Mapping[float, Thresholds]
    #: What found the weights.
    learner: Learner
    #: The model that confidence and thresholds were set for: this one or an older one.
    measured_as: str
    patterns: tuple[Pattern, ...]
    synonyms: Mapping[str, str]
    #: The examples themselves, bare: whoever says one means what it was given for.
    examples: Examples
    #: What was measured while it was trained; for people to read.
    figures: Mapping[str, Any]
    #: What a part of the rows alone said when confidence and thresholds were set.
    in_part: Measure | None = None
    precision: float = 0.98

    @property
    def measure(self) -> Measure:
        """Return what scores are held against."""
        return Measure(self.calibration, self.offering, self.thresholds_by_precision)

    @property
    def thresholds(self) -> dict[str, float]:
        """Return ``{"answer", "offer"}`` for the precision this model is asked for."""
        return self.thresholds_by_precision[self.precision].to_json()

    @property
    def lenient_thresholds(self) -> dict[str, float]:
        """Return the thresholds of the next lower precision, or lower ones.

        For what costs little when it is wrong: a question that is asked in vain,
        not an answer that is false.
        """
        lower = [one for one in self.thresholds_by_precision if one < self.precision]
        precision = max(lower, default=self.precision)
        lenient = self.thresholds_by_precision[precision].to_json()
        return {**lenient, "answer": min(lenient["answer"], WORTH_ASKING)}

    def at(self, precision: float) -> "Model":
        """Return the same model, asked for another precision."""
        if precision not in self.thresholds_by_precision:
            known = ", ".join(map(str, sorted(self.thresholds_by_precision)))
            raise ModelError(f"no threshold for precision {precision}; take {known}")
        same = precision == self.precision
        return self if same else replace(self, precision=precision)

    def classify(self, text: str, language: str = "en") -> Parse:
        """Return what *text* means, as Rasa's parse data."""
        normalised = normalise(text)
        weighed = self.vocabulary.weigh(normalised)
        ranking, among_three = self._ranking(normalised, weighed)
        if known := self.examples.get(bare(normalised)):
            ranking, among_three = _surely(known, ranking), CERTAIN
        else:
            ranking, among_three = self._spelt(text, ranking, among_three)
        return Parse(
            text=text,
            intent=ranking[0] if ranking else Intent(name=None, confidence=0.0),
            intent_ranking=ranking,
            entities=extract(text, self.patterns, self.synonyms),
            language=language,
            among_three=among_three,
        )

    def scores(self, weighed: Weighed) -> Floats:
        """Return one score an intent: the same as scikit-learn's decision values."""
        scores: Floats = weighed.values @ self.weights[weighed.numbers] + self.bias
        return scores

    def _ranking(self, normalised: str, weighed: Weighed) -> tuple[list[Intent], float]:
        """Return the likeliest intents, and the chance that three hold the right."""
        if not (weighed.numbers >= 0).any():
            return [], 0.0
        scores = self.scores(weighed)
        if self.encoder is not None:
            scores = scores + self.encoder.encode(normalised) @ self.vector_weights
        known = np.array([weighed.familiarity])
        seen = signals(scores[None], known, self.rareness, _ours(self.intents))
        best = float(self.calibration.confidence(seen)[0])
        order = np.argsort(-scores, kind="stable")[:RANKED]
        # The best has the calibrated chance; the others fall off as in a softmax.
        behind = np.exp(STEEPNESS * (scores[order] - scores[order[0]]))
        ranking = [
            Intent(name=self.intents[number], confidence=best * share)
            for number, share in zip(order.tolist(), behind.tolist(), strict=True)
        ]
        return ranking, float(self.offering.confidence(seen)[0])

    def _spelt(
        self, text: str, ranking: list[Intent], among_three: float
    ) -> tuple[list[Intent], float]:
        """Return the same, or what it is without slips, if that is likelier.

        What is surely understood is left alone, slips or not.
        """
        confidence = ranking[0]["confidence"] if ranking else 0.0
        if confidence >= self.thresholds["answer"]:
            return ranking, among_three
        normalised, names = normalise(text), spelling.names_in(text)
        mended = spelling.mended(normalised, self.vocabulary, names)
        if mended == normalised:
            return ranking, among_three
        other, chance = self._ranking(mended, self.vocabulary.weigh(mended))
        likelier = other and other[0]["confidence"] > confidence
        return (other, chance) if likelier else (ranking, among_three)

    def save(self, home: Path) -> Path:
        """Write the model below *home*, whole or not at all; return its directory."""
        return storage.write(home, self.name, self._document(), self._arrays())

    @classmethod
    def load(cls, path: Path | str, precision: float = 0.98) -> "Model":
        """Return the model in a directory that `save` wrote."""
        document, arrays = storage.read(Path(path))
        try:
            encoder = _encoder(Path(path).parent, document.get("encoder"))
            model = _model(document, arrays, encoder)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                f"{path} can't be used ({error!r}); delete it and train again"
            ) from None
        return model.at(precision)

    def _document(self) -> Document:
        vocabulary, examples = self.vocabulary, self.examples
        encoded = {"encoder": self.encoder.name} if self.encoder else {}
        if not (isinstance(vocabulary, Spelt) and isinstance(examples, Mapping)):
            raise TypeError("a model that was loaded lies on disk: copy its directory")
        return {
            "name": self.name,
            "language": self.language,
            "intents": self.intents,
            "words": _by_number(vocabulary.words),
            "characters": _by_number(vocabulary.characters),
            "meanings": _by_number(vocabulary.meanings),
            **self.measure.to_json(),
            "learner": self.learner,
            "measured_as": self.measured_as,
            "in_part": self.in_part.to_json() if self.in_part else None,
            "patterns": [[one.entity, one.expression] for one in self.patterns],
            "synonyms": dict(self.synonyms),
            "examples": _by_intent(examples),
            "figures": dict(self.figures),
            **encoded,
        }

    def _arrays(self) -> Arrays:
        encoded = {"vector_weights": self.vector_weights} if self.encoder else {}
        return {
            "rarity": self.vocabulary.rarity.astype(np.float32),
            "weights": self.weights.astype(np.float32),
            "bias": self.bias.astype(np.float32),
            "rareness": self.rareness.astype(np.float32),
            **encoded,
        }


@lru_cache
def _ours(intents: tuple[str, ...]) -> Mask:
    """Return which intents are for the assistant."""
    ours: Mask = np.array(intents) != OUT_OF_SCOPE_INTENT
    return ours


def _surely(intent: str, ranking: list[Intent]) -> list[Intent]:
    """Return the ranking of a text that stands among the examples of *intent*."""
    others = [one for one in ranking if one["name"] != intent]
    return [Intent(name=intent, confidence=CERTAIN), *others][:RANKED]


def _by_intent(examples: Mapping[str, str]) -> dict[str, list[str]]:
    by_intent: dict[str, list[str]] = {}
    for example, intent in examples.items():
        by_intent.setdefault(intent, []).append(example)
    return by_intent


def _by_number(numbers: Mapping[str, int]) -> list[Any]:
    """Return n-grams with their numbers, compactly: two lists."""
    return [list(numbers), list(numbers.values())]


def _encoder(home: Path, name: str | None) -> Encoder | None:
    """Return what gives messages their vectors, ready, if a model has such."""
    if name is None:
        return None
    encoder = Encoder(home / name)
    try:
        encoder.get_ready()
    except EncoderError as error:
        raise ModelError(f"the model was learned with vectors: {error}") from None
    return encoder


def _model(document: Document, arrays: Arrays, encoder: Encoder | None) -> Model:
    blocks = tuple(_index(document.pop(key)) for key in _BLOCKS)
    size, intents = sum(map(len, blocks)) + 1, len(document["intents"])
    if arrays["weights"].shape != (size, intents) or len(arrays["rarity"]) != size:
        raise ValueError("weights and vocabulary differ in size")
    measure, in_part = Measure.of_json(document), document.get("in_part")
    return Model(
        name=document["name"],
        language=document["language"],
        intents=tuple(document["intents"]),
        vocabulary=Indexed(document["language"], blocks, arrays["rarity"]),
        encoder=encoder,
        weights=arrays["weights"],
        vector_weights=arrays["vector_weights"] if encoder else _NO_VECTORS,
        bias=arrays["bias"],
        rareness=arrays["rareness"],
        calibration=measure.calibration,
        offering=measure.offering,
        thresholds_by_precision=measure.thresholds,
        learner=Learner(document["learner"]),
        measured_as=document.get("measured_as", ""),
        in_part=Measure.of_json(in_part) if in_part else None,
        patterns=tuple(Pattern(*pattern) for pattern in document["patterns"]),
        synonyms=document["synonyms"],
        examples=ByHeart(document["examples"]),
        figures=document["figures"],
    )


def _index(stored: Sequence[Any]) -> Index:
    return Index(dict(zip(*stored, strict=True)))

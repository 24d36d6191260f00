"""One entry more of the FAQ must not change how everything else fares."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from intents.examples import Example, Training, load
from intents.rejection import Thresholds
from intents.teaching import calibrate, teach

pytestmark = pytest.mark.slow

DATA = Path(__file__).parents[2] / "data"
ENGRAVING = (
    "do you engrave names on turntables",
    "can you engrave a name on it",
    "is engraving possible",
    "engrave my turntable please",
    "do you do engraving",
    "can i get my turntable engraved",
    "engraving",
)


@cache
def shipped() -> Training:
    return load([DATA / "nlu" / "en", DATA / "faq" / "en.yml"])


@cache
def measured(*added: Example) -> tuple[Thresholds, float]:
    """Return the thresholds of 98 % with these examples, and the share answered."""
    model = calibrate(teach(shipped().with_examples(added)))
    shares = model.figures["stream"]["answered_share"]
    return model.thresholds_by_precision[0.98], shares["0.98"]


def repairs() -> Sequence[str]:
    moment = tomllib.loads((DATA / "demo" / "moment.toml").read_text(encoding="utf-8"))
    return [moment["asked"], *moment["ways"]]


ADDED = {
    "repairs": [Example(text, "faq/repairs") for text in repairs()],
    "engraving": [Example(text, "faq/engraving") for text in ENGRAVING],
    "one row": [Example("is there a lift to the gallery", "faq/event_accessibility")],
}


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
def test_a_question_of_its_own_moves_the_thresholds_hardly(added):
    before, share = measured()
    after, new_share = measured(*added)
    assert after.answer == pytest.approx(before.answer, abs=0.003)
    assert after.offer == pytest.approx(before.offer, abs=0.02)
    assert new_share == pytest.approx(share, abs=0.015)

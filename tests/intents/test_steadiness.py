"""One entry more of the FAQ must not change how everything else fares."""

import json
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from intents import fitting
from intents.classifier import Model
from intents.examples import Example, Training, load
from intents.rejection import Thresholds
from intents.teaching import calibrate, teach
from intents.training import Trainer

#: The first of them to run learns all that ships in a language, with its thresholds.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(480)]

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
def base() -> Model:
    return calibrate(teach(shipped()))


def later(under: Model, *added: Example) -> Model:
    """Return the model that teaching these examples leads to from another."""
    return calibrate(teach(shipped().with_examples(added), under=under))


@cache
def measured(*added: Example) -> tuple[Thresholds, float]:
    """Return the thresholds of 98 % with these examples, and the share answered."""
    model = calibrate(teach(shipped().with_examples(added))) if added else base()
    shares = model.figures["stream"]["answered_share"]
    return model.thresholds_by_precision[0.98], shares["0.98"]


def repairs() -> Sequence[str]:
    moment = tomllib.loads((DATA / "demo" / "moment.toml").read_text(encoding="utf-8"))
    return [moment["en"]["asked"], *moment["en"]["ways"]]


ADDED = {
    "repairs": [Example(text, "faq/repairs") for text in repairs()],
    "engraving": [Example(text, "faq/engraving") for text in ENGRAVING],
    "one row": [Example("is there a lift to the gallery", "faq/event_accessibility")],
}


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
def test_a_question_of_its_own_moves_the_thresholds_hardly(added):
    before, share = measured()
    after, new_share = measured(*added)
    assert after.answer == pytest.approx(before.answer, abs=0.005)
    assert after.offer == pytest.approx(before.offer, abs=0.02)
    assert new_share == pytest.approx(share, abs=0.02)


def test_a_question_of_its_own_keeps_the_thresholds_that_are_live():
    repaired = later(base(), *ADDED["repairs"])
    assert repaired.thresholds_by_precision == base().thresholds_by_precision
    assert repaired.calibration == base().calibration
    assert repaired.measured_as == base().name != repaired.name
    assert repaired.figures["missing"] is None


def test_a_part_of_the_rows_tells_that_thresholds_hold(monkeypatch):
    fits = counted(monkeypatch)
    repaired = later(base(), *ADDED["repairs"])
    assert repaired.in_part == base().in_part is not None
    few = len(fits)
    fits.clear()
    calibrate(teach(shipped().with_examples(ADDED["repairs"])))
    assert few < len(fits) / 2


def counted(monkeypatch):
    """What is learnt from now on, one for each time."""
    fits, fit = [], fitting.fit

    def also(*arguments):
        fits.append(arguments[0])
        return fit(*arguments)

    monkeypatch.setattr(fitting, "fit", also)
    return fits


def test_whichever_way_led_to_it_the_model_is_the_same():
    both = [*ADDED["engraving"], *ADDED["one row"]]
    direct = later(base(), *both)
    by_way = later(later(base(), *ADDED["engraving"]), *both)
    assert direct.measured_as == by_way.measured_as == base().name
    assert direct.name == by_way.name


def test_a_question_that_is_there_already_gets_thresholds_of_its_own():
    """Said twice, "where is my order" can't surely be told from itself.

    Nothing has more ways to be said: of a smaller goal all else is told as surely, to
    within what counts as noise.
    """
    ways = [one.text for one in shipped().examples if one.intent == "order_status"]
    twice = later(base(), *(Example(f"{text} now", "faq/twice") for text in ways))
    assert twice.measured_as == twice.name
    assert twice.thresholds["answer"] > base().thresholds["answer"]


def test_what_was_trained_under_live_thresholds_is_found_again(tmp_path):
    """So what was checked is published as it is, whoever asks in between."""
    folder = str(base().save(tmp_path))
    rows = [[one.text, one.intent] for one in ADDED["engraving"]]
    paths = [str(DATA / "nlu" / "en"), str(DATA / "faq" / "en.yml")]
    wanted = {"kind": "train", "out": str(tmp_path), "paths": paths, "rows": rows}
    first, again = Trainer(), Trainer()

    quick = first.answer(json.dumps({**wanted, "under": folder}))
    kept = first.answer(json.dumps({"kind": "calibrate"}))
    assert (quick["calibrated"], kept["calibrated"]) == (False, True)
    assert quick["thresholds"] == kept["thresholds"]
    for under in (folder, kept["path"]):
        found = again.answer(json.dumps({**wanted, "under": under}))
        assert (found["model"], found["calibrated"]) == (kept["model"], True)

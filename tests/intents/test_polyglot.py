"""A model for each language, under one name; teaching one leaves the others."""

import json

import pytest

from intents import polyglot
from intents.classifier import ModelError
from intents.polyglot import Polyglot
from intents.training import Trainer

ENGLISH = [
    [f"{a} {b}", name]
    for name, ones in {
        "hours": ("when are you open", "opening hours", "do you open"),
        "order": ("where is my order", "track my parcel", "order status"),
        "thank": ("thanks", "thank you", "cheers"),
    }.items()
    for a in ones
    for b in ("", "please", "today", "now", "tell me", "for me")
]
ARABIC = [
    [f"{a} {b}", name]
    for name, ones in {
        "hours": ("متى تفتحون", "ساعات العمل", "هل تفتحون"),
        "order": ("أين طلبي", "تتبع الطرد", "حالة الطلب"),
        "thank": ("شكرا", "شكرا لك", "مشكور"),
    }.items()
    for a in ones
    for b in ("", "من فضلك", "اليوم", "الآن", "لي", "لو سمحت")
]


def trained(trainer, home, under=None, **languages):
    rows = {code: {"paths": [], "rows": rows} for code, rows in languages.items()}
    request = {"out": str(home), "languages": rows, "under": under}
    answer = trainer.answer(json.dumps(request))
    assert answer["ok"], answer
    return answer


@pytest.fixture
def trainer():
    return Trainer()


def test_each_language_is_understood_by_its_own_model(trainer, tmp_path):
    answer = trained(trainer, tmp_path, en=ENGLISH, ar=ARABIC)
    models = Polyglot.load(answer["path"])
    assert models.languages == ("en", "ar")
    assert models.name == answer["model"]
    assert answer["calibrated"]
    assert models.of("ar").classify("أين الطلب")["intent"]["name"] == "order"
    assert models.of("en").classify("where's the order")["intent"]["name"] == "order"
    assert not models.of("en").classify("أين الطلب")["intent_ranking"]
    assert models.of("zh") is models.of("en")


def test_teaching_one_language_leaves_the_others_as_they_are(trainer, tmp_path):
    before = trained(trainer, tmp_path, en=ENGLISH, ar=ARABIC)
    more = [*ARABIC, ["وين الطلبية", "order"]]
    after = trained(trainer, tmp_path, before["path"], en=ENGLISH, ar=more)
    assert not after["calibrated"]
    own = json.loads(json.dumps(after["languages"]))
    assert own["en"]["model"] == before["languages"]["en"]["model"]
    assert own["ar"]["model"] != before["languages"]["ar"]["model"]

    live = Polyglot.load(before["path"])
    taken = Polyglot.load(after["path"], like=live)
    assert taken.of("en") is live.of("en")
    assert taken.of("ar").thresholds == live.of("ar").thresholds

    calibrated = trainer.answer('{"kind": "calibrate"}')
    assert calibrated["calibrated"]
    assert calibrated["languages"]["en"]["model"] == own["en"]["model"]
    assert Polyglot.load(calibrated["path"]).name == calibrated["model"]


def test_the_same_rows_have_the_same_name(trainer, tmp_path):
    first = trained(trainer, tmp_path, en=ENGLISH, ar=ARABIC)
    again = trained(Trainer(), tmp_path, en=ENGLISH, ar=ARABIC)
    assert again["model"] == first["model"]
    assert polyglot.name_of(polyglot.names(tmp_path / first["model"])) == first["model"]


def test_texts_are_read_in_their_languages(trainer, tmp_path):
    path = trained(trainer, tmp_path, en=ENGLISH, ar=ARABIC)["path"]
    texts = [["where is the order", "en"], ["أين الطلب", "ar"]]
    asked = {"kind": "read", "models": [path], "texts": texts, "precision": 0.98}
    (found,) = trainer.answer(json.dumps(asked))["readings"]
    assert [one["intent"]["name"] for one in found["parses"]] == ["order", "order"]
    assert [one["language"] for one in found["parses"]] == ["en", "ar"]
    assert found["held"].keys() == {"en", "ar"}


def test_another_precision_is_asked_of_all(trainer, tmp_path):
    models = Polyglot.load(trained(trainer, tmp_path, en=ENGLISH, ar=ARABIC)["path"])
    assert models.at(0.98) is models
    assert {one.precision for one in models.at(0.95).parts.values()} == {0.95}


def test_what_names_no_models_is_refused(tmp_path):
    with pytest.raises(ModelError, match="train one first"):
        Polyglot.load(tmp_path / "nowhere")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "parts.json").write_text("{")
    with pytest.raises(ModelError, match="train one first"):
        Polyglot.load(tmp_path / "bad")

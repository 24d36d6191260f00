"""A shop's own phrasings: what the commands say of a file that is wrong or new."""

import json
import os
import subprocess
import sys

import pytest

from bot.content import ROOT
from tests.bot.commands.test_scripts import SETTINGS

pytestmark = pytest.mark.slow

WRAPPED = """
nlu:
- {}: gift_wrapping
  examples: |
    - do you wrap gifts
    - is gift wrapping done for [48213](ordr)
"""


@pytest.fixture
def run(tmp_path):
    home = {"FRONTDESK_HOME": str(tmp_path), "PATH": os.environ["PATH"]}

    def run(*words):
        call = [sys.executable, "-c", "from bot.cli import main; main()", *words]
        return subprocess.run(  # noqa: S603 - our own command
            call,
            env={**SETTINGS, **home, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "data" / "nlu" / "en"
    folder.mkdir(parents=True)
    return folder / "gifts.yml"


def test_a_file_that_cannot_be_read_is_told_in_a_line_with_its_cure(run, own):
    own.write_text(WRAPPED.format("intnt"))
    trained = run("train")
    assert (trained.returncode, trained.stdout) == (2, "")
    (said,) = trained.stderr.splitlines()
    assert said.startswith(f"frontdesk: {own}:3: write one of intent")
    assert said.endswith("did you mean 'intent'?")

    found = run("doctor")
    assert found.returncode == 1
    assert f"RED files: {own}:3: write one of intent" in found.stdout
    assert "Mend the file it names" in found.stdout


@pytest.mark.timeout(300)
def test_what_changed_since_the_training_and_what_leads_nowhere_is_told(run, own):
    assert run("test", "greet").returncode == 0  # a first start: a model lies there
    own.write_text(WRAPPED.format("intent"))
    found = run("doctor")
    assert found.returncode == 1
    assert (
        "RED model: trained and in place, but phrasings changed since" in found.stdout
    )
    assert "Run `frontdesk train`" in found.stdout
    assert "phrasings changed since" in run("test", "greet").stderr
    scripts = own.parents[2] / "conversations"
    scripts.mkdir()
    (scripts / "gifts.yml").write_text(
        "Gifts:\n- customer: do you wrap gifts\n- understood: gift_wrapping\n"
    )
    first = (
        "Phrasings changed since the model was trained: run `frontdesk train` first."
    )
    played = run("test", "gifts", "--junit", "report.xml")
    assert played.returncode == 1
    assert played.stdout.splitlines()[-2].strip() == first
    assert "take it out" not in played.stdout
    assert first in (own.parents[3] / "report.xml").read_text()
    assert (
        json.loads(run("test", "gifts", "--json").stdout)["broken"][0]["cure"] == first
    )

    doubts = (
        f"{own}:5: 'gift_wrapping' is no flow and no question",
        f"{own}:6: 'ordr' is found by no regex or lookup; did you mean 'order_number'?",
    )
    trained = run("train", "--json")
    assert trained.returncode == 0
    assert f"note: {own}:5: 'do you wrap gifts': 'gift_wrapping' has 2 of the 5" in (
        trained.stderr
    )
    assert json.loads(trained.stdout)["ok"]
    assert all(one in trained.stderr for one in doubts)

    found = run("doctor")
    assert "ok  model: trained and in place\n" in found.stdout
    assert all(one in found.stdout for one in doubts)

"""`frontdesk test`: the conversation scripts, against what is live here."""

import json
import os
import subprocess
import sys

import pytest

from bot.content import ROOT

pytestmark = pytest.mark.slow

GREET = """
Hello:
- customer: hello
- bot: {}
"""


SETTINGS = {
    "FACEBOOK_APP_ID": "1517776481860111",
    "FACEBOOK_PAGE_ID": "102030405060708",
    "FACEBOOK_APP_SECRET": "s",
    "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
    "FRONTDESK_URL": "https://desk.example",
}


@pytest.fixture
def run(tmp_path):
    """Run the command in a home of its own."""
    home = {"FRONTDESK_HOME": str(tmp_path), "PATH": os.environ["PATH"]}

    def run(*words):
        call = [sys.executable, "-c", "from bot.cli import main; main()", "test"]
        return subprocess.run(  # noqa: S603 - our own command
            [*call, *words],
            env={**SETTINGS, **home, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def own(tmp_path, text):
    folder = tmp_path / "data" / "conversations"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.yml").write_text(text)


def test_a_script_that_breaks_is_told_and_the_status_is_1(run, tmp_path):
    own(tmp_path, GREET.format("utter_goodbye"))
    done = run("own.yml", "--coverage", "--junit", "report.xml")
    assert done.returncode == 1
    assert "greet: 1 of 1 steps" in done.stdout
    report = (tmp_path / "report.xml").read_text()
    assert 'tests="1" failures="1" errors="0" skipped="0"' in report
    file = tmp_path / "data/conversations/own.yml"
    assert f"{file}, line 4, step 2: Hello" in done.stdout
    assert "expected  bot: utter_goodbye" in done.stdout
    assert "came      utter_greet" in done.stdout
    assert "0 of 1 scripts hold" in done.stdout

    own(tmp_path, GREET.format("utter_greet"))
    done = run("own.yml", "--json")
    assert done.returncode == 0, done.stderr
    nothing = {"broken": [], "waiting": [], "problems": []}
    assert json.loads(done.stdout) == {"played": 1, **nothing}

    own(tmp_path, "Hello:\n- costumer: hello\n")
    done = run("own.yml")
    assert done.returncode == 1
    assert "line 2, “Hello”, step 1: 'costumer' is no line" in done.stdout
    own(tmp_path, GREET.format("utter_greet"))
    assert "no script has 'xyzzy'" in run("xyzzy").stderr


def test_scripts_that_need_an_answer_wait_until_it_is_published(run):
    done = run("cancel_order")
    assert done.returncode == 0
    assert (
        "Waits for the answer to opening_hours, which is not published yet. "
        "Scripts that need it: 2" in done.stdout
    )
    assert done.stdout.endswith("scripts hold, 2 wait\n")


@pytest.mark.timeout(900)
def test_of_the_scripts_that_ship_none_fails_where_nothing_is_published(run):
    done = run("--json")
    found = json.loads(done.stdout)
    assert [one["script"] for one in found["broken"]] == []
    assert done.returncode == 0, done.stderr
    assert found["played"] > 700
    assert len(found["waiting"]) < 80

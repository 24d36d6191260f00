"""Crash points: each named place is passed somewhere, and kills only when told to."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.crashpoints import PLACES

BOT = Path(__file__).parents[2] / "bot"
PASSES = """
from bot import crashpoints
for number in range(1, 6):
    print(number, flush=True)
    crashpoints.reach("parsed")
    crashpoints.reach("stored")
"""


def run(crashpoint):
    """Pass two places five times; return how it ended, and how far it came."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", PASSES],
        env={**os.environ, "CRASHPOINT": crashpoint},
        cwd=BOT.parent,
        capture_output=True,
        check=False,
    )
    return done.returncode, len(done.stdout.split())


def test_every_place_is_passed_in_the_code_and_no_other():
    texts = [file.read_text() for file in BOT.rglob("*.py")]
    passed = set(re.findall(r'crashpoints\.reach\("(\w+)"\)', "".join(texts)))
    assert passed == set(PLACES)


def test_a_process_ends_at_the_pass_it_was_told():
    assert run("stored:3") == (-signal.SIGKILL, 3)


def test_without_a_number_it_is_the_first():
    assert run("parsed") == (-signal.SIGKILL, 1)


@pytest.mark.parametrize("crashpoint", ["", "stored:6", "elsewhere:1"])
def test_where_it_does_not_come_it_lives_on(crashpoint):
    assert run(crashpoint) == (0, 5)

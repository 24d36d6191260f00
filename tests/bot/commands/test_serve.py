"""How a server ends; it is a parent and a child that does the work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

FRONTDESK = Path(sys.executable).with_name("frontdesk")


@pytest.fixture
def starting(tmp_path):
    """A demo whose child was begun a moment ago, in a group of its own."""
    process = subprocess.Popen(  # noqa: S603 - our own words, no shell
        [FRONTDESK, "demo"],
        env={**os.environ, "FRONTDESK_PORT": "0", "FRONTDESK_HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _wait_for(lambda: len(psutil.Process(process.pid).children()) == 2)
    time.sleep(0.5)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.slow
def test_a_server_that_is_told_to_end_while_it_starts_ends_at_once(starting):
    starting.terminate()
    starting.wait(5)


@pytest.mark.slow
def test_ctrl_c_while_a_server_starts_ends_it_at_once(starting):
    os.killpg(starting.pid, signal.SIGINT)
    starting.wait(5)


def _wait_for(holds):
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)

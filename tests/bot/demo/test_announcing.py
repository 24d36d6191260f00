"""What a person who starts the demo at a terminal reads."""

import os
import pty
import re
import select
import sys
import time
from pathlib import Path
from subprocess import Popen

import pytest

STARTED_WITHIN = 120.0  # seconds, on a machine that does much else
STYLE = re.compile(r"\x1b\[[0-9;]*m")
FRONTDESK = Path(sys.executable).with_name("frontdesk")


@pytest.mark.slow
def test_a_demo_at_a_terminal_prints_one_address_last_of_all(tmp_path):
    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key != "FRONTDESK_HOME"}
    env |= {"FRONTDESK_PORT": "0", "FRONTDESK_DEMO_PAST": "no"}
    process = Popen(  # noqa: S603 - our own command
        [FRONTDESK, "demo"], stdout=theirs, stderr=theirs, cwd=tmp_path, env=env
    )
    os.close(theirs)
    said, until = "", time.monotonic() + STARTED_WITHIN
    try:
        while "Open this page" not in said or not said.rstrip().endswith("/"):
            assert time.monotonic() < until, said
            if select.select([ours], [], [], 1.0)[0]:
                said += STYLE.sub("", os.read(ours, 65536).decode())
    finally:
        process.terminate()
        process.wait(30)
        os.close(ours)
    (address,) = re.findall(r"https?://\S+", said)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)

import os
import subprocess
import sys
import time
from contextlib import closing

import pytest

from benchmarks import footprint
from benchmarks.crowd import Emulator
from benchmarks.footprint import TARGETS, Figure
from benchmarks.memory import memory


@pytest.mark.slow
def test_a_server_that_has_talked_stays_small():
    # As it runs in a shop: the demo's past, which no shop has, takes 3 MB more.
    with (
        footprint.demo(FRONTDESK_DEMO_PAST="no") as on,
        closing(Emulator(on.facts["emulator"])) as emulator,
    ):
        footprint.talk(emulator, footprint.TALK)
        time.sleep(footprint.RESTS)
        assert memory(on.process.pid) <= TARGETS["idle (MB)"]


def test_memory_is_that_of_the_family_but_for_the_emulator():
    """Thirty MB in a child count, in an emulator not."""
    size = "x = bytearray(30_000_000); print('there', flush=True); input()"
    alone = memory(os.getpid())
    for name, more in (("child", 25), ("emulator", 0)):
        with subprocess.Popen(  # noqa: S603 - our own words, no shell
            [sys.executable, "-c", size, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as child:
            child.stdout.readline()
            with_child = memory(os.getpid())
            child.communicate(b"\n")
        assert more - 10 < with_child - alone < more + 25


def test_the_middle_of_the_measurements_decides():
    figure = Figure(name="idle (MB)", values=[150, 900, 151], target=160)
    assert figure.median == 151
    assert figure.met
    assert not Figure(name="idle (MB)", values=[161], target=160).met

"""What a process does once it has started."""

import subprocess
import sys

SCRIPT = """
import psutil
from bot.app import collect_seldom
held = [bytearray(1000) for _ in range(40_000)]
above = [bytearray(1000) for _ in range(1_000)]
del held
before = psutil.Process().memory_info().rss
collect_seldom()
print(before - psutil.Process().memory_info().rss)
"""


def test_what_was_needed_to_start_is_given_back():
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", SCRIPT], capture_output=True, check=True
    )
    assert int(done.stdout) > 20_000_000

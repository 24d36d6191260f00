import subprocess
import sys
from contextlib import closing
from socket import create_server

import pytest

from bot.commands.stage import end
from bot.demo import emulated
from bot.settings import SettingError


@pytest.fixture
def free_port():
    with closing(create_server(("127.0.0.1", 0))) as taken:
        return taken.getsockname()[1]


def test_an_emulator_that_begins_after_us_is_waited_for(free_port):
    command = [sys.executable, "-m", "emulator", "--quiet", "--port", str(free_port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        try:
            emulated.wait(f"http://127.0.0.1:{free_port}")
            assert str(free_port) in process.stdout.readline()
        finally:
            end(process)


def test_one_that_never_begins_is_named(free_port):
    with pytest.raises(SettingError, match="the emulated Messenger did not start"):
        emulated.wait(f"http://127.0.0.1:{free_port}", patience=0.1)

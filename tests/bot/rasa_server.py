"""A server of rasa-sdk's own, for actions of a test."""

import subprocess
import sys
import time
from contextlib import closing, contextmanager
from socket import create_server
from urllib.error import URLError
from urllib.request import urlopen

from bot.commands.stage import end

STARTS_WITHIN = 60.0  # seconds


@contextmanager
def running(folder, actions, environment=None):
    """Yield the URL of a server that runs the actions of a module in *folder*."""
    with closing(create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    call = [sys.executable, "-m", "rasa_sdk", "--actions", actions, "--port", str(port)]
    with subprocess.Popen(  # noqa: S603 - our own words
        call,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _await(f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}/webhook"
        finally:
            end(process)


def _await(url):
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - on loopback
                return
        except (URLError, OSError):
            assert time.monotonic() < until
            time.sleep(0.1)

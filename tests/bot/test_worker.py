"""What Celery carries between processes, over a real broker that goes and comes."""

import os
import secrets
import subprocess
import sys
import threading
import time
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

from benchmarks.proxy import Proxy
from bot.worker import Publisher, celery_app, queue_name
from tests.required import lacking

RABBITMQ = os.environ.get("TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")
#: A worker that says what it was woken for; it takes its time for each.
WORKER = """
import sys, time
from types import SimpleNamespace
from bot.wake import InProcessWaker
from bot.worker import celery_app, listen

def handle(conversation_id):
    time.sleep(0.02)
    sys.stdout.write(f"{conversation_id}\\n")
    sys.stdout.flush()

settings = SimpleNamespace(broker_url=sys.argv[1], environment=sys.argv[2])
turns = InProcessWaker("turn", 4)
turns.run(handle)
listen(celery_app(settings), turns.wake)
turns.close()
"""

pytestmark = [pytest.mark.slow, pytest.mark.rabbitmq]


class Worker:
    """A worker in a process of its own; *heard* holds what it was woken for."""

    def __init__(self, settings):
        self.heard = set()
        self.process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [sys.executable, "-c", WORKER, settings.broker_url, settings.environment],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            if line.strip().isdecimal():
                self.heard.add(int(line))

    def hears(self, wakes, seconds=25):
        wait_for(lambda: self.heard.issuperset(wakes), seconds)

    def end(self):
        """Tell it to end, as a supervisor does; return its exit status."""
        self.process.terminate()
        return self.process.wait(10)

    def close(self):
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()


@pytest.fixture
def environment():
    """An environment of its own: its queue is gone afterwards."""
    name = f"test-{secrets.token_hex(4)}"
    try:
        with Connection(RABBITMQ, connect_timeout=2) as connection:
            connection.connect()
    except (OSError, OperationalError):
        lacking("no RabbitMQ at TEST_RABBITMQ")
    yield name
    with Connection(RABBITMQ, connect_timeout=2) as connection:
        connection.default_channel.queue_delete(queue_name(name))


@pytest.fixture
def proxy():
    """A way to the broker that can be cut."""
    parts = urlsplit(RABBITMQ)
    proxy = Proxy(parts.hostname, parts.port or 5672)
    yield proxy
    proxy.close()


@pytest.fixture
def over(proxy, environment):
    """The settings of processes that reach the broker through the proxy."""
    parts = urlsplit(RABBITMQ)
    netloc = f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{proxy.port}"
    url = parts._replace(netloc=netloc).geturl()
    return SimpleNamespace(broker_url=url, environment=environment)


@pytest.fixture
def worker(over):
    worker = Worker(over)
    yield worker
    worker.close()


@pytest.fixture
def publisher(environment):
    """Publishes whatever becomes of the proxy."""
    direct = SimpleNamespace(broker_url=RABBITMQ, environment=environment)
    publisher = Publisher(celery_app(direct))
    yield publisher
    publisher.close()


@pytest.fixture
def far_publisher(over):
    """Publishes through the proxy."""
    publisher = Publisher(celery_app(over))
    yield publisher
    publisher.close()


def wait_for(holds, seconds):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def pour(publisher, wakes, pause=0.005):
    for conversation_id in wakes:
        publisher.wake(conversation_id)
        time.sleep(pause)


def test_a_worker_listens_again_after_the_broker_was_away(worker, publisher, proxy):
    """It is busy when the connection ends, and there is much to hear when it is back.

    Once it then waited for ever for the broker's answer to a question of its own.
    """
    pour(publisher, range(300))
    worker.hears(range(290))
    proxy.cut()
    pour(publisher, range(300, 500))
    proxy.mend()
    worker.hears(range(300, 500))
    pour(publisher, range(500, 700))
    worker.hears(range(500, 700), seconds=10)


def test_a_worker_ends_while_the_broker_is_away(worker, publisher, proxy):
    publisher.wake(1)
    worker.hears([1])
    proxy.cut()
    time.sleep(1)
    assert worker.end() == 0


def test_a_worker_waits_for_a_broker_that_starts_later(over, publisher, proxy):
    proxy.cut()
    worker = Worker(over)
    time.sleep(2)
    proxy.mend()
    publisher.wake(1)
    worker.hears([1])
    worker.close()


def test_a_broker_that_is_away_holds_up_nobody_who_wakes(worker, far_publisher, proxy):
    far_publisher.wake(1)
    worker.hears([1])
    proxy.cut()
    began = time.monotonic()
    pour(far_publisher, range(2, 2000), pause=0)
    assert time.monotonic() - began < 0.5
    proxy.mend()
    later = iter(range(3000, 4000))
    wait_for(
        lambda: far_publisher.wake(next(later)) or max(worker.heard) >= 3000, seconds=25
    )


def test_a_publisher_ends_without_a_broker(over, proxy):
    proxy.cut()
    publisher = Publisher(celery_app(over))
    pour(publisher, range(1000), pause=0)
    began = time.monotonic()
    publisher.close()
    assert time.monotonic() - began < 10

"""The Procfile on real servers, in short; the benchmark does it at length."""

import os
from contextlib import closing

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError as NoDatabaseError

from benchmarks import ledgers, load, several
from benchmarks.crowd import Crowd, Emulator
from tests.required import lacking

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1/")
RABBITMQ = os.environ.get("TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")
SHORT = load.Plan(rate=10, seconds=4, outage=3, after=4, warm_up=1, catching_up=4)


@pytest.fixture
def servers():
    """Where PostgreSQL and RabbitMQ are."""
    url = make_url(POSTGRES).set(drivername="postgresql+psycopg", database="postgres")
    engine = create_engine(url)
    try:
        engine.connect().close()
    except NoDatabaseError:
        lacking("no PostgreSQL at TEST_POSTGRES")
    finally:
        engine.dispose()
    try:
        with Connection(RABBITMQ, connect_timeout=2) as connection:
            connection.connect()
    except (OSError, OperationalError):
        lacking("no RabbitMQ at TEST_RABBITMQ")
    return several.Servers(postgresql=POSTGRES.rstrip("/"), rabbitmq=RABBITMQ)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.rabbitmq
def test_several_processes_answer_and_outlast_a_broker_that_was_away(servers):
    with several.stage(servers) as on:
        with (
            several.honcho(on, stays_up=2),
            closing(Emulator(on.emulator)) as emulator,
        ):
            crowd = Crowd(emulator, 10)
            load.talk(on, crowd, SHORT)
            assert load.is_settled(on)
            books, answers = ledgers.read(on.database_url, emulator, crowd)
        assert books.agree, several.tail(on)
        assert load.measured("calm", answers).p95 < load.TARGET_MS
        assert load.measured("outage", answers).longest < 5 * load.TARGET_MS


def test_the_share_of_a_quantile_is_not_above_it():
    assert load.quantile([3, 1, 2, 4], 0.5) == 3
    assert load.quantile([1], 0.99) == 1

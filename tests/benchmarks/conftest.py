"""The servers that a Frontdesk of several processes needs."""

import os

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError as NoDatabaseError

from benchmarks import several
from tests.required import lacking

POSTGRES = os.environ.get("TEST_POSTGRES", "postgresql://postgres@127.0.0.1/")
RABBITMQ = os.environ.get("TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")


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

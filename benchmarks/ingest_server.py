"""The four servers that `benchmarks.ingest` compares, chosen by INGEST_MODE.

bare      verify the signature in plain WSGI, answer
flask     the same in a Flask route
request   what Frontdesk does, but with one commit a request
durable   what Frontdesk does: verify, parse, group commit
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from sqlalchemy import Connection, create_engine, event

from bot.app import SWITCH_INTERVAL
from bot.clock import system_clock
from bot.intake import Intake
from bot.store import migrate, pages
from bot.store.database import Database, PostgresqlDatabase, open_database
from webhooks.receiver import Receiver
from webhooks.signature import verify

SECRETS = ["secret"]
PAGE_ID = "1020304050"


def create() -> Any:
    """Return the WSGI application of the mode in the environment."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    return MODES[os.environ["INGEST_MODE"]](os.environ["INGEST_DATABASE"])


def _received(on_body: Callable[[bytes], None]) -> Receiver:
    return Receiver(
        Flask(__name__).wsgi_app, on_body, app_secrets=SECRETS, verify_token="t"
    )


def _bare(path: str) -> Receiver:
    return _received(lambda body: None)


def _flask(path: str) -> Flask:
    app = Flask(__name__)

    @app.post("/webhook")
    def receive() -> str:
        verify(request.get_data(), request.headers.get("X-Hub-Signature-256"), SECRETS)
        return "EVENT_RECEIVED"

    return app


class EachAlone(PostgresqlDatabase):
    """SQLite without our writer: a connection and a commit for each request."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_size=64)
        event.listen(self.engine, "connect", _durably)
        event.listen(self.engine, "begin", _at_once)


def _durably(connection: sqlite3.Connection, record: object) -> None:
    """Set what our writer sets, so that the commits alone make the difference."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA busy_timeout = 60000")


def _at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _request(path: str) -> Receiver:
    _prepared(path).close()
    return _taken_in(EachAlone(f"sqlite:///{path}"))


def _durable(path: str) -> Receiver:
    return _taken_in(_prepared(path))


def _taken_in(database: Database) -> Receiver:
    intake = Intake(database, system_clock, "1", lambda conversation_id: None)
    return _received(intake.accept)


def _prepared(path: str) -> Database:
    database = open_database(f"sqlite:///{path}")
    migrate.migrate(database)
    now = system_clock()
    database.write(lambda connection: pages.keep(connection, PAGE_ID, b"", now))
    return database


MODES: dict[str, Callable[[str], Any]] = {
    "bare": _bare,
    "flask": _flask,
    "request": _request,
    "durable": _durable,
}

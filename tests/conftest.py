"""What tests of any part can use: real databases, real parts, the real application.

`database`  an empty database with all tables, once on SQLite and once on PostgreSQL
`parts`     what a process is made of, over such a database, with a small model
`app`       the web application over `parts`; `woken` holds what it woke, `lessons`
            what it asked to be trained: nothing answers, sends or trains beside it

PostgreSQL is reached through TEST_POSTGRES, which names no database: each
run makes its own and drops it. Tests that need it carry the marker `postgres`.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.app import application
from bot.content import DATA, Content, load
from bot.curriculum import Subject
from bot.settings import LANGUAGES, Settings
from bot.store import groups, knowledge, migrate
from bot.store.database import Database, open_database
from bot.trainer import Trainer
from bot.wiring import Parts, build, prepare
from intents.polyglot import Polyglot
from tests.once import compile_once
from tests.required import lacking

POSTGRES = "postgresql://postgres@127.0.0.1/"
PAGE = "102030405060708"
#: What the small assistant learns in each language.
SMALL = {
    language: tuple(
        DATA / "nlu" / name
        for name in (
            "entities.yml",
            *(
                f"{language}/{intent}.yml"
                for intent in ("greet", "order_status", "contact_human_agent", "thank")
            ),
        )
    )
    for language in LANGUAGES
}
#: And what one of a shop learns that goes to a person with what no shop is asked.
SMALL_SHOP = {
    language: (*paths, DATA / "nlu" / language / "out_of_scope.yml")
    for language, paths in SMALL.items()
}


compile_once()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    database = open_database(f"sqlite:///{path}")
    migrate.migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def migrated_postgresql() -> Iterator[str]:
    """The URL of a database of this run with all tables and no rows."""
    server = make_url(os.environ.get("TEST_POSTGRES", POSTGRES))
    server = server.set(drivername="postgresql+psycopg")
    name = f"frontdesk_test_{os.getpid()}_{secrets.token_hex(4)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        lacking("no PostgreSQL at TEST_POSTGRES")
    url = server.set(database=name).render_as_string(hide_password=False)
    database = open_database(url)
    migrate.migrate(database)
    database.close()
    yield url
    _emptying(url).dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database with all tables."""
    if request.param == "sqlite":
        empty = request.getfixturevalue("migrated_sqlite")
        path = shutil.copy(empty, tmp_path / "test.sqlite")
        return f"sqlite:///{path}"
    return emptied(request.getfixturevalue("migrated_postgresql"))


def emptied(url: str) -> str:
    """Return the URL of a database on PostgreSQL whose rows have been taken away.

    They are deleted: to truncate sixty tables makes new files for each of them and of
    their indexes, which takes a hundred times as long.
    """
    with _emptying(url).begin() as connection:
        tables = connection.scalars(text(_TABLES))
        numbers = connection.scalars(text(_NUMBERS))
        # No trigger and no foreign key is looked at: all of it goes.
        steps = ["SET LOCAL session_replication_role = replica"]
        steps += [f"DELETE FROM {name}" for name in tables]  # noqa: S608
        steps += [f"SELECT setval('{name}', 1, false)" for name in numbers]
        connection.exec_driver_sql("; ".join(steps))
    return url


@cache
def _emptying(url: str) -> Engine:
    """Return what empties a database: a server knows its tables from the second time.

    A connection that is new to them takes three times as long. Tests may cut it.
    """
    return create_engine(url, pool_pre_ping=True)


_TABLES = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
#: Those from which a number was taken.
_NUMBERS = """
    SELECT sequencename FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


@pytest.fixture
def database(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database with all tables; nobody waits for others who may come."""
    monkeypatch.setattr(groups, "APART", 0.0)
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model that knows a few intents; trained once, in seconds."""
    trainer = Trainer(tmp_path_factory.mktemp("models"))
    rows = [
        (f"{words} {more}", "faq/opening_hours")
        for words in ("when are you open", "what are your opening hours")
        for more in ("", "please", "today", "on sunday", "in the evening", "now")
    ]
    try:
        subjects = {one: Subject(one, paths) for one, paths in SMALL.items()}
        subjects["en"].rows.extend(rows)
        return trainer.train(subjects)
    finally:
        trainer.close()


@pytest.fixture(scope="session")
def loaded(small_model: Path) -> Polyglot:
    """The same as it is once it is loaded; nothing that has it changes it."""
    return Polyglot.load(small_model)


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """The settings of a shop of its own."""
    (tmp_path / "models").mkdir()
    return Settings(
        home=tmp_path,
        app_id="1517776481860111",
        page_ids=(PAGE,),
        app_secrets=("a-secret-of-tests",),
        page_access_tokens=("EAAtests",),
        verify_token="let-me-in",
        secret_key="a-key-that-only-tests-have",
        database_url=url,
        graph_url="http://127.0.0.1:9",
        zone="Europe/London",
    )


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What the files say, read once: half a second for each test is too much.

    Nothing is pinned and no script is played: that takes seconds at each publishing.
    """
    found = load(tmp_path_factory.mktemp("no layer of its own"))
    return replace(found, pins=(), scripts=())


@pytest.fixture
def parts(
    settings: Settings, small_model: Path, loaded: Polyglot, written: Content
) -> Iterator[Parts]:
    """What a process is made of, ready to answer; the FAQ is as it comes with us."""
    shutil.copytree(small_model.parent, settings.models, dirs_exist_ok=True)
    # A copy: what a test makes other in it is so for that test alone.
    parts = build(settings, replace(written), loaded)
    parts.database.write(lambda connection: _go_live(connection, small_model.name))
    prepare(parts)
    parts.database.write(lambda connection: _go_live(connection, small_model.name))
    yield parts
    parts.close()


def _go_live(connection: Connection, model: str) -> None:
    """Let a model count as trained on all that is taught now."""
    knowledge.changed(connection)
    knowledge.go_live(connection, model, knowledge.live(connection).content)


@pytest.fixture
def woken() -> list[int]:
    """The conversations that the application woke, in order."""
    return []


class Lessons:
    """Stands where training would be: a test of a page need not wait for it."""

    def __init__(self) -> None:
        self.warmed_up = 0
        self.asked = 0
        self.is_behind = False

    def warm_up(self) -> None:
        self.warmed_up += 1

    def ask(self) -> None:
        self.asked += 1

    def behind(self) -> bool:
        return self.is_behind


@pytest.fixture
def lessons() -> Lessons:
    """What the application asked to be trained."""
    return Lessons()


@pytest.fixture
def app(parts: Parts, woken: list[int], lessons: Lessons) -> Flask:
    """The web application; nothing answers, sends or trains beside it."""
    return application(replace(parts, teaching=lessons), woken.append)

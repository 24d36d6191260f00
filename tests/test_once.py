"""Statements are compiled once a process, and no engine gets what is another's."""

import json

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, Table, create_engine
from sqlalchemy.sql.compiler import SQLCompiler

from bot.store import staff
from bot.store.database import open_database
from bot.store.people import Role
from tests.bot.visiting import NOW

notes = Table("note", MetaData(), Column("id", Integer), Column("said", JSON))


@pytest.fixture
def compiled(monkeypatch):
    """The statements that are compiled from here on."""
    made = []
    begin = SQLCompiler.__init__

    def note(self, *about, **options):
        made.append(about[1])
        begin(self, *about, **options)

    monkeypatch.setattr(SQLCompiler, "__init__", note)
    return made


def test_a_second_engine_compiles_nothing_anew(url, compiled):
    def add(name):
        database = open_database(url)
        database.write(lambda c: staff.add(c, name, name, Role.AGENT, NOW))
        with database.read() as connection:
            person = staff.by_login(connection, name)
        database.close()
        return person

    assert add("ada").login == "ada"
    compiled.clear()
    assert add("ben").login == "ben"
    assert compiled == []


def test_each_engine_reads_and_writes_json_its_own_way():
    def engine(written):
        return create_engine("sqlite://", json_serializer=written)

    def kept(engine):
        with engine.begin() as connection:
            notes.create(connection)
            connection.execute(notes.insert().values(id=1, said=["a"]))
            return connection.exec_driver_sql("SELECT said FROM note").scalar_one()

    assert kept(engine(lambda said: json.dumps([*said, "b"]))) == '["a", "b"]'
    assert kept(engine(json.dumps)) == '["a"]'

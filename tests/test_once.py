"""What is compiled once a process is what each test would have compiled itself."""

import json

import pytest
from flask import Flask, url_for
from sqlalchemy import JSON, Column, Integer, MetaData, Table, create_engine
from sqlalchemy.sql.compiler import SQLCompiler
from werkzeug.routing import IntegerConverter

from bot.store import staff
from bot.store.database import open_database
from bot.store.people import Role
from tests.bot.visiting import NOW
from tests.once import Address

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


def test_an_application_compiles_no_address_that_one_before_it_had():
    def built(converter):
        app = Flask("a shop")
        app.url_map.converters["int"] = converter
        app.add_url_rule("/orders/<int:number>", "order", str)
        app.add_url_rule("/orders", "orders", str)
        with app.test_request_context():
            return url_for("order", number=7), url_for("orders", page=2)

    class Even(IntegerConverter):
        def to_url(self, value):
            return str(value * 2)

    assert built(IntegerConverter) == ("/orders/7", "/orders?page=2")
    before = len(Address._kept)
    # What an application makes of a value stays its own.
    assert built(Even) == ("/orders/14", "/orders?page=2")
    assert len(Address._kept) == before

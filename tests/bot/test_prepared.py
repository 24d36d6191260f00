"""A start finds what was worked out for the files that ship, and is right without."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot import content, curriculum, source_files, trainer
from bot.content import DATA
from bot.curriculum import Subject
from bot.store import laying, migrate, revision, upgrade
from bot.store.database import open_database
from flows import files
from flows.files import Lined, LinedList
from intents import prepared

SHIPPED = sorted(
    path
    for pattern in ("*.yml", "conversations/*.yml", "f*/*.yml", "responses/*.yml")
    for path in DATA.glob(pattern)
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    kept = tmp_path / "prepared"
    monkeypatch.setattr(prepared, "FOLDER", kept)
    return kept


def with_lines(body):
    """All that can be told of what a file says: order, kinds and lines as well."""
    if isinstance(body, Lined):
        pairs = [(key, with_lines(value)) for key, value in body.items()]
        return "mapping", body.line, dict(body.lines), pairs
    if isinstance(body, LinedList):
        return "list", [*body.lines], [with_lines(one) for one in body]
    return type(body).__name__, body


def test_what_ships_says_the_same_as_when_it_is_read(folder):
    plain = files.read(SHIPPED)
    source_files.prepare(SHIPPED)
    assert len([*folder.iterdir()]) == len(SHIPPED)
    for one, kept in zip(plain, source_files.read(SHIPPED), strict=True):
        assert kept.name == one.name
        assert with_lines(kept.contents) == with_lines(one.contents)


def test_a_file_that_changed_is_read(tmp_path, folder):
    path = tmp_path / "own.yml"
    path.write_text("a: 1")
    source_files.prepare([path])
    (piece,) = folder.iterdir()
    prepared.keep(
        piece.name, piece.read_bytes().partition(b"\n")[2].replace(b"1", b"2")
    )
    assert source_files.read([path])[0].contents["a"] == 2
    path.write_text("a: 3")
    assert source_files.read([path])[0].contents["a"] == 3


def test_a_file_that_json_can_not_say_is_read_each_time(tmp_path, folder):
    path = tmp_path / "own.yml"
    path.write_text("set: !!set {one, two}\n")
    source_files.prepare([path])
    assert not folder.exists()
    assert source_files.read([path])[0].contents["set"] == {"one", "two"}


def test_a_broken_file_is_refused_as_ever(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text("a: [")
    with pytest.raises(files.DataError, match=r"own\.yml, line 1: not YAML"):
        source_files.read([path])


def test_a_model_is_called_the_same_in_any_order_until_a_file_changes(tmp_path, folder):
    path = tmp_path / "own.yml"
    path.write_text("nlu:\n- intent: greet\n  examples: |\n    - hello\n")
    rows = [("hi", "greet"), ("bye", "part"), ("See you.", "part", "answer")]
    subject = Subject("en", (path,), rows)
    name = subject.model
    subject.prepare()
    other = replace(subject, rows=rows[::-1])
    assert other.model == name
    (piece,) = folder.iterdir()
    prepared.keep_value(piece.name, "kept")
    assert other.model == "kept"
    assert replace(subject, rows=rows[1:]).model not in {"kept", name}
    path.write_text(path.read_text() + "    - good morning\n")
    assert subject.model not in {"kept", name}


def test_an_archive_is_the_one_that_would_be_made(tmp_path):
    model = tmp_path / "abc"
    model.mkdir()
    (model / "model.json").write_text(json.dumps({"format": 5}))
    trainer.prepare(model)
    trainer.unpack(trainer.pack(model), tmp_path / "again")
    assert (tmp_path / "again" / "model.json").read_text() == '{"format": 5}'


def made(path):
    with closing(sqlite3.connect(path)) as connection:
        return {*connection.execute("SELECT type, name, sql FROM sqlite_master")}


def test_tables_are_laid_as_migrations_make_them(tmp_path):
    migrated, laid = tmp_path / "migrated.sqlite", tmp_path / "laid.sqlite"
    with closing(open_database(f"sqlite:///{migrated}")) as database:
        migrate.migrate(database)
    assert not laying.lay(f"sqlite:///{laid}")  # nobody has kept how
    laying.prepare(migrated)
    assert laying.lay(f"sqlite:///{laid}")
    assert made(laid) == made(migrated)
    with closing(open_database(f"sqlite:///{laid}")) as database:
        assert revision.current(database)
        assert not migrate.migrate(database)


def test_tables_of_somebody_are_left_alone(tmp_path):
    migrated, other = tmp_path / "migrated.sqlite", tmp_path / "other.sqlite"
    with upgrade.beside(f"sqlite:///{migrated}"):
        pass
    laying.prepare(migrated)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    assert not laying.lay(f"sqlite:///{other}")
    assert [name for _, name, _ in made(other)] == ["theirs"]


def test_a_shops_own_layer_is_read_over_what_was_kept(tmp_path):
    source_files.prepare(SHIPPED)
    own = tmp_path / "data" / "responses"
    own.mkdir(parents=True)
    (own / "en.yml").write_text("responses:\n  utter_stopped:\n  - text: Halted.\n")
    found = content.load(tmp_path)
    assert found.responses.plain("utter_stopped") == "Halted."
    assert curriculum.subjects(found, found.faq).keys() == {*found.languages}

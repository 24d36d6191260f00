"""Wordings in the tables: texts and titles, in SQLite and PostgreSQL alike."""

from datetime import UTC, datetime

from sqlalchemy import text

from bot.store import wordings
from bot.store.wordings import Words

NOW = datetime(2026, 11, 26, tzinfo=UTC)
TITLES = {"/order_status": "Follow my parcel"}


def save(database, words, language="en"):
    return database.write(
        lambda c: wordings.save(c, "utter_greet", language, words, now=NOW)
    )


def edits(database):
    with database.read() as connection:
        return wordings.edits(connection)


def test_texts_and_titles_come_back_each_in_its_language(database):
    save(database, Words(titles=TITLES))
    save(database, Words(text="Hola", titles={}), "es")
    assert edits(database) == {
        "en": {"utter_greet": Words(titles=TITLES)},
        "es": {"utter_greet": Words(text="Hola")},
    }
    assert save(database, Words()) == 2
    assert "en" not in edits(database)


def test_a_version_of_before_there_were_titles_has_none(database):
    row = (
        "INSERT INTO wording_version (response, language, number, text, at)"
        " VALUES ('utter_greet', 'en', 1, 'Hi!', :at)"
    )
    database.write(lambda c: c.execute(text(row), {"at": NOW}))
    assert edits(database)["en"] == {"utter_greet": Words(text="Hi!")}

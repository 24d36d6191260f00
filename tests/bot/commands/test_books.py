import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update

from bot.commands import books
from bot.intake import Intake
from bot.store import migrate, pages
from bot.store.database import open_database
from bot.store.models import EventState, IncomingEvent, Message, Turn
from webhooks.parser import parse

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PAGE = "8001"


@pytest.fixture
def database(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'books.sqlite'}")
    migrate.migrate(database)
    database.write(lambda connection: pages.keep(connection, PAGE, b"", NOW))
    yield database
    database.close()


def said(*texts):
    messaging = [
        {
            "sender": {"id": "7001"},
            "timestamp": 1795500000000,
            "message": {"mid": f"m_{text}", "text": text},
        }
        for text in texts
    ]
    entry = {"id": PAGE, "time": 1795500000000, "messaging": messaging}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def events_of(body):
    return parse(body, NOW)


def take_in(database, body):
    Intake(database, lambda: NOW, "1", lambda conversation_id: None).accept(body)


def answer_all(database, *, times=1):
    """Write a turn for every event there is, and say that it is handled."""

    def job(connection):
        owed = connection.execute(IncomingEvent.__table__.select()).all()
        for row in owed * times:
            turn = {"event_id": row.id, "conversation_id": row.conversation_id}
            connection.execute(
                insert(Turn).values(**turn, at=NOW, outcome="answered", trace={})
            )
        connection.execute(update(IncomingEvent).values(state=EventState.HANDLED))

    database.write(job)


def test_books_that_agree(database):
    body = said("hello", "where is my parcel")
    take_in(database, body)
    answer_all(database)
    assert books.stored(database, events_of(body)).held
    assert books.answered(database, events_of(body)).held
    assert books.settled(database).held
    assert books.none_quarantined(database).held


def test_an_event_that_is_missing_is_found(database):
    take_in(database, said("hello"))
    check = books.stored(database, events_of(said("hello", "lost")))
    assert not check.held
    assert "1 missing" in check.detail


def test_an_event_from_nowhere_is_found(database):
    take_in(database, said("hello", "strange"))
    check = books.stored(database, events_of(said("hello")))
    assert not check.held
    assert "1 from nowhere" in check.detail


def test_a_message_without_a_turn_is_found(database):
    body = said("hello")
    take_in(database, body)
    assert not books.answered(database, events_of(body)).held


def test_a_turn_for_something_that_was_never_posted_is_found(database):
    take_in(database, said("hello"))
    answer_all(database)
    assert not books.answered(database, []).held


def test_what_names_no_page_needs_no_turn(database):
    body = said("hello").replace(f'"id": "{PAGE}", '.encode(), b"")
    take_in(database, body)
    check = books.answered(database, events_of(body))
    assert check.held
    assert "1 more name no Page" in check.detail


def echo_of(text, **names):
    event = {
        "sender": {"id": PAGE},
        "recipient": {"id": "7001"},
        "timestamp": 1795500000000,
        "message": {"text": text, "is_echo": True, **names},
    }
    entry = {"id": PAGE, "time": 1795500000000, "messaging": [event]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def test_what_others_said_in_the_name_of_the_page_must_be_shown(database):
    body, other = echo_of("I will help you", mid="m_9"), echo_of("no mid")
    take_in(database, body)
    assert books.shown(database, events_of(body)).held
    assert (
        "1 missing" in books.shown(database, events_of(body) + events_of(other)).detail
    )
    take_in(database, other)
    assert books.shown(database, events_of(body) + events_of(other)).held


def test_a_line_in_a_thread_that_nobody_said_is_found(database):
    body = echo_of("I will help you", mid="m_9")
    take_in(database, body)
    assert "1 from nowhere" in books.shown(database, []).detail


def test_an_event_that_comes_again_under_its_key_is_not_expected_twice(database):
    body = said("hello")
    again = body.replace(b'"text": "hello"', b'"text": "other words"')
    take_in(database, body)
    take_in(database, again)
    answer_all(database)
    events = events_of(body) + events_of(again)
    assert books.stored(database, events).held
    assert books.answered(database, events).held


def test_what_stays_owed_is_found(database, monkeypatch):
    monkeypatch.setattr(books, "SETTLE_TIMEOUT", 0.1)
    take_in(database, said("hello"))
    assert books.settled(database).detail == "1 owed"


def test_a_quarantined_event_is_found(database):
    take_in(database, said("hello"))
    gone = update(IncomingEvent).values(state=EventState.QUARANTINED)
    database.write(lambda connection: connection.execute(gone))
    assert not books.none_quarantined(database).held


def test_a_new_row_and_a_changed_row_are_found(database):
    take_in(database, said("hello", "again"))
    before = books.contents(database)
    assert books.unchanged(before, books.contents(database)).held

    row = {"conversation_id": 1, "page_id": PAGE, "author": "bot", "at": NOW}
    new = insert(Message).values(**row, parts={})
    other = update(IncomingEvent).values(tries=1)
    database.write(lambda connection: connection.execute(new))
    database.write(lambda connection: connection.execute(other))
    check = books.unchanged(before, books.contents(database))
    assert not check.held
    assert "incoming_event: 2" in check.detail
    assert "message: 1" in check.detail


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ('{"event": "turn_failed", "level": "error"}', False),
        ('{"event": "sweep", "level": "info", "exception": "Traceback"}', False),
        ("Traceback (most recent call last):", False),
        ("[ERROR] Unexpected exit", False),
        ('{"event": "webhook_refused", "level": "warning"}', True),
        ("Frontdesk listens on http://127.0.0.1:8000", True),
        ("7", True),
    ],
    ids=["error", "exception", "traceback", "server", "warning", "greeting", "number"],
)
def test_the_log_is_read_for_exceptions(tmp_path, line, held):
    path = tmp_path / "server.log"
    path.write_text(f"all is well\n{line}\n")
    assert books.clean_log(path).held is held


def test_kinds_are_counted_on_both_sides(database):
    body = said("hello", "again")
    take_in(database, said("hello"))
    [kind] = books.by_kind(database, events_of(body))
    assert (kind.kind, kind.posted, kind.stored) == ("message", 2, 1)
    assert kind.states == {"new": 1}

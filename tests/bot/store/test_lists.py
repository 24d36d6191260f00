"""How the lists of the inbox are found: by an index, however much was ever sent."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text, update

from benchmarks import desk_rows
from bot.store import pages
from bot.store.lists import View, conditions
from bot.store.models import Conversation, OutgoingMessage, OutgoingState

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
PAGE = "1"
TO_CHECK = select(Conversation.id).where(*conditions(View.CHECK))


@pytest.fixture
def busy(database):
    """A database of a shop that has sent thousands of messages to forty customers."""
    database.write(_fill)
    return database


def _fill(connection):
    pages.keep(connection, PAGE, b"", NOW)
    _, staff = desk_rows.agents(connection, 2, NOW)
    for rows in desk_rows.conversations(40, staff, PAGE, NOW):
        _put(connection, rows)
    for rows in desk_rows.messages(5000, 40, PAGE, NOW):
        _put(connection, rows)
    connection.execute(text("ANALYZE"))


def _put(connection, rows):
    for model, some in rows.items():
        if some:
            connection.execute(insert(model), some)


def test_a_refused_answer_of_a_person_is_to_be_checked(busy):
    refused = {"author": "agent", "state": OutgoingState.REFUSED}
    whose = OutgoingMessage.conversation_id == 1
    query = update(OutgoingMessage).where(whose, OutgoingMessage.author == "flow")
    with busy.read() as connection:
        assert connection.scalars(TO_CHECK).all() == []
    busy.write(lambda connection: connection.execute(query.values(**refused)))
    with busy.read() as connection:
        assert connection.scalars(TO_CHECK).all() == [1]


@pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_what_is_to_be_checked_is_found_without_reading_all_that_was_sent(busy):
    """Each page counts this list: to read all took half of PostgreSQL's time."""
    written = {"compile_kwargs": {"literal_binds": True}}
    with busy.read() as connection:
        query = TO_CHECK.compile(busy.engine, **written)
        plan = connection.scalars(text(f"EXPLAIN {query}")).all()
    assert [line for line in plan if "Seq Scan on outgoing_message" in line] == []

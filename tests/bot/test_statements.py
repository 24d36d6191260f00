"""How much a message asks of the database: it must not grow unseen.

Each statement costs some 0.1 ms of our processor and half of that in PostgreSQL, and
at a full desk fifty strangers come in a second.
"""

import pytest
from sqlalchemy import create_engine, text

from benchmarks.statements import GREETING, WISH, listed
from bot.store.models import Base
from tests.floor import Floor

#: What is asked of PostgreSQL; SQLite, which has one writer, is asked for no locks.
MOST = {GREETING: 36, WISH: 42}


@pytest.fixture
def url(url: str) -> str:
    """An empty database whose files are new: what they grew to tells on plans."""
    if url.startswith("postgresql"):
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
        with engine.connect() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        engine.dispose()
    return url


@pytest.fixture
def busy(floor: Floor) -> Floor:
    """A Frontdesk that knows its Page, and has answered before."""
    floor.says(GREETING, psid="1")
    return floor


@pytest.mark.parametrize("text", [GREETING, WISH])
def test_a_strangers_first_message_asks_little_of_the_database(busy, text):
    found = listed(busy, "2", text)
    assert busy.states("2") == ["sent"]
    assert sum(map(len, found.values())) <= MOST[text], found


def test_the_log_of_a_turn_is_written_with_one_statement(busy):
    (turn,) = [
        [one for one in seen if one.startswith("INSERT INTO tracker_event")]
        for step, seen in listed(busy, "2", WISH).items()
        if step == "turn"
    ]
    rows = busy.all("SELECT event FROM tracker_event ORDER BY id")
    assert (len(turn), len(rows) > 5) == (1, True)


@pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_each_statement_of_a_message_is_planned_once(busy):
    """Planned anew each time, some cost three times as much as to run."""
    for number in range(2, 22):
        listed(busy, str(number), GREETING if number % 2 else WISH)
    with busy.database.engine.connect() as connection:
        planned = connection.exec_driver_sql(
            "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements"
        ).all()
    # PostgreSQL looks at what a statement is given five times before it trusts a plan.
    assert [row.statement for row in planned if row.custom_plans > 5] == []
    assert len([row for row in planned if row.generic_plans]) > 20

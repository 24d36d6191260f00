"""A number among others: one statement, whatever their number."""

import pytest
from sqlalchemy import select

from bot.store import staff
from bot.store.among import among
from bot.store.people import Role, Staff
from tests.bot.visiting import NOW

MANY = [*range(-500, 0)]


@pytest.fixture
def people(database):
    def job(connection):
        return [
            staff.add(connection, f"agent-{number}", "Ada", Role.AGENT, NOW)
            for number in range(3)
        ]

    return database.write(job)


@pytest.mark.parametrize("others", [[], MANY])
def test_those_are_found_that_are_among_others(database, people, others):
    query = select(Staff.id).where(among(Staff.id, "wanted")).order_by(Staff.id)
    with database.read() as connection:
        for wanted in ([], people[:1], people[1:]):
            found = connection.scalars(query, {"wanted": [*others, *wanted]})
            assert [*found] == wanted


@pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_it_is_planned_once_for_any_number_of_others(database, people):
    query = select(Staff.id).where(among(Staff.id, "wanted"))
    with database.read() as connection:
        for count in range(1, 12):
            connection.execute(query, {"wanted": MANY[:count]}).all()
        planned = connection.exec_driver_sql(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%%BIGINT[]%%'"
        ).all()
    assert [tuple(row) for row in planned] == [(5, 5)]

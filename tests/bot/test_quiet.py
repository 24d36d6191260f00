"""Quiet hours: whether it is in them, and when they are over, by whose clock."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from bot.hours import Hours
from bot.quiet import Quiet, ends
from bot.store import attendance

NIGHT = (time(22), time(8))
LUNCH = (time(12), time(13, 30))


def over(span, zone, at):
    """When the quiet hours end, as the clock on the wall shows it."""
    there = ZoneInfo(zone)
    found = ends(span, datetime.fromisoformat(at).replace(tzinfo=there))
    return found and f"{found.astimezone(there):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("span", "at", "until"),
    [
        (NIGHT, "2026-11-27T21:59:59", None),
        (NIGHT, "2026-11-27T22:00", "2026-11-28 08:00"),
        (NIGHT, "2026-11-27T23:59:59", "2026-11-28 08:00"),
        (NIGHT, "2026-11-28T00:00", "2026-11-28 08:00"),
        (NIGHT, "2026-11-28T07:59:59", "2026-11-28 08:00"),
        (NIGHT, "2026-11-28T08:00", None),
        (LUNCH, "2026-11-27T11:59", None),
        (LUNCH, "2026-11-27T12:00", "2026-11-27 13:30"),
        (LUNCH, "2026-11-27T13:30", None),
        ((time(22), time(0)), "2026-12-31T23:00", "2027-01-01 00:00"),
        ((time(0), time(8)), "2026-12-31T23:00", None),
    ],
)
def test_they_go_by_the_clock_on_the_wall(span, at, until):
    assert over(span, "Europe/London", at) == until


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize(
    "span", [NIGHT, LUNCH, (time(23), time(1, 30)), (time(1), time(2, 30))]
)
def test_whenever_the_clocks_change_they_end_later_and_once(zone, span):
    """Every quarter of an hour of the nights on which the clocks go, either way."""
    for day in ("2026-03-07", "2026-03-28", "2026-10-24", "2026-10-31"):
        begin = datetime.fromisoformat(f"{day}T12:00+00:00")
        for quarter in range(160):
            at = begin + timedelta(minutes=15 * quarter)
            until = ends(span, at.astimezone(ZoneInfo(zone)))
            if until is not None:
                assert at < until <= at + timedelta(hours=12)
                assert ends(span, until.astimezone(ZoneInfo(zone))) is None


class TestWhose:
    AT = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)

    @pytest.fixture
    def until(self, database):
        def until(quiet, theirs=None):
            with database.read() as connection:
                return quiet.until(connection, theirs, self.AT)

        return until

    def test_the_customers_where_it_is_known(self, until):
        quiet = Quiet(NIGHT, "Europe/London")
        assert until(quiet, "America/New_York") is None
        assert until(quiet, "Asia/Tokyo") == self.AT.replace(hour=23, minute=0)

    def test_else_that_of_the_shop(self, until):
        assert until(Quiet(NIGHT, "America/New_York")) is None
        eight = datetime(2026, 11, 28, 8, tzinfo=UTC)
        assert until(Quiet(NIGHT, "Europe/London")) == eight

    def test_the_shops_is_that_of_its_hours_once_they_are_saved(self, until, database):
        def save(connection):
            known = attendance.current(connection)
            new = replace(known, hours=Hours(zone="America/New_York"))
            row = {"id": 1, "content": new.to_json(), "at": self.AT}
            connection.execute(insert(attendance.AttendanceVersion).values(**row))

        database.write(save)
        assert until(Quiet(NIGHT, "Europe/London")) is None

    def test_a_shop_that_keeps_none_is_never_quiet(self, until):
        assert until(Quiet(None, "Europe/London")) is None

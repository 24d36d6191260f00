"""What the clock on a wall shows, and when that is, through the year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.calendar.wall_time import days_before, moment

LONDON = "Europe/London"


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        ("2026-12-05T19:30", LONDON, "2026-12-05T19:30+00:00"),
        ("2026-07-05T19:30", LONDON, "2026-07-05T18:30+00:00"),
        ("2026-07-05T19:30", "America/New_York", "2026-07-05T23:30+00:00"),
        ("2026-07-05T19:30", "Asia/Kolkata", "2026-07-05T14:00+00:00"),
        ("2026-01-01T00:15", "Pacific/Kiritimati", "2025-12-31T10:15+00:00"),
        # 28 March 2027: the clocks of London go from one to two.
        ("2027-03-28T00:59", LONDON, "2027-03-28T00:59+00:00"),
        ("2027-03-28T01:30", LONDON, "2027-03-28T01:30+00:00"),
        ("2027-03-28T02:00", LONDON, "2027-03-28T01:00+00:00"),
        # 31 October 2027: from two to one; the first half past one counts.
        ("2027-10-31T01:30", LONDON, "2027-10-31T00:30+00:00"),
        ("2027-10-31T02:00", LONDON, "2027-10-31T02:00+00:00"),
    ],
)
def test_a_wall_time_is_a_moment(wall, zone, utc):
    assert moment(at(wall), zone) == at(utc)


def test_what_the_clock_skips_is_as_much_later_as_it_skips():
    late = moment(at("2027-03-28T01:30"), LONDON).astimezone(ZoneInfo(LONDON))
    assert f"{late:%H:%M}" == "02:30"


def test_a_moment_of_its_own_zone_is_refused():
    with pytest.raises(ValueError, match="no zone of its own"):
        moment(datetime(2026, 12, 5, tzinfo=UTC), LONDON)


@pytest.mark.parametrize(
    ("wall", "hours"),
    [("2027-03-28T19:30", 23), ("2027-10-31T19:30", 25), ("2027-06-01T19:30", 24)],
)
def test_a_day_before_is_not_always_24_hours(wall, hours):
    earlier = moment(at(wall), LONDON) - days_before(at(wall), LONDON, 1)
    assert earlier == timedelta(hours=hours)


@given(
    some.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001
    some.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe", "UTC"]),
    some.integers(0, 30),
)
def test_the_wall_shows_the_same_time_some_days_before_unless_it_skips_it(
    wall, zone, days
):
    shown = days_before(wall, zone, days).astimezone(ZoneInfo(zone))
    off = shown.replace(tzinfo=None) - (wall - timedelta(days=days))
    assert off in (timedelta(), timedelta(hours=1), timedelta(minutes=30))

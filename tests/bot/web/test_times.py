"""When was that?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.web import times

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=1, minutes=5), "1 h 5 min ago"),
        (timedelta(hours=23), "23 h ago"),
        (timedelta(hours=25), "yesterday, 11:00"),
        (timedelta(days=3), "Saturday, 12:00"),
        (timedelta(days=31), "24 Oct, 13:00"),  # summer time: one hour on
        (timedelta(days=400), "20 Oct 2025, 13:00"),
        (timedelta(minutes=-5), "in 5 min"),
        (timedelta(days=-1), "tomorrow, 12:00"),
    ],
)
def test_a_moment_is_told_as_one_would_say_it(ago, told):
    assert times.relative(NOW - ago, NOW, LONDON) == told


def test_the_exact_time_names_day_second_and_zone():
    assert times.exact(NOW, TOKYO) == (
        "Tuesday, 24 November 2026 at 21:00:00 (Asia/Tokyo)"
    )


def test_a_day_begins_at_midnight_of_the_shop():
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert times.day(late, NOW, LONDON) == "Today"
    assert times.day(late, NOW, TOKYO) == "Tomorrow"


def test_a_list_has_room_for_few_letters():
    told = [
        times.brief(NOW - ago, NOW, LONDON)
        for ago in (timedelta(), timedelta(minutes=5), timedelta(hours=30))
    ]
    assert told == ["now", "5 min", "yesterday"]


def test_the_end_of_a_window_names_its_day_unless_it_is_today():
    assert times.until(NOW + timedelta(hours=2), NOW, LONDON) == "14:00"
    assert times.until(NOW + timedelta(hours=24), NOW, LONDON) == "tomorrow, 12:00"

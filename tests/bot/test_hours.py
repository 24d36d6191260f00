"""When somebody is there, by the clock on the wall, and time counted in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import Hours

NINE_TO_FIVE = ((9 * 60, 17 * 60),)
WEEKDAYS = (*[NINE_TO_FIVE] * 5, (), ())
SPLIT = (((9 * 60, 12 * 60), (13 * 60, 18 * 60)), *[()] * 6)
LONDON = Hours(zone="Europe/London", week=WEEKDAYS)
MINUTE = timedelta(minutes=1)


def at(text):
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-27 08:59", False),  # a Friday
        ("2026-11-27 09:00", True),
        ("2026-11-27 16:59", True),
        ("2026-11-27 17:00", False),
        ("2026-11-28 12:00", False),  # a Saturday
        ("2026-07-03 08:00", True),  # nine o'clock, in summer
    ],
)
def test_somebody_is_there_by_the_clock_on_the_wall(moment, is_open):
    assert LONDON.is_open(at(moment)) is is_open


def test_on_a_friday_evening_they_are_back_on_monday():
    assert LONDON.opens(at("2026-11-27 17:00")) == at("2026-11-30 09:00")


def test_on_holidays_nobody_is_there():
    free = Hours(
        zone="Europe/London", week=WEEKDAYS, holidays={date(2026, 11, 30): "St Andrew"}
    )
    assert free.opens(at("2026-11-27 17:00")) == at("2026-12-01 09:00")
    assert free.holiday(at("2026-11-30 12:00")) == "St Andrew"
    assert free.holiday(at("2026-12-01 12:00")) is None


def test_time_counts_only_while_somebody_is_there():
    asked = at("2026-11-27 16:50")
    assert LONDON.after(asked, 10 * MINUTE) == at("2026-11-27 17:00")
    assert LONDON.after(asked, 11 * MINUTE) == at("2026-11-30 09:01")
    assert LONDON.after(at("2026-11-28 12:00"), 10 * MINUTE) == at("2026-11-30 09:10")


def test_a_day_may_have_several_spans():
    split = Hours(week=SPLIT)
    noon = at("2026-11-30 12:30")
    assert not split.is_open(noon)
    assert split.opens(noon) == at("2026-11-30 13:00")
    assert split.after(at("2026-11-30 11:55"), 10 * MINUTE) == at("2026-11-30 13:05")


def test_who_is_there_past_midnight_belongs_to_the_day_they_began():
    bar = Hours(week=(*[()] * 4, ((18 * 60, 26 * 60),), (), ()))  # Fridays
    assert bar.is_open(at("2026-11-28 01:59"))
    assert bar.closes(at("2026-11-27 20:00")) == at("2026-11-28 02:00")
    closed = Hours(week=bar.week, holidays={date(2026, 11, 27): "Stocktaking"})
    assert not closed.is_open(at("2026-11-28 01:00"))


def test_spans_that_touch_are_one():
    whole = Hours(week=(((0, 12 * 60), (12 * 60, 24 * 60)), ((0, 60),), *[()] * 5))
    assert whole.closes(at("2026-11-30 05:00")) == at("2026-12-01 01:00")


def test_with_no_hours_somebody_is_always_there():
    now = at("2026-11-28 03:00")
    always = Hours()
    assert always.is_open(now)
    assert always.opens(now) == now
    assert always.closes(now) is None
    assert always.after(now, MINUTE) == now + MINUTE


def test_when_nobody_ever_is_there_nobody_is_promised():
    never = Hours(week=((),) * 7)
    assert never.opens(at("2026-11-28 03:00")) is None
    assert never.closes(at("2026-11-28 03:00")) is None


def test_an_hour_that_the_clock_skips_is_not_waited_for():
    """On 29 March 2026 one o'clock is two o'clock in London."""
    nights = Hours(zone="Europe/London", week=((),) * 6 + (((30, 3 * 60),),))
    assert nights.opens(at("2026-03-28 12:00")) == at("2026-03-29 00:30")
    assert nights.closes(at("2026-03-29 00:30")) == at("2026-03-29 02:00")


YEAR = 365 * 24 * 60
moments = st.integers(0, YEAR).map(lambda n: at("2026-01-01 00:00") + n * MINUTE)
minutes = st.integers(0, 24 * 60)
spans = st.tuples(minutes, minutes).filter(lambda span: span[0] < span[1])
weeks = st.tuples(*[st.lists(spans, max_size=1).map(tuple)] * 7)


@given(moments, weeks, st.integers(0, 5000))
def test_a_minute_more_is_never_sooner_and_is_over_when_somebody_is_there(
    moment, week, count
):
    hours = Hours(zone="Europe/Paris", week=week)
    due = hours.after(moment, count * MINUTE)
    assert moment <= due <= hours.after(moment, (count + 1) * MINUTE)
    opens = hours.opens(moment)
    assert opens is None or hours.is_open(opens)


@given(weeks)
def test_what_is_written_down_is_read_again(week):
    hours = Hours(week=week, holidays={date(2026, 12, 25): "Christmas"}, note="Hi")
    assert Hours.from_json(hours.to_json()) == hours

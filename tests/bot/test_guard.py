"""Who may see a record, and what a stopwatch sees of it."""

import pytest

from bot.guard import HOUR, Pace, Record, proved


def record(number="48213", email="anna@example.com", postcode="SW1A 1AA"):
    return Record(number=number, email=email, postcode=postcode, tell=lambda: number)


@pytest.mark.parametrize("proof", ["ANNA@example.com", " anna@example.com", "sw1a 1aa"])
def test_a_record_is_opened_by_what_is_its_own(proof):
    assert proved([record()], "#48213", proof).tell() == "48213"


@pytest.mark.parametrize("empty", ["", " ", "-", "\0"])
def test_nothing_opens_what_has_no_proof(empty):
    assert proved([record(email="", postcode="")], "48213", empty) is None
    assert proved([], "", empty) is None
    assert proved([record(number="")], "", "anna@example.com") is None


class Watch:
    """A clock, and a sleep that moves it."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def missed(watch):
    """How long a miss takes whose look-up took so long."""
    pace = Pace(1.0, watch, watch.sleep)

    def measured(seconds):
        began = pace.began()
        watch.now += seconds
        pace.missed(began)
        return pytest.approx(watch.now - began)

    return measured


def test_every_miss_takes_a_second_however_fast_the_shop_was(missed):
    assert [missed(took) for took in (0.0, 0.1, 0.9)] == [1.0, 1.0, 1.0]


def test_or_as_long_as_the_slowest_answer_of_this_hour_and_the_last(watch, missed):
    assert [missed(took) for took in (1.5, 0.1, 2.0, 0.1)] == [1.5, 1.5, 2.0, 2.0]
    watch.now += HOUR
    assert missed(0.1) == 2.0
    watch.now += HOUR
    assert missed(0.1) == 1.0

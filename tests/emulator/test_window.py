"""When the 24-hour window is open, by the emulator's own clock."""

import time
from typing import Any

import pytest

from tests.emulator.conftest import PAGE, Emulator

Json = dict[str, Any]


def is_open(emulator: Emulator, psid: str) -> bool:
    return emulator.send(psid, "hi").status_code == 200


def test_it_is_closed_until_the_customer_does_something(emulator: Emulator) -> None:
    psid = emulator.customer(says=None)

    assert not is_open(emulator, psid)


def test_it_stays_open_for_24_hours(emulator: Emulator) -> None:
    psid = emulator.customer()

    emulator.pass_time(hours=23, minutes=59)

    assert is_open(emulator, psid)


OPENING: list[Json] = [
    {"text": "me again"},
    {"quick_reply": {"title": "Yes", "payload": "YES"}},
    {"postback": {"title": "Track", "payload": "TRACK"}},
    {"attachment": "thumbs_up"},
    {"referral": {"ref": "autumn"}},
    {"reaction": {"emoji": "👍", "reaction": "like"}},
]
NOT_OPENING: list[Json] = [
    {"referral": {"ref": "autumn", "source": "ADS"}},
    {"reaction": {"action": "unreact"}},
    {"edit": {"text": "I meant"}},
]


def names(sayings: list[Json]) -> list[str]:
    return [next(iter(said)) for said in sayings]


@pytest.mark.parametrize("said", OPENING, ids=names(OPENING))
def test_what_the_customer_does_opens_it_again(emulator: Emulator, said: Json) -> None:
    psid = emulator.customer()
    emulator.sent(psid, "hi")
    emulator.pass_time(days=2)

    emulator.say(psid, **said)

    assert is_open(emulator, psid)


@pytest.mark.parametrize("said", NOT_OPENING, ids=names(NOT_OPENING))
def test_other_things_do_not_open_it(emulator: Emulator, said: Json) -> None:
    psid = emulator.customer()
    emulator.sent(psid, "hi")
    emulator.pass_time(days=2)

    emulator.say(psid, **said)

    assert not is_open(emulator, psid)


def test_reading_does_not_open_it(emulator: Emulator) -> None:
    psid = emulator.customer(reads="shown")
    emulator.sent(psid, "hi")
    emulator.pass_time(days=2)

    emulator.post(f"customers/{psid}/read")

    assert not is_open(emulator, psid)


def test_a_link_does_not_open_the_window_of_somebody_new(emulator: Emulator) -> None:
    psid = emulator.customer(says=None)

    emulator.say(psid, referral="autumn")

    assert not is_open(emulator, psid)


def test_the_clock_goes_back_too(emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.pass_time(days=2)
    emulator.pass_time(days=-2)

    assert is_open(emulator, psid)


def test_a_person_may_answer_for_seven_days_once_the_page_is_approved(
    emulator: Emulator,
) -> None:
    emulator.post(f"pages/{PAGE}", {"human_agent": True})
    psid = emulator.customer()
    emulator.pass_time(days=3)

    emulator.sent(psid, "Jo here", messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")

    (message,) = emulator.messages(psid)
    assert (message["messaging_type"], message["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


def test_the_clock_can_be_set_and_runs_on(emulator: Emulator) -> None:
    now = emulator.post("clock", {"now": "2027-01-31T09:00:00+01:00"})["now"]
    time.sleep(0.01)
    later = emulator.get("clock")["now"]

    assert now.startswith("2027-01-31T08:00:00")
    assert now < later < "2027-01-31T08:01"


def test_events_carry_the_time_of_the_clock(emulator: Emulator, webhook: Any) -> None:
    emulator.post("clock", {"now": "2027-01-31T09:00:00Z"})

    emulator.customer(says="hello")

    (message,) = webhook.wait_for("message")
    assert 1801386000000 <= message["timestamp"] < 1801386010000


@pytest.mark.parametrize(
    "move",
    [
        {},
        {"now": "noon"},
        {"now": "2027-01-31T09:00:00"},
        {"now": "9999-12-31T23:59:59Z"},
        {"advance_s": 1e12},
        {"advance_s": 1e15},
        {"now": "2027-01-31T09:00:00Z", "advance_s": 1},
    ],
)
def test_a_clock_that_cannot_be_moved_so_says_why(
    emulator: Emulator, move: Json
) -> None:
    assert emulator.refusal("clock", move)

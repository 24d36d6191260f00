"""What Messenger's errors mean, by code and subcode alone."""

import pytest

from bot.messenger.errors import Fate, from_response


def error(code, subcode=None, status=400, **more):
    said = {"message": "Worte", "code": code, "error_subcode": subcode, **more}
    return from_response(status, {"error": said})


@pytest.mark.parametrize(
    ("code", "subcode", "fate"),
    [
        # Try again by itself.
        (1200, 2018024, Fate.RETRY),
        (1200, None, Fate.RETRY),
        # The whole Page must slow down.
        (4, None, Fate.WAIT),
        (17, None, Fate.WAIT),
        (32, None, Fate.WAIT),
        (341, None, Fate.WAIT),
        (613, None, Fate.WAIT),
        (613, 1996, Fate.WAIT),
        (80001, None, Fate.WAIT),
        (80006, None, Fate.WAIT),
        # It may have been sent.
        (-1, None, Fate.UNKNOWN),
        (1, None, Fate.UNKNOWN),
        (1, 1357046, Fate.UNKNOWN),
        (2, None, Fate.UNKNOWN),
        # Token: nothing goes out until somebody acts.
        (102, None, Fate.PARK),
        *((190, subcode, Fate.PARK) for subcode in (None, 458, 459, 460, 463, 464)),
        *((190, subcode, Fate.PARK) for subcode in (467, 492, 493)),
        (3, None, Fate.PARK),
        (10, None, Fate.PARK),
        (200, None, Fate.PARK),
        (230, None, Fate.PARK),
        (299, None, Fate.PARK),
        # Policy: the same.
        (10, 1893063, Fate.PARK),
        (368, None, Fate.PARK),
        (613, 2018338, Fate.PARK),
        (2022, None, Fate.PARK),
        # Refused for good: this message, or to this customer.
        (10, 2018278, Fate.FINAL),
        (10, 2018065, Fate.FINAL),
        (10, 2534022, Fate.FINAL),
        (10, 2018108, Fate.FINAL),
        (10, 2018300, Fate.FINAL),
        (100, None, Fate.FINAL),
        (100, 2018001, Fate.FINAL),
        (100, 2018276, Fate.FINAL),
        (100, 1893061, Fate.FINAL),
        (200, 1545041, Fate.FINAL),
        (200, 2018028, Fate.FINAL),
        (300, None, Fate.FINAL),
        (506, None, Fate.FINAL),
        (551, None, Fate.FINAL),
        (551, 1545041, Fate.FINAL),
        (999999, None, Fate.FINAL),
    ],
)
def test_each_code_has_its_fate_whatever_the_status(code, subcode, fate):
    assert {error(code, subcode, status).fate for status in (200, 400, 403, 500)} == {
        fate
    }


@pytest.mark.parametrize(
    ("code", "subcode", "unreachable"),
    [
        (551, None, True),
        (551, 1545041, True),
        (200, 1545041, True),
        (10, 2018108, True),
        (100, 2018001, True),
        (100, None, False),
        (10, 2018278, False),
        (190, None, False),
        (613, None, False),
    ],
)
def test_who_can_not_be_reached_is_noted(code, subcode, unreachable):
    assert error(code, subcode).unreachable is unreachable


def test_what_is_transient_may_have_been_sent_and_what_is_slow_was_not():
    assert error(100, is_transient=True).fate is Fate.UNKNOWN
    assert error(100, is_transient="true").fate is Fate.FINAL
    assert error(613, is_transient=True).fate is Fate.WAIT


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (429, Fate.WAIT),
        (500, Fate.UNKNOWN),
        (502, Fate.UNKNOWN),
        (503, Fate.UNKNOWN),
        (302, Fate.UNKNOWN),
        (400, Fate.FINAL),
        (404, Fate.FINAL),
    ],
)
@pytest.mark.parametrize("content", [None, [], "x", {}, {"error": "x"}, {"error": {}}])
def test_without_a_code_the_status_decides(status, fate, content):
    assert from_response(status, content).fate is fate


def test_the_language_of_the_message_decides_nothing():
    said = {"code": 190, "message": "(#613) zu viele Aufrufe"}
    assert from_response(400, {"error": said}).fate is Fate.PARK


def test_the_reason_is_for_a_person_to_read():
    said = str(error(10, 2018278, message="outside of window", fbtrace_id="A1b2"))
    assert said == "10/2018278: outside of window (trace A1b2)"
    assert len(str(error(100, message="x" * 5000))) < 300
    assert str(from_response(503, None)) == "HTTP 503 without a reason"

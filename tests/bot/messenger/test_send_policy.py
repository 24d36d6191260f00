"""Whether a message may go out now, and as what: the whole table."""

from datetime import timedelta

import pytest

from bot.messenger.send_policy import Refusal, Way, Wish, decide
from tests.floor import NOW

SECOND = timedelta(seconds=1)
BOT_END = timedelta(hours=23, minutes=55)
HUMAN_END = timedelta(hours=23, minutes=59)
WEEK_END = timedelta(days=7) - timedelta(minutes=1)

ANSWER = {"by_person": False, "purpose": "answer"}
REMINDER = {
    "by_person": False,
    "purpose": "reminder",
    "template": "event_reminder",
    "template_status": "APPROVED",
}
UPDATE = {**REMINDER, "purpose": "update", "template": "order_update"}
PERSON = {"by_person": True, "purpose": "agent"}
TAGGED = {**PERSON, "may_use_human_agent": True}


def way(wish, silence):
    """What a send is after so long a silence: its type and tag, or nothing."""
    heard = None if silence is None else NOW - silence
    found = decide(Wish(last_heard_at=heard, **wish), NOW)
    if isinstance(found, Refusal):
        assert found.reason
        return None
    assert found.as_template == (found.messaging_type == "UTILITY")
    return found.messaging_type + (f" {found.tag}" if found.tag else "")


@pytest.mark.parametrize(
    ("wish", "silence", "expected"),
    [
        (ANSWER, timedelta(), "RESPONSE"),
        (ANSWER, BOT_END - SECOND, "RESPONSE"),
        (ANSWER, BOT_END, None),
        (ANSWER, timedelta(days=30), None),
        (ANSWER, None, None),
        # A phone whose clock is ahead has written all the same.
        (ANSWER, -timedelta(minutes=5), "RESPONSE"),
        (REMINDER, timedelta(), "RESPONSE"),
        (REMINDER, BOT_END - SECOND, "RESPONSE"),
        (REMINDER, BOT_END, "UTILITY"),
        (REMINDER, timedelta(days=300), "UTILITY"),
        (REMINDER, None, "UTILITY"),
        (UPDATE, BOT_END, "UTILITY"),
        (PERSON, BOT_END, "RESPONSE"),
        (PERSON, HUMAN_END - SECOND, "RESPONSE"),
        (PERSON, HUMAN_END, None),
        (PERSON, None, None),
        (TAGGED, HUMAN_END - SECOND, "RESPONSE"),
        (TAGGED, HUMAN_END, "MESSAGE_TAG HUMAN_AGENT"),
        (TAGGED, WEEK_END - SECOND, "MESSAGE_TAG HUMAN_AGENT"),
        (TAGGED, WEEK_END, None),
        (TAGGED, None, None),
    ],
)
def test_the_table(wish, silence, expected):
    assert way(wish, silence) == expected


@pytest.mark.parametrize(
    "wish", [ANSWER, {**REMINDER, "template_status": "PENDING"}, UPDATE]
)
def test_the_tag_of_people_is_never_the_assistants(wish):
    for hours in range(0, 24 * 8):
        found = way({**wish, "may_use_human_agent": True}, timedelta(hours=hours))
        assert found in ("RESPONSE", "UTILITY", None)


@pytest.mark.parametrize("purpose", ["answer", "confirmation", "handoff_notice"])
def test_only_reminders_and_updates_may_be_templates(purpose):
    assert way({**REMINDER, "purpose": purpose}, timedelta(days=2)) is None


@pytest.mark.parametrize("status", [None, "PENDING", "REJECTED", "PAUSED", "approved"])
def test_only_an_approved_template_goes_out(status):
    wish = Wish(last_heard_at=None, **{**REMINDER, "template_status": status})
    found = decide(wish, NOW)
    assert isinstance(found, Refusal)
    assert found.may_change
    assert "event_reminder is not approved" in found.reason


def test_what_has_no_template_never_will():
    wish = {**REMINDER, "template": None, "last_heard_at": None}
    assert not decide(Wish(**wish), NOW).may_change


@pytest.mark.parametrize("silence", [timedelta(), timedelta(days=2)])
def test_who_said_stop_gets_nothing_unasked_but_answers(silence):
    assert way({**REMINDER, "opted_out": True}, silence) is None
    assert way({**UPDATE, "opted_out": True}, silence) is None
    assert way({**ANSWER, "opted_out": True}, timedelta()) == "RESPONSE"
    assert way({**PERSON, "opted_out": True}, timedelta()) == "RESPONSE"


def test_a_refusal_tells_a_person_what_would_help():
    late = Wish(last_heard_at=NOW - timedelta(days=2), **PERSON)
    assert "no Human Agent permission" in decide(late, NOW).reason
    too_late = Wish(last_heard_at=NOW - timedelta(days=8), **TAGGED)
    assert "they have to write first" in decide(too_late, NOW).reason


def test_a_tag_other_than_the_one_of_people_cannot_be_said():
    ways = {
        decide(Wish(last_heard_at=NOW - timedelta(hours=hours), **wish), NOW)
        for wish in (ANSWER, REMINDER, UPDATE, PERSON, TAGGED)
        for hours in range(0, 24 * 9)
    }
    assert {w.tag for w in ways if isinstance(w, Way)} == {None, "HUMAN_AGENT"}

"""What agents leave alone returns to the queue, and nothing else does."""

from datetime import timedelta

import pytest

from bot import returning
from bot.store import presence, sessions
from tests.floor import WITHIN

AWAY = timedelta(minutes=15)


@pytest.fixture
def held(floor):
    """A conversation of an agent who was here, taken half an hour ago."""
    floor.hears("is anybody there?")
    floor.answers()
    floor.delivers()
    who = floor.staff()
    floor.takes_over(staff_id=who)
    floor.write(lambda c: presence.note(c, who, acted=True))
    floor.clock.advance(minutes=30)
    floor.hears("hello?")
    floor.answers()
    return who


def sweep(floor):
    return returning.sweep(floor.database, floor.clock(), AWAY, WITHIN)


def ago(floor, minutes, *columns):
    for column in columns:
        floor.run(f"UPDATE presence SET {column} = {column} - {minutes * 60}")  # noqa: S608


def test_what_who_is_gone_left_alone_waits_for_somebody_else(floor, held):
    epoch = floor.one("SELECT epoch FROM conversation")
    ago(floor, 16, "seen", "acted")
    assert sweep(floor) == 1
    row = floor.one(
        "SELECT status, assignee_id, handoff_reason, handoff_summary, epoch"
        " FROM conversation"
    )
    assert (row["status"], row["assignee_id"]) == ("waiting", None)
    assert row["handoff_reason"] == "agent_away"
    assert row["handoff_summary"].startswith("Was with: ")
    assert row["epoch"] == epoch + 1
    timers = floor.one(
        "SELECT count(*) FROM timer WHERE kind = 'unanswered' AND state = 'due'"
    )
    assert timers == 1  # the first rung
    assert sweep(floor) == 0


def test_what_who_is_away_by_choice_left_alone_does_too(floor, held):
    floor.write(lambda c: presence.choose(c, held, is_away=True))
    assert sweep(floor) == 0
    ago(floor, 16, "acted")
    assert sweep(floor) == 1


def test_who_does_nothing_is_first_away_and_then_waited_for(floor, held):
    ago(floor, 20, "acted")
    assert sweep(floor) == 0
    ago(floor, 6, "acted")
    assert sweep(floor) == 1


def test_who_is_here_keeps_it(floor, held):
    assert sweep(floor) == 0


def test_what_was_answered_waits_for_its_agent(floor, held):
    ago(floor, 60, "seen", "acted")
    floor.plans("I will look", author="agent")
    assert sweep(floor) == 0


def test_who_clicks_without_our_script_is_there(floor, held):
    ago(floor, 60, "seen", "acted")
    floor.write(lambda c: sessions.begin(c, held))
    assert sweep(floor) == 0


def test_who_never_said_that_they_are_here_keeps_it(floor, held):
    floor.run("DELETE FROM presence")
    assert sweep(floor) == 0


def test_what_was_taken_a_moment_ago_stays(floor, held):
    ago(floor, 60, "seen", "acted")
    floor.clock.advance(minutes=-20)
    assert sweep(floor) == 0


def test_a_name_is_there_once_however_often_somebody_leaves(floor, held):
    for _ in range(2):
        ago(floor, 16, "seen", "acted")
        assert sweep(floor) == 1
        floor.takes_over(staff_id=held)
        floor.clock.advance(minutes=30)
    summary = floor.one("SELECT handoff_summary FROM conversation")
    assert summary.count("Was with: ") == 1

"""What the assistant begins by itself: once, in the window, never beside a person."""

from dataclasses import replace

import pytest

from bot import prompts
from bot.store import attendance, owed, timers
from bot.store.attendance import MINUTE, OFF
from tests.dialogue import RESPONSES
from tests.floor import PSID, Floor

STILL = RESPONSES.plain("utter_still_there")
QUESTION = "What's your order number?"


@pytest.fixture
def floor(database):
    return Floor(database)


def asks(floor):
    (told,) = floor.says("where is my parcel?")
    return told


def set_nudge(floor, span):
    me = floor.staff()

    def job(connection):
        found = attendance.current(connection)
        new = replace(found, nudge_after=span)
        attendance.save(connection, new, staff_id=me, now=floor.clock())

    floor.write(job)


def test_a_question_without_an_answer_is_put_again_once(floor):
    question = asks(floor).split("\n\n")[-1]
    assert floor.passes(minutes=14) == []
    assert floor.passes(minutes=1) == [f"{STILL} {question}"]
    assert floor.passes(hours=2) == []
    assert floor.outcomes() == ["asked", "asked"]


def test_an_answer_calls_it_off_and_the_next_question_begins_anew(floor):
    asks(floor)
    floor.passes(minutes=10)
    floor.says("48213")
    assert floor.passes(minutes=10) == []
    (told,) = floor.passes(minutes=5)
    assert told.startswith(STILL)


def test_where_nothing_is_asked_nothing_is_put_again(floor):
    asks(floor)
    floor.says("never mind")
    assert floor.passes(hours=1) == []


def test_who_is_resolved_is_not_asked_again_and_may_still_answer(floor):
    asks(floor)
    assert floor.resolves()
    assert floor.passes(hours=1) == []
    assert floor.says("48213") != []
    assert floor.outcomes() == ["asked", "asked"]
    (told,) = floor.passes(minutes=15)
    assert told.startswith(STILL)


def test_it_survives_the_end_of_the_process_between_timer_and_turn(floor):
    """The timer is done, and its prompt is owed: whoever starts next finds it."""
    asks(floor)
    floor.clock.advance(minutes=15)
    row = floor.all("SELECT * FROM timer")[0]
    with floor.database.read() as connection:
        (timer,) = timers.due(connection, floor.clock())
    floor.write(lambda c: prompts.fire(c, timer, floor.clock()))
    assert row["kind"] == "silence"
    with floor.database.read() as connection:
        assert owed.turns(connection) == [floor.conversation()]
    floor.answerer = floor.new_answerer()
    floor.answers()
    floor.delivers()
    assert floor.graph.texts[-1].startswith(STILL)


def test_nobody_is_asked_again_outside_the_window(floor):
    set_nudge(floor, 23 * 60 * MINUTE)
    asks(floor)
    assert floor.passes(hours=24) == []
    assert floor.states() == ["sent"]


def test_nobody_is_asked_again_beside_a_person(floor):
    asks(floor)
    floor.takes_over()
    assert floor.passes(minutes=20) == []
    assert floor.one("SELECT state FROM timer WHERE kind = 'silence'") == "cancelled"


def test_a_person_who_takes_over_meanwhile_is_not_spoken_over(floor):
    asks(floor)
    floor.clock.advance(minutes=15)
    with floor.database.read() as connection:
        (timer,) = timers.due(connection, floor.clock())
    floor.write(lambda c: prompts.fire(c, timer, floor.clock()))
    floor.takes_over()
    floor.answers()
    floor.delivers()
    assert len(floor.graph.taken) == 1
    assert floor.outcomes()[-1] == "left_to_person"


def test_what_the_customer_wrote_in_the_same_moment_comes_first(floor):
    asks(floor)
    floor.clock.advance(minutes=15)
    with floor.database.read() as connection:
        (timer,) = timers.due(connection, floor.clock())
    floor.write(lambda c: prompts.fire(c, timer, floor.clock()))
    floor.hears("48213", at=timer.due_at.replace(minute=timer.due_at.minute - 1))
    floor.answers()
    floor.delivers()
    assert not any(STILL in text for text in floor.graph.texts)
    assert floor.outcomes()[-1] == "silent"


def test_who_has_written_and_waits_for_a_turn_is_not_asked_again(floor):
    asks(floor)
    floor.clock.advance(minutes=15)
    floor.hears("48213")
    (told,) = floor.passes()
    assert STILL not in told


def test_who_wants_no_messages_is_not_asked_again(floor):
    asks(floor)
    floor.run("UPDATE customer SET opted_out_at = '2026-11-24 12:00:00+00'")
    assert floor.passes(minutes=20) == []


def test_it_can_be_switched_off_also_for_questions_that_are_open(floor):
    asks(floor)
    set_nudge(floor, OFF)
    assert floor.passes(minutes=20) == []
    floor.says("48213", psid=PSID)
    assert floor.one("SELECT count(*) FROM timer WHERE state = 'due'") == 0


def test_a_prompt_keeps_no_window_open(floor):
    asks(floor)
    before = floor.one("SELECT last_heard_at FROM conversation")
    floor.passes(minutes=20)
    assert floor.one("SELECT last_heard_at FROM conversation") == before
    assert [author for author, _ in floor.thread()] == ["customer", "bot", "bot"]

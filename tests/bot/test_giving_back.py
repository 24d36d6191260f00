"""Whoever is given back to the assistant is not left without a word."""

import pytest
from sqlalchemy import select

from bot import giving_back, silence, waiting
from bot.giving_back import Given, Giving
from bot.store import timers
from bot.store.models import Conversation, TrackerEvent
from bot.tracker import fold
from flows.run import offers_person
from flows.stack import State
from tests.dialogue import SAYINGS, StubModel, assistants
from tests.floor import PAGE, PSID, Floor, Understanding, between

DISCLOSURE = "You're chatting with our automated assistant"
AGAIN = "You're talking with our automated assistant again"
HOURS = "when are you open?"


@pytest.fixture
def floor(database):
    return Floor(
        database, understanding=Understanding(assistants(model=StubModel(SAYINGS)))
    )


def gives_back(floor, *, says=False):
    """Let whoever holds the conversation give it back; what came of it."""
    floor.clock.advance(seconds=5)
    giving = Giving(
        conversation_id=floor.conversation(),
        staff_id=floor.staff(),
        now=floor.clock(),
        says=says,
    )
    responses = floor.understanding.responses("en")
    return floor.write(lambda c: giving_back.give_back(c, giving, responses))


def hears_then(floor):
    """What the customer is told by now, after what has been said."""
    before = len(floor.graph.taken)
    floor.answers()
    floor.delivers()
    return floor.graph.texts[before:]


def held(floor, *texts):
    """A conversation in a person's hands, in which the customer said more."""
    floor.says("hello")
    floor.clock.advance(minutes=1)
    floor.takes_over()
    for text in texts:
        floor.clock.advance(minutes=1)
        assert floor.says(text) == []


def test_what_nobody_answered_the_assistant_answers(floor):
    held(floor, "hello", HOURS)
    thread = floor.thread()
    assert gives_back(floor) is Given.ANSWER
    (said,) = hears_then(floor)
    assert said.startswith(DISCLOSURE)
    assert floor.outcomes()[-1] == "answered"
    assert floor.thread()[:-1] == thread


def test_what_is_looked_at_again_is_handled_once(floor):
    held(floor, HOURS)
    gives_back(floor)
    assert len(hears_then(floor)) == 1
    assert hears_then(floor) == []
    assert floor.kinds() == {"message handled": 3}


def test_what_it_can_not_answer_fetches_a_person_again(floor):
    held(floor, "a riddle")
    gives_back(floor)
    assert hears_then(floor) != []
    assert floor.outcomes()[-1] in ("offered", "handed_over")


def test_on_whom_a_person_was_fetched_hears_that_the_assistant_is_back(floor):
    floor.says("i want a person")
    floor.clock.advance(minutes=1)
    floor.takes_over()
    assert gives_back(floor) is Given.WORD
    assert [text[: len(AGAIN)] for text in hears_then(floor)] == [AGAIN]
    assert floor.status() == "bot"


def test_who_was_answered_hears_nothing_more(floor):
    held(floor, HOURS)
    floor.clock.advance(minutes=1)
    floor.plans("at nine", author="agent", send_class="park")
    floor.delivers()
    assert gives_back(floor) is Given.NOTHING_OWED
    assert hears_then(floor) == []


def test_the_assistant_introduces_itself_once(floor):
    held(floor, HOURS)
    assert gives_back(floor, says=True) is Given.ANSWER
    first, answer = hears_then(floor)
    assert first.startswith(AGAIN)
    assert DISCLOSURE not in answer
    assert DISCLOSURE not in floor.says("hello")[0]


def test_nothing_is_tried_that_messenger_would_not_take(floor):
    held(floor, HOURS)
    floor.clock.advance(hours=24)
    assert gives_back(floor) is Given.NOTHING_GOES
    assert hears_then(floor) == []
    assert floor.states()[1:] == []


def test_what_was_taken_over_again_meanwhile_stays_with_the_person(floor):
    held(floor, HOURS)
    gives_back(floor)
    floor.takes_over()
    assert hears_then(floor) == []
    assert gives_back(floor) is Given.WORD
    assert len(hears_then(floor)) == 1


def test_what_the_customer_takes_back_is_not_answered(floor):
    held(floor)
    floor.clock.advance(minutes=1)
    mid = floor.hears(HOURS)
    floor.answers()
    gives_back(floor)
    floor.receives(unsent(floor, mid))
    assert hears_then(floor) == []
    assert floor.one("SELECT count(*) FROM incoming_event WHERE raw LIKE '%open%'") == 0


def asked(floor):
    """A conversation that a person takes over while its question is open."""
    (told,) = floor.says("where is my parcel?")
    floor.clock.advance(minutes=1)
    floor.takes_over()
    floor.clock.advance(minutes=1)
    return told.split("\n\n")[-1]


def writes(floor, text="I've looked it up: it comes today."):
    """Let the person who holds the conversation write to the customer."""
    floor.plans(text, author="agent", send_class="park")
    floor.delivers()
    floor.clock.advance(minutes=1)


def state(floor):
    """Where the dialogue stands, which is where its log leads to."""
    with floor.database.read() as connection:
        stored = connection.scalar(select(Conversation.state))
        log = connection.scalars(select(TrackerEvent.event).order_by(TrackerEvent.id))
        found = State.from_json(stored)
        assert found == fold(log)
    return found


class TestAQuestionThatWasOpen:
    def test_is_asked_again_where_the_customer_is_told(self, floor):
        question = asked(floor)
        writes(floor)
        assert gives_back(floor, says=True) is Given.WORD
        again, told = hears_then(floor)
        assert again.startswith(AGAIN)
        assert told == question
        floor.clock.advance(minutes=1)
        floor.says("48213")
        assert state(floor).slots["order_number"] == "48213"

    def test_is_gone_where_a_person_has_dealt_with_it(self, floor):
        asked(floor)
        writes(floor)
        assert gives_back(floor) is Given.NOTHING_OWED
        assert state(floor).stack == ()
        assert "still" not in floor.says("hello")[0]
        assert floor.outcomes()[-1] == "answered"

    def test_does_not_take_what_was_said_to_a_person_for_its_answer(self, floor):
        asked(floor)
        writes(floor, "When shall we call you?")
        floor.says("tomorrow")
        assert gives_back(floor) is Given.ANSWER
        hears_then(floor)
        assert state(floor).asked is None

    def test_stays_where_nobody_said_a_word(self, floor):
        asked(floor)
        floor.says("48213")
        assert gives_back(floor) is Given.ANSWER
        hears_then(floor)
        assert state(floor).slots["order_number"] == "48213"

    def test_is_gone_as_well_where_a_silence_gives_back(self, floor):
        asked(floor)
        writes(floor)
        floor.clock.advance(hours=12)
        with floor.database.read() as connection:
            due = timers.due(connection, floor.clock())
        (timer,) = [one for one in due if one.kind == silence.RESUME]
        floor.write(lambda c: waiting.resume(c, timer, floor.clock()))
        assert floor.status() == "bot"
        assert state(floor).stack == ()

    def test_of_a_person_wanted_or_not_is_not_asked_again(self, floor):
        asked(floor)
        gives_back(floor)
        floor.says("blah blah")
        floor.says("blah blah blah")
        assert offers_person(state(floor))
        floor.takes_over()
        writes(floor)
        gives_back(floor, says=True)
        (told,) = hears_then(floor)
        assert told.startswith(AGAIN)
        assert state(floor).stack == ()


def unsent(floor, mid):
    """The customer takes a message back."""
    at = floor.clock()
    return {**between(PSID, PAGE, at), "message": {"mid": mid, "is_deleted": True}}

"""How was it? Asked once where something was done, and never in anybody's way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import handoff
from bot.store import attendance, satisfaction
from bot.store.attendance import MINUTE
from bot.store.satisfaction import Marks
from tests.dialogue import RESPONSES, Conversation, said
from tests.floor import NOW, Floor

ASKED = RESPONSES.plain("utter_how_was_it")
WHY = RESPONSES.plain("utter_ask_csat_reason")
FAQ = "when are you open?"


@pytest.fixture
def floor(database):
    """Where customers are asked after five minutes of silence."""
    floor = Floor(database)
    me = floor.staff()

    def job(connection):
        new = replace(attendance.current(connection), ask_after=5 * MINUTE)
        attendance.save(connection, new, staff_id=me, now=floor.clock())

    floor.write(job)
    return floor


def taps(floor, title):
    """Let the customer tap a quick reply of the last message."""
    replies = floor.graph.taken[-1]["message"]["quick_replies"]
    payload = next(one["payload"] for one in replies if one["title"] == title)
    return floor.says(title, quick_reply={"payload": payload})


def rows(floor):
    query = "SELECT goal, staff_id, score, reason FROM satisfaction ORDER BY id"
    return [tuple(row.values()) for row in floor.all(query)]


def resolves(floor):
    me = floor.staff()
    floor.takes_over(staff_id=me)
    number = floor.conversation()
    assert floor.write(lambda c: handoff.resolve(c, number, me, floor.clock()))
    return me


class TestAfterTheAssistant:
    def test_it_is_asked_once_after_the_silence(self, floor):
        floor.says(FAQ)
        assert floor.passes(minutes=4) == []
        assert floor.passes(minutes=1) == [ASKED]
        assert rows(floor) == [("faq/opening_hours", None, None, None)]
        assert floor.passes(hours=3) == []

    def test_a_good_mark_is_kept_and_thanked_for(self, floor):
        floor.says(FAQ)
        floor.passes(minutes=5)
        told = taps(floor, "👍 Good")
        assert told == [RESPONSES.plain("utter_csat_thanks")]
        assert rows(floor) == [("faq/opening_hours", None, "satisfied", None)]
        assert floor.one("SELECT kind FROM conversation_act") == "rated"
        assert floor.passes(hours=3) == []

    def test_a_bad_mark_offers_reasons(self, floor):
        floor.says(FAQ)
        floor.passes(minutes=5)
        assert taps(floor, "👎 Not good") == [WHY]
        titles = floor.graph.taken[-1]["message"]["quick_replies"]
        assert [one["title"] for one in titles] == [
            "Wrong answer",
            "Too slow",
            "Not solved",
            "Something else",
            "Talk to a person",
        ]
        taps(floor, "Too slow")
        assert rows(floor)[0][2:] == ("unsatisfied", "too_slow")
        assert floor.status() == "bot"

    def test_a_bad_mark_may_fetch_a_person(self, floor):
        floor.says(FAQ)
        floor.passes(minutes=5)
        taps(floor, "👎 Not good")
        taps(floor, "Talk to a person")
        assert floor.status() == "waiting"
        assert rows(floor)[0][2:] == ("unsatisfied", "person")

    def test_thanks_only_put_it_off(self, floor):
        floor.says(FAQ)
        floor.clock.advance(minutes=4)
        floor.says("thanks")
        assert floor.passes(minutes=4) == []
        assert floor.passes(minutes=1) == [ASKED]

    def test_another_question_under_way_calls_it_off(self, floor):
        floor.says(FAQ)
        floor.says("where is my parcel?")
        assert ASKED not in floor.passes(minutes=10)

    def test_nobody_is_asked_twice_within_a_day(self, floor):
        floor.says(FAQ)
        floor.passes(minutes=5)
        taps(floor, "👍 Good")
        floor.says(FAQ)
        assert floor.passes(minutes=5) == []

    def test_who_waits_for_a_person_is_not_asked(self, floor):
        floor.says(FAQ)
        floor.says("i want a person")
        assert ASKED not in floor.passes(minutes=30)
        assert rows(floor) == []

    def test_a_greeting_is_nothing_that_was_done(self, floor):
        floor.says("hello")
        assert floor.passes(minutes=30) == []

    def test_it_is_off_until_somebody_switches_it_on(self, database):
        floor = Floor(database)
        floor.says(FAQ)
        assert floor.passes(minutes=30) == []

    def test_who_marks_it_resolved_lets_it_be_asked_once(self, floor):
        floor.says(FAQ)
        assert floor.resolves()
        assert floor.passes(minutes=5) == [ASKED]
        assert rows(floor) == [("faq/opening_hours", None, None, None)]
        assert floor.passes(hours=3) == []

    def test_marked_resolved_after_it_was_asked_it_is_not_asked_again(self, floor):
        floor.says(FAQ)
        floor.passes(minutes=5)
        assert floor.resolves()
        assert floor.passes(hours=3) == []

    def test_marked_resolved_it_is_not_asked_over_an_open_question(self, floor):
        floor.says("where is my parcel?")
        assert floor.resolves()
        assert floor.passes(hours=3) == []
        assert rows(floor) == []


class TestAfterAPerson:
    def test_it_is_asked_about_their_work(self, floor):
        floor.says("hello")
        me = resolves(floor)
        (told,) = floor.passes(minutes=5)
        assert told.endswith(ASKED)
        assert rows(floor) == [(None, me, None, None)]

    def test_once_for_each_resolution_also_within_a_day(self, floor):
        floor.says("hello")
        resolves(floor)
        floor.passes(minutes=5)
        taps(floor, "👎 Not good")
        resolves(floor)
        floor.passes(minutes=5)
        assert len(rows(floor)) == 2

    def test_also_where_the_assistant_had_a_question_open(self, floor):
        floor.says("where is my parcel?")
        resolves(floor)
        (told,) = floor.passes(minutes=5)
        assert told.endswith(ASKED)

    def test_what_they_write_next_is_no_answer_to_a_question_before_it(self, floor):
        floor.says("where is my parcel?")
        resolves(floor)
        (told,) = floor.says(FAQ)
        assert told.endswith(RESPONSES.plain("utter_faq/opening_hours"))
        assert floor.says("blah") != floor.says("where is my parcel?")

    def test_not_outside_the_window(self, floor):
        floor.says("hello")
        floor.clock.advance(hours=24)
        resolves(floor)
        assert floor.passes(minutes=5) == []

    def test_not_once_a_person_has_it_again(self, floor):
        floor.says("hello")
        resolves(floor)
        floor.takes_over()
        assert floor.passes(minutes=5) == []


class TestByTheWay:
    """What is no answer is heard as if nothing had been asked."""

    @pytest.fixture
    def talk(self):
        talk = Conversation()
        talk.hear("satisfaction")
        assert talk.state.asked == "csat_score"
        return talk

    @pytest.mark.parametrize("text", ["good", "👍 Good", "yes", "thanks"])
    def test_it_can_be_answered_in_words(self, talk, text):
        assert said(talk.say(text)) == ["utter_csat_thanks"]
        assert talk.state.stack == ()

    def test_a_thumbs_up_is_a_good_mark(self, talk):
        assert said(talk.hear("thumbs_up")) == ["utter_csat_thanks"]

    def test_no_is_a_bad_mark(self, talk):
        assert said(talk.say("no")) == ["utter_ask_csat_reason"]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("where is my parcel?", ["utter_ask_order_number"]),
            (FAQ, ["utter_faq/opening_hours"]),
            ("bye", ["utter_goodbye"]),
            ("skip", ["utter_flow_cancelled"]),
            ("cancel", ["utter_flow_cancelled"]),
            ("say that again", ["utter_how_was_it"]),
        ],
    )
    def test_everything_else_is_heard(self, talk, text, told):
        assert said(talk.say(text)) == told
        assert talk.state.asked in (None, "order_number", "csat_score")

    def test_the_question_does_not_come_back(self, talk):
        talk.say("where is my parcel?")
        talk.say("never mind")
        assert talk.state.stack == ()
        assert said(talk.say("hello")) == ["utter_greet"]

    def test_a_reason_is_no_must_either(self, talk):
        talk.say("no")
        assert said(talk.say("where is my parcel?")) == ["utter_ask_order_number"]
        assert talk.state.slots["csat_score"] is None

    def test_it_is_not_asked_inside_a_question(self):
        talk = Conversation()
        talk.say("where is my parcel?")
        assert talk.hear("satisfaction").replies == ()
        assert talk.state.asked == "order_number"


def test_marks_are_counted_from_a_moment_on(floor):
    floor.says(FAQ)
    floor.passes(minutes=5)
    taps(floor, "👍 Good")
    floor.hears(FAQ, psid="8")
    floor.answers()
    floor.delivers()
    floor.passes(minutes=5)
    with floor.database.read() as connection:
        assert satisfaction.marks(connection, NOW) == Marks(asked=2, answered=1, good=1)
        later = floor.clock() + timedelta(minutes=1)
        assert satisfaction.marks(connection, later) == Marks(
            asked=0, answered=0, good=0
        )

"""What customers and colleagues say of answers makes the assistant answer less.

Evidence is read from real rows on both databases; what the assistant then does is
asked of the assistant that the next refresh makes.
"""

from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.raising import Raising
from bot.store import arrivals, knowledge, lessons, raised, realised, threads
from bot.store.knowledge import Faq
from bot.store.lessons import Kind
from bot.store.models import Author, EventState, IncomingEvent, Turn
from bot.store.people import AuditEntry
from bot.store.raised import End
from bot.store.satisfaction import Satisfaction
from bot.turn import Heard, take_turn
from bot.wiring import build
from flows.stack import State
from intents.rejection import CERTAIN
from tests.bot.visiting import PAGE, rows, visitor

ASKED, OTHER = "faq/opening_hours", "faq/delivery_time"
TEXT = "when do you open your doors"


@pytest.fixture
def moment(parts):
    """A clock that moves when a test says so."""
    at = [parts.clock()]
    object.__setattr__(parts, "clock", lambda: at[0])

    def later(**span):
        at[0] += timedelta(**span)

    return later


@pytest.fixture
def look(parts):
    raising = Raising(parts.database, parts.content, parts.clock, 0.98)
    raising._clock = lambda: parts.clock()
    return raising.look


class Shop:
    """Customers who are answered, each in a conversation of their own."""

    def __init__(self, parts):
        self.parts = parts
        self.customers = 0

    def answers(self, count, intent=ASKED, *, sure=0.8, **about):
        """So many customers who are answered; the conversation and the turn of each."""

        def job(connection):
            return [
                self._answered(connection, intent, sure, **about) for _ in range(count)
            ]

        return self.write(job)

    def answered(self, intent, sure, **about):
        return self.answers(1, intent, sure=sure, **about)[0]

    def _answered(self, connection, intent, sure, trace=None, **about):
        self.customers += 1
        at, psid = self.parts.clock(), f"9{self.customers:05}"
        conversation = arrivals.conversation_of(connection, PAGE, psid, at)
        said = {"page_id": PAGE, "author": Author.CUSTOMER, "text": TEXT}
        threads.add(connection, conversation, at, **said)
        usual = {"chosen": False, "band": "answer", "rule": "goals", "handoff": None}
        row = {"outcome": "answered", "flow": "faq", "language": "en", **about}
        row |= {"intent": intent, "confidence": sure, "trace": usual | (trace or {})}
        return conversation, self._turn(connection, conversation, **row)

    def follows(self, conversation, intent=None, outcome="answered", **trace):
        """The customer's next turn."""
        row = {"intent": intent, "outcome": outcome, "trace": trace}
        self.write(lambda connection: self._turn(connection, conversation, **row))

    def _turn(self, connection, conversation, *, trace, **row):
        self.customers += 1
        at = self.parts.clock()
        event = {"key": f"key {self.customers}", "page_id": PAGE, "kind": "message"}
        event |= {"conversation_id": conversation, "at": at, "received_at": at}
        event |= {"raw": b"", "state": EventState.HANDLED}
        added = insert(IncomingEvent).values(**event).returning(IncomingEvent.id)
        row |= {"event_id": connection.scalar(added), "at": at}
        row |= {"conversation_id": conversation}
        row |= {"trace": {"heard": "text", "parse": {"text": TEXT}, **trace}}
        return connection.scalar(insert(Turn).values(**row).returning(Turn.id))

    def marks(self, turn, kind, intent=None):
        now = self.parts.clock()
        self.write(
            lambda c: lessons.mark(c, turn, kind, now=now, staff_id=None, intent=intent)
        )

    def write(self, job):
        return self.parts.database.write(job)

    def standing(self):
        with self.parts.database.read() as connection:
            return {one.key: one.raised for one in raised.standing(connection)}

    def signals(self):
        with self.parts.database.read() as connection:
            found = [*realised.answered(connection, self.parts.clock())]
        return [one.signal for one in found]


@pytest.fixture
def shop(parts, moment):
    return Shop(parts)


@pytest.fixture
def answered(shop, moment):
    """An answer to the question: without one, nobody is asked whether they mean it."""
    entry = Faq(
        name="opening_hours",
        question="When are you open?",
        phrasings=("when are you open",),
        answers={"en": "At ten."},
    )
    shop.write(lambda c: knowledge.save(c, entry, now=shop.parts.clock()))
    moment(minutes=1)  # what is said of an answer before it was saved does not count


@pytest.fixture
def silenced(shop, look):
    """A question of which seven of 31 answers were marked wrong."""
    said = shop.answers(31)
    for _, turn in said[:7]:
        shop.marks(turn, Kind.WRONG)
    shop.answers(200, OTHER)
    look()
    return said


def does(parts, text="when are you open, please tell me"):
    """What becomes of a message by now: its turn."""
    parts.understanding.refresh()
    heard = Heard(event_id=1, kind="text", text=text)
    found = parts.understanding.assistants.hearing(heard, "en").assistant
    now = parts.clock()
    return take_turn(heard, State(), [], found, psid="1", now=now, disclose=False)


def test_a_stream_of_wrong_answers_silences_one_intent_and_no_other(shop, silenced):
    (key,) = shop.standing()
    assert key == (ASKED, "en")
    assert shop.standing()[key].threshold == CERTAIN


def test_two_of_a_hundred_marked_wrong_are_what_was_promised(shop, look):
    for _, turn in shop.answers(500)[::50]:
        shop.marks(turn, Kind.WRONG)
    look()
    assert shop.standing() == {}


def test_every_process_asks_first_and_says_in_the_trace_since_when(
    parts, answered, silenced, shop, moment
):
    with closing(build(parts.settings, parts.content)) as other:
        for one in (parts, other):
            turn = does(one)
            assert turn.trace["parse"]["intent"]["name"] == ASKED
            assert turn.outcome == "offered"
            told = turn.trace["raised"]
            assert turn.trace["thresholds"]["answer"] == CERTAIN
            assert told["since"] == shop.standing()[ASKED, "en"].since.isoformat()
            assert told["usual"] < CERTAIN


def test_what_is_a_phrasing_word_for_word_is_answered_still(parts, silenced):
    assert does(parts, "when are you open").trace["band"] == "answer"


def test_before_it_is_raised_it_is_answered_and_the_trace_says_nothing(parts, shop):
    turn = does(parts)
    assert turn.trace["band"] == "answer"
    assert "raised" not in turn.trace


def test_another_look_changes_nothing(parts, silenced, look):
    before = rows(parts, AuditEntry)
    look()
    look()
    assert rows(parts, AuditEntry) == before
    assert [entry.action for entry in before] == ["threshold_raised"]
    assert before[0].about == ASKED
    expected = {"language": "en", "from": "100%", "wrong": 7, "answers": 31}
    assert before[0].details == expected


def test_it_goes_back_when_customers_confirm_what_is_offered(
    parts, silenced, shop, look
):
    offer = {"outcome": "offered", "flow": None}
    trace = {"band": "offer", "rule": "guesses"}
    trace["raised"] = {"since": "2026-11-24T12:00:00+00:00", "usual": 0.6}
    for conversation, _ in shop.answers(300, trace=trace, **offer):
        shop.follows(conversation, ASKED, heard="tap", chosen=True, rule="goals")
    look()
    assert shop.standing() == {}
    (row,) = rows(parts, raised.RaisedThreshold)
    assert row.why is End.EVIDENCE
    assert [one.action for one in rows(parts, AuditEntry)][-1] == "threshold_lowered"


def test_new_phrasings_let_it_be_answered_at_once(parts, silenced, shop, look, moment):
    moment(minutes=1)
    answer = {"en": "At ten."}
    entry = Faq(
        name="opening_hours", question="Open?", phrasings=("open?",), answers=answer
    )
    shop.write(lambda c: knowledge.save(c, entry, now=parts.clock()))
    assert shop.standing() == {}
    assert does(parts).trace["band"] == "answer"
    look()
    (row,) = rows(parts, raised.RaisedThreshold)
    assert row.why is End.RENEWED
    assert shop.standing() == {}, "what was said before does not count again"


def test_an_admin_takes_it_back_and_what_was_said_does_not_count_again(
    app, parts, silenced, shop, look, moment
):
    admin = visitor(app, "admin", "Ines")
    told = admin.words("/admin/faq/")
    assert "less: 7 of 31 answers were wrong." in told
    told = admin.words("/admin/sureness")
    assert "7 of 31 answers were wrong" in told
    assert "asks first" in told
    page = admin.words("/admin/sureness/1")
    assert page.count("a colleague marked the answer as wrong") == 7
    assert TEXT in page
    moment(minutes=1)
    back = admin.post("/admin/sureness/1/back")
    assert "Taken back." in admin.words(back.location)
    look()
    assert shop.standing() == {}
    assert does(parts).trace["band"] == "answer"
    log = admin.words("/admin/audit")
    assert "Began to answer a question less" in log
    assert "Answers a question as before" in log


def test_an_admin_keeps_it_whatever_customers_say(app, silenced, shop, look, moment):
    admin = visitor(app, "admin", "Ines")
    kept = admin.post("/admin/sureness/1/keep")
    assert "kept by Ines" in admin.words(kept.location)
    moment(days=31)
    look()
    assert (ASKED, "en") in shop.standing()


def test_what_is_older_than_a_month_does_not_count(silenced, shop, look, moment):
    moment(days=31)
    look()
    assert shop.standing() == {}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_editor_sees_neither_the_note_nor_the_messages(app, silenced):
    editor = visitor(app, "editor")
    assert "less: 7 of 31" not in editor.words("/admin/faq/")
    assert editor.get("/admin/sureness/1").status_code == 403
    assert editor.post("/admin/sureness/1/back").status_code == 403


class TestEvidence:
    def test_a_colleagues_word_is_the_last(self, shop):
        said = shop.answers(4)
        shop.marks(said[0][1], Kind.WRONG)
        shop.marks(said[1][1], Kind.TAUGHT, OTHER)
        shop.marks(said[2][1], Kind.TAUGHT, ASKED)
        shop.marks(said[3][1], Kind.OUT_OF_SCOPE)
        assert shop.signals() == ["marked", "relabelled", None, "relabelled"]

    def test_who_asks_for_a_person_soon_after_and_who_is_dissatisfied(
        self, parts, shop, moment
    ):
        said = [shop.answered(ASKED, 0.8)[0] for _ in range(5)]
        shop.follows(said[0], "contact_human_agent", "handed_over", handoff="asked")
        shop.follows(said[1], "faq/else", "handed_over", handoff="unsure")
        for conversation, reason in zip(said[3:], ("wrong_answer", None), strict=True):
            row = {"score": "unsatisfied", "reason": reason, "goal": ASKED}
            row |= {"conversation_id": conversation, "asked_at": parts.clock()}
            shop.write(lambda c, row=row: c.execute(insert(Satisfaction).values(**row)))
        moment(minutes=11)
        shop.follows(said[2], "contact_human_agent", "handed_over", handoff="asked")
        found = shop.signals()
        assert found == ["left", None, None, "disapproved", "dissatisfied"]

    def test_what_was_offered_counts_only_where_it_would_have_been_answered(self, shop):
        offer = {"outcome": "offered", "flow": None}
        trace = {"band": "offer", "rule": "guesses"}
        for usual in (None, 0.9, 0.6):
            more = {"raised": {"usual": usual}} if usual else {}
            conversation, _ = shop.answered(ASKED, 0.8, trace=trace | more, **offer)
            tap = {"heard": "tap", "chosen": True, "rule": "something_else"}
            shop.follows(conversation, None, "handed_over", handoff="unsure", **tap)
        assert shop.signals() == ["refused"]

    def test_taps_numbers_and_examples_are_no_guess_of_ours(self, shop):
        shop.answered(ASKED, 0.8, trace={"chosen": True})
        shop.answered(ASKED, CERTAIN)
        shop.answered("order_status", 0.8, trace={"rule": "bare_number"})
        assert shop.signals() == []


@pytest.mark.parametrize("intent", ["contact_human_agent", "stop", "cancel", "greet"])
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_heard_always_is_never_silenced(shop, look, intent):
    for _, turn in shop.answers(40, intent):
        shop.marks(turn, Kind.WRONG)
    look()
    assert shop.standing() == {}

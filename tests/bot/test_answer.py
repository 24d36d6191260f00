"""The engine's rules of a turn: in order, once, and never over a person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot import handoff
from bot.answer import LAPSE, LATE, MAX_TRIES
from bot.store import claims
from tests.dialogue import SAYINGS, StubModel, assistants
from tests.floor import NOW, Floor, Understanding, message

POISON = "a text that breaks the model"
DISCLOSURE = "automated assistant"


class Acting(StubModel):
    """A model during whose thinking something happens."""

    def __init__(self, acts):
        super().__init__(SAYINGS)
        self.acts = acts
        self.asked = []

    def classify(self, text, language="en"):
        self.asked.append(text)
        if text in self.acts:
            self.acts[text]()
        return super().classify(text, language)


def breaks(*about):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def logged():
    """What was logged; to print it with all its values would take seconds."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def acts():
    """What happens while a text is thought about, by the text."""
    return {POISON: breaks}


@pytest.fixture
def model(acts):
    return Acting(acts)


@pytest.fixture
def floor(database, model):
    return Floor(database, understanding=Understanding(assistants(model=model)))


def handled(floor):
    """The texts that were handled, in the order of their turns."""
    rows = floor.all(
        "SELECT e.raw FROM turn t JOIN incoming_event e ON e.id = t.event_id"
        " ORDER BY t.id"
    )
    return [bytes(row["raw"]) for row in rows]


def gives_back(floor):
    """Let the person who holds the conversation give it back."""
    number = floor.conversation()
    floor.write(lambda c: handoff.release(c, number, floor.clock()))


class TestAnEventThatBreaksTheAssistant:
    def test_is_set_aside_after_its_tries_and_the_rest_is_answered(self, floor, model):
        texts = ["hello", POISON, "when are you open?"]
        floor.receives(*[message(text, at=NOW) for text in texts])
        floor.answers()
        assert model.asked.count(POISON) == MAX_TRIES
        assert floor.kinds() == {"message handled": 2, "message quarantined": 1}
        reason = "SELECT reason FROM incoming_event WHERE state = 'quarantined'"
        assert floor.one(reason) == "failed 3 times"

    def test_is_shown_and_fetches_a_person(self, floor):
        floor.hears(POISON)
        floor.answers()
        assert floor.status() == "waiting"
        assert floor.thread() == [("customer", POISON)]
        about = floor.one("SELECT handoff_reason, handoff_summary FROM conversation")
        assert about["handoff_reason"] == "error"
        assert "could not handle" in about["handoff_summary"]

    def test_harms_no_other_event_of_its_webhook(self, floor):
        others = [str(number) for number in range(1, 20)]
        items = [message("hello", psid) for psid in others]
        floor.receives(*items[:6], message(POISON), *items[6:])
        floor.answers()
        assert floor.kinds() == {"message handled": 19, "message quarantined": 1}
        assert {floor.status(psid) for psid in others} == {"bot"}

    def test_is_set_aside_unshown_if_even_that_breaks(self, floor):
        floor.hears(POISON)
        floor.run("UPDATE incoming_event SET tries = :n", n=MAX_TRIES + 1)
        floor.answers()
        assert floor.kinds() == {"message quarantined": 1}
        assert floor.thread() == []
        assert floor.status() == "waiting"

    def test_is_set_aside_too_if_each_try_ends_the_process(self, floor, model):
        floor.hears("hello")
        for _ in range(MAX_TRIES):
            number = floor.conversation()
            held = floor.write(lambda c, number=number: claims.claim(c, [number]))
            floor.write(lambda c, held=held: claims.next_owed(c, held))
            floor.leases_end()
        floor.answers()
        assert floor.kinds() == {"message quarantined": 1}
        assert model.asked == []

    def test_that_works_at_its_second_try_is_answered_once(self, floor, acts):
        troubles = [ZeroDivisionError]

        def breaks_once():
            if troubles:
                raise troubles.pop()

        acts["hello"] = breaks_once
        assert len(floor.says("hello")) == 1
        assert floor.outcomes() == ["answered"]


class TestAMessageThatComesLate:
    def late(self, floor, age, **about):
        """Let a message arrive that is *age* old, after a newer one was answered."""
        floor.says("when are you open?")
        floor.clock.advance(minutes=1)
        return floor.says("hello", at=floor.clock() - age, **about)

    @pytest.mark.parametrize(
        "age",
        [LATE + timedelta(seconds=1), timedelta(hours=6), timedelta(days=3)],
        ids=["ten minutes", "hours", "days"],
    )
    def test_is_shown_in_its_place_and_not_answered(self, floor, age):
        assert self.late(floor, age) == []
        assert floor.outcomes()[-1] == "late"
        assert floor.thread()[0] == ("customer", "hello")
        assert floor.one("SELECT text FROM message WHERE late") == "hello"

    def test_is_answered_if_it_is_only_a_little_late(self, floor):
        assert self.late(floor, timedelta(minutes=9)) != []
        assert floor.all("SELECT text FROM message WHERE late") == []

    def test_does_not_turn_back_what_counts_as_handled(self, floor):
        self.late(floor, timedelta(minutes=9))
        newest = "SELECT handled_at = :now AS same FROM conversation"
        floor.clock.advance(minutes=20)
        assert floor.says("hello", at=NOW - timedelta(minutes=1)) == []
        assert floor.outcomes()[-1] == "late"
        assert floor.one(newest, now=_stored(floor, NOW))

    def test_is_answered_however_old_if_nothing_newer_was(self, floor):
        assert floor.says("hello", at=NOW - timedelta(hours=5)) != []


def _stored(floor, at):
    sqlite = floor.database.engine.dialect.name == "sqlite"
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else at


def test_whoever_answers_tells_whether_there_was_anything_to_answer(floor):
    floor.hears("hello")
    number = floor.conversation()
    assert floor.answerer.answer(number) is True
    assert floor.answerer.answer(number) is False


class TestTheOrderOfAConversation:
    def test_is_that_of_their_times_however_they_arrive(self, floor):
        texts = ["hello", "where is my parcel?", "48213", "anna@example.com"]
        items = [
            message(text, at=NOW + timedelta(seconds=number))
            for number, text in enumerate(texts)
        ]
        for item in reversed(items):
            floor.receives(item)
        floor.clock.advance(seconds=10)
        floor.answers()
        for raw, text in zip(handled(floor), texts, strict=True):
            assert text.encode() in raw
        floor.delivers()
        assert "RM123456785GB" in floor.graph.texts[-1]

    def test_is_that_of_their_arrival_within_one_moment(self, floor):
        items = [message(f"hello {number}") for number in range(5)]
        floor.receives(*items)
        floor.answers()
        found = [raw[raw.index(b"hello ") + 6 :][:1] for raw in handled(floor)]
        assert found == [b"0", b"1", b"2", b"3", b"4"]

    def test_holds_for_what_arrives_while_we_think(self, floor, acts):
        acts["hello"] = lambda: floor.hears("when are you open?", mid="m_meanwhile")
        floor.hears("hello")
        floor.answers()
        assert len(floor.outcomes()) == 2

    def test_is_kept_by_many_workers_who_look_at_once(self, floor):
        texts = [f"hello {number}" for number in range(8)]
        floor.receives(*[message(text) for text in texts])
        number = floor.conversation()
        workers = [floor.new_answerer() for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda worker: worker.answer(number), workers))
        for raw, text in zip(handled(floor), texts, strict=True):
            assert text.encode() in raw
        assert floor.one("SELECT max(tries) FROM incoming_event") == 1


class TestAPersonWhoTakesOver:
    def test_while_we_think_is_not_answered_over(self, floor, acts):
        acts["when are you open?"] = floor.takes_over
        assert floor.says("when are you open?") == []
        assert floor.outcomes() == ["left_to_person"]
        assert floor.states() == []
        assert floor.thread() == [("customer", "when are you open?")]

    def test_while_we_think_leaves_the_dialogue_as_it_was(self, floor, acts):
        floor.says("where is my parcel?")
        before = floor.one("SELECT state FROM conversation")
        logged = floor.one("SELECT count(*) FROM tracker_event")
        acts["when are you open?"] = floor.takes_over
        floor.hears("when are you open?")
        floor.answers()
        assert floor.one("SELECT state FROM conversation") == before
        assert floor.one("SELECT count(*) FROM tracker_event") == logged

    def test_before_it_went_out_stops_an_answer_that_was_planned(self, floor):
        floor.hears("when are you open?")
        floor.answers()
        floor.takes_over()
        floor.delivers()
        assert floor.graph.taken == []
        assert set(floor.states()) == {"cancelled"}

    def test_gets_what_the_customer_says_unanswered_until_they_give_back(self, floor):
        floor.says("hello")
        floor.takes_over()
        assert floor.says("when are you open?") == []
        gives_back(floor)
        assert floor.says("when are you open?") != []
        assert floor.outcomes()[1:] == ["left_to_person", "answered"]

    def test_and_gives_back_while_we_think_leaves_nobody_unanswered(self, floor, acts):
        def comes_and_goes():
            acts.clear()
            floor.takes_over()
            gives_back(floor)

        acts["when are you open?"] = comes_and_goes
        assert floor.says("when are you open?") != []
        assert floor.outcomes() == ["answered"]

    def test_who_resolves_while_we_think_leaves_nobody_unanswered(self, floor, acts):
        def resolves():
            acts.clear()
            number, who = floor.conversation(), floor.staff()
            floor.write(lambda c: handoff.resolve(c, number, who, floor.clock()))

        floor.says("hello")
        floor.takes_over()
        acts["when are you open?"] = resolves
        assert floor.says("when are you open?") != []
        assert floor.outcomes() == ["answered", "answered"]
        assert floor.one("SELECT status FROM conversation") == "bot"

    def test_who_marks_it_resolved_while_we_think_stops_no_answer(self, floor, acts):
        def resolves():
            acts.clear()
            assert floor.resolves()

        floor.says("hello")
        acts["when are you open?"] = resolves
        assert floor.says("when are you open?") != []
        assert floor.outcomes() == ["answered", "answered"]
        assert floor.states()[-1] == "sent"

    def test_who_marks_it_resolved_lets_out_what_is_planned(self, floor):
        floor.hears("when are you open?")
        floor.answers()
        assert floor.resolves()
        floor.delivers()
        assert len(floor.graph.taken) == 1
        assert floor.one("SELECT resolved_at FROM conversation") is not None
        assert floor.says("hello") != []
        assert floor.one("SELECT resolved_at FROM conversation") is None


class TestAWorkerThatDied:
    def claimed(self, floor):
        """Claim the conversation and its event as a worker does that dies then."""
        number = floor.conversation()
        held = floor.write(lambda c: claims.claim(c, [number]))
        floor.write(lambda c: claims.next_owed(c, held))

    def test_leaves_its_conversation_to_the_next_when_its_lease_ends(self, floor):
        floor.hears("hello")
        self.claimed(floor)
        floor.answerer.answer(floor.conversation())
        assert floor.outcomes() == []
        floor.leases_end()
        floor.new_sweep().sweep()
        floor.answers()
        assert floor.outcomes() == ["answered"]

    def test_and_wakes_up_again_changes_nothing(self, floor, acts):
        def loses_its_lease():
            del acts["hello"]
            floor.leases_end()
            floor.new_answerer().answer(floor.conversation())

        acts["hello"] = loses_its_lease
        assert len(floor.says("hello")) == 1
        assert floor.outcomes() == ["answered"]

    def test_of_an_error_lets_go_at_once(self, floor):
        floor.hears("hello")
        with pytest.raises(ZeroDivisionError):
            floor.new_answerer(deliver=breaks).answer(floor.conversation())
        assert floor.one("SELECT lease_until FROM conversation") is None


class TestThatAProgramAnswers:
    def test_is_said_at_the_start_and_not_again(self, floor):
        assert DISCLOSURE in floor.says("hello")[0]
        assert DISCLOSURE not in floor.says("when are you open?")[0]

    def test_is_said_again_after_a_long_silence(self, floor):
        floor.says("hello")
        floor.clock.advance(seconds=LAPSE.total_seconds() + 1)
        assert DISCLOSURE in floor.says("when are you open?")[0]

    def test_is_said_again_when_a_person_has_given_back(self, floor):
        floor.says("hello")
        floor.clock.advance(minutes=1)
        floor.takes_over()
        floor.clock.advance(minutes=1)
        gives_back(floor)
        assert DISCLOSURE in floor.says("when are you open?")[0]

"""What arrives is written down once, and only then is it ours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import system_clock
from bot.intake import Intake
from bot.store.database import open_database
from tests.floor import APP, NOW, PAGE, PSID, between, body, echo, message, ms, postback
from webhooks.receiver import NotStoredError

#: The app id of Meta's own inbox.
PAGE_INBOX = 263902037430900


class TestAnEvent:
    def test_is_stored_before_anybody_is_woken(self, floor):
        seen = []
        intake = Intake(
            floor.database, floor.clock, APP, lambda number: seen.append(floor.kinds())
        )
        intake.accept(body(message("hello")))
        assert seen == [{"message new": 1}]

    def test_that_comes_fifty_times_at_once_to_two_processes_is_one(self, floor, url):
        other = open_database(url)
        intakes = [
            floor.intake,
            Intake(other, floor.clock, APP, floor.woken.append),
        ]
        said = body(message("hello", mid="m_1"))
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda n: intakes[n % 2].accept(said), range(50)))
        other.close()
        assert floor.kinds() == {"message new": 1}
        floor.answers()
        assert floor.outcomes() == ["answered"]

    def test_of_a_new_person_begins_one_conversation_however_many_come(self, floor):
        bodies = [body(message("hello")) for _ in range(50)]
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(floor.intake.accept, bodies))
        assert floor.kinds() == {"message new": 50}
        assert floor.one("SELECT count(*) FROM customer") == 1
        assert floor.one("SELECT count(*) FROM conversation") == 1

    def test_that_was_answered_long_ago_is_known_for_ever(self, floor):
        floor.says("hello", mid="m_1")
        floor.clock.advance(days=400)
        floor.receives(message("hello", mid="m_1"))
        floor.answers()
        assert floor.outcomes() == ["answered"]

    def test_of_a_page_that_is_not_ours_is_kept_and_never_answered(self, floor):
        foreign = between(PSID, "999", NOW) | {"message": {"mid": "m_1", "text": "hi"}}
        floor.intake.accept(body(foreign, page="999"))
        assert floor.kinds() == {"message kept": 1}
        assert floor.woken == []
        assert floor.all("SELECT id FROM customer") == []

    def test_that_is_no_json_is_kept(self, floor):
        floor.intake.accept(b"\xff{")
        assert floor.kinds() == {"unparsable kept": 1}
        assert bytes(floor.one("SELECT raw FROM incoming_event")) == b"\xff{"

    def test_that_nobody_has_heard_of_is_kept(self, floor):
        floor.receives({**between(PSID, PAGE, NOW), "news_of_2027": {"a": 1}})
        (kind,) = floor.kinds()
        assert kind.endswith(" kept")
        assert floor.woken == []

    def test_for_another_app_is_shown_and_not_answered(self, floor):
        floor.hears("hello")
        floor.intake.accept(body(message("one", mid="m_2"), part="standby"))
        assert floor.kinds()["standby_message kept"] == 1
        assert ("customer", "one") in floor.thread()
        floor.answers()
        assert len(floor.outcomes()) == 1


class TestWhatIsSaidWhereAPersonAnswers:
    def held(self, floor):
        floor.says("hello")
        floor.takes_over()
        floor.clock.advance(minutes=1)

    def test_is_shown_as_it_comes_and_has_its_turn_later(self, floor):
        self.held(floor)
        floor.hears("it is broken")
        floor.receives(postback("Yes", "/affirm", at=floor.clock(), mid="m_tap"))
        assert floor.thread()[-2:] == [
            ("customer", "it is broken"),
            ("customer", "Yes"),
        ]
        assert floor.kinds()["message new"] == 1
        before = floor.thread()
        floor.answers()
        assert floor.thread() == before
        assert floor.outcomes()[-2:] == ["left_to_person", "left_to_person"]

    def test_is_shown_as_well_where_one_is_waited_for(self, floor):
        floor.says("hello")
        floor.run("UPDATE conversation SET status = 'waiting'")
        floor.clock.advance(minutes=1)
        floor.hears("it is broken")
        assert floor.thread()[-1] == ("customer", "it is broken")

    def test_is_not_shown_before_its_turn_where_the_assistant_answers(self, floor):
        floor.says("hello")
        floor.hears("it is broken", at=floor.clock() + timedelta(minutes=1))
        assert ("customer", "it is broken") not in floor.thread()

    def test_is_shown_once_however_often_and_wherever_it_comes(self, floor, url):
        self.held(floor)
        other = open_database(url)
        intakes = [floor.intake, Intake(other, floor.clock, APP, floor.woken.append)]
        said = body(message("it is broken", at=floor.clock(), mid="m_2"))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: intakes[n % 2].accept(said), range(24)))
        other.close()
        floor.answers()
        assert floor.thread().count(("customer", "it is broken")) == 1

    def test_is_not_shown_again_when_it_comes_after_it_was_forgotten(self, floor):
        self.held(floor)
        floor.hears("it is broken", mid="m_2")
        floor.answers()
        floor.run("DELETE FROM message WHERE mid = 'm_2'")
        floor.hears("it is broken", mid="m_2")
        floor.answers()
        assert ("customer", "it is broken") not in floor.thread()

    def test_is_shown_once_also_without_an_id(self, floor):
        self.held(floor)
        floor.receives(postback("Yes", "/affirm", at=floor.clock()))
        floor.answers()
        assert floor.thread().count(("customer", "Yes")) == 1

    def test_that_comes_late_is_shown_as_late(self, floor):
        self.held(floor)
        floor.says("thanks")
        floor.clock.advance(minutes=20)
        floor.says("it is broken", at=NOW - timedelta(minutes=1))
        assert floor.one("SELECT text FROM message WHERE late") == "it is broken"

    def test_opens_the_window_at_once(self, floor):
        self.held(floor)
        floor.run("UPDATE conversation SET last_heard_at = NULL")
        floor.hears("it is broken")
        assert floor.one("SELECT last_heard_at FROM conversation") is not None

    def test_leaves_what_it_says_to_the_turn(self, floor):
        self.held(floor)
        before = floor.one("SELECT claim, epoch, handled_id FROM conversation")
        floor.hears("it is broken")
        assert floor.one("SELECT claim, epoch, handled_id FROM conversation") == before


class TestABodyThatCannotBeStored:
    def test_is_refused_so_that_it_comes_again(self, floor):
        floor.run("ALTER TABLE incoming_event RENAME TO elsewhere")
        with capture_logs() as logged, pytest.raises(NotStoredError):
            floor.hears("hello")
        floor.run("ALTER TABLE elsewhere RENAME TO incoming_event")
        assert floor.woken == []
        assert [entry["event"] for entry in logged] == ["webhook_not_stored"]
        assert "hello" not in str(logged)
        assert floor.kinds() == {}

    def test_leaves_nothing_of_its_person_remembered(self, floor):
        floor.run("ALTER TABLE incoming_event RENAME TO elsewhere")
        with capture_logs(), pytest.raises(NotStoredError):
            floor.hears("hello")
        floor.run("ALTER TABLE elsewhere RENAME TO incoming_event")
        assert floor.all("SELECT id FROM conversation") == []
        floor.hears("hello")
        floor.answers()
        assert floor.outcomes() == ["answered"]


class TestAnEchoOfSomebodyElse:
    @pytest.mark.parametrize("app", [{"app_id": PAGE_INBOX}, {}], ids=["inbox", "none"])
    def test_is_shown_and_silences_the_assistant(self, floor, app):
        floor.hears("hello")
        floor.answers()
        floor.receives(echo("Tina here", at=floor.clock(), **app))
        floor.delivers()
        assert floor.graph.taken == []
        assert floor.status() == "agent"
        assert ("elsewhere", "Tina here") in floor.thread()

    def test_of_before_we_were_asked_again_changes_nothing(self, floor):
        floor.says("hello")
        floor.clock.advance(minutes=5)
        floor.run("UPDATE conversation SET status_at = :now", now=_text(floor))
        floor.receives(echo("Tina here", at=NOW))
        assert floor.status() == "bot"

    def test_begins_the_conversation_with_its_recipient(self, floor):
        floor.receives(echo("Hello, Tina here", psid="8"))
        assert floor.thread("8") == [("elsewhere", "Hello, Tina here")]
        assert floor.one("SELECT count(*) FROM customer") == 1

    @pytest.mark.parametrize("app", [int(APP), APP], ids=["number", "text"])
    def test_is_not_one_of_our_own_app(self, floor, app):
        floor.says("hello")
        floor.receives(echo("by our app", at=floor.clock(), app_id=app))
        assert floor.status() == "bot"

    def test_never_leads_to_a_turn(self, floor):
        floor.hears("hello")
        floor.woken.clear()
        floor.receives(echo("Tina here"))
        assert floor.woken == []


class TestMarksOfReading:
    def read(self, floor, at):
        floor.receives({**between(PSID, PAGE, at), "read": {"watermark": ms(at)}})

    def test_never_go_back(self, floor):
        floor.hears("hello")
        later = NOW + timedelta(minutes=5)
        self.read(floor, later)
        self.read(floor, NOW)
        seen = floor.one("SELECT read_at FROM conversation")
        assert str(later.replace(tzinfo=None)) in str(seen)

    def test_lead_to_no_turn(self, floor):
        floor.hears("hello")
        floor.woken.clear()
        self.read(floor, NOW)
        assert floor.woken == []


def test_a_batch_of_all_kinds_wakes_each_who_is_owed_a_turn_once(floor):
    floor.receives(
        message("hello", "1"),
        message("hello again", "1"),
        postback("Get Started", "GET_STARTED", "2"),
        echo("by somebody", "3"),
        {**between("4", PAGE, NOW), "referral": {"source": "SHORTLINK", "ref": "a"}},
    )
    owed = [floor.conversation(psid) for psid in ("1", "2", "4")]
    assert sorted(floor.woken) == owed


def test_what_came_in_is_kept_with_the_time_we_heard_of_it(floor):
    floor.clock.now = system_clock().replace(microsecond=0)
    floor.hears("hello", at=NOW)
    row = floor.one("SELECT at, received_at FROM incoming_event")
    assert str(NOW.replace(tzinfo=None)) in str(row["at"])
    assert str(floor.clock().replace(tzinfo=None)) in str(row["received_at"])


def _text(floor):
    return floor.clock().strftime("%Y-%m-%d %H:%M:%S.%f+00:00")

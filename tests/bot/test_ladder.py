"""Nobody comes: what happens rung by rung, counted in hours in which somebody could."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot import handoff, rungs, silence, waiting
from bot.hours import Hours
from bot.quiet import Quiet
from bot.rungs import Ladder
from bot.store import acts, attendance
from bot.store.attendance import Attendance
from bot.store.models import Conversation
from tests.dialogue import RESPONSES
from tests.floor import WITHIN, echo, postback, tap

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LADDER = Ladder(told=10 * MINUTE, raised=30 * MINUTE, escalated=60 * MINUTE)
#: Weekdays from nine to five, in London.
OFFICE = Hours(zone="Europe/London", week=(*[((540, 1020),)] * 5, (), ()))
FRIDAY = datetime(2026, 11, 27, tzinfo=UTC)
OTHER_APP = 263902037430900
SORRY, BACK = "taking a while", "nobody here just now"
FORGOTTEN, PLACE = "not forgotten", "Shall I keep your place?"
#: Every day from nine to five, in London.
EVERY_DAY = Hours(zone="Europe/London", week=((((540, 1020),)),) * 7)
BACK_MONDAY = "There's nobody here just now. We're back on Monday at 09:00."

LAST_AT = "SELECT at FROM message WHERE text LIKE '%keep your place%'"

#: Where the tables do no more than elsewhere.
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def on_friday(hour, minute=0):
    return FRIDAY.replace(hour=hour, minute=minute)


class Shop:
    """A Frontdesk with hours, one customer, and a clock that is swept by."""

    def __init__(self, floor):
        self.floor, self.house = floor, waiting.House()
        self.floor.clock.now = on_friday(12)
        self.set(hours=OFFICE)

    def set(self, hours=OFFICE, ladder=LADDER, resume_after=12 * HOUR):
        """Save other hours, as an admin does."""
        who, now = self.floor.staff(), self.floor.clock()

        def job(connection):
            new = Attendance(
                hours=hours,
                ladder=ladder,
                resume_after=resume_after,
                version=attendance.current(connection).version,
            )
            attendance.save(connection, new, staff_id=who, now=now)
            waiting.replan(connection, new, now)

        self.floor.write(job)

    def goes(self, moment):
        """Let it be this late; return what the customer is told by then."""
        self.floor.clock.now = moment
        before = len(self.floor.graph.taken)
        self.sweeps()
        return self.floor.graph.texts[before:]

    def sweeps(self):
        """Let all that is due be done, and sent."""
        now, house = self.floor.clock, self.house
        sweep = self.floor.new_sweep(
            unanswered=lambda c, t: waiting.tell(c, t, RESPONSES, now(), house),
            resume=lambda c, t: waiting.resume(c, t, now()),
        )
        for _ in range(4):  # a rung that is due may set the next, which is due as well
            sweep.sweep()
        self.floor.delivers()

    def asks(self, moment):
        """Let the customer ask for a person; return what they are told."""
        self.floor.clock.now = moment
        return self.floor.says("i want a person")

    def writes(self, text):
        """Let the agent answer."""
        self.floor.plans(text, author="agent", send_class="park")
        self.floor.delivers()

    def is_(self, *names):
        columns = [getattr(Conversation, name) for name in names]
        with self.floor.database.read() as connection:
            found = tuple(connection.execute(select(*columns)).one())
        return found[0] if len(names) == 1 else found

    def due(self):
        """What is to come, by rung."""
        rows = self.floor.all("SELECT payload, due_at FROM timer WHERE state = 'due'")
        return len(rows)

    def done(self):
        with self.floor.database.read() as connection:
            found = acts.of_thread(connection, self.floor.conversation(), None)
        return [act.kind.value for act in found]


@pytest.fixture
def shop(floor):
    return Shop(floor)


class TestWhoAsksWhenNobodyIsThere:
    def test_is_told_in_words_when_somebody_will_be(self, shop):
        (told,) = shop.asks(on_friday(17))
        assert told.endswith(BACK_MONDAY)
        assert shop.is_("status") == "waiting"

    @on_sqlite
    @pytest.mark.parametrize(
        ("moment", "told"),
        [
            (on_friday(7), "We're back today at 09:00."),
            (on_friday(7) + timedelta(days=2), "We're back tomorrow at 09:00."),
        ],
    )
    def test_hears_a_day_that_is_near_by_its_name(self, shop, moment, told):
        assert shop.asks(moment)[0].endswith(told)

    @on_sqlite
    def test_hears_of_the_holiday_and_the_date_that_is_further_away(self, shop):
        days = [date(2026, 11, 27) + timedelta(days=n) for n in range(10)]
        shop.set(
            Hours(
                zone=OFFICE.zone,
                week=OFFICE.week,
                holidays=dict.fromkeys(days, "our move"),
                note="In an emergency call 01632 960001.",
            )
        )
        (told,) = shop.asks(on_friday(12))
        assert told.endswith(
            "There's nobody here today: it's our move. We're back on Monday 7 December"
            " at 09:00. In an emergency call 01632 960001."
        )

    @on_sqlite
    def test_is_promised_nothing_that_nobody_knows(self, shop):
        shop.set(Hours(week=((),) * 7))
        assert shop.asks(on_friday(12))[0].endswith("I can't say yet when we're back.")

    @on_sqlite
    def test_in_open_hours_hears_nothing_of_them(self, shop):
        assert BACK not in shop.asks(on_friday(12))[0]

    def test_is_still_answered_what_the_assistant_knows(self, shop):
        shop.asks(on_friday(20))
        assert shop.floor.says("when are you open?") != []
        assert shop.floor.outcomes()[-1] == "answered"
        assert shop.is_("status") == "waiting"

    @on_sqlite
    def test_can_finish_a_question_that_the_assistant_asks(self, shop):
        shop.asks(on_friday(20))
        shop.floor.says("where is my parcel?")
        shop.floor.says("48213")
        assert "on its way" in shop.floor.says("anna@example.com")[-1]
        assert shop.is_("status") == "waiting"

    @on_sqlite
    def test_is_left_to_a_person_with_what_it_does_not_know(self, shop):
        shop.asks(on_friday(20))
        assert shop.floor.says("blargh fnord") == []
        assert shop.floor.outcomes()[-1] == "left_to_person"

    def test_hears_that_somebody_comes_on_asking_for_one_again(self, shop):
        shop.asks(on_friday(20))
        (said,) = shop.floor.says("i want a person")
        assert "kept your place" in said

    def test_is_not_answered_by_it_any_more_when_they_are_back(self, shop):
        shop.asks(on_friday(20))
        shop.floor.clock.now = on_friday(9) + timedelta(days=3)
        assert shop.floor.says("when are you open?") == []

    def test_is_not_answered_over_a_person_who_came_all_the_same(self, shop):
        shop.asks(on_friday(20))
        shop.floor.takes_over()
        assert shop.floor.says("when are you open?") == []


class TestTheLadder:
    def test_counts_only_the_minutes_in_which_somebody_is_there(self, shop):
        shop.asks(on_friday(17))
        monday = on_friday(9) + timedelta(days=3)
        assert shop.goes(monday + 9 * MINUTE) == []
        shop.floor.says("hello?")  # opens Messenger's window
        (told,) = shop.goes(monday + 10 * MINUTE)
        assert SORRY in told

    def test_raises_the_priority_then_calls_the_admins(self, shop):
        shop.asks(on_friday(12))
        assert len(shop.goes(on_friday(12, 10))) == 1
        assert shop.is_("rung", "priority") == (1, 0)
        assert shop.goes(on_friday(12, 30)) == []
        assert shop.is_("rung", "priority") == (2, 1)
        assert shop.goes(on_friday(13)) == []
        assert shop.is_("rung", "priority") == (3, 2)
        assert shop.done() == ["waits_long", "escalated"]

    def test_goes_on_at_the_next_opening(self, shop):
        shop.set(EVERY_DAY)
        shop.asks(on_friday(15))
        shop.goes(on_friday(16))
        (closed,) = shop.goes(on_friday(17))
        assert closed == "There's nobody here just now. We're back tomorrow at 09:00."
        saturday = on_friday(9) + timedelta(days=1)
        assert shop.goes(saturday - MINUTE) == []
        (told,) = shop.goes(saturday)
        assert FORGOTTEN in told
        assert shop.goes(saturday) == []

    def test_ends_when_somebody_comes(self, shop):
        shop.asks(on_friday(12))
        shop.goes(on_friday(12, 30))
        shop.floor.takes_over()
        assert shop.is_("rung", "overdue_at") == (0, None)
        assert shop.goes(on_friday(17)) == []
        assert shop.done() == ["waits_long"]

    def test_takes_each_rung_once_however_late_and_often_it_is_swept(self, shop):
        shop.asks(on_friday(12))
        told = [*shop.goes(on_friday(16)), *shop.goes(on_friday(16, 1))]
        assert len(told) == 1
        assert shop.done() == ["waits_long", "escalated"]

    @on_sqlite
    def test_begins_anew_with_another_wait(self, shop):
        shop.asks(on_friday(12))
        shop.goes(on_friday(13))
        shop.floor.write(
            lambda c: handoff.release(c, shop.floor.conversation(), on_friday(13))
        )
        shop.asks(on_friday(14))
        assert shop.is_("rung") == 0
        assert len(shop.goes(on_friday(14, 10))) == 1

    @on_sqlite
    def test_never_lowers_a_priority(self, shop):
        shop.asks(on_friday(12))
        shop.floor.run("UPDATE conversation SET priority = 2")
        shop.goes(on_friday(12, 30))
        assert shop.is_("priority") == 2

    def test_goes_by_the_hours_that_were_saved_meanwhile(self, shop):
        shop.asks(on_friday(17))
        shop.set(Hours())
        assert len(shop.goes(on_friday(17, 10))) == 1

    @on_sqlite
    def test_waits_for_hours_that_were_put_off_meanwhile(self, shop):
        shop.asks(on_friday(12))
        late = Ladder(told=HOUR, raised=2 * HOUR, escalated=3 * HOUR)
        shop.set(ladder=late)
        assert shop.goes(on_friday(12, 59)) == []
        assert len(shop.goes(on_friday(13))) == 1


class TestWhoWaitsOnAndOn:
    """A shop that never closes; the first hour is over, and everybody was called."""

    @pytest.fixture
    def shop(self, floor):
        shop = Shop(floor)
        shop.set(Hours())
        shop.asks(on_friday(0))
        shop.goes(on_friday(0, 10))
        shop.goes(on_friday(1))
        return shop

    def hour_by_hour(self, shop, begin, end):
        """What the customer is told at which hour after Friday's first."""
        told = ((n, shop.goes(on_friday(0) + n * HOUR)) for n in range(begin, end))
        return [(n, texts) for n, texts in told if texts]

    def test_is_told_so_ever_more_seldom_and_is_asked_before_the_window_closes(
        self, shop
    ):
        (first, again, last) = self.hour_by_hour(shop, 2, 72)
        assert [first[0], again[0], last[0]] == [4, 10, 22]
        assert FORGOTTEN in first[1][0]
        assert FORGOTTEN in again[1][0]
        assert PLACE in last[1][0]
        assert set(shop.floor.states()) == {"sent"}

    def test_stays_in_the_queue_where_it_was(self, shop):
        since = shop.is_("waiting_since")
        self.hour_by_hour(shop, 2, 30)
        assert shop.is_("status", "priority", "rung") == ("waiting", 2, 3)
        assert shop.is_("waiting_since") == since
        assert shop.due() == 2

    def taps(self, shop, title):
        """Let the customer tap what the last message offered; return the answer."""
        offered = shop.floor.graph.taken[-1]["message"]["quick_replies"]
        payload = {one["title"]: one["payload"] for one in offered}[title]
        before = len(shop.floor.graph.taken)
        shop.floor.receives(tap(title, payload, at=shop.floor.clock()))
        shop.floor.answers()
        shop.floor.delivers()
        return shop.floor.graph.texts[before:]

    def test_keeps_their_place_and_can_be_spoken_to_for_another_day(self, shop):
        self.hour_by_hour(shop, 2, 23)
        since = shop.is_("waiting_since")
        (kept,) = self.taps(shop, "Keep waiting")
        assert "I've kept your place" in kept
        assert shop.is_("status", "waiting_since") == ("waiting", since)
        later = self.hour_by_hour(shop, 23, 96)
        assert [n for n, _ in later] == [34, 44]
        assert FORGOTTEN in later[0][1][0]
        assert PLACE in later[1][1][0]

    def test_goes_back_to_the_assistant_at_a_tap(self, shop):
        self.hour_by_hour(shop, 2, 23)
        assert "leave it there" in self.taps(shop, "Ask the assistant")[0]
        assert shop.is_("status") == "bot"
        assert shop.due() == 0

    def test_is_asked_a_day_after_each_of_their_own_words(self, shop):
        self.hour_by_hour(shop, 2, 20)
        assert shop.floor.says("hello?") == []
        later = self.hour_by_hour(shop, 20, 96)
        assert [n for n, _ in later] == [22, 34, 41]
        assert [PLACE in texts[0] for _, texts in later] == [False, False, True]

    def test_is_heard_again_who_wrote_after_the_window_had_closed(self, shop):
        self.hour_by_hour(shop, 2, 50)
        shop.floor.says("hello?")
        later = self.hour_by_hour(shop, 50, 120)
        assert [PLACE in texts[0] for _, texts in later] == [False, True]
        assert set(shop.floor.states()) == {"sent"}

    @on_sqlite
    def test_is_told_once_however_often_it_is_swept(self, shop):
        assert len(shop.goes(on_friday(4))) == 1
        assert shop.goes(on_friday(4)) == []
        assert len(shop.goes(on_friday(22))) == 1
        assert shop.goes(on_friday(22)) == []

    @on_sqlite
    def test_who_taps_for_a_person_meanwhile_hears_that_they_wait(self, shop):
        said = postback("Talk to a person", "/contact_human_agent", at=on_friday(2))
        shop.floor.clock.now = on_friday(2)
        shop.floor.receives(said)
        shop.floor.answers()
        shop.floor.delivers()
        assert "I've kept your place" in shop.floor.graph.texts[-1]
        assert shop.is_("status") == "waiting"

    @on_sqlite
    def test_is_let_sleep_in_the_quiet_hours(self, floor):
        shop = Shop(floor)
        shop.set(Hours())
        shop.house = waiting.House(quiet=Quiet((time(22), time(8))))
        shop.asks(on_friday(2))
        told = [n for n, _ in self.hour_by_hour(shop, 3, 30)]
        # Not at six in the morning, and not at midnight but five minutes before ten.
        assert told == [3, 8, 14, 22]
        assert str(shop.floor.one(LAST_AT)).startswith("2026-11-27 22:00")

    @on_sqlite
    def test_of_a_shop_that_is_closed_is_told_when_somebody_will_be_there(self, floor):
        shop = Shop(floor)
        shop.asks(on_friday(16))
        for hour in range(17, 48):
            told = shop.goes(on_friday(0) + hour * HOUR)
        last = shop.floor.graph.texts[-1]
        assert PLACE in last
        assert last.endswith(BACK_MONDAY)
        assert told == []


def test_who_waits_as_everybody_goes_home_is_told_so_once(shop):
    shop.asks(on_friday(16, 55))
    assert shop.goes(on_friday(16, 59)) == []
    assert shop.goes(on_friday(17)) == [BACK_MONDAY]
    assert shop.goes(on_friday(18)) == []


def test_on_the_phone_it_reads_like_a_shop_that_has_gone_home(line, messenger, webhook):
    shop, psid = Shop(line), messenger.customer(says=None)

    def writes(moment, text):
        line.clock.now = moment
        messenger.post("clock", {"now": moment.isoformat()})
        before = len(webhook.of_kind("message"))
        messenger.say(psid, text=text)
        webhook.wait_for("message", before + 1)
        for body in webhook.bodies:
            line.intake.accept(body)
        line.answers()
        line.delivers()

    writes(on_friday(20), "i want a person")
    writes(on_friday(20, 1), "when are you open?")
    monday = on_friday(9) + timedelta(days=3)
    writes(monday + 5 * MINUTE, "hello?")
    line.clock.now = monday + 10 * MINUTE
    shop.sweeps()
    first, answer, last = [one["text"] for one in messenger.messages(psid)]
    assert first.endswith(BACK_MONDAY)
    assert BACK not in answer
    assert SORRY in last


class TestAPersonWhoFallsSilent:
    def test_lets_the_assistant_answer_again(self, shop):
        shop.floor.says("hello")
        shop.floor.takes_over()
        shop.writes("I'm here")
        shop.goes(on_friday(23))
        assert shop.is_("status") == "agent"
        shop.goes(on_friday(12) + 12 * HOUR)
        assert shop.is_("status", "assignee_id") == ("bot", None)
        assert shop.done() == ["resumed"]
        assert shop.floor.says("when are you open?") != []

    @on_sqlite
    def test_is_waited_for_anew_after_each_word(self, shop):
        shop.floor.says("hello")
        shop.floor.takes_over()
        shop.goes(on_friday(20))
        shop.writes("still here")
        shop.goes(on_friday(12) + 12 * HOUR)
        assert shop.is_("status") == "agent"
        shop.goes(on_friday(20) + 12 * HOUR)
        assert shop.is_("status") == "bot"

    @pytest.mark.parametrize("elsewhere", [True, False], ids=["elsewhere", "here"])
    def test_and_owes_a_word_lets_the_customer_wait_for_another(self, shop, elsewhere):
        shop.floor.says("hello")
        if elsewhere:
            at = shop.floor.clock()
            shop.floor.receives(echo("I'm Tina", app_id=OTHER_APP, at=at))
        else:
            shop.floor.takes_over()
        shop.floor.clock.advance(minutes=5)
        shop.floor.says("are you still there?")
        shop.goes(on_friday(12) + 12 * HOUR)
        assert shop.is_("status", "handoff_reason") == ("waiting", "agent_away")
        assert shop.due() > 0

    @on_sqlite
    def test_has_as_long_as_was_set(self, shop):
        shop.floor.says("hello")
        shop.floor.takes_over()
        shop.writes("I'm here")
        shop.set(resume_after=2 * HOUR)
        shop.goes(on_friday(14))
        assert shop.is_("status") == "bot"

    @on_sqlite
    def test_because_it_was_put_by_keeps_it(self, shop):
        shop.floor.says("hello")
        shop.floor.takes_over()
        shop.writes("I'm here")
        until = str(on_friday(12) + timedelta(days=1))
        shop.floor.run("UPDATE conversation SET snoozed_until = :until", until=until)
        shop.goes(on_friday(12) + 20 * HOUR)
        assert shop.is_("status") == "agent"


def test_every_rung_leads_to_another_or_comes_again_or_stands_beside_them():
    assert {*rungs.NEXT, *rungs.REPEATED, rungs.Rung.CLOSED} == set(rungs.Rung)


def test_ten_minutes_are_the_first_rung_until_somebody_saves_another(floor):
    with floor.database.read() as connection:
        found = attendance.current(connection, WITHIN)
    assert (found.ladder, found.hours, found.version) == (LADDER, Hours(), 0)
    assert silence.RESUME == "resume"

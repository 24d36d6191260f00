"""Reminders: asked for in the chat, told once, in time and never after."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot import reminders
from bot.calendar.csv_file import COLUMNS, import_events
from bot.calendar.events import GuardedCalendar, TableCalendar
from bot.guard import Guard
from bot.store import pages
from bot.store.models import Timer
from bot.sweep import Duties, Sweep
from tests.dialogue import SPOKEN, assistants
from tests.floor import NOW, PAGE, PSID, Floor, Understanding, message, postback

TICKET = "HR-7K2M9Q"
CONCERT = {
    "event_id": "concert",
    "name": "Harbour Sessions",
    "starts_at": "2026-12-05T19:30",
    "zone": "Europe/London",
    "venue": "The Old Chapel",
    "status": "scheduled",
    "ticket": TICKET,
    "holder_email": "anna@example.com",
}
FAIR = {
    **CONCERT,
    "event_id": "fair",
    "name": "Record Fair",
    "starts_at": "2026-12-07T19:30",
    "ticket": "HR-FAIR01",
}
OTHER = "8400112233445566"
START = datetime(2026, 12, 5, 19, 30, tzinfo=UTC)
DAY, HOURS = START - timedelta(days=1), START - timedelta(hours=2)


class Hall:
    """A Frontdesk whose shop has events, and a file that changes them."""

    def __init__(self, database, folder):
        guard = Guard("ticket", database, "a-key-of-tests")
        calendar = GuardedCalendar(TableCalendar(database, lambda: NOW), guard)
        known = Understanding(assistants(calendar=calendar))
        self.floor = Floor(database, understanding=known)
        self.clock = self.floor.clock
        #: Of the customer; the shop's own is French.
        self.language = "en"
        self._file = folder / "events.csv"
        self.import_rows(CONCERT)

    def import_rows(self, *rows):
        lines = [",".join(row[name] for name in COLUMNS.needed) for row in rows]
        self._file.write_text("\n".join([",".join(COLUMNS.needed), *lines]) + "\n")
        import_events(
            self._file,
            self.floor.database,
            lambda c, event, left: reminders.replan(c, event, self.clock(), left),
        )

    def changes(self, **event):
        self.import_rows({**CONCERT, **event})

    def asks(self, ticket=TICKET, psid=PSID):
        """Let a customer ask for their event; return the last answer."""
        said = self.floor.says("when is the concert?", psid)
        for words in (ticket, "anna@example.com"):
            said = self.floor.says(words, psid)
        return said

    def switches_on(self):
        """Do what comes of the ticket and the e-mail."""
        self.floor.says("hello")
        customer = self.floor.one("SELECT id FROM customer WHERE psid = :p", p=PSID)
        self.floor.write(
            lambda c: reminders.switch_on(c, customer, TICKET, self.clock())
        )

    def approves(self, state="APPROVED", **others):
        abilities = {"templates": {"event_reminder": {"en": state, **others}}}
        self.floor.write(lambda c: pages.able(c, PAGE, abilities))

    def sweep(self, wake_turn=lambda number: None):
        def fire(connection, timer):
            spoken = SPOKEN[self.language]
            reminders.fire(connection, timer, spoken, "fr", self.clock())

        duties = Duties(wake_turn, lambda number: None, {reminders.KIND: fire})
        return Sweep(self.floor.database, self.clock, duties)

    def at(self, moment):
        """Let it be this late, and do what is then due; return what was sent."""
        self.clock.now = moment
        before = len(self.floor.graph.taken)
        self.sweep().sweep()
        self.floor.delivers()
        return self.floor.graph.taken[before:]

    def timers(self, state="due"):
        """The reminders in a state: which, and when they are due."""
        with self.floor.database.read() as connection:
            rows = connection.execute(
                select(Timer.payload, Timer.due_at)
                .where(Timer.kind == reminders.KIND, Timer.state == state)
                .order_by(Timer.due_at)
            ).all()
        return [(row.payload["step"], row.due_at) for row in rows]

    def reasons(self):
        rows = self.floor.all(
            "SELECT reason FROM timer WHERE kind = 'reminder' ORDER BY due_at, id"
        )
        return [row["reason"] for row in rows]

    def reminded(self):
        """The states of the reminders we planned to send."""
        rows = self.floor.all(
            "SELECT state FROM outgoing_message WHERE purpose = 'reminder' ORDER BY seq"
        )
        return [row["state"] for row in rows]


#: Where the tables do no more than elsewhere.
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def hall(database, tmp_path):
    return Hall(database, tmp_path)


def parameters(template):
    """What is put in place of the variables."""
    (part,) = template["components"]
    return {one["parameter_name"]: one["text"] for one in part["parameters"]}


def buttons(body):
    return body["message"]["attachment"]["payload"]["buttons"]


class TestSwitch:
    def test_ticket_and_email_switch_them_on_and_we_say_so(self, hall):
        said = hall.asks()
        assert "Saturday 5 December" in said[-1]
        assert said[-1].endswith("I'll remind you here before it starts.")
        assert hall.timers() == [("day", DAY), ("hours", HOURS)]

    @on_sqlite
    def test_without_the_right_email_nobody_is_reminded(self, hall):
        hall.floor.says("when is the concert?")
        hall.floor.says(TICKET)
        hall.floor.says("eve@example.com")
        assert hall.timers() == []

    @on_sqlite
    def test_the_button_beside_it_switches_them_off(self, hall):
        hall.asks()
        (button,) = buttons(hall.floor.graph.taken[-1])
        assert button["title"] == "No reminders"
        hall.floor.receives(postback(button["title"], button["payload"]))
        hall.floor.answers()
        hall.floor.delivers()
        assert hall.floor.graph.texts[-1] == "Done: no reminders for this one."
        assert hall.timers() == []
        assert hall.at(DAY) == []

    def test_stop_switches_all_of_them_off(self, hall):
        hall.import_rows(
            CONCERT, {**CONCERT, "event_id": "fair", "ticket": "HR-FAIR01"}
        )
        hall.asks()
        hall.asks("HR-FAIR01")
        assert len(hall.timers()) == 4
        hall.floor.says("stop writing to me")
        assert hall.timers() == []
        assert set(hall.reasons()) == {"opted out"}

    def test_who_waits_for_a_person_ends_them_all_the_same(self, hall):
        hall.asks()
        hall.floor.says("i want a person")
        (told,) = hall.floor.says("actually, no reminders please")
        assert told == "Done: no reminders for this one."
        assert hall.timers() == []
        assert hall.floor.status() == "waiting"

    def test_beside_a_person_they_end_without_a_word(self, hall):
        hall.asks()
        hall.floor.takes_over()
        assert hall.floor.says("actually, no reminders please") == []
        assert hall.timers() == []
        assert hall.floor.status() == "agent"

    @pytest.mark.parametrize("waits", [True, False], ids=["awaited", "answers"])
    def test_the_button_ends_them_where_a_person_is(self, hall, waits):
        hall.asks()
        (button,) = buttons(hall.floor.graph.taken[-1])
        hall.floor.says("i want a person")
        assert waits or hall.floor.takes_over()
        hall.floor.receives(postback(button["title"], button["payload"]))
        hall.floor.answers()
        hall.floor.delivers()
        assert hall.timers() == []
        assert hall.floor.status() == ("waiting" if waits else "agent")

    def test_who_said_stop_and_asks_anew_is_reminded_as_we_say(self, hall):
        hall.asks()
        hall.floor.says("stop writing to me")
        assert "I'll remind you" in " ".join(hall.asks())
        hall.approves()
        assert len(hall.at(DAY)) == 1

    @on_sqlite
    def test_a_reminder_offers_to_be_the_last(self, hall):
        hall.asks()
        hall.clock.now = DAY
        hall.floor.says("thanks")
        (body,) = hall.at(DAY)
        (choice,) = body["message"]["quick_replies"]
        assert choice["title"] == "No more reminders"
        tap = {"quick_reply": {"payload": choice["payload"]}}
        hall.floor.receives(message(choice["title"], at=DAY, **tap))
        hall.floor.answers()
        assert hall.timers() == []

    @on_sqlite
    def test_of_two_tickets_to_one_event_the_other_still_counts(self, hall):
        hall.import_rows(CONCERT, {**CONCERT, "ticket": "HR-OTHER1"})
        hall.asks()
        hall.asks("HR-OTHER1")
        assert len(hall.timers()) == 2
        # Behind it stands that a person can help: the same was told of the first.
        (button,) = buttons(hall.floor.graph.taken[-2])
        hall.floor.receives(postback(button["title"], button["payload"]))
        hall.floor.answers()
        assert len(hall.timers()) == 2


def recipients(bodies):
    return sorted(body["recipient"]["id"] for body in bodies)


class TestTwoWithOneTicket:
    """A couple shares a ticket: both have proved it, both were promised reminders."""

    @pytest.fixture(autouse=True)
    def both_ask(self, hall):
        for psid in (PSID, OTHER):
            assert hall.asks(psid=psid)[-1].endswith(
                "I'll remind you here before it starts."
            )
        hall.approves()

    def test_both_are_reminded_each_time(self, hall):
        assert recipients(hall.at(DAY)) == [PSID, OTHER]
        assert recipients(hall.at(HOURS)) == [PSID, OTHER]
        assert hall.at(START) == []

    def test_who_asks_again_does_not_put_the_other_out(self, hall):
        hall.asks(psid=PSID)
        assert recipients(hall.at(DAY)) == [PSID, OTHER]

    @pytest.mark.parametrize("psid", [PSID, OTHER])
    def test_one_who_wants_none_does_not_speak_for_the_other(self, hall, psid):
        customer = hall.floor.one("SELECT id FROM customer WHERE psid = :p", p=psid)
        hall.floor.write(
            lambda c: reminders.switch_off(c, customer, TICKET, "asked for")
        )
        assert recipients(hall.at(DAY)) == sorted({PSID, OTHER} - {psid})

    @pytest.mark.parametrize("psid", [PSID, OTHER])
    def test_a_stop_of_one_leaves_the_other_what_they_asked_for(self, hall, psid):
        hall.floor.says("stop writing to me", psid)
        assert recipients(hall.at(DAY)) == sorted({PSID, OTHER} - {psid})
        assert recipients(hall.at(HOURS)) == sorted({PSID, OTHER} - {psid})

    def test_both_learn_of_another_time(self, hall):
        hall.changes(starts_at="2026-12-06T20:00", status="moved")
        assert hall.at(DAY) == []
        assert recipients(hall.at(datetime(2026, 12, 5, 20, tzinfo=UTC))) == [
            PSID,
            OTHER,
        ]

    def test_neither_is_reminded_of_what_is_off(self, hall):
        hall.changes(status="cancelled")
        assert hall.timers() == []
        assert hall.at(DAY) == hall.at(HOURS) == []

    def test_both_go_with_the_ticket_to_another_event(self, hall):
        hall.import_rows(CONCERT, FAIR)
        hall.import_rows({**FAIR, "ticket": TICKET})
        assert hall.at(DAY) == []
        sent = hall.at(DAY + timedelta(days=2))
        assert recipients(sent) == [PSID, OTHER]
        assert all("Record Fair" in str(body) for body in sent)

    def test_what_waits_for_a_ticket_that_moved_is_taken_back(self, hall):
        hall.approves("PENDING")
        assert hall.at(DAY) == []
        hall.import_rows({**FAIR, "ticket": TICKET})
        assert hall.reminded() == ["cancelled"] * 2

    def test_a_ticket_that_went_to_somebody_else_is_withdrawn_from_both(self, hall):
        hall.changes(holder_email="ben@example.com")
        assert hall.timers() == []
        assert hall.floor.all("SELECT * FROM ticket_holder") == []
        assert hall.at(DAY) == []

    def test_of_two_tickets_to_the_event_the_other_keeps_them(self, hall):
        hall.import_rows(CONCERT, {**CONCERT, "ticket": "HR-OTHER1"})
        hall.asks("HR-OTHER1", psid=OTHER)
        hall.changes(holder_email="ben@example.com")
        assert recipients(hall.at(DAY)) == [OTHER]


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_who_switches_on_while_the_event_is_moved_is_reminded_at_its_new_time(hall):
    hall.floor.says("hello")
    hall.floor.says("hello", OTHER)
    hall.switches_on()
    other = hall.floor.one("SELECT id FROM customer WHERE psid = :p", p=OTHER)
    before_commit, begun = threading.Event(), threading.Event()

    def moves(connection):
        connection.execute(
            text(
                "UPDATE calendar_event SET starts_at = '2026-12-06T20:00Z',"
                " wall_time = '2026-12-06T20:00:00', status = 'moved'"
            )
        )
        begun.set()
        before_commit.wait(1)  # the other one has come as far as it can
        reminders.replan(connection, "concert", hall.clock())

    def switches_on(connection):
        reminders.switch_on(connection, other, TICKET, hall.clock())
        before_commit.set()

    moving = threading.Thread(target=hall.floor.write, args=(moves,))
    moving.start()
    begun.wait(10)
    hall.floor.write(switches_on)
    moving.join()
    hall.approves()
    assert recipients(hall.at(datetime(2026, 12, 5, 20, tzinfo=UTC))) == [PSID, OTHER]


@on_sqlite
@pytest.mark.parametrize(
    ("zone", "starts_at", "day", "hours"),
    [
        # On 28 March 2027 at one in the morning London's clocks go forward: the
        # same time on the wall is 23 hours before.
        ("Europe/London", "2027-03-28T19:30", "2027-03-27 19:30", "2027-03-28 16:30"),
        # On 31 October they go back: 25 hours.
        ("Europe/London", "2027-10-31T19:30", "2027-10-30 18:30", "2027-10-31 17:30"),
        # In New York on 14 March, hours after the shop's own day began.
        (
            "America/New_York",
            "2027-03-14T20:00",
            "2027-03-14 01:00",
            "2027-03-14 22:00",
        ),
        # A time that the clock of the day before jumps over.
        ("Europe/London", "2027-03-29T01:30", "2027-03-28 01:30", "2027-03-28 22:30"),
    ],
)
def test_a_day_before_is_the_same_time_on_the_wall(hall, zone, starts_at, day, hours):
    hall.changes(zone=zone, starts_at=starts_at)
    hall.switches_on()
    assert [f"{due:%Y-%m-%d %H:%M}" for _, due in hall.timers()] == [day, hours]


class TestOnce:
    @pytest.fixture(autouse=True)
    def switched_on(self, hall):
        hall.switches_on()
        hall.approves()

    def test_each_comes_once_however_often_we_look(self, hall):
        assert hall.at(DAY - timedelta(seconds=1)) == []
        assert len(hall.at(DAY)) == 1
        assert hall.at(DAY) == hall.at(DAY + timedelta(minutes=1)) == []
        assert len(hall.at(HOURS)) == 1
        assert hall.at(START) == hall.at(START + timedelta(days=1)) == []

    def test_two_that_look_at_the_same_time_send_one(self, hall):
        hall.floor.hears("hello")  # so that both wake a turn before they fire
        hall.clock.now = DAY
        both = threading.Barrier(2, timeout=20)
        sweeps = [hall.sweep(lambda number: both.wait()) for _ in range(2)]
        threads = [threading.Thread(target=sweep.sweep) for sweep in sweeps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert hall.reminded() == ["pending"]
        assert hall.timers("done") == [("day", DAY)]

    def test_switched_off_and_on_again_there_is_still_one(self, hall):
        hall.switches_on()
        hall.switches_on()
        assert len(hall.at(DAY)) == 1

    def test_a_person_who_answers_meanwhile_does_not_keep_it_back(self, hall):
        hall.floor.takes_over()
        assert len(hall.at(DAY)) == 1


class TestChange:
    @pytest.fixture(autouse=True)
    def switched_on(self, hall):
        hall.switches_on()
        hall.approves()

    def test_an_event_that_is_off_is_not_reminded_of(self, hall):
        hall.changes(status="cancelled")
        assert hall.timers() == []
        assert set(hall.reasons()) == {"the event has changed"}
        assert hall.at(DAY) == []

    def test_an_event_that_is_on_again_is(self, hall):
        hall.changes(status="cancelled")
        hall.changes()
        assert hall.timers() == [("day", DAY), ("hours", HOURS)]

    def test_a_moved_event_is_reminded_of_at_its_new_time(self, hall):
        hall.changes(starts_at="2026-12-06T20:00", status="moved")
        assert hall.at(DAY) == hall.at(HOURS) == []
        (body,) = hall.at(datetime(2026, 12, 5, 20, tzinfo=UTC))
        said = str(body["message"])
        assert "Sunday 6 December" in said
        assert "20:00" in said

    def test_an_event_moved_after_its_reminder_is_reminded_of_again(self, hall):
        assert len(hall.at(DAY)) == 1
        hall.changes(starts_at="2026-12-08T19:30", status="moved")
        assert len(hall.at(DAY + timedelta(days=3))) == 1

    @pytest.mark.parametrize(
        "change", [{"status": "cancelled"}, {"starts_at": "2026-12-06T20:00"}]
    )
    def test_what_waits_to_be_sent_is_taken_back(self, hall, change):
        """The Page may be shut, or the template not approved yet."""
        hall.approves("PENDING")
        assert hall.at(DAY) == []
        assert hall.reminded() == ["pending"]
        hall.changes(**change)
        hall.approves()
        hall.floor.leases_end()
        assert hall.at(DAY + timedelta(hours=1)) == []
        assert hall.reminded() == ["cancelled"]

    def test_what_waits_to_be_sent_is_kept_if_only_the_place_is_another(self, hall):
        hall.approves("PENDING")
        hall.at(DAY)
        hall.changes(venue="The Boathouse")
        assert hall.reminded() == ["pending"]

    def test_what_waits_to_be_sent_is_taken_back_from_who_wants_none(self, hall):
        hall.approves("PENDING")
        hall.at(DAY)
        hall.floor.says("stop writing to me")
        assert hall.reminded() == ["cancelled"]


@on_sqlite
class TestWay:
    @pytest.fixture(autouse=True)
    def switched_on(self, hall):
        hall.switches_on()

    def test_inside_the_window_it_is_a_text(self, hall):
        hall.clock.now = HOURS
        hall.floor.says("thanks")
        (body,) = hall.at(HOURS)
        assert body["messaging_type"] == "RESPONSE"
        assert body["message"]["text"] == (
            "Harbour Sessions starts soon: Saturday 5 December at 19:30 (local time), "
            "at The Old Chapel. Enjoy!"
        )
        assert body["recipient"] == {"id": PSID}
        assert "tag" not in body

    def test_outside_it_is_the_approved_template(self, hall):
        hall.approves()
        (body,) = hall.at(DAY)
        assert body["messaging_type"] == "UTILITY"
        template = body["message"]["template"]
        assert template["name"] == "event_reminder"
        assert parameters(template) == {
            "event": "Harbour Sessions",
            "date": "Saturday 5 December",
            "time": "19:30",
            "venue": "The Old Chapel",
        }
        assert "text" not in body["message"]

    @pytest.mark.parametrize(
        ("language", "date"),
        [
            ("ar", "السبت، 5 ديسمبر"),
            ("es", "sábado 5 de diciembre"),
            ("fr", "samedi 5 décembre"),
            ("zh", "12月5日星期六"),
        ],
    )
    def test_outside_it_speaks_the_customers_language(self, hall, language, date):
        hall.language, code = language, language.replace("zh", "zh_CN")
        hall.approves(**{code: "APPROVED"})
        (body,) = hall.at(DAY)
        template = body["message"]["template"]
        assert template["language"] == {"code": code}
        assert parameters(template)["date"] == date

    @pytest.mark.parametrize(
        ("reviews", "code", "date"),
        [
            ({"es": "PENDING", "fr": "APPROVED"}, "fr", "samedi 5 décembre"),
            ({"es": "REJECTED", "fr": "PENDING"}, "en", "Saturday 5 December"),
        ],
    )
    def test_else_it_speaks_the_shops_else_english(self, hall, reviews, code, date):
        hall.language = "es"
        hall.approves(**reviews)
        (body,) = hall.at(DAY)
        template = body["message"]["template"]
        assert template["language"] == {"code": code}
        assert parameters(template)["date"] == date

    @pytest.mark.parametrize("state", [None, "PENDING", "REJECTED", "PAUSED"])
    def test_without_an_approved_one_it_is_not_sent_and_says_why(self, hall, state):
        if state:
            hall.approves(state)
        assert hall.at(DAY) == []
        found = hall.floor.one("SELECT reason FROM outgoing_message WHERE key <> ''")
        assert "event_reminder is not approved" in found

    def test_it_goes_out_once_the_template_is_approved(self, hall):
        hall.at(DAY)
        hall.approves()
        hall.floor.leases_end()
        assert len(hall.at(DAY + timedelta(hours=1))) == 1

    def test_what_could_not_go_out_in_time_expires(self, hall):
        hall.at(DAY)
        hall.approves()
        hall.floor.leases_end()
        assert len(hall.at(HOURS)) == 1  # the second one, not the first
        assert hall.reminded() == ["expired", "sent"]


@on_sqlite
class TestLate:
    @pytest.fixture(autouse=True)
    def switched_on(self, hall):
        hall.switches_on()
        hall.approves()

    def test_after_the_start_nothing_is_sent(self, hall):
        assert hall.at(START) == []
        assert hall.timers("expired") == [("day", DAY), ("hours", HOURS)]
        assert hall.reasons() == ["its time had passed"] * 2

    def test_before_the_start_the_newer_one_is_sent_alone(self, hall):
        (body,) = hall.at(START - timedelta(minutes=1))
        assert "Harbour Sessions" in str(body)
        assert hall.timers("expired") == [("day", DAY)]

    def test_who_asks_on_the_day_is_told_of_what_is_still_to_come(self, hall):
        hall.floor.says("stop writing to me")
        hall.clock.now = DAY + timedelta(hours=1)
        hall.asks()
        assert hall.timers() == [("hours", HOURS)]

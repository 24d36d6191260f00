"""Events beside a conversation: when, where, and whether they take place."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.calendar.events import TICKET, GuardedCalendar, TableCalendar
from bot.event_names import EventNames
from bot.guard import Guard
from bot.store.shop import CalendarEvent, Ticket
from bot.web import cookies
from tests.bot.visiting import add, words
from tests.dialogue import SAYINGS, StubModel, assistants
from tests.floor import Floor, Understanding

HALL = "The Old Chapel"
SAID = {
    "when is tide tables?": "event_when",
    "when is the concert?": "event_when",
    "is night ferry still on?": "event_cancelled",
    "when is harbour jazz?": "event_when",
    "when is far away?": "event_when",
}


def event(parts, key, name, wall, zone="Europe/London", status="scheduled"):
    at = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
    about = {"wall_time": wall, "zone": zone, "venue": HALL, "status": status}
    add(parts, CalendarEvent, event_id=key, name=name, starts_at=at, **about)


@pytest.fixture
def floor(parts):
    event(parts, "tide", "Tide Tables", "2026-12-05T19:30:00")
    event(parts, "ferry", "Night Ferry", "2026-12-06T20:00:00", status="cancelled")
    event(parts, "far", "Far Away", "2026-12-07T20:00:00", "America/New_York")
    event(parts, "one", "Harbour Jazz", "2026-12-08T20:00:00")
    event(parts, "two", "Harbour Jazz", "2026-12-09T20:00:00", status="moved")
    holder = {"event_id": "tide", "holder_email": "anna@example.com"}
    add(parts, Ticket, number="HR-7K2M9Q", **holder)
    floor = Floor(parts.database)
    table = TableCalendar(parts.database, floor.clock)
    guard = Guard(TICKET, parts.database, "of the tests")
    calendar = GuardedCalendar(table, guard)
    model = StubModel({**SAYINGS, **SAID})
    known = assistants(model=model, calendar=calendar)
    names = EventNames(tuple(table.announced()))
    floor.understanding = Understanding(replace(known, names=names))
    floor.answerer = floor.new_answerer()
    return floor


def beside(agent, floor):
    page = agent.page(f"/inbox/{floor.conversation()}")
    _, mark, rest = page.partition('data-testid="goods"')
    told = words(f"<p {rest.split('</section>')[0]}") if mark else ""
    return told.replace(" ,", ",")


def test_an_event_that_was_asked_about_is_beside_the_thread(agent, floor):
    floor.says("when is tide tables?")
    told = beside(agent, floor)
    assert f"Tide Tables 5 Dec, 19:30, Scheduled, {HALL}" in told
    assert "no ticket to it is proved as theirs" in told


def test_one_that_was_called_off_says_so(agent, floor):
    floor.says("is night ferry still on?")
    assert f"Night Ferry 6 Dec, 20:00, Cancelled, {HALL}" in beside(agent, floor)


def test_it_is_as_the_calendar_has_it_now(agent, floor, parts):
    floor.says("when is tide tables?")
    moved = update(CalendarEvent).where(CalendarEvent.event_id == "tide")
    values = {"status": "moved", "venue": "Town hall"}
    parts.database.write(lambda c: c.execute(moved.values(**values)))
    assert "Tide Tables 5 Dec, 19:30, Moved, Town hall" in beside(agent, floor)


def test_one_that_has_begun_does_not_say_it_is_to_come(agent, floor, parts):
    floor.says("when is tide tables?")
    parts.clock.advance(days=20)
    assert "Tide Tables 5 Dec, 19:30, Has begun" in beside(agent, floor)


def test_it_is_told_in_the_readers_language(agent, floor):
    floor.says("when is tide tables?")
    agent.client.set_cookie(cookies.LANGUAGE, "es")
    told = beside(agent, floor)
    assert "Tide Tables 5 dic, 19:30, Programado" in told


def test_where_the_venues_clock_shows_another_hour_that_is_told_too(agent, floor):
    floor.says("when is far away?")
    assert "Far Away 8 Dec, 01:00 (20:00 there)" in beside(agent, floor)


def test_of_a_name_that_fits_several_each_may_be_meant(agent, floor):
    floor.says("when is harbour jazz?")
    told = beside(agent, floor)
    assert "Harbour Jazz 8 Dec, 20:00, Scheduled" in told
    assert "Harbour Jazz 9 Dec, 20:00, Moved" in told
    assert told.count("One of those that the customer may mean") == 2


def test_once_it_is_said_which_the_other_is_gone(agent, floor):
    floor.says("when is harbour jazz?")
    floor.says("2")
    told = beside(agent, floor)
    assert "Harbour Jazz 9 Dec" in told
    assert told.count("Harbour Jazz") == 1
    assert "may mean" not in told


def test_with_its_proved_ticket_it_is_there_once(agent, floor):
    for text in ("when is tide tables?", "when is the concert?", "HR-7K2M9Q"):
        floor.says(text)
    floor.says("anna@example.com")
    told = beside(agent, floor)
    assert told.count("Tide Tables") == 1
    assert "Ticket HR-7K2M9Q" in told
    assert "Proved as theirs" in told
    assert "no ticket to it" not in told


def test_a_ticket_that_is_not_proved_does_not_say_what_it_admits_to(agent, floor):
    floor.says("when is the concert?")
    floor.says("HR-7K2M9Q")
    told = beside(agent, floor)
    assert "Ticket HR-7K2M9Q Not proved as theirs" in told
    assert "Tide Tables" not in told


def test_what_is_told_by_its_name_proves_no_ticket(agent, floor):
    texts = ["when is the concert?", "HR-7K2M9Q", "b@c.example", "never mind"]
    for text in (*texts, "is night ferry still on?"):
        floor.says(text)
    told = beside(agent, floor)
    assert "Night Ferry 6 Dec, 20:00, Cancelled" in told
    assert "Ticket HR-7K2M9Q Not proved as theirs" in told
    assert "Tide Tables" not in told

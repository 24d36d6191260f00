"""Events and tickets from a file: one row a ticket, and who is to know of changes."""

from datetime import UTC, datetime

import pytest

from bot.calendar.csv_file import COLUMNS, import_events
from bot.calendar.events import GuardedCalendar, TableCalendar
from bot.content import DATA, patterns_of
from bot.guard import Guard
from bot.store.tables import FileError
from tests.floor import NOW

EVENT = (
    "concert,Harbour Sessions,2026-12-05T19:30,Europe/London,The Old Chapel,scheduled"
)
ROW = f"{EVENT},HR-7K2M9Q,Anna@Example.com"

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def changed():
    """The events that were said to be different, in order."""
    return []


@pytest.fixture
def imported(database, tmp_path, changed):
    """Import these lines, and return the report as a person reads it."""

    def read(*lines):
        path = tmp_path / "events.csv"
        path.write_text("\n".join([",".join(COLUMNS.needed), *lines]) + "\n")
        report = import_events(
            path, database, lambda connection, event_id, left: changed.append(event_id)
        )
        return list(report.lines())

    return read


@pytest.fixture
def calendar(database):
    calendar = TableCalendar(database, lambda: NOW)
    return GuardedCalendar(calendar, Guard("ticket", database, "a-key-of-tests"))


def test_a_ticket_is_found_with_its_email_and_with_no_other(imported, calendar):
    assert imported(ROW) == ["1 row imported, 0 refused"]
    event = calendar.find("HR-7K2M9Q", " anna@example.com", "555").event
    assert (event.name, event.venue) == ("Harbour Sessions", "The Old Chapel")
    assert event.starts_at == datetime(2026, 12, 5, 19, 30, tzinfo=UTC)
    assert calendar.find("HR-7K2M9Q", "eve@example.com", "555") is None
    assert calendar.find("HR-OTHER1", "anna@example.com", "555") is None


def test_the_same_file_again_changes_nothing_and_tells_nobody(
    imported, changed, calendar
):
    imported(ROW)
    imported(ROW)
    assert changed == []
    assert len(calendar.upcoming()) == 1


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("2026-12-05T19:30", "2026-12-06T20:00"),
        ("scheduled", "cancelled"),
        ("The Old Chapel", "The Boathouse"),
        ("Europe/London", "Europe/Paris"),
        ("Harbour Sessions", "Harbour Night"),
    ],
)
def test_whoever_reminds_is_told_of_a_change_once(imported, changed, what, other):
    imported(ROW)
    imported(ROW.replace(what, other), ROW.replace(what, other).replace("7K2", "8L3"))
    assert changed == ["concert"]


def test_a_ticket_that_goes_elsewhere_is_a_change_of_both_events(imported, changed):
    other = ROW.replace("concert", "fair")
    imported(ROW, other.replace("7K2", "8L3"))
    imported(other)
    assert changed == ["concert", "fair"]


@on_sqlite
class TestRow:
    def test_bad_rows_are_named_and_the_rest_goes_in(self, imported, calendar):
        report = imported(
            ROW.replace("Europe/London", "Europe/Londn"),
            ROW.replace("Europe/London", "../London"),
            ROW.replace("2026-12-05T19:30", "5 December 19:30"),
            ROW.replace("scheduled", "postponed"),
            ROW.replace("The Old Chapel", " "),
            ROW,
        )
        assert report[0] == "1 row imported, 5 refused"
        cures = [
            "zone 'Europe/Londn' is none, such as Europe/London",
            "such as Europe/London",
            "is not 2026-12-24T19:30",
            "it must be scheduled, cancelled, moved",
            "venue is empty",
        ]
        for number, (line, cure) in enumerate(zip(report[1:], cures, strict=True), 2):
            assert line.startswith(f"events.csv, line {number}: ")
            assert cure in line
        assert calendar.find("HR-7K2M9Q", "anna@example.com", "555")

    def test_a_start_may_bring_its_own_offset(self, imported, calendar):
        imported(ROW.replace("2026-12-05T19:30", "2026-12-05T20:30+01:00"))
        (event,) = calendar.upcoming()
        assert event.starts_at.isoformat() == "2026-12-05T19:30:00+00:00"

    def test_a_ticket_needs_whoever_holds_it(self, imported):
        report = imported(f"{EVENT},HR-7K2M9Q,", f"{EVENT},HR-7K2M9Q,anna")
        assert report[0] == "0 rows imported, 2 refused"
        assert "holder_email is empty" in report[1]
        assert "write an address such as ada@example.com" in report[2]

    def test_a_ticket_is_kept_as_customers_give_it(self, database, tmp_path, calendar):
        path = tmp_path / "events.csv"
        rows = [f"{EVENT},hr7k2m9q,anna@example.com", f"{EVENT},T-1,anna@example.com"]
        path.write_text("\n".join([",".join(COLUMNS.needed), *rows]))
        patterns = patterns_of(tmp_path)
        report = import_events(path, database, lambda *change: None, patterns)
        assert calendar.find("HR-7K2M9Q", "anna@example.com", "555")
        (refused,) = report.refused
        assert "line 3: customers can't give 'T-1'" in refused

    def test_a_ticket_that_stands_twice_is_named_and_the_first_counts(
        self, imported, calendar
    ):
        other = f"{EVENT},hr-7k2m9q,eve@example.com".replace("concert", "fair")
        report = imported(ROW, other, f"{EVENT},,", f"{EVENT},,")
        assert report[0] == "3 rows imported, 1 refused"
        assert "line 3: 'HR-7K2M9Q' stands in line 2 already, which counts" in report[1]
        assert calendar.find("HR-7K2M9Q", "anna@example.com", "555")
        assert not calendar.find("HR-7K2M9Q", "eve@example.com", "555")

    def test_an_event_needs_no_ticket(self, imported, calendar):
        assert imported(f"{EVENT},,")[0] == "1 row imported, 0 refused"
        assert len(calendar.upcoming()) == 1

    def test_a_ticket_is_the_same_in_small_letters(self, imported, calendar):
        imported(f"{EVENT},hr-7k2m9q,anna@example.com")
        assert calendar.find("HR-7K2M9Q", "anna@example.com", "555")

    def test_a_ticket_may_go_to_another_event_and_holder(self, imported, calendar):
        imported(ROW)
        imported(ROW.replace("concert", "fair").replace("Anna", "Ben"))
        assert calendar.find("HR-7K2M9Q", "anna@example.com", "555") is None
        assert (
            calendar.find("HR-7K2M9Q", "ben@example.com", "555").event.event_id
            == "fair"
        )


@on_sqlite
class TestUpcoming:
    def test_the_soonest_comes_first_and_what_is_over_or_off_not_at_all(
        self, imported, calendar
    ):
        row = f"{EVENT},,"
        imported(
            row.replace("concert", "later").replace("12-05", "12-07"),
            row,
            row.replace("concert", "over").replace("12-05", "11-05"),
            row.replace("concert", "off").replace("scheduled", "cancelled"),
            row.replace("concert", "elsewhen").replace("scheduled", "moved"),
        )
        found = [event.event_id for event in calendar.upcoming()]
        assert found == ["concert", "elsewhen", "later"]


@on_sqlite
def test_a_file_without_its_columns_is_refused(database, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("event_id,name\n")
    with pytest.raises(FileError, match="missing: starts_at, zone, venue"):
        import_events(path, database, lambda *change: None)


@on_sqlite
def test_our_own_sample_is_good(database):
    path = DATA / "demo" / "events.csv"
    report = import_events(path, database, lambda *change: None)
    assert report.refused == []
    assert report.imported > 10


def test_all_that_is_to_come_can_be_asked_about(imported, calendar):
    row = f"{EVENT},,"
    imported(
        row,
        row.replace("concert", "over").replace("12-05", "11-05"),
        row.replace("concert", "off").replace("scheduled", "cancelled"),
        ROW.replace("concert", "moved").replace("scheduled", "moved"),
    )
    found = {one.event_id: one.status for one in calendar.announced()}
    assert found == {"concert": "scheduled", "off": "cancelled", "moved": "moved"}

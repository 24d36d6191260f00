"""The page of hours: what admins set, are told, and that it counts at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot import handoff
from bot.app import application
from bot.hours import Hours
from bot.rungs import Ladder
from bot.store import attendance, audit
from bot.store.audit import Action, Wanted
from tests.bot.visiting import change, converse, visitor, words

MINUTE = timedelta(minutes=1)
DAY = {f"day{n}-{part}": [] for n in range(7) for part in "ab"}
FORM = {
    **DAY,
    "open": "weekly",
    "zone": "Europe/London",
    "day0-a": ["13:30", "09:00"],
    "day0-b": ["18:00", "12:30"],
    "day4-a": ["22:00"],
    "day4-b": ["02:00"],
    "holiday-a": ["2026-12-25", "", ""],
    "holiday-b": ["Christmas Day", "", ""],
    "note": "Call us  in an emergency.",
    "told": "5",
    "raised": "15",
    "escalated": "45",
    "resume_after": "8",
    "nudge_after": "20",
    "ask_after": "5",
    "version": "0",
}

#: Where the tables do no more than elsewhere.
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def admin(app):
    return visitor(app, "admin")


@pytest.fixture
def saves(admin):
    """Send the form with some fields changed; the answer."""
    return lambda **changes: admin.post("/admin/hours", **{**FORM, **changes})


@pytest.fixture
def counts(parts):
    """What counts now."""

    def found():
        with parts.database.read() as connection:
            return attendance.current(connection)

    return found


def logged(parts):
    with parts.database.read() as connection:
        rows = audit.entries(connection, Wanted(), 9)
    return [(row.action, row.details) for row in rows]


def test_what_is_saved_counts_and_stands_in_the_audit_log(saves, counts, parts):
    assert saves().location == "/admin/hours?note=saved"
    found = counts()
    assert found.hours == Hours(
        zone="Europe/London",
        week=(((540, 750), (810, 1080)), (), (), (), ((1320, 1560),), (), ()),
        holidays={date(2026, 12, 25): "Christmas Day"},
        note="Call us in an emergency.",
    )
    assert found.ladder == Ladder(
        told=5 * MINUTE, raised=15 * MINUTE, escalated=45 * MINUTE
    )
    assert found.resume_after == timedelta(hours=8)
    assert found.nudge_after == 20 * MINUTE
    assert found.ask_after == 5 * MINUTE
    (action, details), *_ = logged(parts)
    assert action == Action.HOURS_CHANGED
    assert details["version"] == 1
    assert details["changed"].startswith("weekly hours; time zone; holidays; note")


@on_sqlite
def test_the_page_shows_what_was_saved(saves, admin):
    saves()
    page = admin.page("/admin/hours")
    for value in ("13:30", "02:00", "2026-12-25", "Christmas Day", "Europe/London"):
        assert f'value="{value}"' in page
    assert "Call us in an emergency." in words(page)


@on_sqlite
def test_saving_what_is_there_already_is_no_version(saves, counts, parts):
    saves()
    saves(version="1")
    assert counts().version == 1
    assert [action for action, _ in logged(parts)].count(Action.HOURS_CHANGED) == 1


def test_of_two_who_save_at_once_the_second_is_asked(saves, counts):
    saves()
    answer = saves(note="Mine")
    assert answer.status_code == 409
    assert "Somebody else has saved" in answer.text
    assert ">Mine</textarea>" in answer.text
    assert counts().hours.note == "Call us in an emergency."
    assert saves(note="Mine", version="1").status_code == 303
    assert counts().hours.note == "Mine"


@on_sqlite
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"zone": "Europe/Londn"}, "no time zone"),
        ({"zone": "../../etc/passwd"}, "no time zone"),
        ({"day1-a": ["09:00"], "day1-b": [""]}, "Tuesday: give both times"),
        ({"day1-a": ["9 am"], "day1-b": ["17:00"]}, "Tuesday: give both times"),
        ({"day0-a": ["09:00", "10:00"], "day0-b": ["11:00", "12:00"]}, "overlap"),
        ({"day0-a": [], "day0-b": [], "day4-a": [], "day4-b": []}, "at least one day"),
        ({"holiday-a": ["2026-13-01"], "holiday-b": ["?"]}, "a date and a name"),
        ({"holiday-a": ["2026-12-25"], "holiday-b": [""]}, "a date and a name"),
        ({"holiday-a": ["2026-12-25"] * 2, "holiday-b": ["a", "b"]}, "on one day"),
        ({"note": "x" * 301}, "too long"),
        ({"told": "0"}, "whole number"),
        ({"told": "١"}, "whole number"),
        ({"resume_after": "9999"}, "whole number"),
        ({"raised": "4"}, "let times grow"),
    ],
)
def test_what_can_not_be_is_told_and_what_was_typed_is_kept(
    saves, counts, changes, told
):
    answer = saves(**changes)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert counts().version == 0
    for value in changes.values():
        first = value if isinstance(value, str) else next(iter(value), "")
        assert first in answer.text


@on_sqlite
def test_monday_is_copied_and_nothing_saved(saves, counts):
    answer = saves(act="copy")
    assert answer.text.count('value="13:30"') == 5
    assert "Nothing is saved yet" in answer.text
    assert counts().version == 0


@on_sqlite
def test_copying_monday_chooses_the_hours(saves, counts):
    answer = saves(act="copy", open="always")
    assert 'value="weekly" checked' in answer.text
    assert 'value="always" checked' not in answer.text
    nothing = saves(act="copy", open="always", **DAY)
    assert 'value="always" checked' in nothing.text


@on_sqlite
def test_times_given_with_always_are_told_and_not_thrown_away(saves, counts):
    answer = saves(open="always")
    assert answer.status_code == 422
    assert "You gave times, but chose that somebody is always there" in answer.text
    assert 'value="13:30"' in answer.text
    assert counts().version == 0


@on_sqlite
def test_who_opens_for_ever_need_not_clear_the_hours_that_counted(saves, counts):
    saves()
    by_day = {"day0-a": ["09:00", "13:30"], "day0-b": ["12:30", "18:00"]}
    saves(open="always", version="1", **by_day)
    assert counts().hours.week is None
    assert counts().version == 2


@on_sqlite
def test_a_shop_may_never_close(saves, counts):
    saves(open="always", **DAY)
    assert counts().hours.week is None


def test_an_older_version_can_be_brought_back(saves, admin, counts, parts):
    saves()
    saves(note="Other", version="1")
    admin.post("/admin/hours/versions/1/restore")
    assert counts().hours.note == "Call us in an emergency."
    assert counts().version == 3
    (action, details), *_ = logged(parts)
    assert (action, details["restored"]) == (Action.HOURS_RESTORED, 1)
    assert admin.post("/admin/hours/versions/9/restore").status_code == 404


def test_who_waits_already_waits_by_the_new_hours(saves, parts):
    number, now = converse(parts, "1001", "hello?"), parts.clock()
    about = {"reason": "asked", "summary": "", "answer_within": 10 * MINUTE}
    parts.database.write(lambda c: handoff.request(c, number, now, **about))
    saves(open="always", **DAY, told="200", raised="300", escalated="400")
    with parts.database.read() as connection:
        due = connection.scalar(text("SELECT due_at FROM timer WHERE state = 'due'"))
    due = datetime.fromisoformat(due) if isinstance(due, str) else due
    found = due if due.tzinfo else due.replace(tzinfo=UTC)
    assert found == now + 200 * MINUTE


@on_sqlite
def test_customers_hear_what_the_page_shows(saves, admin):
    saves()
    shown = admin.words("/admin/hours")
    assert "We're back on Monday at 09:00." in shown or "We're back " in shown
    assert "Call us in an emergency." in shown


class TestForWhomNobodyCame:
    @pytest.fixture
    def waits(self, parts):
        number, now = converse(parts, "1001", "hello?"), parts.clock()
        about = {"reason": "asked", "summary": "", "answer_within": 10 * MINUTE}
        parts.database.write(lambda c: handoff.request(c, number, now, **about))
        change(parts, number, rung=3, priority=2, overdue_at=now)
        return number

    @on_sqlite
    def test_every_admin_is_told_on_every_page(self, app, admin, waits):
        for path in ("/admin/hours", "/admin/faq/", "/inbox/", f"/inbox/{waits}"):
            assert "1 customer has waited far too long" in admin.words(path)

    @on_sqlite
    def test_others_see_it_on_their_list_and_have_no_banner(self, app, waits):
        page = visitor(app, "agent").words("/inbox/?view=waiting")
        assert "Escalated" in page
        assert "far too long" not in page

    @on_sqlite
    def test_it_is_over_when_somebody_comes(self, app, admin, waits):
        admin.post(f"/inbox/{waits}/claim")
        assert "far too long" not in admin.words("/inbox/")


@on_sqlite
def test_it_tells_how_many_are_mailed_or_how_mails_come_about(app, parts, admin):
    assert "With a mail server whoever takes" in admin.words("/admin/hours")
    shop = replace(parts.settings.shop, mail_url="smtp://127.0.0.1:9", mail_from="a@b")
    settings = replace(parts.settings, shop=shop)
    mailing = application(replace(parts, settings=settings), lambda number: None)
    visitor(mailing, "agent", "ada@example.com")
    told = visitor(mailing, "admin", "grace").words("/admin/hours")
    assert "Then 1 person who takes hand-offs is mailed as well." in told

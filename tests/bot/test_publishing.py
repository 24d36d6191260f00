"""What was set going is published as it was meant, or its editor decides: never twice.

Others save, delete, add and leave meanwhile, in other processes, at the same moment.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.account import leaving
from bot.publishing import deeds
from bot.store import faq, knowledge, staff, team, undertaken
from bot.store.audit import Trace
from bot.store.knowledge import Faq
from bot.store.people import AuditEntry, Role
from bot.store.undertaken import Kind, State
from bot.undertaking import Undertakings
from tests.bot.visiting import NOW, rows, visitor

ENGRAVING = Faq(
    name="engraving",
    question="Do you engrave?",
    phrasings=("do you engrave names", "engraving please"),
    answers={"en": "Yes, we do."},
)
ROOT = Path(__file__).parents[2]
#: What a process does that is killed where it was told.
PUBLISHES = """
import sys
from types import SimpleNamespace
from bot.clock import system_clock
from bot.publishing import deeds
from bot.store import undertaken
from bot.store.database import open_database
database = open_database(sys.argv[1])
with database.read() as connection:
    row = undertaken.find(connection, int(sys.argv[2]))
parts = SimpleNamespace(database=database, clock=system_clock)
deeds.carry_out(parts, row)
"""
#: What is told of one that went live.
LIVE = {"name": "gift_cards", "learns": False, "done": True}
WAITS = 20.0  # seconds, on a machine that does much else


@pytest.fixture
def grace(parts):
    """The number of an editor."""
    return person(parts, "grace", Role.EDITOR)


def person(parts, login, role):
    return parts.database.write(lambda c: staff.add(c, login, login, role, NOW))


def begun(parts, staff_id, entry=ENGRAVING, edited_from=0, **change):
    """Set the publication of an entry going; return its number."""
    kept = {
        "entry": undertaken.kept(entry),
        "edited_from": edited_from,
        "deleted": False,
        "turn": None,
        "address": None,
        **change,
    }
    what = undertaken.What(
        kind=Kind.PUBLISH, name=entry.name, question=entry.question, change=kept
    )
    return parts.database.write(
        lambda c: undertaken.begin(c, what, staff_id=staff_id, now=NOW)
    )


def row(parts, number):
    with parts.database.read() as connection:
        return undertaken.find(connection, number)


def saved(parts, entry=ENGRAVING, version=None):
    return parts.database.write(
        lambda c: knowledge.save(c, entry, now=NOW, version=version)
    )


def known(parts, name="engraving"):
    with parts.database.read() as connection:
        return faq.entry(connection, name)


def published(parts, number):
    return deeds.carry_out(parts, row(parts, number))


def test_a_new_question_that_somebody_else_added_meanwhile_waits_for_a_decision(
    parts, grace
):
    number = begun(parts, grace)
    saved(parts)
    assert not published(parts, number)
    found = row(parts, number)
    assert (found.state, found.told["why"]) == (State.HELD, "clash")
    assert found.told["title"] == "Do you engrave?"
    with parts.database.read() as connection:
        assert "engraving_2" not in faq.names(connection)


def test_one_of_the_same_title_that_is_asked_otherwise_goes_live_beside_it(
    parts, grace
):
    number = begun(parts, grace)
    saved(parts, replace(ENGRAVING, phrasings=("who carves the wood",)))
    assert published(parts, number)
    assert row(parts, number).told["name"] == "engraving_2"
    assert known(parts).phrasings == ["who carves the wood"]


@pytest.mark.parametrize("leave", ["shut out", "demoted"])
def test_who_may_not_publish_any_more_publishes_nothing(parts, grace, leave):
    number = begun(parts, grace)

    def job(connection):
        member = team.member(connection, grace)
        by = Trace(staff_id=None, at=NOW, address=None)
        if leave == "shut out":
            leaving.shut_out(connection, member, by, timedelta(minutes=5))
        else:
            leaving.change_role(
                connection, member, Role.AGENT, by, timedelta(minutes=5)
            )

    parts.database.write(job)
    assert not published(parts, number)
    assert row(parts, number).told == {"why": "left"}
    assert known(parts) is None


def test_a_name_turns_nothing_and_is_no_tag_where_it_is_told(parts, app):
    grace = visitor(app, "editor", "Grace")
    odd = "\u202e<b>Do you</b> “engrave”?"
    for question, name in ((odd, "engraving"), ("هل تنقشون؟", "carving")):
        begun(parts, grace.staff_id, replace(ENGRAVING, name=name, question=question))
    page = grace.page("/admin/faq/")
    assert "“&lt;b&gt;Do you&lt;/b&gt; “engrave”?” is being checked" in page
    assert "“\u2068هل تنقشون؟\u2069” is being checked" in page


def test_it_is_published_once_by_two_processes_that_carry_it_on(parts, grace, ways):
    number = begun(parts, grace)
    found = row(parts, number)
    done = ways(lambda: deeds.carry_out(parts, found), times=4)
    assert sorted(done) == [False, False, False, True]
    assert known(parts).number == 1
    assert (
        len([one for one in rows(parts, AuditEntry) if one.about == "engraving"]) == 1
    )


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_what_is_deleted_in_the_very_moment_stays_deleted(parts, grace, ways):
    saved(parts)
    number = begun(parts, grace, replace(ENGRAVING, answers={"en": "No."}), 1)
    with parts.database.engine.begin() as elsewhere:
        assert knowledge.delete(elsewhere, "engraving", NOW)
        publishing_it = ways.begin(lambda: published(parts, number))
        ways.await_a_lock(parts)
    assert publishing_it.result(WAITS) is False
    assert known(parts).deleted_at == NOW
    assert row(parts, number).told == {"why": "deleted"}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_whoever_presses_twice_at_once_publishes_once(parts, grace, ways):
    what = undertaken.What(
        kind=Kind.PUBLISH, name="engraving", question="?", change={"edited_from": 0}
    )
    with parts.database.engine.begin() as elsewhere:
        first = undertaken.begin(elsewhere, what, staff_id=grace, now=NOW)
        pressed = ways.begin(lambda: begun(parts, grace))
        ways.await_a_lock(parts)
    second = pressed.result(WAITS)
    assert row(parts, first).state is State.DONE
    assert row(parts, second).state is State.CHECKING


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_what_went_live_in_the_very_moment_is_not_called_off(parts, app, ways):
    grace = visitor(app, "editor", "Grace")
    number = begun(parts, grace.staff_id)
    with parts.database.engine.begin() as elsewhere:
        undertaken.close(elsewhere, number, State.DONE, {})
        undertaken.tell(elsewhere, number, LIVE)
        pressed = ways.begin(
            lambda: grace.post(f"/admin/undertakings/{number}/edit").location
        )
        ways.await_a_lock(parts)
    assert pressed.result(WAITS) == "/admin/faq/gift_cards?note=live"


def test_a_late_press_does_not_forget_where_it_is_live(parts, app):
    grace = visitor(app, "editor", "Grace")
    number = begun(parts, grace.staff_id)
    assert published(parts, number)
    grace.post(f"/admin/undertakings/{number}/dismiss")
    seen = grace.get(f"/admin/undertakings/{number}")
    assert seen.location == "/admin/faq/engraving?note=learning"


def test_one_that_cannot_be_carried_on_does_not_keep_the_others(
    parts, app, monkeypatch, capsys
):
    # What was published need not be learned here: that takes a minute and a half.
    monkeypatch.setattr(parts.teaching, "ask", lambda: None)
    grace = visitor(app, "editor", "Grace")
    broken = undertaken.What(
        kind=Kind.PUBLISH, name="older", question="Of another release", change={}
    )
    number = parts.database.write(
        lambda c: undertaken.begin(c, broken, staff_id=grace.staff_id, now=NOW)
    )
    second = begun(parts, grace.staff_id)
    seen_to(parts, number)
    assert row(parts, second).told["name"] == "engraving"
    # It is tried at each look, and not told of at each.
    assert capsys.readouterr().out.count("undertaking_failed") == 1


def test_what_needs_a_decision_can_be_edited_checked_and_refused(parts, app):
    grace = visitor(app, "editor", "Grace")
    number = begun(parts, grace.staff_id)
    saved(parts)
    assert not published(parts, number)
    opened = grace.get(f"/admin/undertakings/{number}/draft")
    assert opened.status_code == 200
    assert f'name="undertaken" value="{number}"' in opened.text
    form = {"undertaken": number, "question": "Do you engrave?", "state": "live"}
    refused = grace.post("/admin/faq/new", **form, phrasings="", answer="Yes.")
    assert refused.status_code == 422
    assert f'name="undertaken" value="{number}"' in refused.text
    longer = grace.post("/admin/faq/new/variants", **form, longer="1")
    assert longer.status_code == 200
    assert f'name="undertaken" value="{number}"' in longer.text


@pytest.mark.parametrize("place", ["before_commit", "after_commit"])
def test_it_is_published_once_whoever_is_killed_in_it(parts, grace, url, place):
    number = begun(parts, grace)
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", PUBLISHES, url, str(number)],
        env={**os.environ, "CRASHPOINT": place},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    is_there = place == "after_commit"
    assert (known(parts) is not None) == is_there
    assert published(parts, number) != is_there
    assert (known(parts).number, known(parts).deleted_at) == (1, None)
    assert row(parts, number).state is State.DONE
    assert sum(one.about == "engraving" for one in rows(parts, AuditEntry)) == 1


def seen_to(parts, *but):
    """Let the sweep look until all that was undertaken has ended, but for these."""
    undertakings, until = Undertakings(parts), time.monotonic() + WAITS
    while undertakings.look() > len(but):
        assert time.monotonic() < until
        time.sleep(0.05)


class Ways:
    """Threads that do something at the same moment."""

    def __init__(self, pool):
        self._pool = pool

    def __call__(self, job, times):
        together = threading.Barrier(times)

        def one():
            together.wait(WAITS)
            return job()

        return [one.result(WAITS) for one in [self.begin(one) for _ in range(times)]]

    def begin(self, job):
        return self._pool.submit(job)

    def await_a_lock(self, parts):
        """Wait until somebody waits for what another has not committed yet."""
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        until = time.monotonic() + WAITS
        while not _scalar(parts, waiting):
            assert time.monotonic() < until
            time.sleep(0.01)


def _scalar(parts, query):
    with parts.database.read() as connection:
        return connection.scalar(query)


@pytest.fixture
def ways():
    with ThreadPoolExecutor() as pool:
        yield Ways(pool)

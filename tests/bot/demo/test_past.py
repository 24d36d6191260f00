"""The demo's past: much, varied, in three languages, and owed nothing."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from bot.app import application
from bot.demo.past import composing, filling, tongues
from bot.demo.past.composing import Moment
from bot.demo.past.marking import SCORE
from bot.inbox import customer
from bot.realised import findings
from bot.store import canned, owed, realised, review
from bot.store.lists import View
from bot.store.models import Author, Conversation, IncomingEvent, Message, Status, Turn
from bot.store.satisfaction import GOOD
from flows.run import SATISFACTION
from tests.bot.visiting import visitor

MONTH = timedelta(days=30)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
THRESHOLDS = {"answer": 0.95, "offer": 0.4}

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def compose(written, now=NOW):
    moment = Moment(now=now, zone=ZoneInfo("Europe/London"))
    return composing.compose(tongues.load(), written, moment, THRESHOLDS)


@pytest.fixture(scope="module")
def stories(written):
    return compose(written)


@pytest.fixture
def filled(parts):
    parts = replace(parts, settings=replace(parts.settings, demo=True))
    filling.fill(parts)
    return parts


@pytest.fixture
def rows(filled):
    def rows(query, **values):
        with filled.database.read() as connection:
            return connection.execute(text(query), values).all()

    return rows


def test_there_are_a_thousand_conversations_in_three_languages(stories):
    found = Counter(story.language for story in stories)
    assert found.total() == 1000
    assert set(found) == {"en", "es", "ar"}
    assert min(found.values()) >= 200


def test_no_two_customers_of_a_language_have_one_name(stories):
    assert len({story.psid for story in stories}) == 1000
    assert len({story.name for story in stories}) == 1000


def test_there_are_hundreds_of_wordings_in_each_language():
    for tongue in tongues.load().tongues:
        wordings = {
            words
            for topic in tongue.topics
            for words in (*topic.known, *topic.unsure, *topic.unknown, *topic.mistaken)
        }
        assert len(wordings) > 220, tongue.language


def test_the_last_thousand_messages_say_a_thousand_things(stories):
    said = {
        line.text
        for story in stories
        for line in story.lines
        if line.author is Author.CUSTOMER
    }
    assert len(said) > 1000


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 3, 30, 0, 2, tzinfo=UTC),  # the clocks went forward yesterday
        datetime(2026, 10, 26, 3, 0, tzinfo=UTC),
    ],
)
def test_all_of_it_happened_in_the_last_thirty_days(written, now):
    stories = compose(written, now)
    moments = [line.at for story in stories for line in story.lines]
    assert now - MONTH < min(moments) < now - timedelta(days=25)
    assert max(moments) < now
    done = [deed.at for story in stories for deed in story.deeds]
    assert max([*done, *(story.status_at for story in stories)]) < now
    weeks = Counter((now - story.lines[0].at).days // 7 for story in stories)
    assert all(weeks[week] > 100 for week in range(4))


def test_a_conversation_goes_forward_in_time(stories):
    for story in stories:
        moments = [line.at for line in story.lines]
        assert moments == sorted(moments)


def test_they_went_in_every_way_a_conversation_can_go(stories):
    assert {story.kind for story in stories} == set(composing.SCENES)
    status = Counter(story.status for story in stories)
    assert status[Status.WAITING] == 5
    assert 10 < status[Status.AGENT] < 30
    assert sum(story.resolved_at is not None for story in stories) > 200
    lines = [line for story in stories for line in story.lines]
    assert {line.author for line in lines} == set(Author)
    assert len({line.by for line in lines if line.by}) == 5
    assert len({label for story in stories for label in story.labels}) == 8
    assert any(remark.calls for story in stories for remark in story.remarks)
    outcomes = {line.understood.outcome for line in lines if line.understood}
    assert outcomes >= {"answered", "asked", "offered", "handed_over", "confirmed"}


def test_about_a_dozen_ask_for_what_the_shop_has_not_taught(stories):
    asked = {
        line.text
        for story in stories
        for line in story.lines
        if line.author is Author.CUSTOMER
        and any(word in line.text for word in ("turntable", "record player", "my deck"))
    }
    assert 10 <= len(asked) <= 20


def test_nobody_waits_for_a_colleague_who_has_the_conversation(stories):
    held = [story for story in stories if story.assignee]
    assert {story.lines[-1].author for story in held} == {Author.AGENT}


def test_customers_are_answered_in_their_language(stories):
    said = [
        line.text
        for story in stories
        if story.language == "ar"
        for line in story.lines
        if line.author is not Author.CUSTOMER
    ]
    assert all(any("؀" <= one <= "ۿ" for one in words) for words in said)


def test_nothing_is_owed_to_anybody(filled, rows):
    with filled.database.read() as connection:
        assert owed.turns(connection) == []
        assert owed.sends(connection) == []
    assert rows("SELECT DISTINCT state FROM outgoing_message") == [("sent",)]
    assert rows("SELECT DISTINCT state FROM incoming_event") == [("handled",)]
    # What ends a snooze tells a colleague, not the customer.
    assert rows("SELECT DISTINCT kind FROM timer") == [("snooze",)]


def test_a_second_start_adds_nothing_however_much_later(filled, rows):
    before = len(rows("SELECT id FROM message"))
    later = filled.clock() + timedelta(days=2, hours=7)
    filling.fill(replace(filled, clock=lambda: later))
    assert len(rows("SELECT id FROM message")) == before
    assert len(rows("SELECT id FROM staff")) == 5


def test_the_rows_are_those_of_conversations_that_came_by_themselves(filled, rows):
    assert len(rows("SELECT id FROM conversation")) == 1000
    wrong = rows(
        "SELECT id FROM conversation WHERE last_message_at <>"
        " (SELECT max(at) FROM message WHERE conversation_id = conversation.id)"
    )
    assert wrong == []
    with filled.database.read() as connection:
        for table in (Message, IncomingEvent, Turn):
            moments = connection.scalars(select(table.at).order_by(table.id)).all()
            assert list(moments) == sorted(moments)
        for turn in connection.execute(select(Turn.trace, Turn.outcome)):
            assert turn.trace == {} or turn.trace["outcome"] == turn.outcome


def test_some_were_asked_how_it_was_and_a_quarter_of_them_answered(stories):
    marked = [story.marked for story in stories if story.marked]
    answered = [one for one in marked if one.score]
    good = [one for one in answered if one.score == GOOD]
    assert len(marked) > 150
    assert 0.2 < len(answered) / len(marked) < 0.35
    assert 0.65 < len(good) / len(answered) < 0.9
    assert any(one.goal == "order_status" for one in answered)
    assert any(one.by for one in answered)
    reasons = {one.reason for one in answered if one.score != GOOD}
    assert reasons == {"wrong_answer", "not_solved", "too_slow", "other", None}


def test_marks_are_spread_over_languages_weeks_and_who_did_it(stories):
    answered = [story for story in stories if story.marked and story.marked.score]
    languages = Counter(story.language for story in answered)
    assert set(languages) == {"en", "es", "ar"}
    weeks = {(NOW - story.marked.asked_at).days // 7 for story in answered}
    assert weeks >= {0, 1, 2, 3}
    goals = {story.marked.goal for story in answered}
    assert len(goals) > 8


def test_who_was_asked_had_been_helped_and_is_resolved_until_they_answer(stories):
    for story in stories:
        if story.marked is None:
            continue
        assert story.marked.asked_at < NOW
        assert (story.marked.goal is None) is (story.marked.by is not None)
        if story.marked.by and not story.marked.score:
            assert story.resolved_at < story.marked.asked_at


def test_the_pages_of_satisfaction_count_what_the_threads_tell(filled, rows):
    admin = visitor(application(filled, lambda number: None), "admin")
    page = admin.get("/admin/satisfaction")
    (asked, answered, good) = rows(
        "SELECT count(*), count(score), count(CASE score WHEN 'satisfied' THEN 1 END)"
        " FROM satisfaction"
    )[0]
    told = f"{good} of {answered} who answered, of {asked} who were asked"
    assert told in page.text
    (bad,) = rows(
        "SELECT min(conversation_id) AS id FROM satisfaction WHERE reason = 'too_slow'"
    )
    assert f'href="/inbox/{bad.id}"' in page.text
    thread = admin.get(f"/inbox/{bad.id}").text
    assert "The customer did not find this good: too slow" in thread


def test_a_mark_is_kept_as_if_the_customer_had_tapped_it(filled, rows):
    """See `test_a_bad_mark_offers_reasons` in tests/bot/test_satisfaction.py."""
    (number,) = rows(
        "SELECT min(conversation_id) FROM satisfaction WHERE reason = 'not_solved'"
    )[0]
    with filled.database.read() as connection:
        turns = connection.execute(
            select(Turn.trace, Turn.outcome, Turn.flow, IncomingEvent.kind)
            .join(IncomingEvent, IncomingEvent.id == Turn.event_id)
            .where(Turn.conversation_id == number)
            .order_by(Turn.id)
        ).all()[-3:]
    asked, score, reason = turns
    assert (asked.kind, asked.outcome, asked.flow) == ("prompt", "asked", SATISFACTION)
    assert (asked.trace["heard"], asked.trace["asked"]) == ("satisfaction", SCORE)
    assert score.trace["command"]["slots"] == {SCORE: "unsatisfied"}
    assert [one["payload"] for one in score.trace["offer"]][1] == (
        "/SetSlots(csat_reason=too_slow)"
    )
    assert reason.trace["command"]["slots"] == {"csat_reason": "not_solved"}
    acts = rows(
        "SELECT details FROM conversation_act WHERE kind = 'rated'"
        " AND conversation_id = :number",
        number=number,
    )
    assert len(acts) == 2


def test_no_threshold_is_raised_for_what_the_past_customers_said(filled):
    with filled.database.read() as connection:
        answered = [*realised.answered(connection, filled.clock())]
    assert any(one.signal for one in answered)
    found = findings(answered, 0.98)
    assert {one.threshold for one in found.values()} == {None}


def test_canned_replies_lie_ready_with_places_that_can_be_filled(filled):
    with filled.database.read() as connection:
        kept = canned.everything(connection)
        assert canned.find(connection, 1) is not None
    assert len(kept) == 4
    assert {one.language for one in kept} == {"en", "es", "ar"}
    for one in kept:
        assert canned.unfilled(one.text)
        assert canned.places(one.text) == canned.unfilled(one.text)


@on_sqlite
def test_what_was_not_known_or_wrong_waits_under_review(filled):
    with filled.database.read() as connection:
        waiting = review.waiting(connection, filled.clock())
    assert len(waiting) > 150
    assert any("turntable" in row.text for row in waiting)
    assert any(row.kind == "wrong" for row in waiting)


@on_sqlite
def test_the_inbox_shows_it_list_by_list_and_thread_by_thread(filled, rows):
    agent = visitor(application(filled, lambda number: None), "agent")
    for view in (View.WAITING, View.RESOLVED, View.ALL):
        assert agent.get(f"/inbox/?view={view}").text.count('class="line') > 4
    for row in rows("SELECT min(id) AS id FROM conversation GROUP BY status, language"):
        page = agent.get(f"/inbox/{row.id}")
        assert page.status_code == 200
        assert page.text.count('data-testid="bubble"') > 1


@on_sqlite
def test_whoever_waits_waits_for_a_reason(filled):
    query = select(Conversation.handoff_reason).where(
        Conversation.status == Status.WAITING
    )
    with filled.database.read() as connection:
        reasons = connection.scalars(query).all()
    assert all(map(customer.reason, reasons))

"""What was taught: seen, looked through, taken back, and taught again."""

import re

import pytest

from bot.store import lessons
from bot.store.lessons import Kind
from bot.store.models import Turn
from bot.store.people import AuditEntry
from bot.store.teaching import TaughtPhrasing, TurnMark
from bot.store.teamwork import Trashed
from tests.bot.admin.test_check import (
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import converse, row, rows, says, turn_of, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
HERE = "/admin/taught"
TEXT = "could you say where it stays"


class Story:
    """A customer wrote something that the assistant did not know."""

    def __init__(self, parts, text=TEXT, outcome="handed_over", **trace):
        self.conversation = converse(parts, "1001")
        self.message = says(parts, self.conversation, text)
        self.turn = turn_of(parts, self.conversation, text, outcome, **trace)

    @property
    def path(self):
        return f"/inbox/{self.conversation}/messages/{self.message}/teach"


@pytest.fixture
def story(parts, clock):
    return Story(parts)


@pytest.fixture
def lesson(editor, story, parts, clock):
    """The number of a lesson: the message means a goal, as the page would keep it."""
    by = {"now": clock, "staff_id": editor.who.staff_id}
    said = ("order_status", "en", TEXT)

    def job(connection):
        lessons.teach(connection, *said, **by, conversation_id=story.conversation)
        lessons.mark(connection, story.turn, Kind.TAUGHT, **by, intent="order_status")

    parts.database.write(job)
    return row(parts, TaughtPhrasing, text=TEXT).id


def audited(parts):
    return [(one.action, one.about) for one in rows(parts, AuditEntry)]


def is_learned(parts):
    with parts.database.read() as connection:
        known = parts.teaching._subjects(connection)["en"].rows
    return (TEXT, "order_status") in known


def test_a_lesson_is_told_with_its_meaning_who_when_and_where(editor, story, lesson):
    told = editor.who.words(HERE)
    assert f"{TEXT} Track an order English, just now , Grace" in told
    assert f'href="/inbox/{story.conversation}"' in editor.who.page(HERE)
    assert 'href="/admin/taught"' in editor.who.page("/admin/review")
    assert "Take it back" in editor.who.words(story.path)


def test_what_is_taken_back_is_learned_no_more_and_its_message_waits_again(
    editor, story, lesson, parts
):
    assert is_learned(parts)
    assert TEXT not in editor.who.words("/admin/review")
    answer = editor.who.post(f"{HERE}/{lesson}/take-back")
    assert answer.location == f"{HERE}?gone=1"
    assert "Taken back; the assistant forgets it now" in editor.who.words(
        answer.location
    )
    assert rows(parts, TaughtPhrasing) == rows(parts, TurnMark) == []
    assert not is_learned(parts)
    assert TEXT in editor.who.words("/admin/review")
    assert ("lesson_taken_back", "order_status") in audited(parts)
    assert TEXT not in str(rows(parts, AuditEntry))


def test_it_is_taught_again_by_one_click_with_its_conversation(
    editor, story, lesson, parts
):
    editor.who.post(f"{HERE}/{lesson}/take-back")
    answer = editor.who.post(f"{HERE}/trash/1/bring-back")
    assert answer.location == f"{HERE}?note=brought_back"
    again = row(parts, TaughtPhrasing, text=TEXT)
    assert (again.intent, again.language) == ("order_status", "en")
    assert again.conversation_id == story.conversation
    assert row(parts, TurnMark, turn_id=story.turn).kind == "taught"
    assert rows(parts, Trashed) == []
    assert is_learned(parts)
    assert audited(parts)[-1] == ("lesson_brought_back", "order_status")


@only_sqlite
def test_what_stands_elsewhere_by_now_is_not_taught_again(editor, lesson, parts, clock):
    editor.who.post(f"{HERE}/{lesson}/take-back")
    by = {"now": clock, "staff_id": None}
    parts.database.write(lambda c: lessons.teach(c, "refund", "en", TEXT, **by))
    answer = editor.who.post(f"{HERE}/trash/1/bring-back")
    assert answer.status_code == 422
    assert "a phrasing of a question or a goal by now" in words(answer.text)
    assert row(parts, TaughtPhrasing, text=TEXT).intent == "refund"


def test_taking_back_goes_through_the_gate(editor, lesson, parts):
    """The same gate as teaching: a pin on the phrase that holds now stops it."""
    parts.teaching.train_now()
    parts.understanding.refresh()
    editor.who.post("/admin/pins", text=TEXT, intent="order_status")
    held = editor.who.post(f"{HERE}/{lesson}/take-back")
    assert held.status_code == 422
    assert f"Take back that “{TEXT}” means “Track an order”" in words(held.text)
    assert row(parts, TaughtPhrasing, id=lesson)

    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', held.text))
    fields |= {"reason": "it was a mistake"}
    done = editor.who.post(f"{HERE}/{lesson}/take-back", **fields)
    assert done.status_code == 303
    (entry,) = [e for e in rows(parts, AuditEntry) if e.action == "lesson_taken_back"]
    assert entry.details == {"reason": "Although a pin breaks: it was a mistake"}


def test_a_mark_of_wrong_is_taken_back(app, editor, parts, clock):
    story = Story(parts, "is it open", "answered", parse={"text": "is it open"})
    agent = visitor(app, "agent", "Ada")
    agent.post(f"{story.path}/mark", kind="wrong")
    assert "is it open" in editor.who.words("/admin/review")
    told = editor.who.words(HERE)
    assert "is it open Marked as wrong just now , Ada · See the conversation" in told
    answer = editor.who.post(f"{HERE}/marks/{story.turn}/take-back")
    assert answer.location == f"{HERE}?note=unmarked"
    assert rows(parts, TurnMark) == []
    assert "is it open" not in editor.who.words("/admin/review")
    assert audited(parts) == [("mark_taken_back", "wrong")]
    again = editor.who.post(f"{HERE}/marks/{story.turn}/take-back")
    assert again.status_code == 404


@only_sqlite
def test_what_an_agent_found_not_for_us_is_told_apart_from_what_was_learned(
    app, editor, story, parts
):
    agent = visitor(app, "agent", "Ada")
    agent.post(f"{story.path}/mark", kind="out_of_scope")
    told = editor.who.words(HERE)
    assert "Not for us, says an agent: nothing was learned" in told
    editor.who.post(f"{story.path}/mark", kind="out_of_scope")
    told = editor.who.words(HERE)
    assert "nothing was learned" not in told
    assert f"{TEXT} Not for us English, just now , Grace" in told


@only_sqlite
def test_it_is_looked_through_by_words_and_by_what_was_said(editor, lesson, parts):
    assert TEXT in editor.who.words(f"{HERE}?q=STAYS+order")
    assert TEXT in editor.who.words(f"{HERE}?what=goal&q=grace")
    assert "Nothing found" in editor.who.words(f"{HERE}?q=zebra")
    assert "Nothing found" in editor.who.words(f"{HERE}?what=wrong")


@only_sqlite
def test_thousands_are_shown_fifty_at_a_time_the_newest_first(editor, parts):
    def job(connection):
        for number in range(120):
            lessons.teach(
                connection,
                "order_status",
                "en",
                f"phrase number {number:03}",
                now=parts.clock(),
                staff_id=None,
            )

    parts.database.write(job)
    page = editor.who.words(HERE)
    assert "phrase number 119" in page
    assert "phrase number 069" not in page
    assert "phrase number 069" in editor.who.words(f"{HERE}?page=2")
    last = editor.who.words(f"{HERE}?page=3")
    assert "phrase number 000" in last
    assert "Older" not in last
    for odd in ("0", "-1", "x", "9" * 30):
        assert editor.who.get(f"{HERE}?page={odd}").status_code == 200


@only_sqlite
def test_only_editors_see_and_take_back_what_was_taught(app, editor, lesson, parts):
    agent = visitor(app, "agent", "Ada")
    assert agent.get(HERE).status_code == 403
    assert agent.post(f"{HERE}/{lesson}/take-back").status_code == 403
    assert editor.who.post(f"{HERE}/999/take-back").status_code == 404
    assert editor.who.post(f"{HERE}/marks/999/take-back").status_code == 404
    assert editor.who.post(f"{HERE}/trash/999/bring-back").status_code == 404
    assert row(parts, TaughtPhrasing, id=lesson)


@only_sqlite
def test_texts_stay_text(editor, parts, clock):
    Story(parts, "<script>alert(1)</script>", "answered")
    turn = rows(parts, Turn)[0].id
    by = {"now": clock, "staff_id": editor.who.staff_id}
    parts.database.write(lambda c: lessons.mark(c, turn, Kind.WRONG, **by))
    assert "alert(1)" in editor.who.words(HERE)
    assert "<script>alert" not in editor.who.page(HERE)

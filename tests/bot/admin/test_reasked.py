"""Who asks the same again after an answer was not helped: that waits for an editor."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.admin import reasked
from bot.store.models import Turn
from bot.store.teaching import TurnMark
from tests.bot.visiting import converse, rows, says, turn_of, words

OPEN = "faq/opening_hours"


@pytest.fixture
def talks(parts):
    """Let a customer say things that are all answered, a minute apart."""

    def talks(*said, psid="1001", pause=1, flow="faq"):
        conversation = converse(parts, psid)
        for number, (text, intent, *more) in enumerate(said):
            trace = dict(more[0]) if more else {}
            outcome = trace.pop("outcome", "answered")
            about = {"parse": {"text": text, "entities": trace.get("entities", [])}}
            says(parts, conversation, text)
            kept = {**about, **trace, "handoff": None}
            turn = turn_of(parts, conversation, text, outcome, **kept)
            at = parts.clock() + timedelta(minutes=number * pause - 60)
            values = {"intent": intent, "flow": flow, "at": at}
            query = update(Turn).where(Turn.id == turn).values(**values)
            parts.database.write(lambda c, query=query: c.execute(query))
        return conversation

    return talks


def listed(editor, why="answered_again"):
    return editor.who.words(f"/admin/review?why={why}")


def test_a_question_that_is_asked_again_after_its_answer_waits(editor, talks):
    talks(("when are you open", OPEN), ("and at night", OPEN))
    told = listed(editor)
    assert "when are you open" in told
    assert "Asked again after the answer (1)" in told
    assert "and at night" not in told
    assert "Review 1" in told


def test_it_is_grouped_with_its_number_like_others(editor, talks):
    for psid in ("1001", "1002"):
        talks(("when are you open", OPEN), ("when open", OPEN), psid=psid)
    talks(("do you deliver", "faq/delivery_time"), ("thanks", "thank"), psid="1003")
    page = editor.who.page("/admin/review?why=answered_again")
    assert "2 messages" in words(page)
    assert page.count('class="card reviewed"') == 1
    assert "do you deliver" not in words(page)


def test_the_answer_can_be_changed_from_there(editor, talks):
    talks(("when are you open", OPEN), ("and at night", OPEN))
    page = editor.who.page("/admin/review")
    assert 'href="/admin/faq/opening_hours"' in page
    assert "Change the answer" in page


def test_the_same_words_count_whatever_they_were_taken_for(editor, talks):
    talks(("where is my parcl", OPEN), ("where is my parcel", "order_status"))
    assert "where is my parcl" in listed(editor)


def test_a_goal_that_told_nothing_new_counts_and_another_order_does_not(editor, talks):
    news, again = "any news of it", {"told_again": True}
    talks(("where is it", "order_status"), (news, "order_status", again), flow="x")
    one = {"entities": [{"entity": "order_number", "value": "48213"}]}
    two = {"entities": [{"entity": "order_number", "value": "48214"}]}
    orders = ("where is order", "order_status", one), ("and", "order_status", two)
    talks(*orders, psid="1002", flow="order_status")
    told = listed(editor)
    assert "where is it" in told
    assert "where is order" not in told


def test_much_later_or_not_answered_again_is_another_matter(editor, talks):
    talks(("when are you open", OPEN), ("your hours", OPEN), pause=11)
    missed = {"outcome": "asked"}
    talks(("do you deliver", OPEN), ("deliver", OPEN, missed), psid="1002")
    talks(("thanks a lot", "thank"), ("thanks a lot!", "thank"), psid="1003", flow=None)
    assert "Nothing waits" in editor.who.words("/admin/review")


def test_the_bar_of_other_pages_counts_it_too(editor, talks):
    talks(("when are you open", OPEN), ("and at night", OPEN))
    assert "Review 1" in editor.who.words("/admin/labels")


def test_what_was_seen_does_not_come_back(editor, talks, parts):
    talks(("when are you open", OPEN), ("and at night", OPEN))
    editor.who.post("/admin/review/mark", turns="1", kind="seen")
    assert "Nothing waits" in editor.who.words("/admin/review")
    assert [mark.kind for mark in rows(parts, TurnMark)] == ["seen"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("where is my order?", "Where is my order", True),
        ("where is my order", "so where is my oder then", True),
        ("where is my order", "where is my order and when does it come", False),
        ("is the red mug in stock", "is the blue mug in stock", False),
        ("order 48213", "order 48214", False),
        ("hello", "hello", False),
        ("你们几点开门", "你们几点开门?", True),
        ("متى تفتحون؟", "متى تفتحون", True),
        ("à quelle heure ouvrez-vous", "a quelle heure ouvrez vous", True),
    ],
)
def test_nearly_the_same_words(one, other, alike):
    assert reasked.nearly_same(one, other) is alike

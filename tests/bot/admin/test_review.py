"""What waits for an editor: what was not known, in groups, until it is dealt with."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.admin import backlog, likeness
from bot.store.models import Turn
from bot.store.teaching import TaughtPhrasing, TurnMark
from tests.bot.visiting import converse, rows, says, turn_of, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def asks(parts, clock):
    """Let a customer say something, and let its turn come out in some way."""

    def asks(text, outcome="handed_over", psid="1001", **trace):
        conversation = converse(parts, psid)
        says(parts, conversation, text)
        return turn_of(parts, conversation, text, outcome, **trace)

    return asks


def older(parts, turn, **span):
    at = parts.clock() - timedelta(**span)
    query = update(Turn).where(Turn.id == turn).values(at=at)
    parts.database.write(lambda connection: connection.execute(query))


def test_what_was_not_known_waits_and_what_was_asked_for_does_not(editor, asks, parts):
    asks("do you mend records")
    asks("I want to talk to a person", handoff="asked")
    asks("when are you open", outcome="answered", handoff=None)
    older(parts, asks("long ago, unknown"), days=31)
    told = editor.who.words("/admin/review")
    assert "do you mend records" in told
    for other in ("talk to a person", "when are you open", "long ago"):
        assert other not in told
    assert "Review 1" in told


def test_a_choice_nobody_took_waits_and_one_that_was_taken_does_not(
    editor, asks, parts
):
    first = asks("do you rent out boats", outcome="offered", handoff=None)
    older(parts, first, minutes=10)
    other = asks("the cost of boxes", "offered", psid="1002", handoff=None)
    older(parts, other, minutes=10)
    asks("Delivery", "answered", psid="1002", heard="tap", chosen=True, rule="goals")
    third = asks("a riddle", "offered", psid="1003", handoff=None)
    older(parts, third, minutes=10)
    asks("Something else", psid="1003", heard="tap", chosen=True, rule="something_else")
    told = editor.who.words("/admin/review")
    assert "do you rent out boats" in told
    assert "a riddle" in told
    assert "the cost of boxes" not in told
    assert "Review 2" in told


def test_what_is_surely_answered_by_now_waits_no_more(editor, asks):
    asks("where is my order")
    asks("do you mend records", psid="1002")
    told = editor.who.words("/admin/review")
    assert "where is my order" not in told
    assert "do you mend records" in told
    assert "Review 1" in told


def test_what_was_asked_again_or_is_not_published_waits_all_the_same(editor, asks):
    asks("where is my order", handoff="misses")
    asks("when are you open", psid="1002", handoff="no_answer")
    told = editor.who.words("/admin/review")
    assert "where is my order" in told
    assert "when are you open" in told
    assert "Review 2" in told


def test_likes_are_one_group_and_are_seen_together(editor, asks, parts):
    for number, text in enumerate(
        ("do you mend records", "do you mend records here?", "can i bring my dog")
    ):
        asks(text, psid=f"200{number}")
    page = editor.who.page("/admin/review")
    assert "2 messages" in words(page)
    assert page.index("do you mend records here?") < page.index("can i bring my dog")
    editor.who.post("/admin/review/mark", turns="1,2,99", kind="seen")
    assert "mend" not in editor.who.words("/admin/review")
    assert {mark.kind for mark in rows(parts, TurnMark)} == {"seen"}


def test_what_is_marked_wrong_waits_until_it_is_seen(app, editor, asks, parts):
    turn = asks("when are you open", outcome="answered", handoff=None)
    agent = visitor(app, "agent", "Ada")
    message = "/inbox/1/messages/1/teach"
    agent.post(f"{message}/mark", kind="wrong")
    told = editor.who.words("/admin/review")
    assert "when are you open" in told
    assert "Marked as wrong" in told
    editor.who.post("/admin/review/mark", turns=turn, kind="seen")
    assert "Nothing waits" in editor.who.words("/admin/review")


def test_what_waits_is_narrowed_by_reason_language_and_words(editor, asks, parts):
    english = {"text": "do you mend records", "language": "en"}
    arabic = {"text": "هل تصلحون الأسطوانات", "language": "ar"}
    asks(english["text"], parse=english)
    asks(arabic["text"], psid="1002", parse=arabic)
    asks("which one", psid="1003", handoff="misses", parse={"text": "which one"})
    older(parts, asks("a riddle", "offered", psid="1004", handoff=None), minutes=10)

    def found(query):
        told = editor.who.words(f"/admin/review?{query}")
        texts = (english["text"], arabic["text"], "which one", "a riddle")
        return [text for text in texts if f"{text} " in told]

    assert found("") == [english["text"], arabic["text"], "which one", "a riddle"]
    assert found("why=unanswered") == [english["text"], arabic["text"]]
    assert found("why=unanswered&language=ar") == [arabic["text"]]
    assert found("why=asked_again") == ["which one"]
    assert found("why=unsure") == ["a riddle"]
    assert found("q=RECORDS+mend") == [english["text"]]
    assert "Nothing found" in editor.who.words("/admin/review?q=zebra")
    assert "Fetched a person (2)" in editor.who.words("/admin/review?why=wrong")


@only_sqlite
def test_whoever_marks_a_group_goes_on_where_they_were(editor, asks):
    turn = asks("do you mend records")
    page = editor.who.page("/admin/review?why=unanswered&q=mend")
    assert '<input type="hidden" name="q" value="mend">' in page
    fields = {"turns": turn, "kind": "seen", "why": "unanswered", "q": "mend"}
    answer = editor.who.post("/admin/review/mark", **fields)
    assert answer.location == "/admin/review?why=unanswered&q=mend&note=seen"


@only_sqlite
def test_a_group_that_is_not_for_us_is_learned_by_its_newest(editor, asks, parts):
    turn = asks("write my homework")
    editor.who.post("/admin/review/mark", turns=turn, kind="out_of_scope")
    (taught,) = rows(parts, TaughtPhrasing)
    assert (taught.text, taught.intent) == ("write my homework", "out_of_scope")
    assert "Nothing waits" in editor.who.words("/admin/review")


@only_sqlite
def test_the_ways_on_lead_to_the_message(editor, asks):
    turn = asks("do you mend records")
    for where, path in {
        "new": "/admin/faq/new?from=1-1",
        "teach": "/inbox/1/messages/1/teach",
        "conversation": "/inbox/1#said-1",
    }.items():
        assert editor.who.get(f"/admin/review/{turn}/{where}").location == path
    assert editor.who.get("/admin/review/99/new").status_code == 404


@only_sqlite
def test_only_editors_review(app):
    agent = visitor(app, "agent", "Ada")
    assert agent.get("/admin/review").status_code == 403
    assert agent.post("/admin/review/mark", turns="1").status_code == 403


def test_texts_that_share_words_are_alike_and_others_are_not():
    texts = ["do you mend records", "can you mend a record", "is there parking", ""]
    assert likeness.groups(texts, ["en"] * 4, [None] * 4) == [[0, 1], [2], [3]]
    assert likeness.groups([], [], []) == []


def test_the_message_that_was_marked_is_named_and_no_other(app, editor, asks, parts):
    for number in (1, 2):
        asks(f"do you mend records{'?' * number}", psid=f"200{number}")
    agent = visitor(app, "agent", "Ada")
    agent.post("/inbox/1/messages/1/teach/mark", kind="wrong")
    told = editor.who.words("/admin/review")
    (before, after) = told.split("Marked as wrong: ")
    assert before.rstrip().endswith("Fetched a person. See the conversation")
    assert after.startswith("do you mend records? ,")
    agent.post("/inbox/2/messages/2/teach/mark", kind="wrong")
    told = editor.who.words("/admin/review")
    assert "Marked as wrong. See the conversation Marked as wrong: do you" in told


def test_an_answer_to_a_tap_that_was_wrong_waits_and_teaches_nothing(
    app, editor, asks, parts
):
    asks("Delivery", "answered", heard="tap", chosen=True, handoff=None)
    assert "Nothing waits" in editor.who.words("/admin/review")
    agent = visitor(app, "agent", "Ada")
    agent.post("/inbox/1/messages/1/teach/mark", kind="wrong")
    told = editor.who.words("/admin/review")
    assert "Delivery" in told
    assert "Marked as wrong. See the conversation Seen" in told
    assert "Review 1" in told


def of_the_bar(editor, page="/admin/labels"):
    """How many wait, as the bar of a page says; 0 if it says nothing."""
    found = re.search(r"\bReview (\d+) Wording", editor.who.words(page))
    return int(found[1]) if found else 0


def settled():
    """Wait until it is known what the assistant makes of all that waits."""
    with backlog._finding:
        pass


def test_the_bar_counts_what_review_lists(editor, asks):
    asks("where is my order")
    asks("do you mend records", psid="1002")
    asks("", psid="1003")
    assert of_the_bar(editor) == 1
    page = editor.who.words("/admin/review?q=zebra")
    assert "Review 1 wait" in page.replace("waits", "wait")
    assert of_the_bar(editor, "/admin/review?q=zebra") == 1


@only_sqlite
def test_the_bar_counts_many_as_review_does_without_review_opened(editor, asks, parts):
    for number in range(backlog.FEW + 3):
        asks(f"do you mend record {number}", psid=f"20{number:02}")
    asks("where is my order")
    assert of_the_bar(editor) == 0  # it is being found out
    settled()
    assert of_the_bar(editor) == backlog.FEW + 3
    assert f"Review {backlog.FEW + 3} wait" in editor.who.words("/admin/review")


@only_sqlite
def test_another_assistant_lets_the_bar_not_jump(editor, asks, parts):
    for number in range(backlog.FEW + 3):
        asks(f"do you mend record {number}", psid=f"20{number:02}")
    asks("where is my order")
    before = of_the_bar(editor, "/admin/review")
    understanding = parts.understanding
    understanding._assistants = replace(understanding.assistants)
    assert of_the_bar(editor) == before == backlog.FEW + 3
    settled()
    assert of_the_bar(editor) == of_the_bar(editor, "/admin/review") == before

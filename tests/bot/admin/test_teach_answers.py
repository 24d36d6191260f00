"""Teaching from our own messages: a wrong answer, and a person's good one."""

import re
from dataclasses import replace

import pytest

from bot.store.models import Author, Message, OutgoingMessage, OutgoingState
from bot.store.teaching import TurnMark
from tests.bot.visiting import NOW, converse, owes, row, rows, says, visitor, words
from tests.floor import Clock, Floor, postback

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
ASKED = "can you mend my scratched record? order 48213"
GIVEN = "Hello Dan, sadly not. I wrote to dan@example.com."


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


@pytest.fixture
def parts(parts):
    """The parts, on the clock of whoever talks."""
    return replace(parts, clock=Clock(NOW))


@pytest.fixture
def floor(parts):
    return Floor(parts.database, clock=parts.clock)


def ways(who, floor, name):
    """Where the links of a kind in a thread lead to."""
    page = who.page(f"/inbox/{floor.conversation()}")
    return re.findall(rf'href="([^"]+)"[^>]* data-testid="{name}"', page)


def of_bot(floor):
    """The numbers of what the assistant said."""
    found = floor.all("SELECT id FROM message WHERE author = 'bot' ORDER BY at, id")
    return [one["id"] for one in found]


def test_a_wrong_answer_is_marked_at_the_answer(agent, parts, floor):
    floor.says("when are you open?")
    floor.clock.advance(minutes=1)
    floor.says("where is my parcel?")
    first, second = ways(agent, floor, "wrong")
    conversation = floor.conversation()
    assert first == f"/inbox/{conversation}/messages/{of_bot(floor)[0]}/teach"
    told = agent.words(second)
    assert "where is my parcel?" in told
    assert "when are you open?" not in told
    assert "What the assistant answered" in told
    answer = agent.post(f"{second}/mark", kind="wrong")
    assert "Marked as wrong" in agent.words(answer.location)
    turn = floor.all("SELECT id FROM turn ORDER BY id")[1]["id"]
    assert [(one.turn_id, one.kind) for one in rows(parts, TurnMark)] == [
        (turn, "wrong")
    ]


@only_sqlite
def test_an_answer_of_several_messages_is_marked_at_the_last(agent, parts, floor):
    floor.says("where is my parcel?")
    first = row(parts, OutgoingMessage, id=1)
    again = owes(parts, floor.conversation(), "and more", state=OutgoingState.SENT)
    floor.run(
        "UPDATE outgoing_message SET created_at ="
        " (SELECT created_at FROM outgoing_message WHERE id = :first) WHERE id = :id",
        first=first.id,
        id=again,
    )
    (where,) = ways(agent, floor, "wrong")
    assert f"/{row(parts, OutgoingMessage, id=again).message_id}/teach" in where


@only_sqlite
def test_an_answer_to_a_tap_can_be_wrong_and_teaches_no_words(editor, floor):
    floor.says("hello")
    floor.clock.advance(minutes=1)
    tapped = postback("Talk to a person", "/contact_human_agent", at=floor.clock())
    floor.receives(tapped)
    floor.answers()
    where = ways(editor.who, floor, "wrong")[-1]
    told = editor.who.words(where)
    assert "Talk to a person" in told
    assert "Mark it as wrong" in told
    assert "This is a new question" not in told
    assert "Not for us" not in told
    assert len(ways(editor.who, floor, "teach")) == 1  # at the typed one


@only_sqlite
def test_what_answers_nothing_can_not_be_wrong(agent, parts, floor):
    conversation = converse(parts, "7400112233445566", "hello")
    owes(parts, conversation, "See you tomorrow", state=OutgoingState.SENT)
    assert ways(agent, floor, "wrong") == []
    number = row(parts, Message, text="See you tomorrow").id
    where = f"/inbox/{conversation}/messages/{number}/teach"
    assert agent.get(where).status_code == 404


def test_a_persons_answer_becomes_an_entry_with_the_question_before_it(
    editor, parts, floor
):
    floor.says(ASKED)
    conversation = floor.conversation()
    floor.clock.advance(minutes=1)
    says(parts, conversation, "One moment.", author=Author.AGENT)
    floor.clock.advance(minutes=1)
    given = says(parts, conversation, GIVEN, author=Author.AGENT)
    where = ways(editor.who, floor, "entry")
    assert where[-1] == f"/admin/faq/new?from={conversation}-{given}"
    page = editor.who.page(where[-1])
    assert "can you mend my scratched record? order [order number]" in page
    assert "sadly not. I wrote to [e-mail address]." in page
    assert "One moment" not in page
    fields = {
        "from": f"{conversation}-{given}",
        "question": "Do you mend records?",
        "phrasings": "can you mend my record",
        "answer": "Sadly not.",
        "state": "draft",
    }
    assert editor.who.post("/admin/faq/new", **fields).status_code == 303
    assert [one.kind for one in rows(parts, TurnMark)] == ["taught"]


@only_sqlite
def test_the_question_is_what_was_typed_last_and_no_tap(editor, parts, floor):
    floor.says(ASKED)
    conversation = floor.conversation()
    floor.clock.advance(minutes=1)
    says(parts, conversation, "Something else", parts={"tapped": True})
    floor.clock.advance(minutes=1)
    says(parts, conversation, GIVEN, author=Author.ELSEWHERE)
    floor.clock.advance(minutes=1)
    says(parts, conversation, "thanks, and do you sell needles?")
    (where,) = ways(editor.who, floor, "entry")
    page = editor.who.page(where)
    assert "can you mend my scratched record?" in page
    assert "needles" not in page


@only_sqlite
def test_an_agent_proposes_it(agent, parts, floor):
    floor.says(ASKED)
    given = says(parts, floor.conversation(), GIVEN, author=Author.AGENT)
    (where,) = ways(agent, floor, "entry")
    assert where == f"/inbox/{floor.conversation()}/messages/{given}/teach"
    page = agent.page(where)
    assert "What a person answered" in words(page)
    assert "sadly not. I wrote to [e-mail address]." in page
    fields = {"question": "Do you mend records?", "answer": "Sadly not."}
    answer = agent.post(f"{where}/propose", **fields)
    assert answer.status_code == 303


@only_sqlite
def test_without_a_question_before_it_there_is_no_entry(editor, parts, floor):
    conversation = converse(parts, "7400112233445566")
    given = says(parts, conversation, "We are closed today", author=Author.AGENT)
    assert ways(editor.who, floor, "entry") == []
    where = f"/inbox/{conversation}/messages/{given}/teach"
    assert editor.who.get(where).status_code == 404


@only_sqlite
def test_viewers_teach_nothing(app, parts, floor):
    floor.says(ASKED)
    says(parts, floor.conversation(), GIVEN, author=Author.AGENT)
    viewer = visitor(app, "viewer", "Vera")
    assert [ways(viewer, floor, n) for n in ("teach", "wrong", "entry")] == [[], [], []]

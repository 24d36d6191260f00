"""Private notes: colleagues read them, the customer never does."""

import re
from types import SimpleNamespace

import pytest

from bot.inbox.mentions import called
from bot.store.models import Message, OutgoingMessage
from bot.store.teamwork import Mention, Note
from tests.bot.visiting import converse, rows, visitor, words


def note(who, conversation, text):
    return who.post(f"/inbox/{conversation}/notes", note=text)


def test_a_note_stands_in_the_thread_marked_as_private(agent, ben, mine):
    answer = note(ben, mine, "Ask for the <receipt>")
    assert "Only colleagues see it" in ben.words(answer.location)
    told = agent.words(f"/inbox/{mine}")
    assert "Private note by Ben" in told
    assert "Ask for the <receipt>" in told


def test_a_note_is_never_a_message_and_wakes_nobody(parts, agent, mine, woken):
    woken.clear()
    said = len(rows(parts, Message))
    note(agent, mine, "The customer is wrong")
    assert rows(parts, OutgoingMessage) == []
    assert len(rows(parts, Message)) == said
    assert woken == []


def test_the_two_forms_differ_in_address_field_colour_and_button(agent, mine):
    reply = agent.page(f"/inbox/{mine}")
    private = agent.page(f"/inbox/{mine}?write=note")
    assert 'id="note"' not in reply
    assert 'id="reply"' not in private
    form = re.search(r'<form class="composer private".*?</form>', private, re.S)[0]
    assert f'action="/inbox/{mine}/notes' in form
    assert "/reply" not in form
    assert "Keep note" in form
    assert "Send" not in form
    assert "The customer never sees this" in form
    assert 'name="text"' not in form


def test_the_form_of_a_note_sent_to_the_address_of_replies_sends_nothing(
    parts, agent, mine
):
    answer = agent.post(f"/inbox/{mine}/reply", note="The customer is wrong")
    assert answer.status_code == 400
    assert rows(parts, OutgoingMessage) == []


def test_one_need_not_hold_a_conversation_to_note_something(parts, agent):
    conversation = converse(parts, "8", "hi")
    note(agent, conversation, "A regular")
    assert "A regular" in agent.words(f"/inbox/{conversation}")


def test_who_is_called_finds_it_until_they_have_seen_it(
    parts, agent, ben, mine, listed
):
    note(agent, mine, "@Ben, what do you think?")
    assert "Mentions 1 , 1 unseen" in ben.words("/inbox/")
    assert listed(ben, "mentions") == [f"Customer {mine}"]
    assert listed(agent, "mentions") == []
    ben.page(f"/inbox/{mine}")
    assert listed(ben, "mentions") == []
    assert rows(parts, Mention)[0].seen_at is not None


def test_one_does_not_call_oneself(parts, agent, mine):
    note(agent, mine, "@Ada remember this")
    assert rows(parts, Mention) == []


@pytest.mark.parametrize(
    ("text", "told"), [(" ", "Write something"), ("x" * 5001, "too long")]
)
def test_what_can_not_be_noted_is_said_and_kept_in_its_form(
    parts, agent, mine, text, told
):
    answer = note(agent, mine, text)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert 'class="composer private"' in answer.text
    assert text.strip() in answer.text
    assert rows(parts, Note) == []


def test_who_may_only_look_notes_nothing(app, mine):
    assert note(visitor(app, "viewer"), mine, "x").status_code == 403
    assert note(visitor(app, "agent"), 4711, "x").status_code == 404


PEOPLE = [
    SimpleNamespace(id=1, name="Ada Lovelace", login="ada@shop.example"),
    SimpleNamespace(id=2, name="Ada Byron", login="byron@shop.example"),
    SimpleNamespace(id=3, name="سارة", login="sara@shop.example"),
    SimpleNamespace(id=4, name="Bob (night)", login="bob@shop.example"),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Ada Lovelace please", {1}),
        ("@ada byron, @BOB", {2, 4}),
        ("@Ada", set()),
        ("@Ada Lovelaces", set()),
        ("@bob@shop.example", {4}),
        ("mail x@bob", set()),
        ("يا @سارة", {3}),
        ("nobody", set()),
    ],
)
def test_whom_a_note_calls(text, ids):
    assert called(text, PEOPLE) == ids

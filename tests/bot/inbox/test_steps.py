"""What the assistant did stands folded under the message that it answered."""

import re

import pytest

from bot.content import DATA
from bot.inbox import step_words
from tests.bot.visiting import converse, owes, turn_of, words
from tests.floor import Floor


@pytest.fixture
def floor(parts):
    return Floor(parts.database)


def folds(agent, conversation):
    page = agent.page(f"/inbox/{conversation}")
    found = page.split('<details class="steps')[1:]
    return [words(f"<p {one.split('</details>')[0]}") for one in found]


def test_a_turn_tells_what_was_understood_and_done(agent, floor):
    for text in ("where is my parcel?", "48213", "a@b.example"):
        floor.says(text)
    understood, number, proof = folds(agent, floor.conversation())
    assert understood.startswith("Understood as “Track an order” , 97 %")
    assert "Asked for the order number" in understood
    assert number.startswith("Taken as the order number")
    assert "Asked for the e-mail or postcode" in number
    assert "Looked up the order: not found" in proof


def test_a_message_of_several_parts_names_them(agent, floor):
    floor.says("when are you open? and where is my parcel?")
    (both,) = folds(agent, floor.conversation())
    assert "Answered in parts: “Opening hours”, “Track an order”" in both


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("48213", "Taken as the order number"),
        ("my parcel came broken and I want to talk to a person", "Asked for a person"),
    ],
)
def test_what_a_text_was_taken_for_counts_and_not_what_it_may_mean(
    agent, floor, says, told
):
    floor.says(says)
    (fold,) = folds(agent, floor.conversation())
    assert fold.startswith(told)
    assert "unlikely" not in fold


def test_what_was_likely_as_nothing_is_not_called_a_guess(agent, floor):
    floor.says("xyzzy plugh frobnicate")
    (noise,) = folds(agent, floor.conversation())
    assert noise.startswith("Not understood")
    assert "Not sure, perhaps" not in noise


def folded(agent, parts, **trace):
    """What is told of one turn whose trace this is."""
    conversation = converse(parts, "1", "hello")
    turn_of(parts, conversation, "hello", heard="text", **trace)
    (fold,) = folds(agent, conversation)
    return fold


def read_as(name, confidence):
    best = {"name": name, "confidence": confidence}
    return {"text": "hello", "intent": best, "intent_ranking": [best]}


def test_what_it_knows_nothing_of_is_no_guess_with_a_share(agent, parts):
    told = folded(agent, parts, parse=read_as("out_of_scope", 0.43), band="person")
    assert told == "Perhaps about something the assistant doesn't know"


def test_what_was_begun_was_understood_however_sure_that_was(agent, parts):
    command = {"name": "StartFlow", "flow": "complaint", "slots": {}}
    parse = read_as("complaint", 0.89)
    told = folded(agent, parts, parse=parse, band="offer", command=command)
    assert told.startswith("Understood as “Make a complaint” , 89 %")


@pytest.mark.parametrize(
    ("value", "told"), [(True, "Wants a person"), (False, "Wants no person")]
)
def test_a_yes_or_no_is_told_by_what_it_was_said_to(agent, parts, value, told):
    command = {"name": "SetSlots", "slots": {"person_wanted": value}}
    parse = read_as("affirm", 0.9)
    assert folded(agent, parts, parse=parse, command=command) == told


def test_an_event_that_is_called_by_its_name_was_no_ticket(agent, parts):
    command = {"name": "StartFlow", "flow": "event_when"}
    steps = [{"does": "action_event_when"}]
    told = {"parse": read_as("event_when", 0.9), "band": "answer", "steps": steps}
    named = {**command, "slots": {"calendar_event": "tide-tables"}}
    page = folded(agent, parts, command=named, found=True, **told)
    assert "Looked the event up in the calendar" in page
    assert "ticket" not in page


def test_every_question_of_the_flows_has_a_name_in_the_readers_language():
    asked = {
        slot
        for path in DATA.glob("flows/*.yml")
        for slot in re.findall(r"collect: (\w+)", path.read_text(encoding="utf-8"))
    }
    assert asked - {*step_words.SLOTS} == set()


def test_it_is_folded_until_somebody_opens_it(agent, floor):
    floor.says("where is my parcel?")
    page = agent.page(f"/inbox/{floor.conversation()}")
    fold = page.split('<details class="steps')[1].split(">")[0]
    assert " open" not in fold
    assert "Track an order" in page.split("<summary>")[-1]


def test_a_message_that_nobody_thought_about_has_no_steps(agent, floor):
    floor.says("i want a person")
    floor.says("hello?")
    assert len(folds(agent, floor.conversation())) == 1


def test_a_failure_is_called_one(agent, floor):
    floor.hears("hello")
    floor.run("UPDATE incoming_event SET tries = 3")
    floor.answers()
    (failed,) = folds(agent, floor.conversation())
    assert failed == "The assistant failed on this message Fetched a person"


def test_a_reminder_is_marked_as_one(agent, parts):
    conversation = converse(parts, "1", "hello")
    owes(parts, conversation, "Tomorrow at 19:30", purpose="reminder")
    owes(parts, conversation, "Here you are")
    told = agent.words(f"/inbox/{conversation}")
    assert "Assistant Reminder Tomorrow at 19:30" in told
    assert told.count("Reminder ") == 1

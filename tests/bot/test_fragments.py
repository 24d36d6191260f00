"""Messages sent in pieces are read together, and stored apart."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said
from tests.floor import Floor

KNOWN = {
    **SAYINGS,
    "where is my order": "order_status",
    "do you": {"faq/opening_hours": 0.5},
    "do you open on Sunday": "faq/opening_hours",
}


def talk(*texts, pause=3):
    talk = Conversation(assistant(model=StubModel(KNOWN)))
    for text in texts:
        talk.say(text)
        talk.now += timedelta(seconds=pause)
    return talk


@pytest.mark.parametrize(
    "texts",
    [
        ("where is", "my order"),
        ("hello", "where is", "my order"),
        ("where", "is", "my order"),
        ("where is", "my", "order"),
    ],
)
def test_pieces_are_read_together(texts):
    last = talk(*texts)
    assert last.state.asked == "order_number"
    assert last.turns[-1].trace["pieces"] >= 2


def test_a_piece_after_a_guess_says_which_it_is():
    last = talk("do you", "open on Sunday")
    assert said(last.turns[0])[-1] == "utter_did_you_mean"
    assert said(last.turns[-1]) == ["utter_faq/opening_hours"]


@pytest.mark.parametrize("text", ["repeat please", "I want to talk to a person"])
def test_what_is_asked_in_so_many_words_is_no_piece(text):
    last = talk("do you", text)
    assert "pieces" not in last.turns[-1].trace


def test_a_message_stands_in_the_log_as_it_was_sent():
    last = talk("where is", "my order")
    texts = [e["text"] for e in last.events if e["event"] == "user"]
    assert texts == ["where is", "my order"]
    parsed = [e["parse_data"]["text"] for e in last.events if e["event"] == "user"]
    assert parsed == texts
    assert last.turns[-1].trace["parse"]["text"] == "my order"


def test_after_a_pause_nothing_is_joined():
    last = talk("where is", "my order", pause=9)
    assert last.state.asked is None
    assert "pieces" not in last.turns[-1].trace


def test_who_is_writing_still_is_not_asked_again_and_nobody_is_fetched():
    last = talk("where is", "my")
    assert last.turns[-1].outcome == "silent"
    assert last.turns[-1].handoff is None


def test_a_word_between_after_a_guess_is_waited_for():
    last = talk("do you", "open", "on Sunday")
    assert [turn.outcome for turn in last.turns] == ["offered", "silent", "answered"]


def test_pieces_that_say_nothing_together_fetch_a_person_in_the_end():
    last = talk("aa", "bb", "cc", "dd")
    outcomes = [turn.outcome for turn in last.turns]
    assert outcomes == ["offered", "silent", "silent", "handed_over"]


def test_who_says_the_same_again_goes_on_with_nothing():
    assert talk("where is", "where is").turns[-1].outcome == "handed_over"


def test_what_is_clear_by_itself_is_never_joined():
    last = talk("where is", "when are you open?")
    assert said(last.turns[-1]) == ["utter_faq/opening_hours"]
    assert "pieces" not in last.turns[-1].trace


def test_what_was_clear_belongs_to_no_piece_after_it():
    last = talk("when are you open?", "my order")
    assert "pieces" not in last.turns[-1].trace


def test_each_is_stored_apart_and_the_last_is_answered(database):
    floor = Floor(database)
    floor.says("where is")
    assert "order number" in floor.says("my parcel?")[-1]
    theirs = [text for author, text in floor.thread() if author == "customer"]
    assert theirs == ["where is", "my parcel?"]


def test_a_piece_alone_is_read_once():
    model = Counted(KNOWN)
    one = Conversation(replace(assistant(), model=model))
    one.say("where is")
    assert model.times == 1


class Counted(StubModel):
    """Says how often it was asked."""

    times = 0

    def classify(self, text, language="en"):
        self.times += 1
        return super().classify(text, language)


def test_an_answer_to_a_question_is_no_piece_of_what_comes_after_it():
    last = talk("where is my order", "50001", "anna@example.com", "do you", "dance")
    assert last.turns[-1].trace["pieces"] == 2

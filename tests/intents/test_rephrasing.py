"""Other ways to ask a question, by rule."""

import pytest

from intents.rephrasing import MOST, keywords, rephrasings
from intents.text import bare, normalise


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("Do you repair records?", "can you repair records"),
        ("Do you repair records?", "do you fix records"),
        ("Do you repair records?", "do u repair records"),
        ("Can I bring my dog?", "is it possible to bring my dog"),
        ("How do I return an item?", "how do i send back an item"),
        ("How much is delivery?", "what does delivery cost"),
        ("Is there a discount?", "do you have discount"),
        ("What are your opening hours?", "opening hours"),
        ("What is your address?", "tell me about the address"),
    ],
)
def test_a_question_is_asked_in_other_words(question, another):
    assert another in rephrasings(question)


def test_the_same_question_has_the_same_proposals_each_unlike_the_others():
    found = rephrasings("Do you repair records?")
    assert found == rephrasings("do you repair records")
    assert len({bare(normalise(text)) for text in found}) == len(found) <= MOST


def test_what_is_known_already_is_not_proposed():
    known = ("Can you repair records??", "do you mend records")
    found = rephrasings("Do you repair records?", known)
    assert {"can you repair records", "do you mend records"}.isdisjoint(found)


def test_one_is_mistyped_as_a_hurried_thumb_would():
    letters = sorted("repair records")
    slips = [t for t in rephrasings("repair records") if sorted(t) == letters]
    assert slips
    assert "repair records" not in slips


@pytest.mark.parametrize("question", ["", "?!", "متى تفتحون؟", "何時に開きますか"])
def test_the_rules_are_silent_where_they_know_nothing(question):
    assert rephrasings(question) == []


def test_what_is_asked_about_is_told_from_how_it_is_asked():
    assert keywords(["Do you repair my records?", "fix it"]) == {
        "repair",
        "records",
        "fix",
    }

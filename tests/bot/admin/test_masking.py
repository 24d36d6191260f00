"""What belongs to one customer is taken out before everybody reads it."""

import pytest

from bot.admin import masking
from bot.content import DATA
from intents import examples

PATTERNS = examples.load([DATA / "nlu/entities.yml"]).patterns


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Hello Ada! Yes.", "Hello [name]! Yes."),
        ("hi Ada Vale, yes", "hi [name], yes"),
        ("Hello there! Yes.", "Hello there! Yes."),
        (
            "Dear Zoë, write to zoe@example.com",
            "Dear [name], write to [e-mail address]",
        ),
        (
            "Thanks, order 48213 is on its way",
            "Thanks, order [order number] is on its way",
        ),
        ("Call +44 20 7946 0123 now", "Call [phone number] now"),
        ("Ticket HR-7K2M9Q is yours", "Ticket [ticket number] is yours"),
        ("Card 1234 5678 9012", "Card [number]"),
        (
            "Yes: up to 20 letters, for 15 euros.",
            "Yes: up to 20 letters, for 15 euros.",
        ),
    ],
)
def test_what_is_private_becomes_a_place(text, masked):
    assert masking.for_answer(text, None, PATTERNS).text == masked


def test_a_name_we_know_is_taken_out_wherever_it_stands():
    found = masking.for_answer("As you said, dan, Mr VALE", "Dan Vale", PATTERNS)
    assert found.text == "As you said, [name], Mr [name]"
    assert found.found == (("name", "dan"), ("name", "VALE"))


def test_a_phrasing_keeps_its_shape_with_made_up_values():
    asked = masking.for_phrasing("where is 48213, me@x.com", None, PATTERNS)
    assert asked.text == "where is 12345, name@example.com"


def test_places_are_found_again_until_they_are_filled():
    assert masking.places("Hello [name], [name] [order number]") == [
        "[name]",
        "[order number]",
    ]
    assert masking.places("[draft] as it stands") == []

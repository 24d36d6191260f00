"""Does a text that names a product ask whether there is any? As sure as the name is."""

import pytest

from bot import products_asked
from bot.product_names import ProductNames
from bot.products_asked import GOAL
from flows.products import ProductName

NAMES = ProductNames((ProductName(key="1", name="Quayside Turntable"),))
ANSWERED = 0.7
UNKNOWN = {"faq/warranty": 0.12, "faq/payment_methods": 0.1}


def parsed(text, meanings):
    ranking = [{"name": name, "confidence": c} for name, c in meanings.items()]
    return {
        "text": text,
        "intent": ranking[0],
        "intent_ranking": ranking,
        "entities": [],
    }


def read(text, chance):
    """What is made of a text that with "record" for the name means that so likely."""

    def classify(other):
        assert "record" in other
        return parsed(other, {GOAL: chance, "faq/gift_cards": 0.05})

    parse = parsed(text, UNKNOWN)
    return products_asked.read(parse, classify, NAMES, language="en", answered=ANSWERED)


def test_a_whole_name_needs_little_beside_it():
    parse = read("is the Quayside Turntable there", 0.4)
    assert parse["intent"]["name"] == GOAL
    assert products_asked.named(parse) == "is the Quayside Turntable there"


@pytest.mark.parametrize(
    "text", ["do you engrave names on turntables", "can you repair my turntable"]
)
def test_a_word_of_a_name_in_a_question_that_nobody_knows_is_no_question_of_stock(text):
    parse = read(text, 0.6)
    assert parse["intent"]["name"] == "faq/warranty"
    assert products_asked.named(parse) is None


def test_a_word_of_a_name_is_enough_where_the_question_is_sure():
    parse = read("do you have a turntable", 0.9)
    assert parse["intent"]["name"] == GOAL
    assert products_asked.named(parse) == "do you have a turntable"

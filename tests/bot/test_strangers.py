"""What another shop sold is not under our promises."""

import pytest

from bot.strangers import bought_elsewhere
from tests.dialogue import Conversation, StubModel, assistant

ASKED = "my headphones bought on Amazon broke, is there a warranty"


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        "I got it from another shop",
        "my headphones from Currys broke",
        "it's Ticketmaster I bought them from",
        "mon casque acheté à la Fnac est cassé",
        "compré los cascos en otra tienda",
        "lo pedí en Amazon y llegó roto",
        "je l'ai commandé sur Amazon",
        "اشتريت السماعات من جرير وخربت",
        "我在淘宝买的唱机坏了",
    ],
)
def test_what_was_bought_elsewhere_is_recognised(text):
    assert bought_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "I bought it from your shop",
        "can you match Amazon's price?",
        "I got it for less from Amazon, do you match the price",
        "I ordered on Monday",
        "j'ai acheté un casque chez vous",
        "compré un disco en vuestra tienda",
        "ma commande à retirer à Carrefour",
        "اشتريت من عندكم سماعات",
        "我在你们店买的唱机坏了",
    ],
)
def test_what_was_bought_here_is_not(text):
    assert not bought_elsewhere(text)


def test_what_is_meant_of_it_is_asked_before_it_is_answered():
    model = StubModel({ASKED: {"faq/warranty": 0.99, "return_item": 0.005}})
    talk = Conversation(assistant(model=model))
    turn = talk.say(ASKED)
    assert turn.trace["rule"] == "elsewhere"
    assert turn.trace["offer"][0]["intent"] == "faq/warranty"

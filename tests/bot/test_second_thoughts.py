"""Who takes back a wish before anybody came to it is taken at their word."""

import pytest

from bot.second_thoughts import takes_back


@pytest.mark.parametrize(
    "text",
    [
        "actually no, keep it",
        "Actually no",
        "please don't cancel it",
        "I changed my mind",
        "on second thought I'll keep them",
        "leave it!",
        "mejor no, me lo quedo",
        "no lo canceléis",
        "no cancelen el pedido, por favor",
        "he cambiado de idea",
        "finalement non, je la garde",
        "n'annulez pas ma commande",
        "j'ai changé d'avis",
        "لا تلغوا الطلب",
        "غيرت رأيي، خلوه",
        "سأحتفظ به",
        "别取消了",
        "还是不要取消了",
        "我改主意了",
        "不退了，我留着",
    ],
)
def test_a_wish_is_taken_back_in_so_many_words(text):
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "is anybody there?",
        "please hurry, before it leaves",
        "actually no refund has arrived yet",
        "keep me posted please",
        "¿cuánto tarda?",
        "dépêchez-vous",
        "متى يرد أحد",
        "什么时候有人回复",
    ],
)
def test_nothing_else_is(text):
    assert not takes_back(text)

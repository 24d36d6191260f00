"""Who says that they have no order number is not asked for it."""

import pytest

from bot.numberless import says_so


@pytest.mark.parametrize(
    "text",
    [
        "I can't find my order number",
        "where's my stuff, i lost the number",
        "dont have an order num",
        "two parcels are due and i've got no numbers",
        "perdí el número de pedido",
        "no tengo a mano el número",
        "j'ai plus le numéro de commande",
        "sans numéro de commande, vous pouvez chercher ?",
        "ما معي رقم الطلب",
        "ضيعت رقم الاوردر",
        "ضاع مني الرقم",
        "找不到订单号了",
        "单号忘记了",
    ],
)
def test_they_have_none(text):
    assert says_so(text)


@pytest.mark.parametrize(
    "text",
    [
        "I never got a tracking number",
        "where is my parcel?",
        "I don't have your phone number",
        "no llegó el número de seguimiento",
        "je n'ai pas de numéro de suivi",
        "ما وصلني رقم التتبع",
        "订单号是多少位的",
        "my number is 48213",
    ],
)
def test_that_is_another_number_or_none_is_missing(text):
    assert not says_so(text)

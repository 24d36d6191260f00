"""A number with the words around it that say nothing is a number."""

import pytest

from bot.bareness import says_nothing_else

NUMBER = "48213"


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("my order number is 48213", True),
        ("mi número de pedido es 48213", True),
        ("aquí está: 48213", True),
        ("numéro de commande 48213 svp", True),
        ("voici le numéro : 48213", True),
        ("cancela el 48213", False),
        ("où en est le 48213 ?", False),
    ],
)
def test_what_stands_around_a_number_says_what_is_wanted_or_nothing(text, nothing):
    start = text.index(NUMBER)
    parse = {"entities": [{"start": start, "end": start + len(NUMBER)}]}
    assert says_nothing_else(text, parse) is nothing

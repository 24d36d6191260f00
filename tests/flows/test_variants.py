"""Which size or colour of a product does a customer write of?"""

import pytest

from flows.products import Product, Variant
from flows.variants import wished


def product(*names, name="Blue Rain Jacket"):
    variants = tuple(Variant(name=one, stock="in_stock") for one in names)
    return Product(key="1", name=name, stock="in_stock", variants=variants)


SIZES = product("S", "M", "L", "XL")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("do you have the blue rain jacket in M?", ["M"]),
        ("blue rain jacket, size xl", ["XL"]),
        ("got a medium blue rain jacket", ["M"]),
        ("en talla pequeña, por favor", ["S"]),
        ("en taille L svp", ["L"]),
        ("هل يوجد مقاس كبير؟", ["L"]),
        ("有中号的吗", ["M"]),
        ("M码还有吗", ["M"]),
        ("那有XL码吗", ["XL"]),
        ("في عندكم مقاسM؟", ["M"]),
        ("do you have S or M", ["S", "M"]),
        # Pieces of words are no sizes.
        ("I'm after the blue rain jacket, what's left?", []),
        ("est-ce que l'article est là", []),
        ("do you have the blue rain jacket", []),
    ],
)
def test_a_size_is_read_in_any_language(text, names):
    assert [one.name for one in wished(text, SIZES)] == names


def test_the_name_of_the_product_says_nothing_of_a_variant():
    coloured = product("Blue / M", "Red / M", "Red / L")
    wish = "the blue rain jacket in red"
    assert [one.name for one in wished(wish, coloured)] == ["Red / M", "Red / L"]
    assert [one.name for one in wished("red, L", coloured)] == ["Red / L"]

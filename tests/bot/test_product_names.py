"""Which of the shop's products does a text name, and is it that one for sure?"""

import pytest

from bot.product_names import ProductNames, telling
from flows.products import ProductName

NAMES = {
    "1": "Blue Rain Jacket",
    "2": "Quayside Turntable Q1",
    "3": "Canvas Tote Bag",
    "4": "Moonlit Kiosk LP",
    "5": "Moonlit Kiosk Poster",
    "6": "Harbour Hoodie",
    "7": "قميص الميناء",
    "8": "蓝色雨衣",
    "9": "Kind of Blue by Miles Davis",
}
PRODUCTS = ProductNames(
    tuple(ProductName(key=key, name=name) for key, name in NAMES.items())
)


def meant(text):
    found = PRODUCTS.meant(text)
    return [one.key for one in found.products], found.sure


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Do you have the blue rain jacket in M?", "1"),
        ("my daughter would love a blue rain jaket for her birthday, any left?", "1"),
        ("is the turntable back in stock?", "2"),
        ("got any tote bags left?", "3"),
        ("Moonlit Kiosk poster", "5"),
        ("¿y tenéis el LP de Moonlit Kiosk?", "4"),
        ("do you have Miles Davis Kind of Blue", "9"),
        ("the Miles Davis record kind of blue", "9"),
        ("miles davis - kind of blue?", "9"),
        ("¿Tenéis el Blue Rain Jacket en la talla M?", "1"),
        ("¿queda algún Harbour Hoodie?", "6"),
        ("Avez-vous encore le Canvas Tote Bag ?", "3"),
        ("هل عندكم Blue Rain Jacket مقاس M؟", "1"),
        ("هل قميص الميناء متوفر؟", "7"),
        ("متى يتوفر القميص", "7"),
        ("请问蓝色雨衣还有货吗", "8"),
        ("Blue Rain Jacket 有M码吗？", "1"),
    ],
)
def test_what_is_called_by_its_name_is_meant(text, key):
    assert meant(text) == ([key], True)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("do you have the purple rain jacket", ["1"]),
        ("is the sony turntable back in stock?", ["2"]),
        ("got the moonlit kiosk?", ["4", "5"]),
        ("紫色雨衣有货吗", ["8"]),
    ],
)
def test_what_is_only_like_it_is_asked_about(text, keys):
    assert meant(text) == (keys, False)


@pytest.mark.parametrize(
    "text",
    [
        "is it in stock?",
        "do you have the green umbrella?",
        "when are you open?",
        "I'm looking for a medium one",
        "有货吗",
        "هل هو متوفر؟",
    ],
)
def test_what_is_not_ours_names_nothing(text):
    assert meant(text) == ([], False)


def test_a_key_names_its_own():
    assert [one.name for one in PRODUCTS.of("2").products] == ["Quayside Turntable Q1"]
    assert PRODUCTS.of("turntable").products == ()


def test_too_many_are_no_choice():
    many = ProductNames(
        tuple(ProductName(key=str(n), name=f"Poster {n:03}") for n in range(40))
    )
    assert many.meant("do you have a poster").products == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("do you have the purple hoodie?", ["purple", "hoodie"]),
        ("¿tenéis paraguas verdes?", ["paraguas", "verdes"]),
        ("avez-vous des parapluies ?", ["parapluies"]),
        ("is it in stock", []),
        ("هل عندكم مظلة خضراء؟", ["مظلة", "خضراء"]),
        ("你们有雨伞吗", ["雨", "伞"]),
    ],
)
def test_what_tells_is_left_of_a_question(text, words):
    assert telling(text) == words

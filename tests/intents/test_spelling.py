"""Words with one slip in them, as what was meant, where that is clear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.features import Spelt
from intents.spelling import mended, names_in
from intents.text import normalise

ROWS = 400
COMMON = {
    "parcel": 90,
    "order": 120,
    "cancel": 60,
    "cost": 50,
    "coats": 2,
    "pedido": 40,
}
#: Two that a slip may have been, one hardly commoner than the other.
TWINS = {"house": 12, "hours": 20}


@pytest.fixture(scope="module")
def words():
    known = {**COMMON, **TWINS, "pacel": 1}
    rows = np.array([*known.values(), 0])
    rarity = np.log((1 + ROWS) / (1 + rows)) + 1.0
    numbers = {word: number for number, word in enumerate(known)}
    return Spelt("en", numbers, {}, {}, rarity.astype(np.float32)).indexed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("where is my parcle", "where is my parcel"),
        ("canel it", "cancel it"),
        ("my oorder", "my order"),
        ("mi peddio", "mi pedido"),
        # Taught with its slip, and the word itself ninety times as often.
        ("my pacel", "my parcel"),
    ],
)
def test_a_word_with_one_slip_is_what_was_meant(typed, meant, words):
    assert mended(typed, words) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "my order",  # no slip
        "my pacle",  # two slips
        "xost",  # is none of a word that begins with another letter
        "hous",  # two that are as near
        "cos",  # short
        "salem",  # its neighbour is
        "coats",  # known, and not far from common
        "وين طلبي",
        "我的包裹",
        "",
    ],
)
def test_what_is_not_clear_stays(typed, words):
    assert mended(typed, words) == typed


def test_names_are_left_as_they_are(words):
    text = "Parcle for Mr Ordar, Oorder street"
    names = names_in(text)
    assert names == {"mr", "ordar", "oorder"}
    said = mended(normalise(text), words, names)
    assert said == "parcel for mr ordar, oorder street"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(words, text):
    mended(normalise(text), words)

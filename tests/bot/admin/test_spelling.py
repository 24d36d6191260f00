"""What was mistyped, and what only looks as if it was."""

import pytest

from bot.admin import spelling

KNOWN = frozenset({"mend", "records", "turntable", "reparan", "tocadiscos"})


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("do u mend recrods", "do u mend records"),
        ("is my turntble mended", "is my turntable mended"),
        ("mned records?", "mend records?"),
        ("reparan tocadicsos", "reparan tocadiscos"),
    ],
)
def test_a_slip_is_put_right(typed, right):
    assert spelling.put_right(typed, KNOWN, KNOWN) == right


@pytest.mark.parametrize(
    "typed", ["do you mend a record", "is it mended", "lend me records", "reparar"]
)
def test_endings_and_other_words_stay(typed):
    assert spelling.put_right(typed, KNOWN, KNOWN) == typed


def test_a_text_that_is_another_one_mistyped_is_left_out():
    texts = ["mend my recrods", "mend my records", "mend my record"]
    assert spelling.well_spelt(texts, KNOWN) == texts[1:]

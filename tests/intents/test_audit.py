"""Mistakes of whoever wrote the phrasings, with file, line and cure."""

from pathlib import Path

import pytest

from intents.audit import audit
from intents.examples import found, load
from intents.mistaken import mistaken, places
from intents.text import normalise

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = ("ar", "en", "es", "fr", "zh")


def told(tmp_path, **intents):
    """What is told of a file with these intents."""
    path = tmp_path / "shop.yml"
    lines = ["nlu:"]
    for name, texts in intents.items():
        lines += [f"- intent: {name}", "  examples: |", *(f"    - {t}" for t in texts)]
    path.write_text("\n".join(lines))
    return [str(one).replace(str(path), "shop.yml") for one in audit(found([path]))]


MANY = ["one thing", "two other things", "a third one", "and a fourth", "five"]


def test_the_same_words_under_two_intents_are_told_with_both_lines(tmp_path):
    (one,) = told(tmp_path, a=[*MANY, "Where is it?"], b=["where is it", *"vwxyz"])
    assert one.startswith("shop.yml:9: 'Where is it?', and shop.yml:12 'where is it'")
    assert one.endswith("mean 'a' and 'b'; take them out of one")


@pytest.mark.parametrize(
    "other", ["where is my parcle", "my parcel where is", "where is my parcels"]
)
def test_nearly_the_same_words_are_told(tmp_path, other):
    (one,) = told(tmp_path, a=[*MANY, "where is my parcel"], b=[other, *"vwxyz"])
    assert "nearly the same words mean 'a' and 'b'" in one


def test_short_words_that_differ_in_a_letter_are_others(tmp_path):
    assert told(tmp_path, a=[*MANY, "my order"], b=["by order", *"vwxyz"]) == []


def test_the_same_words_twice_under_one_intent_are_nothing(tmp_path):
    assert told(tmp_path, a=[*MANY, "where is it", "where is it?"]) == []


def test_an_intent_with_hardly_a_phrasing_is_told(tmp_path):
    (one,) = told(tmp_path, a=MANY, b=["only this"])
    assert "'b' has 1 of the 5 phrasings that it needs" in one


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_what_comes_with_it_nothing_is_found(language):
    lines = found([DATA / "nlu" / language, DATA / "faq" / f"{language}.yml"])
    assert [str(one) for one in audit(lines)] == []


@pytest.mark.slow
def test_a_phrasing_under_the_wrong_intent_is_surely_taken_for_another(tmp_path):
    wrong = tmp_path / "wrong.yml"
    text = "where on earth is the parcel that i ordered last week"
    wrong.write_text(f"nlu:\n- intent: refund\n  examples: |\n    - {text}\n")
    paths = [DATA / "nlu" / "en", wrong]
    doubted = mistaken(load(paths), "en")
    taken = {example: other for example, other in doubted}
    (example,) = (one for one in taken if one.text == normalise(text))
    assert taken[example] == "order_status"
    assert places(found(paths))[example].line == 4
    # Few of the phrasings that come with it are doubted: they are for a person to read.
    shipped = load([DATA / "nlu" / "en"])
    assert len(doubted) < len(shipped.examples) / 20

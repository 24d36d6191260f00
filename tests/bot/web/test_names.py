"""What people are called, whatever they call themselves."""

import pytest

from bot import tongue
from bot.web import names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("  Ada \n Lovelace\t", "Ada Lovelace"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066Ada\u2069\u200b", "Ada"),
        ("ليلى حداد", "ليلى حداد"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("Ada\x1b[31m\x00", "Ada [31m"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_name_is_one_readable_line(name, shown):
    assert names.person(name) == shown


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "Are you open?", "Are you open?"),
        ("ar", "Are you open?", "\u2068Are you open?\u2069"),
        ("en", "هل أنتم مفتوحون؟", "\u2068هل أنتم مفتوحون؟\u2069"),
        ("ar", "هل أنتم مفتوحون؟", "هل أنتم مفتوحون؟"),
        ("en", "\u202eAre you\u2069 open?", "Are you open?"),
        ("ar", "\u2066Are you open?", "\u2068Are you open?\u2069"),
    ],
)
def test_what_runs_the_other_way_keeps_its_marks_in_a_sentence(language, text, shown):
    tongue.speak(language)
    try:
        assert names.within(text) == shown
    finally:
        tongue.speak(tongue.ENGLISH)


@pytest.mark.parametrize("name", [None, "", " \u200b\ufeff", "\u202e", "\n\t"])
def test_a_customer_without_a_name_one_can_see_is_numbered(name):
    assert names.customer(name, 12) == "Customer 12"


def test_a_tower_of_marks_is_cut_to_three():
    assert names.person("e" + "\u0301" * 10_000) == "e" + "\u0301" * 3


def test_a_very_long_name_ends_in_an_ellipsis():
    shown = names.person("Wolfeschlegelsteinhausen " * 40)
    assert len(shown) <= 60
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada", "A"), ("Ada King Lovelace", "AL"), ("7", ""), ("", "")],
)
def test_initials_are_of_the_first_and_the_last_name(name, letters):
    assert names.initials(name) == letters


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("pt-BR", "Portuguese (Brazil)"),
        ("ar", "Arabic"),
        ("??", "??"),
    ],
)
def test_a_language_is_called_by_its_name(code, name):
    assert names.language(code) == name

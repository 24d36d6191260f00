import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.limits import length
from bot.messenger.texts import clean, shorten, split

FAMILY = "👩‍👩‍👧‍👦"
FLAG = "🇬🇧"
ACCENT = "e\u0301"
HANGUL = "\u1112\u1161\u11ab"
LETTERS = st.sampled_from(
    [
        FAMILY,
        FLAG,
        ACCENT,
        HANGUL,
        "👍🏽",
        "a",
        "b",
        " ",
        ".",
        "\n",
        "\r\n",
        "\ud55c",
        "न्त",
    ]
)
TEXTS = st.one_of(
    st.lists(LETTERS, max_size=60).map("".join),
    st.text(max_size=120),
    st.text(alphabet="ab .\n", max_size=200),
)
URL = "https://track.example/" + "x" * 60


@pytest.mark.parametrize("size", [1999, 2000, 2001, 20_000])
def test_a_text_of_any_size_is_sent_whole(size):
    text = ("A word here. " * 2_000)[:size]
    parts = split(text, 2_000)
    assert "".join(parts) == text
    assert all(length(part) <= 2_000 for part in parts)
    assert len(parts) == -(-size // 2_000) + (size > 2_001)


@pytest.mark.parametrize("count", [1_000, 2_000])
def test_emoji_count_twice_and_stay_whole(count):
    parts = split("😀" * count, 2_000)
    assert "".join(parts) == "😀" * count
    assert [len(part) for part in parts] == [1_000] * (count // 1_000)


def test_a_word_longer_than_a_message_is_cut():
    parts = split("x" * 3_000, 2_000)
    assert [len(part) for part in parts] == [2_000, 1_000]


def test_a_url_at_the_border_goes_to_the_next_part():
    text = "x" * 1_950 + URL + " bye"
    parts = split(text, 2_000)
    assert parts == ["x" * 1_950, URL + " bye"]


def test_a_url_longer_than_a_message_is_cut_all_the_same():
    text = "https://a.example/" + "x" * 5_000
    assert "".join(split(text, 2_000)) == text


def test_a_cut_comes_after_a_sentence_if_one_ends_late_enough():
    assert split("One two. Three four five", 16) == ["One two. ", "Three four five"]
    assert split("A. Three four five", 16) == ["A. Three four ", "five"]


@given(TEXTS, st.integers(min_value=30, max_value=50))
def test_parts_fit_and_joined_are_the_text(text, most):
    parts = split(text, most)
    assert "".join(parts) == text
    assert all(length(part) <= most for part in parts)


@given(st.lists(LETTERS, min_size=1, max_size=60))
def test_no_letter_is_cut(letters):
    ends = {0}
    for letter in letters:
        ends.add(max(ends) + len(letter))
    at = 0
    for part in split("".join(letters), 30):
        assert at in ends
        at += len(part)


@pytest.mark.parametrize("most", [31, 32, 33])
@pytest.mark.parametrize("letter", [FAMILY, FLAG, ACCENT, HANGUL, "\r\n", "न्त"])
def test_what_reads_as_one_letter_stays_one(letter, most):
    text = letter * 20
    assert all(len(part) % len(letter) == 0 for part in split(text, most))


def test_an_accent_on_a_space_is_no_place_to_cut():
    text = "A word. And an accent. \u0301" + "x" * 10
    assert split(text, 30)[0] == "A word. And an "


def test_a_letter_longer_than_a_message_is_cut():
    zalgo = "a" + "\u0301" * 10_000
    parts = split(zalgo, 2_000)
    assert "".join(parts) == zalgo
    assert all(length(part) <= 2_000 for part in parts)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("x" * 19, "x" * 19),
        ("x" * 20, "x" * 20),
        ("x" * 21, "x" * 19 + "…"),
        ("😀" * 10, "😀" * 10),
        ("😀" * 11, "😀" * 9 + "…"),
        (FAMILY * 2, FAMILY + "…"),
        (ACCENT * 20, ACCENT * 9 + "…"),
        (FLAG * 6, FLAG * 4 + "…"),
        ("A title of some words", "A title of some wor…"),
        ("A title of some oth er", "A title of some oth…"),
    ],
)
def test_titles_are_cut_between_letters(title, shown):
    assert shorten(title, 20) == shown


@given(TEXTS)
def test_titles_always_fit(text):
    assert length(shorten(text, 20)) <= 20


def test_what_no_json_takes_is_taken_out():
    assert clean("a\0b\ud83dc") == "ab\ufffdc"

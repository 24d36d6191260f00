import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.text import LONGEST_READ, normalise, tokens

TABLE = [
    ("capitals", "WHERE is My Parcel", "where is my parcel"),
    ("full width", "\uff28\uff45\uff4c\uff4c\uff4f", "hello"),
    ("sharp s", "Stra\u00dfe", "strasse"),
    ("long runs", "sooooo goooood!!!!", "soo good!!"),
    ("double letters stay", "good feet", "good feet"),
    ("blanks", "  a \t\n b  ", "a b"),
    ("curly apostrophe", "I\u2019m", "i'm"),
    ("back-tick", "I`m", "i'm"),
    ("zero width", "par\u200bcel", "parcel"),
    ("order number", "it is 48213", "it is orderno"),
    ("order number with a hash", "#48213?", "orderno ?"),
    ("order number glued", "order48213", "order orderno"),
    ("arabic digits", "\u0664\u0668\u0662\u0661\u0663", "orderno"),
    ("persian digits", "\u06f4\u06f8\u06f2\u06f1\u06f3", "orderno"),
    (
        "alef and ya forms",
        "\u0623\u0631\u062c\u0639 \u0625\u0644\u0649",
        "\u0627\u0631\u062c\u0639 \u0627\u0644\u064a",
    ),
    (
        "ta marbuta",
        "\u0641\u0627\u062a\u0648\u0631\u0629",
        "\u0641\u0627\u062a\u0648\u0631\u0647",
    ),
    (
        "hamza on its seat",
        "\u0645\u0624\u0643\u062f \u0634\u064a\u0626",
        "\u0645\u0648\u0643\u062f \u0634\u064a\u064a",
    ),
    (
        "vowel signs",
        "\u0637\u064e\u0644\u064e\u0628\u0650\u064a",
        "\u0637\u0644\u0628\u064a",
    ),
    (
        "tatweel",
        "\u0637\u0644\u0640\u0640\u0640\u0628\u064a",
        "\u0637\u0644\u0628\u064a",
    ),
    ("arabic marks", "\u0645\u062a\u0649\u061f", "\u0645\u062a\u064a?"),
    ("arabic glued to digits", "\u0631\u0642\u064548213", "\u0631\u0642\u0645 orderno"),
    (
        "chinese, a word a character",
        "\u8ba2\u535548213\uff01",
        "\u8ba2 \u5355 orderno !",
    ),
    ("traditional characters", "\u8a02\u55ae", "\u8ba2 \u5355"),
    ("traditional, and no word of our trade", "營業", "营 业"),
    ("a woman is addressed", "妳們", "你 们"),
    ("few digits stay", "2 tickets for 2025", "2 tickets for 2025"),
    ("ticket", "HR-7K2M9Q", "ticketno"),
    ("ticket, careless", "hr 7k2 m9q", "ticketno"),
    ("ticket, long dash", "HR\u20137K2M9Q", "ticketno"),
    ("no ticket", "hr please", "hr please"),
    ("not a ticket but hours", "24 hr 365 days", "24 hr 365 days"),
    ("e-mail", "Me.You+1@Ex-ample.co.uk.", "email ."),
    ("phone", "call +44 7700 900123", "call phoneno"),
    ("phone at home", "(020) 7946 0018", "phoneno"),
    ("two orders are no phone", "48213 48214", "orderno orderno"),
    ("url", "see HTTPS://a.b/c?d=e now", "see url now"),
    ("www", "www.example.com/x", "url"),
    ("emoji stay", "ok \U0001f44d", "ok \U0001f44d"),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(
    ("written", "read"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_spelling_habits_are_taken_out(written, read):
    assert normalise(written) == read


def test_words_and_marks_are_told_apart():
    assert tokens("where's it? now!!") == ["where", "s", "it", "?", "now", "!", "!"]


HOSTILE = {
    "a word of a megabyte": "a" * 1_000_000,
    "ten thousand combining marks": "e" + "\u0301" * 10_000,
    "marks out of order": "e" + "\u0301\u0316" * 5_000,
    "characters that grow": "\ufdfa" * 5_000,
    "almost an e-mail": "a.-" * 5_000,
    "many at signs": "a@" * 5_000,
    "almost a ticket": "hr-" * 5_000,
    "almost a phone": "(0 " * 5_000,
    "almost a url": "www." * 5_000,
    "digits": "1" * 10_000,
    "blanks": " " * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(text, seconds):
    assert seconds(lambda: tokens(normalise(text))) < 0.05


@settings(deadline=None)
@given(st.text(st.characters()))
def test_any_text_is_folded(text):
    read = normalise(text)
    assert read == " ".join(read.split())
    assert not any("A" <= one <= "Z" for one in read)
    assert len(read) <= 4 * LONGEST_READ


@settings(deadline=None)
@given(st.text(st.sampled_from("aB\u00e9 1?!'@.\u2019"), max_size=60))
def test_composed_and_decomposed_letters_read_the_same(text):
    apart = unicodedata.normalize("NFD", text)
    assert normalise(apart) == normalise(text)

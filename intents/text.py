"""What is left of a customer's words once spelling habits are taken out."""

import re
import unicodedata
from functools import lru_cache

from intents.characters import SIMPLE

#: Longest part of a message that is looked at: in it, values are found. Customers may
#: send 20,000 characters, and everything costs time in proportion to the length.
LONGEST = 2_000
#: Longest part whose words are read: what customers want stands in the first few
#: hundred. Twice as much takes two turns over 40 ms.
LONGEST_READ = 1_000

_APOSTROPHES = dict.fromkeys(
    map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4"), "'"
)
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF]
)
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_TABLE = {**_APOSTROPHES, **_INVISIBLE, **_DASHES}
# Arabic is written with and without vowel signs and hamza, and final letters are
# mixed up. Unfolded, that cost eleven points of a hundred; folded, none.
_ARABIC = {
    **dict.fromkeys([0x0640, *range(0x064B, 0x0660), 0x0670]),  # tatweel, vowel signs
    **dict.fromkeys(map(ord, "\u0622\u0623\u0625\u0671"), "\u0627"),  # alef
    **dict.fromkeys(map(ord, "\u0649\u0626\u06cc"), "\u064a"),  # ya
    ord("\u0624"): "\u0648",  # waw
    ord("\u0629"): "\u0647",  # ta marbuta
    ord("\u06a9"): "\u0643",  # kaf
    ord("\u060c"): ",",
    ord("\u061b"): ";",
    ord("\u061f"): "?",
}
# Chinese has no blanks between words: each character is one.
_HAN = re.compile("([\u3400-\u9fff])")
# Neither Chinese nor an Arabic prefix leaves one before a number.
_GLUE = "[\u0621-\u064a\u066e-\u06d3\u3040-\u30ff\u3400-\u9fff]"
_VALUE = r"[0-9A-Za-z\u0660-\u0669\u06f0-\u06f9]"
_SEAM = re.compile(rf"(?<={_GLUE})(?={_VALUE})|(?<={_VALUE})(?={_GLUE})")
_GLUED = re.compile(rf"{_GLUE}(?=\+?{_VALUE})|(?<={_VALUE}){_GLUE}")

# The names are what is put in place of the value. Short words, so that they do not
# drown the rest of a short message in their own n-grams.
#
# Every repetition below is possessive or bounded and every long one may begin at
# one place only (the look-behind), so no text makes a pattern scan twice.
_MASKED = re.compile(
    r"""
      (?P<url> (?:https?://|(?<!\w)www\.)\S++ )
    | (?P<email> (?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)++ )
    | (?P<ticketno>
        (?<![\w])(?<!\d[ ])hr(?:
            [-_.]?[a-z0-9]{6}
          | [ ]?[-_.]?[ ]?(?=[a-z -]{0,6}[0-9])[a-z0-9]{3}[ -]?[a-z0-9]{3}
        )(?!\w)
      )
    | (?P<phoneno>
        (?<![\w+])(?:\+|\(?0)[(]?[0-9](?:[ ().-]{0,2}[0-9]){7,13}(?!\w)
      | (?<![\w+])\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}(?!\w)
      )
    | (?P<orderno> \#?[0-9]{5,}+ )
    """,
    re.VERBOSE,
)
_MAYBE_MASKED = re.compile(r"[0-9@]|://|www\.|hr[-_. ]?[a-z]")
_REPEATED = re.compile(r"([^\W\d_]|[?!])\1{2,}")
_TOKEN = re.compile(r"\w+|[?!]")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)  # a turn looks at its message from many sides
def normalise(text: str) -> str:
    """Return *text* as the classifier reads it: folded, masked and cut."""
    text = text[:LONGEST_READ].replace("`", "'")
    if not text.isascii():
        text = _fold(text)
    text = text.casefold()[:LONGEST_READ]
    if _MAYBE_MASKED.search(text):
        text = _MASKED.sub(_mask, text)
    return " ".join(_REPEATED.sub(r"\1\1", text).split())


def tokens(normalised: str) -> list[str]:
    """Return the words and the question and exclamation marks, in order."""
    return _TOKEN.findall(normalised)


def bare(normalised: str) -> str:
    """Return a normalised text without punctuation: what two of the same have alike."""
    return " ".join(_WORD.findall(normalised)) or normalised


def unaccented(text: str) -> str:
    """Return a text without its accents, as many type Spanish and French."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(one for one in apart if not unicodedata.combining(one))


def as_said(text: str) -> str:
    """Return the words of a text as rules compare them: no punctuation, all simple."""
    return bare(normalise(text))


def folded(text: str) -> str:
    """Return a text without accents, all simple, and with its values as they stand."""
    return unaccented(_fold(text[:LONGEST]).casefold())


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_TABLE))[:LONGEST_READ]
    text = ascii_digits(text).translate(_TABLE).translate(_ARABIC)
    return _HAN.sub(r" \1 ", _SEAM.sub(" ", text.translate(SIMPLE)))


def set_apart(text: str) -> str:
    """Return *text* with a blank for each foreign letter that a value is glued to.

    So a value begins and ends like a word, and stays in its place.
    """
    return text if text.isascii() else _GLUED.sub(" ", text)


def ascii_digits(text: str) -> str:
    """Return *text* with the digits of all scripts as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text
    )


def _mask(match: re.Match[str]) -> str:
    return f" {match.lastgroup} "

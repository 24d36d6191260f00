"""What is left of a customer's words once spelling habits are taken out."""

import re
import unicodedata

#: Longest part of a message that is read. Customers may send 20,000 characters;
#: what they want stands in the first few hundred, and everything below costs
#: time in proportion to the length.
LONGEST = 1_000

_APOSTROPHES = dict.fromkeys(
    map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4"), "'"
)
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF]
)
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_TABLE = {**_APOSTROPHES, **_INVISIBLE, **_DASHES}

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


def normalise(text: str) -> str:
    """Return *text* as the classifier reads it: folded, masked and cut."""
    text = text[:LONGEST].replace("`", "'")
    if not text.isascii():
        text = _fold(text)
    text = text.casefold()[:LONGEST]
    if _MAYBE_MASKED.search(text):
        text = _MASKED.sub(_mask, text)
    return " ".join(_REPEATED.sub(r"\1\1", text).split())


def tokens(normalised: str) -> list[str]:
    """Return the words and the question and exclamation marks, in order."""
    return _TOKEN.findall(normalised)


def bare(normalised: str) -> str:
    """Return a normalised text without punctuation: what two of the same have alike."""
    return " ".join(_WORD.findall(normalised)) or normalised


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_TABLE))[:LONGEST]
    return ascii_digits(text).translate(_TABLE)


def ascii_digits(text: str) -> str:
    """Return *text* with the digits of all scripts as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text
    )


def _mask(match: re.Match[str]) -> str:
    return f" {match.lastgroup} "

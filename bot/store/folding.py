"""Texts as they are searched: without case, accents and the like, in every script."""

import re
import unicodedata
from functools import lru_cache

#: Points and accents that one writes and another leaves out; what takes up no room.
MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)
#: What is a space between two words: "#41976" is found by 41976, and the other way.
SPACES = "\u0001-\u0020\u0085\u2028\u2029#"
#: Letters that are one to whoever searches, and the digits of other scripts.
ALIKE = (
    "ىةیکςıøđłħ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "يهيكσiodlh01234567890123456789",
)
FIRST_UNSPACED = "\u2e80"  # from here on scripts put no spaces between words

_MARKS = re.compile(f"[{MARKS}]")
_SPACES = re.compile(f"[\u0000{SPACES}]+")
_ALIKE = str.maketrans(*ALIKE) | {ord("ß"): "ss"}


def folded(text: str | None) -> str:
    """Return *text* as it is searched: a space, then its words with one between each.

    `frontdesk_folded` of the migration says the same on PostgreSQL; a test holds the
    two together. Who changes this must fill the index anew.
    """
    return f" {_SPACES.sub(' ', plain(text or '')).strip(' ')}"


def spots(text: str) -> tuple[str, list[int]]:
    """Return *text* folded, and from which letter of it each of the folded ones is."""
    found, origins = [" "], [0]
    for number, letter in enumerate(text):
        for one in _plain_letter(letter):
            if one != " " or found[-1] != " ":
                found.append(one)
                origins.append(number)
    return "".join(found), origins


def plain(text: str) -> str:
    """Return *text* without case and accents; letter by letter it gives the same."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return bare.lower().translate(_ALIKE)


@lru_cache(4096)
def _plain_letter(letter: str) -> str:
    return _SPACES.sub(" ", plain(letter))

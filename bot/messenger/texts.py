"""Where may a text be cut? Between sentences or words, never inside a letter or a URL.

What a reader sees as one letter (a grapheme) may be many code points: an accent
apart, a flag, a family. We join rather too much than too little; a text can be
cut elsewhere.
https://unicode.org/reports/tr29/
"""

import re
import unicodedata
from itertools import accumulate, takewhile

from bot.messenger.limits import length

ELLIPSIS = "…"

_URL = re.compile(r"https?://\S+")
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]]*\s|\n")
_SPACE = re.compile(r"\s")
_ZWJ, _ZWNJ = "\u200d", "\u200c"
_VIRAMA = 9  # the combining class of signs that tie two consonants together


def clean(text: str) -> str:
    """Return *text* without what no JSON or database takes: NUL, half surrogates."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text.replace("\0", ""))


def tidied(typed: str) -> str:
    """Return what was typed into a field of many lines, as it is kept."""
    return clean(typed).replace("\r\n", "\n").strip()


def shorten(text: str, most: int) -> str:
    """Return *text*, cut with an ellipsis if it is longer than *most*."""
    if length(text) <= most:
        return text
    end = _grapheme_end(text, _furthest(text, most - 1))
    return text[:end].rstrip() + ELLIPSIS


def split(text: str, most: int) -> list[str]:
    """Return *text* in parts of at most *most*; joined, they are the text again."""
    parts = []
    while length(text) > most:
        end = max(1, _part_end(text, _furthest(text, most)))
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def _furthest(text: str, most: int) -> int:
    """Return how many code points fit into *most* units."""
    units = accumulate(2 if ord(character) > 0xFFFF else 1 for character in text)
    return sum(1 for _ in takewhile(lambda used: used <= most, units))


def _part_end(text: str, furthest: int) -> int:
    """Return where to cut: late, but best after a sentence, else after a word."""
    window = text[:furthest]
    for border in (_SENTENCE, _SPACE):
        ends = [match.end() for match in border.finditer(window)]
        for end in reversed(ends):
            # A sentence that ends in the first half would make a stub of a part.
            if border is _SENTENCE and end * 2 < furthest:
                break
            if _is_border(text, end):
                return end
    return _grapheme_end(text, _before_url(text, furthest))


def _before_url(text: str, furthest: int) -> int:
    """Return *furthest*, or the start of the URL that it would cut."""
    for url in _URL.finditer(text):
        if 0 < url.start() < furthest < url.end():
            return url.start()
    return furthest


def _grapheme_end(text: str, furthest: int) -> int:
    """Return the last border of letters up to *furthest*, or *furthest* itself."""
    ends = range(furthest, 0, -1)
    return next((end for end in ends if _is_border(text, end)), furthest)


def _is_border(text: str, at: int) -> bool:
    """Whether a new letter begins at *at*."""
    before, after = text[at - 1], text[at]
    if before + after == "\r\n" or before == _ZWJ or _extends(after):
        return False
    if unicodedata.combining(before) == _VIRAMA and after.isalpha():
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        halves = sum(1 for _ in takewhile(_is_flag_half, reversed(text[:at])))
        return halves % 2 == 0
    return not _same_syllable(before, after)


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in (_ZWJ, _ZWNJ, "\uff9e", "\uff9f")
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # flags of regions
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _same_syllable(before: str, after: str) -> bool:
    """Whether two characters are parts of one Korean syllable."""
    opens = "\u1100" <= before <= "\u115f"
    inside = "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return (
        opens and ("\u1100" <= after <= "\u11ff" or "\uac00" <= after <= "\ud7a3")
    ) or (inside and "\u1160" <= after <= "\u11ff")

"""Each letter in its plain form, and in its place: patterns find where it stood."""

import unicodedata


class _Folding(dict[int, str]):
    """Each letter as the tables write it; none becomes more or fewer letters."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter).lower()
        base = unicodedata.normalize("NFD", plain)[:1] if plain.isalpha() else plain
        digit = unicodedata.decimal(letter, None)
        found = str(digit) if digit is not None else base
        self[code] = found if len(found) == 1 else letter
        return self[code]


_FOLDING = _Folding(
    {
        **dict.fromkeys(map(ord, "\u0622\u0623\u0625\u0671"), "\u0627"),
        ord("\u0649"): "\u064a",
        ord("\u0629"): "\u0647",
        ord("\u2019"): "'",
    }
)


def fold(text: str) -> str:
    """Return *text*, each letter in its plain form and in its place."""
    return text.translate(_FOLDING)

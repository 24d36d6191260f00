"""The words of names and of texts, as they are compared.

In small letters, without accents, without a plural s or an Arabic article; a fair is a
fair in any language.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.ordinary_words import GOODS, IN_ENGLISH, ORDINARY

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_CHINESE_WORDS = "|".join(
    one
    for one in sorted(ORDINARY | GOODS | IN_ENGLISH.keys(), key=len, reverse=True)
    if re.match(f"[{_CJK}]", one)
)
#: What a record is called in French has no part in what is "on tour".
_RECORD = r"\b(?:33|45|78)[ -]?tours\b"
_WORD = re.compile(
    rf"{_RECORD}|(?:{_CHINESE_WORDS})|[{_CJK}]|[^\W\d_{_CJK}]+|\d+", re.I
)

#: A longer text is not looked through to its end.
LONGEST = 400

#: A plural's s; of four letters only behind a consonant: bags, and not this or plus.
_PLURAL = re.compile(r"(?<=.{3}[^s])s\Z|(?<=\A.{2}[^aeious])s\Z")
#: The article, where it leaves a word.
_ARTICLE = re.compile(r"\Aال(?=.{3})")


@dataclass(frozen=True)
class Token:
    """A word of a text, and where it stands."""

    word: str
    start: int
    end: int


def is_telling(word: str) -> bool:
    """Whether a word is none that any message may have."""
    return word not in ORDINARY and not (word.isdigit() or len(word) == 1)


def is_sign(word: str) -> bool:
    """Whether it is one sign of what is written without spaces."""
    return re.fullmatch(f"[{_CJK}]", word) is not None


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name, as they are compared."""
    return tuple(one.word for one in tokens_of(text))


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a text; signs without spaces between them one by one.

    Those of a long text's beginning: customers paste whole mails.
    """
    return _tokens_of(text[:LONGEST])


# A turn asks for those of a text a dozen times: of events, of products, of its pieces.
@lru_cache(maxsize=64)
def _tokens_of(text: str) -> tuple[Token, ...]:
    found = ((_plain(match[0]), match) for match in _WORD.finditer(text))
    return tuple(
        Token(IN_ENGLISH.get(plain, plain), match.start(), match.end())
        for plain, match in found
        if plain
    )


def _plain(word: str) -> str:
    """Return a word in small letters, without accents, plural s or article."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    return _ARTICLE.sub("", _PLURAL.sub("", plain))


def slips_apart(one: str, other: str) -> int:
    """Return how many slips make one word the other; two letters swapped are one."""
    older, before = list[int](), list[int]()
    row: list[int] = [*range(len(other) + 1)]
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, found in enumerate(other, start=1):
            costs = [before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != found)]
            if i > 1 and j > 1 and (letter, found) == (other[j - 2], one[i - 2]):
                costs.append(older[j - 2] + 1)
            row.append(min(costs))
    return row[-1]

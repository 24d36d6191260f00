"""What is left of a word without its endings, by rules of its language.

Light on purpose: a stem need not be a word, only the same for forms of one word.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

SHORTEST = 3

_VOWEL = re.compile("[aeiouy]")
_ENGLISH_ENDINGS = ("ingly", "edly", "ing", "ed", "ly")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")

_ARTICLES = frozenset(("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال"))
_PARTICLES = frozenset(("و", "ف", "ب", "ل", "ك"))
#: Of verbs: "he", "you", "we", "I", today, in dialect and in the future.
_PERSONS = frozenset(
    (
        "هي",
        "هت",
        "هن",
        "حي",
        "حت",
        "حن",
        "سي",
        "ست",
        "سن",
        "بي",
        "بت",
        "بن",
        "مي",
        "ي",
        "ت",
        "ن",
        "ا",
        "ب",
    )
)
_ARABIC_ENDINGS = frozenset(
    (
        "تموني",
        "تمونا",
        "هالي",
        "هولي",
        "كوها",
        "وهم",
        "وها",
        "ولي",
        "تها",
        "تهم",
        "تكم",
        "تنا",
        "ونه",
        "يين",
        "اتي",
        "اته",
        "اتك",
        "لكم",
        "لنا",
        "وني",
        "تني",
        "كم",
        "هم",
        "ها",
        "نا",
        "ني",
        "كن",
        "ين",
        "ون",
        "ات",
        "ان",
        "وا",
        "تم",
        "يه",
        "تي",
        "ته",
        "تك",
        "لي",
        "لو",
        "وه",
        "ه",
        "ي",
        "ك",
        "ت",
        "ا",
        "ش",
        "و",
    )
)
_LONGEST = max(map(len, _ARABIC_ENDINGS))


def forms(word: str, language: str) -> tuple[str, ...]:
    """Return a normalised word and what may be left of it, the stem at the end."""
    return _FORMS[language](word) if language in _FORMS else (word,)


@lru_cache(maxsize=4096)
def _english(word: str) -> tuple[str, ...]:
    singular = _singular(word)
    return tuple(dict.fromkeys((word, singular, _without_ending(singular))))


def _singular(word: str) -> str:
    if len(word) > SHORTEST and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > SHORTEST and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > SHORTEST and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending in _ENGLISH_ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORTEST and _VOWEL.search(rest):
            word = _DOUBLED.sub(r"\1", rest)
            break
    if len(word) > SHORTEST and word.endswith("e"):
        return word[:-1]
    return f"{word[:-1]}i" if len(word) > SHORTEST and word.endswith("y") else word


@lru_cache(maxsize=4096)
def _arabic(word: str) -> tuple[str, ...]:
    """Return forms with ever less: prefixes of nouns, endings, prefixes of verbs."""
    if word.isascii():
        return _english(word)
    bare = [word]
    for beginnings in (_ARTICLES, _PARTICLES, _PERSONS):
        bare.append(_without_first(bare[-1], beginnings))
    found = [word, *bare, *map(_without_last, bare)]
    return tuple(dict.fromkeys(found))


def _without_first(word: str, beginnings: frozenset[str]) -> str:
    for length in range(min(_LONGEST, len(word) - SHORTEST), 0, -1):
        if word[:length] in beginnings:
            return word[length:]
    return word


def _without_last(word: str) -> str:
    for length in range(min(_LONGEST, len(word) - SHORTEST), 0, -1):
        if word[-length:] in _ARABIC_ENDINGS:
            return word[:-length]
    return word


_FORMS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "en": _english,
    "ar": _arabic,
}

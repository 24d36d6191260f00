"""Which title is meant by words that are typed with a slip or two?

A slip makes no yes of a no: "I do have it" is none of "I don't have it".
"""

import difflib
import re
from collections.abc import Sequence

from intents.text import folded

#: From how many letters on, and how much alike, a title counts with a slip in it.
LEAST_LETTERS, ALIKE = 4, 0.83
#: From how many on a title in Chinese counts with one character that is another.
LEAST_CHARACTERS = 3
#: By so much more the title must be like it than the next one.
NEARER = 0.05
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_NOT = re.compile(
    r"\b(?:no|not|non|nope|dont|doesnt|didnt|cant|isnt|wont|never|none|nothing|"
    r"ne|pas|aucune?|jamais|ni|nunca|nada|sin|ningun[oa]?|sans|"
    r"لا|ليس|ليست|لست|لم|لن|غير|ما|مو|مش|بدون|ولم|ولا)\b|[不没别无非未勿]"
)


def plain(text: str) -> str:
    """Return words as titles are compared: no accents, no marks."""
    return " ".join(re.findall(r"\w+", folded(text).replace("'", "")))


def meant(text: str, titles: Sequence[str]) -> int | None:
    """Return the place in *titles* of the one that is typed but for a slip or two."""
    said = plain(text)
    if len(said) < LEAST_CHARACTERS or not said.replace(" ", "").isalpha():
        return None
    names = [*map(plain, titles)]
    likes = [(_likeness(said, name), at) for at, name in enumerate(names)]
    alike, best = max(likes, default=(0.0, 0))
    if alike < ALIKE:
        return None
    others = (like for like, at in likes if names[at] != names[best])
    return best if alike - max(others, default=0.0) >= NEARER else None


def _likeness(said: str, title: str) -> float:
    """Return how much alike they are, from 0 to 1."""
    if not _agree(said, title):
        return 0.0
    if _CHINESE.fullmatch(title.replace(" ", "")):
        return _one_other(said.replace(" ", ""), title.replace(" ", ""))
    if len(title) < LEAST_LETTERS:
        return 0.0
    alike = difflib.SequenceMatcher(None, said, title).ratio()
    return max(alike, ALIKE) if _swapped(said, title) else alike


def _agree(said: str, title: str) -> bool:
    """Whether both say no or neither does, be it that the not itself has the slip."""
    if bool(_NOT.search(said)) is bool(_NOT.search(title)):
        return True
    words, meant_words = said.split(), title.split()
    if len(words) != len(meant_words):
        return False
    others = [pair for pair in zip(words, meant_words, strict=True) if len({*pair}) > 1]
    return len(others) == 1 and _is_slip_of_not(*others[0])


def _is_slip_of_not(word: str, title_word: str) -> bool:
    """Whether a word is a not with a letter left out, or two that changed places."""
    if not _NOT.fullmatch(title_word) or word[0] != title_word[0]:
        return False
    left_out = len(title_word) >= LEAST_LETTERS and word in {
        title_word[:at] + title_word[at + 1 :] for at in range(len(title_word))
    }
    return left_out or _swapped(word, title_word)


def _one_other(said: str, title: str) -> float:
    """Return how much alike two Chinese texts are with one other character at most."""
    if len(said) != len(title) or len(title) < LEAST_CHARACTERS:
        return 0.0
    others = sum(one != other for one, other in zip(said, title, strict=True))
    return 1.0 - others / 10 if others <= 1 else 0.0


def _swapped(said: str, title: str) -> bool:
    """Whether they differ in two letters that have changed places."""
    if len(said) != len(title):
        return False
    at = [
        n
        for n, (one, other) in enumerate(zip(said, title, strict=True))
        if one != other
    ]
    if len(at) != 2 or at[1] - at[0] != 1:
        return False
    return said[at[0]] == title[at[1]] and said[at[1]] == title[at[0]]

"""What words mean, whichever word was chosen: groups of words, and stems.

"How much is postage" and "what does shipping cost" share no word, but two groups of
intents/thesaurus. A word of no group stands for itself without its endings; words that
say nothing of what a message is about are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from intents.stems import forms
from intents.text import normalise, tokens

FOLDER = Path(__file__).parent / "thesaurus"
#: The most words that are looked up together.
TOGETHER = 3
#: The file of Arabic words in Latin letters.
LATIN = "arabizi"
_GROUP, _NOTHING = "=", "-"


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of words of one language."""

    language: str
    #: The names of the groups of a word, or of several words with a blank between.
    groups: Mapping[str, tuple[str, ...]]
    nothing: frozenset[str]

    def meanings(self, normalised: str) -> list[str]:
        """Return what the words of a normalised text mean, in order."""
        return [meaning for found in self.by_word(normalised) for meaning in found]

    def by_word(self, normalised: str) -> list[tuple[str, ...]]:
        """Return what each word means, or several that are looked up together."""
        words = [word for word in tokens(normalised) if word not in "?!"]
        return [*filter(None, self._found(words))]

    def _found(self, words: list[str]) -> Iterator[tuple[str, ...]]:
        every = [forms(word, self.language) for word in words]
        at = 0
        while at < len(every):
            for length in range(min(TOGETHER, len(every) - at), 1, -1):
                stems = " ".join(one[-1] for one in every[at : at + length])
                if stems in self.groups:
                    yield self.groups[stems]
                    at += length
                    break
            else:
                yield self._of_one(every[at])
                at += 1

    def _of_one(self, word: tuple[str, ...]) -> tuple[str, ...]:
        if word[0] in self.nothing:
            return ()
        for form in word:
            if form in self.groups:
                return self.groups[form]
        return word[-1:]


@lru_cache
def thesaurus(language: str) -> Thesaurus | None:
    """Return the groups of a language, None if none were written down."""
    written = lines(language)
    if not written:
        return None
    groups: dict[str, dict[str, None]] = {}
    nothing: set[str] = set()
    for line in written:
        says_nothing = line.startswith(_NOTHING)
        words = _words(line.removeprefix(_NOTHING))
        names = [] if says_nothing else [_GROUP + words[0].replace(" ", "_")]
        nothing.update(word for word in words if says_nothing)
        for key in (key for word in words for key in _keys(word, language)):
            if not says_nothing or " " in key:
                groups.setdefault(key, {}).update(dict.fromkeys(names))
    # A word that some group holds says something.
    nothing -= {key for key, found in groups.items() if found}
    every = {key: tuple(names) for key, names in groups.items()}
    return Thesaurus(language, every, frozenset(nothing))


@lru_cache
def mark(language: str) -> str:
    """Return what tells one state of a language's groups from another."""
    known = [*lines(language), *(lines(LATIN) if language == "ar" else [])]
    return sha256("\n".join(known).encode()).hexdigest()


def lines(name: str) -> list[str]:
    """Return what a file of words says, none if there is no such file."""
    path = FOLDER / f"{name}.txt"
    if not path.exists():
        return []
    every = path.read_text(encoding="utf-8").splitlines()
    return [line for line in every if line.strip() and not line.startswith("#")]


def _words(line: str) -> list[str]:
    words = (" ".join(tokens(normalise(one))) for one in line.split(","))
    return [word for word in words if word]


def _keys(entry: str, language: str) -> tuple[str, ...]:
    words = [forms(word, language) for word in entry.split()]
    if len(words) > 1:
        return (" ".join(word[-1] for word in words),)
    return tuple(dict.fromkeys((words[0][0], words[0][-1])))

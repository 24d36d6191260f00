"""Arabic in Latin letters, "wen talabi" or "fin lcommande", in its own script.

Few write a word the same way, but most write its consonants: a word of the thesaurus
with the same skeleton is taken for the one that is meant, and what has none is spelt by
its sounds. So what is learnt in one script is known in the other.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from intents import meanings
from intents.text import normalise

#: What one writes for the sound of an Arabic letter; several letters first.
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("3'", "غ"),
    ("7'", "خ"),
    ("9'", "ض"),
    ("6'", "ظ"),
    ("sch", "ش"),
    ("sh", "ش"),
    ("ch", "ش"),
    ("kh", "خ"),
    ("gh", "غ"),
    ("th", "ث"),
    ("dh", "ذ"),
    ("2", "ا"),
    ("3", "ع"),
    ("4", "ش"),
    ("5", "خ"),
    ("6", "ط"),
    ("7", "ح"),
    ("8", "غ"),
    ("9", "ق"),
    ("aa", "ا"),
    ("ee", "ي"),
    ("ii", "ي"),
    ("oo", "و"),
    ("ou", "و"),
    ("ai", "ي"),
    ("ei", "ي"),
    ("ay", "ي"),
    ("ey", "ي"),
    ("au", "و"),
    ("aw", "و"),
    ("b", "ب"),
    ("c", "ك"),
    ("d", "د"),
    ("f", "ف"),
    ("g", "ج"),
    ("h", "ه"),
    ("i", "ي"),
    ("j", "ج"),
    ("k", "ك"),
    ("l", "ل"),
    ("m", "م"),
    ("n", "ن"),
    ("o", "و"),
    ("p", "ب"),
    ("q", "ق"),
    ("r", "ر"),
    ("s", "س"),
    ("t", "ت"),
    ("u", "و"),
    ("v", "ف"),
    ("w", "و"),
    ("x", "كس"),
    ("y", "ي"),
    ("z", "ز"),
)
_SOUND = re.compile("|".join(re.escape(latin) for latin, _ in _SOUNDS) + "|.")
_LETTERS = dict(_SOUNDS)
#: Letters that are hardly heard apart, or written alike in Latin, and those that are
#: vowels, or may be.
_ALIKE = str.maketrans("هصطضظذثغقى", "حستددزتخكي")
_VOWELS = re.compile("[اويىءةه]")
_TWICE = re.compile(r"(.)\1+")
_WORD = re.compile(r"[a-z'2-9]+")
_ARTICLE = re.compile(r"(?P<before>wel|bel|fel|lel|el|al|il|l)(?:-|')?(?=[a-z2-9]{3})")
#: The article by itself, which is written with the word after it.
_APART = re.compile(r"(?<!\w)((?:وا|با|فا|ا)?ل)[ -](?=\w)")
_WITH_ARTICLE: Mapping[str, str] = {
    "wel": "وال",
    "bel": "بال",
    "fel": "فال",
    "lel": "لل",
}


def written(normalised: str) -> str:
    """Return a normalised text of Latin letters as Arabic would be written."""
    return _APART.sub(r"\1", _WORD.sub(lambda word: _word(word[0]), normalised))


@lru_cache(maxsize=4096)
def _word(word: str) -> str:
    """Return one word in Arabic script; what stands for a value stays."""
    if word in _VALUES or not re.search("[a-z]", word):
        return word
    article = _ARTICLE.match(word)
    if article is None or word in _common():
        return _known(word) or _spelt(word)
    rest = word[article.end() :]
    before = _WITH_ARTICLE.get(article["before"], "ال")
    if known := _known(rest):
        return before + known
    return _known(word) or before + _spelt(rest)


_VALUES = frozenset(["url", "email", "ticketno", "phoneno", "orderno"])


def _known(word: str) -> str | None:
    return _common().get(word) or _by_skeleton().get(_skeleton(_spelt(word)))


def _spelt(word: str) -> str:
    """Return a word by its sounds; a short vowel inside is not written."""
    sounds = [match[0] for match in _SOUND.finditer(word)]
    letters: list[str] = []
    for at, sound in enumerate(sounds):
        first, last = at == 0, at == len(sounds) - 1
        if sound in ("a", "e"):
            letters.append("ا" if first else "ه" if last else "")
        elif sound == "i" and not (first or last):
            letters.append("")
        else:
            letters.append(_LETTERS.get(sound, ""))
    return _TWICE.sub(r"\1", "".join(letters))


def _skeleton(arabic: str) -> str:
    """Return the consonants of a word, those that are written alike as one.

    Empty where too little is left to tell one word from another.
    """
    rest = _VOWELS.sub("", arabic[1:])
    bare = _TWICE.sub(r"\1", (arabic[:1] + rest).translate(_ALIKE))
    return bare if len(bare) >= _SHORTEST else ""


_SHORTEST = 3


@lru_cache(maxsize=1)
def _common() -> Mapping[str, str]:
    """Return the words that were written down, by how they are written in Latin."""
    entries = (line.split(":") for line in meanings.lines(meanings.LATIN))
    return {one: normalise(word) for word, latin in entries for one in latin.split()}


@lru_cache(maxsize=1)
def _by_skeleton() -> Mapping[str, str]:
    """Return a word of the thesaurus for each skeleton, the first that has it."""
    found: dict[str, str] = {}
    for word in _vocabulary():
        found.setdefault(_skeleton(word), word)
    found.pop("", None)
    return found


def _vocabulary() -> Iterator[str]:
    for line in meanings.lines("ar"):
        for entry in line.removeprefix("-").split(","):
            word = normalise(entry)
            if word and not word.isascii() and " " not in word:
                yield word

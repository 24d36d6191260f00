"""Which language does a customer write in? The script first, then words and letters.

A script tells Arabic or Chinese. What is written in Latin letters, Arabic too, is told
apart by how often each word, and the letters in it, stand on a page of each language
(data/languages), with what the customer wrote before as the prior. Only the languages
that a shop offers are ever found.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path

from intents import alone, prepared
from intents.scripts import LANGUAGES, LATIN, script
from intents.text import normalise

#: What a character is of a word, where `normalise` sets each apart.
CHARACTER = 0.5
#: Latin words among others are often names of things: they count a little less.
NAMES = 0.8
_COURTEOUS = """
    ok okay hello hi hey thanks thank you bye please yes no cool sorry merci bonjour
    bonsoir salut oui non beaucoup bien voila adieu gracias hola adios adiós amigo
    si sí por favor muchas mil vale ciao bravo super mon ami señor monsieur madame
    شكرا جزيلا مرحبا سلام السلام عليكم نعم لا
"""
#: What everybody says in every language: it tells how to read a message, but not in
#: which language to go on.
COURTESIES = frozenset(_COURTEOUS.split())
#: What `normalise` puts in the place of a value.
_VALUES = frozenset(["url", "email", "ticketno", "phoneno", "orderno"])
#: Arabic in Latin letters has digits for the sounds that those lack: "7afle". A number
#: with its unit has not: "7th", "5pm", "mp3".
_WITH_DIGITS = (
    r"(?=[a-z'\d]{0,20}[a-z]{2})(?!\d{1,4}(?:st|nd|rd|th|am|pm|gb|kg|ml|mm|cm|min|hrs?)\b)"
    r"(?!mp[34]\b)(?:[a-z']{0,12}[235-9]){1,4}[a-z']{0,12}"
)
_WORD = re.compile(rf"(?<!\w)(?:[^\W\d_]+(?:'[^\W\d_]+)?|{_WITH_DIGITS})(?!\w)")

#: How much likelier beforehand are the customer's own language, or else the shop's.
USUAL, DEFAULT = 2.0, 1.0
#: How much less likely a language is in Latin letters that has a script of its own.
FOREIGN = 2.0
#: What a single word can say at most.
MOST_BY_ONE = 3.0
#: From such a lead on a word speaks for its language.
LEAD = 1.0
#: So sure we read a message in another language than its conversation is in,
READ = 0.80
#: and so sure, by so many words, the conversation changes over.
SURE, WORDS = 0.90, 2

#: So sure we are of what no other language writes.
ALONE = 0.95

#: Phrasings of which the language is remembered.
MOST_TAUGHT = 50_000

#: Languages whose script is told by itself.
_ELSEWHERE = frozenset().union(*LANGUAGES.values())
_OF_WORDS, _OF_LETTERS = 0.7, 0.9
_LONGEST_GRAM = 4
#: What stands in for words and letters that a page happens to lack.
_UNSEEN = 0.3


@dataclass(frozen=True, slots=True)
class Guess:
    """The language of one message."""

    language: str
    #: The chance that it is this one of the shop's; 0 if nothing speaks for any.
    confidence: float
    #: How many words speak for it, and how many of them are no courtesies.
    words: float = 0
    telling: float = 0


class Identifier:
    """Tells the languages of a shop apart; made once, then microseconds a message."""

    def __init__(
        self,
        languages: Sequence[str],
        pages: Mapping[str, Iterable[str]],
        piece: str = "",
    ) -> None:
        """Learn from the pages; the first of *languages* is the shop's own.

        *piece* is what was worked out for them beforehand: see `intents.prepared`.
        """
        self.languages = tuple(languages)
        self._latin = tuple(one for one in self.languages if one in pages)
        texts = [[*pages[one]] for one in self._latin]
        #: What a word of a language must be told from: those at home in these letters.
        self._rivals = [
            at for at, one in enumerate(self._latin) if one not in _ELSEWHERE
        ]
        self._words = [_counted(lines, _words) for lines in texts]
        self._letters = [_counted(lines, _letters) for lines in texts]
        self._leads = lru_cache(maxsize=512)(self._weigh)
        #: A message is read more than once,
        self._guesses = lru_cache(maxsize=512)(self._guess)
        #: and so is all that was taught, by the hash of each phrasing.
        self._homes: dict[int, str | None] = {}
        self._piece = piece

    @property
    def default(self) -> str:
        """Return the shop's own language."""
        return self.languages[0]

    def identify(self, text: str, usual: str | None = None) -> Guess:
        """Return the language of *text*; *usual* is the one the customer writes."""
        return self._guesses(text, usual)

    def home(self, phrasing: str) -> str | None:
        """Return the language of what was taught, None if it may be of several.

        Remembered by the interpreter's own hash, in a fifth of what a guess takes: that
        two of 10,000 phrasings have the same happens once in 10^11 shops.
        """
        key = hash(phrasing)
        if not self._homes:
            self._homes.update(self._prepared())
        if key in self._homes:
            return self._homes[key]
        guess = self._identify(phrasing, None)
        home = guess.language if guess.confidence >= READ else None
        if len(self._homes) < MOST_TAUGHT:
            self._homes[key] = home
        return home

    def prepare(self, phrasings: Iterable[str]) -> None:
        """Keep the languages of what ships: no process needs to tell them again."""
        rows = [(one, self.home(one)) for one in phrasings]
        prepared.keep_value(self._piece, rows)

    def _prepared(self) -> dict[int, str | None]:
        rows = prepared.value(self._piece) if self._piece else None
        return {hash(one): home for one, home in rows or ()}

    def _guess(self, text: str, usual: str | None) -> Guess:
        return self._alone(_words(text)) or self._identify(text, usual)

    def _identify(self, text: str, usual: str | None) -> Guess:
        words = _words(text)
        before = usual if usual in self.languages else None
        main = _main_script(words)
        ours = [word for word in words if (script(word) == LATIN) is (main == LATIN)]
        if main == LATIN:
            return self._by_words(ours, before)
        return self._by_script(ours, LANGUAGES[main], before)

    def _alone(self, words: Sequence[str]) -> Guess | None:
        """Return the language of a few words that no other language has."""
        language = alone.home(words)
        if language not in self._latin:
            return None
        telling = len({*words} - COURTESIES)
        return Guess(language, ALONE, len(words), telling)

    def _by_script(
        self, words: Sequence[str], told: frozenset[str], before: str | None
    ) -> Guess:
        found = [one for one in self.languages if one in told]
        if not found:
            return Guess(before or self.default, 0.0)
        language = before if before in told else found[0]
        telling = sum(_size(word) for word in words if word not in COURTESIES)
        return Guess(str(language), 0.99, sum(map(_size, words)), telling)

    def _by_words(self, words: Sequence[str], before: str | None) -> Guess:
        """Return the language of Latin words, the likeliest by words and letters."""
        if not words or not self._latin:
            return Guess(before or self.default, 0.0)
        leads = [self._leads(word) for word in words]
        sums = [
            self._prior(language, before) + sum(lead[at] for lead in leads)
            for at, language in enumerate(self._latin)
        ]
        best = max(range(len(sums)), key=sums.__getitem__)
        rivals = [at for at in self._rivals if at != best]
        speak = [
            word
            for word, lead in zip(words, leads, strict=True)
            if all(lead[best] - lead[at] >= LEAD for at in rivals)
        ]
        if not speak:
            return Guess(before or self.default, 0.0)
        chance = 1.0 / sum(exp(one - sums[best]) for one in sums)
        telling = len({*speak} - COURTESIES)
        return Guess(self._latin[best], chance, len(speak), telling)

    def _prior(self, language: str, before: str | None) -> float:
        foreign = FOREIGN if language in _ELSEWHERE else 0.0
        if before is None:
            return (DEFAULT if language == self.default else 0.0) - foreign
        return (USUAL if language == before else 0.0) - foreign

    def _weigh(self, word: str) -> tuple[float, ...]:
        """Return how much a word speaks for each language, against their mean."""
        scores = [
            _OF_LETTERS * sum(map(letters, grams)) / len(grams) * min(len(word), 5) / 2
            for letters in self._letters
            for grams in [_letters(word)]
        ]
        if any(word in known.logarithms for known in self._words):
            for at, known in enumerate(self._words):
                scores[at] += _OF_WORDS * known(word)
        middle = sum(scores[at] for at in self._rivals) / max(1, len(self._rivals))
        return tuple(
            max(-MOST_BY_ONE, min(MOST_BY_ONE, one - middle)) for one in scores
        )


def load(languages: Sequence[str], paths: Iterable[Path]) -> Identifier:
    """Return what tells *languages* apart, from pages called by their languages."""
    pages: dict[str, list[str]] = {}
    given: list[str] = []
    for path in paths:
        given += [path.stem, path.read_text(encoding="utf-8")]
        lines = given[-1].splitlines()
        kept = [line for line in lines if line and not line.startswith("#")]
        pages.setdefault(path.stem, []).extend(kept)
    piece = prepared.piece("homes", prepared.code(), " ".join(languages), *given)
    return Identifier(languages, pages, piece)


def reads(guess: Guess, usual: str) -> str:
    """Return the language in which to read a message of a conversation in *usual*."""
    return guess.language if guess.words and guess.confidence >= READ else usual


def speaks(guess: Guess, usual: str | None) -> str | None:
    """Return the language of a conversation after a message; None while nobody knows.

    No single word changes a conversation over, and no courtesy does.
    """
    if usual is None:
        sure = guess.words and guess.confidence >= READ
        return guess.language if sure else None
    enough = guess.confidence >= SURE and guess.telling >= WORDS
    return guess.language if enough else usual


@dataclass(frozen=True, slots=True)
class _Page:
    """How often each word, or each piece of one, stands on the page of a language."""

    logarithms: Mapping[str, float]
    #: Of what the page lacks.
    unseen: float

    def __call__(self, piece: str) -> float:
        """Return the logarithm of how common a piece is."""
        return self.logarithms.get(piece, self.unseen)


def _counted(lines: Iterable[str], cut: Callable[[str], Iterable[str]]) -> _Page:
    words = (word for line in lines for word in _words(line))
    counts = Counter(piece for word in words for piece in cut(word))
    total = sum(counts.values()) + _UNSEEN * len(counts)
    # Most are as common as many others, and share one number with them.
    of_times = {one: log((one + _UNSEEN) / total) for one in {*counts.values()}}
    logarithms = {piece: of_times[times] for piece, times in counts.items()}
    return _Page(logarithms, log(_UNSEEN / total))


def _words(text: str) -> list[str]:
    return [one for one in _WORD.findall(normalise(text)) if one not in _VALUES]


def _main_script(words: Iterable[str]) -> str:
    """Return the script of most words; what has kana is no Chinese."""
    sizes: dict[str, float] = {}
    for word in words:
        found = script(word)
        weight = NAMES if found == LATIN else 1.0
        sizes[found] = sizes.get(found, 0.0) + weight * _size(word)
    main = max(sizes, key=sizes.__getitem__, default=LATIN)
    return "kana" if main == "han" and "kana" in sizes else main


def _letters(word: str) -> list[str]:
    padded = f" {word} "
    return [
        padded[at : at + size]
        for size in range(1, _LONGEST_GRAM + 1)
        for at in range(len(padded) - size + 1)
    ]


def _size(word: str) -> float:
    """Return how much of a word a word is."""
    return CHARACTER if script(word) == "han" else 1

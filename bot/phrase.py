"""What customers say in so many words, in any of the languages.

Chinese has no blanks between words, so it has a pattern of its own, over signs that
stand together; all others are over the words of a text as `as_said` leaves them.
"""

import re
from dataclasses import dataclass
from math import inf

from intents.text import as_said

#: A sign of Chinese.
SIGN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in all languages, and how long what is said with it may be."""

    spaced: re.Pattern[str]
    chinese: re.Pattern[str]
    #: A longer message tells more than that.
    most_words: float = inf
    most_signs: float = inf

    def is_in(self, text: str) -> bool:
        """Whether a text has it, and is short enough to be about that."""
        words = as_said(text)
        together = words.replace(" ", "")
        if self.chinese.search(together):
            return len(together) <= self.most_signs
        is_short = len(words.split()) <= self.most_words
        return is_short and self.spaced.search(words) is not None

    def is_all_of(self, text: str) -> bool:
        """Whether a text says just that."""
        words = as_said(text)
        together = words.replace(" ", "")
        return bool(self.spaced.fullmatch(words) or self.chinese.fullmatch(together))


def is_longer(said: str, most_words: int, most_signs: int) -> bool:
    """Whether a text, as rules read it, has more signs than that, or other words."""
    signs = len(SIGN.findall(said))
    return signs > most_signs or len(said.split()) - signs > most_words

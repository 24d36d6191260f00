"""In which language does an editor begin, and what is a question called there?"""

from collections.abc import Iterable

from bot import tongue
from bot.web.current import parts


def first() -> str:
    """Return the reader's language where the shop answers in it, else the shop's."""
    content, spoken = parts().content, tongue.spoken()
    return spoken if spoken in content.languages else content.language


def order() -> list[str]:
    """Return the languages of the shop as an editor has them before them."""
    begins = first()
    return [begins, *(one for one in parts().content.languages if one != begins)]


def of_language(phrasings: Iterable[str], language: str) -> list[str]:
    """Return the phrasings that are of a language; each is of one.

    What could be of any is learned in several (`bot.curriculum`), but nobody would say
    that "repair headphones" is Arabic.
    """
    told = parts().content.identifier
    return [
        phrase
        for phrase in phrasings
        if (told.home(phrase) or told.identify(phrase).language) == language
    ]

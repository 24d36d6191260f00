"""How people and languages are called on a page, whatever they call themselves."""

import re
import unicodedata

from babel import Locale, UnknownLocaleError

from bot.messenger.texts import shorten

LONGEST = 60
MOST_MARKS = 3  # on one letter; more would climb over the lines around it

# What turns the direction of all that follows, and what only takes up no room.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


def customer(name: str | None, number: int) -> str:
    """Return what to call a customer; Messenger often tells us no name."""
    return person(name or "") or f"Customer {number}"


def person(name: str) -> str:
    """Return a name that is one short, readable line, or nothing."""
    visible = " ".join(_readable(_TURNING.sub("", name)).split())
    if not any(unicodedata.category(letter)[0] in "LNSP" for letter in visible):
        return ""
    return shorten(visible, LONGEST)


def initials(name: str) -> str:
    """Return one or two letters for a round picture."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def language(code: str) -> str:
    """Return the name of a language."""
    try:
        return (
            Locale.parse(code, sep="-" if "-" in code else "_").get_display_name("en")
            or code
        )
    except (UnknownLocaleError, ValueError):
        return code


def _readable(text: str) -> str:
    """Return *text* without control characters and without towers of marks."""
    kept, marks = [], 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(" " if category == "Cc" else letter)
    return "".join(kept)

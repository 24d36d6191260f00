"""How people and languages are called on a page, whatever they call themselves."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bot import tongue
from bot.messenger.texts import shorten
from bot.store.people import Role
from bot.tongue import _, lazy

LONGEST = 60
#: Territories of Unicode that nobody lives in.
NO_COUNTRIES = frozenset(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"])
MOST_MARKS = 3  # on one letter; more would climb over the lines around it

# What turns the direction of all that follows, and what only takes up no room.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")

_FROM_THE_RIGHT = ("R", "AL")


def customer(name: str | None, number: int) -> str:
    """Return what to call a customer; Messenger often tells us no name."""
    return person(name or "") or _("Customer %(number)s", number=number)


@lru_cache(maxsize=8192)
def person(name: str) -> str:
    """Return a name that is one short, readable line, or nothing."""
    visible = " ".join(_readable(_TURNING.sub("", name)).split())
    if not any(unicodedata.category(letter)[0] in "LNSP" for letter in visible):
        return ""
    return shorten(visible, LONGEST)


def within(text: str) -> str:
    """Return *text* as it stands in a sentence of the page's: it keeps its own marks.

    A question mark behind English words in an Arabic sentence would stand before them.
    What turns the direction of all that follows would turn the page's own words.
    """
    text = _TURNING.sub("", text)
    turned = any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in text)
    way = "rtl" if turned else "ltr"
    return text if way == tongue.direction() else f"\u2068{text}\u2069"


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Return one or two letters for a round picture."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


ROLES = {
    Role.VIEWER: lazy("Viewer"),
    Role.AGENT: lazy("Agent"),
    Role.EDITOR: lazy("Editor"),
    Role.ADMIN: lazy("Admin"),
}


def role(code: Role) -> str:
    """Return what a role is called."""
    return str(ROLES[code])


def language(code: str) -> str:
    """Return the name of a language, as it stands by itself."""
    try:
        there = Locale.parse(code, sep="-" if "-" in code else "_")
    except (UnknownLocaleError, ValueError):
        return code
    name = there.get_display_name(tongue.locale()) or code
    return name[0].upper() + name[1:]


def countries() -> Mapping[str, str]:
    """Return what countries are called, by their codes of ISO 3166, in order."""
    return _countries(str(tongue.locale()))


@lru_cache(maxsize=16)
def _countries(spoken: str) -> Mapping[str, str]:
    there = Locale.parse(spoken)
    found = {
        code: str(name)
        for code, name in there.territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    ordered = sorted(found.items(), key=lambda one: _plain(one[1]))
    return dict(ordered)


def _plain(name: str) -> str:
    """Return a name as a list is ordered by it: accents count for nothing."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _readable(text: str) -> str:
    """Return *text* without control characters and without towers of marks."""
    kept, marks = [], 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(" " if category == "Cc" else letter)
    return "".join(kept)

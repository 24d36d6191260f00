"""In which language pages speak: that of whoever reads, English otherwise.

The sentences stand in the code in English; ``translations`` holds the others, as
people translate them. A catalog is read when first somebody reads in its language:
that takes some milliseconds, once, and costs nothing where nobody does.
"""

import re
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

ENGLISH = "en"
#: The languages of the pages, each as its own speakers call it.
TONGUES = {
    ENGLISH: "English",
    "ar": "العربية",
    "es": "Español",
    "fr": "Français",
    "zh": "简体中文",
}
#: In what way a language is written here, where that is to be said.
FULL = {ENGLISH: "en_GB", "zh": "zh_Hans"}
CATALOGS = Path(__file__).with_name("translations")

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def speak(code: str) -> None:
    """Let this thread speak a language from now on; one we don't know is English."""
    _spoken.set(code if code in TONGUES else ENGLISH)


def spoken() -> str:
    """Return the code of the language that is spoken now."""
    return _spoken.get()


def locale() -> Locale:
    """Return by whose customs dates and numbers are written now."""
    return _locale(spoken())


def direction() -> str:
    """Return in which direction the language is written."""
    return locale().text_direction


def gettext(message: str, /, **values: Any) -> str:
    """Return *message* in the language that is spoken, with *values* put in."""
    return find(message) % values


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """Return what is said of *count* things; its language counts in its own way."""
    return find_plural(one, many, count) % {"num": count, **values}


def find(message: str) -> str:
    """Return *message* in the language that is spoken, as a translator wrote it."""
    return _catalog(spoken()).gettext(message)


def find_plural(one: str, many: str, count: int) -> str:
    """Return the form for *count* things, as a translator wrote it."""
    return _catalog(spoken()).ngettext(one, many, count)


def find_in(context: str, message: str) -> str:
    """Return *message* as it is said in a *context* that alone tells what it means."""
    return _catalog(spoken()).pgettext(context, message)


def pgettext(context: str, message: str, /, **values: Any) -> str:
    """Return *message* as it is said in a *context*, with *values* put in."""
    return find_in(context, message) % values


_ = gettext


class Lazy(str):
    """A sentence in English that is told in the language of whoever reads it.

    For what stands in the code before anybody reads: it is English where it is
    kept or compared, and translated where it is shown.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return gettext(str.__str__(self))

    def __format__(self, how: str) -> str:
        return format(str(self), how)

    def __html__(self) -> Markup:
        return escape(str(self))


#: Marks a sentence for translators, where it is not read yet.
lazy = Lazy


def english(sentence: str) -> str:
    """Mark a sentence that is kept in English, and told by `kept` or `find`."""
    return sentence


_shapes: dict[re.Pattern[str], str] = {}
_PLACE = re.compile(r"\\\{(\w+)\\\}")


def shape(sentence: str) -> str:
    """Mark a sentence with {places} that is filled in and kept in English.

    By its shape `kept` knows it again.
    """
    known = re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
    _shapes[known] = sentence
    return sentence


def kept(sentence: str | None) -> str:
    """Return a sentence that was kept in English, in the language that is spoken.

    What is not one of ours, such as the words of Facebook, stays as it is.
    """
    if not sentence or spoken() == ENGLISH:
        return sentence or ""
    told = find(sentence)
    if told != sentence:
        return told
    matches = ((known.fullmatch(sentence), whole) for known, whole in _shapes.items())
    found = next(((match, whole) for match, whole in matches if match), None)
    if found is None:
        return sentence
    match, whole = found
    values = {name: kept(value) for name, value in match.groupdict().items()}
    return find(whole).format(**values)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(FULL.get(code, code))


@cache
def _catalog(code: str) -> NullTranslations:
    if code == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    with path(code).open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def path(code: str) -> Path:
    """Return the file that holds a language."""
    return CATALOGS / code / "LC_MESSAGES" / "messages.po"

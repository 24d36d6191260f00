"""Telephone numbers in the one spelling that can be called from anywhere."""

import importlib
from functools import lru_cache
from typing import Any


def international(written: str, country: str) -> str | None:
    """Return a number as ``+447400123456``, None if there can be no such number.

    *country* is where one without a country's code is called from, as ``GB``.
    """
    library = _library()
    try:
        number = library.parse(written, country)
    except library.NumberParseException:
        return None
    if not library.is_possible_number(number):
        return None
    form = library.PhoneNumberFormat.E164
    return str(library.format_number(number, form))


@lru_cache(maxsize=1)
def _library() -> Any:
    """Return the library, three megabytes that only shops with such a slot need."""
    return importlib.import_module("phonenumbers")

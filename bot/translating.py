"""Keep the catalogs in step with the code: `make translations`.

What is new in the code is put into every language, to be translated; what is gone is
taken out. Nothing is guessed: a sentence that is like another is not its translation.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot import tongue

BOT = Path(__file__).parent
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
#: What marks a sentence, and which of its arguments are one.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "english": None,
    "shape": None,
    "ngettext": (1, 2),
    "forms": (1, 2),
    "pgettext": ((1, "c"), 2),
}
NOTES = ("For translators:",)
#: Where a message is: file, line; it, what translators should know, its context.
Found: TypeAlias = tuple[str, int, Any, list[str], str | None]
WIDTH = 88
#: Times in a header tell nothing that the repository does not.
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def found() -> Catalog:
    """Return all that is to be translated, in the order of the files."""
    catalog = Catalog(fuzzy=False)
    for place, line, message, notes, context in _messages():
        catalog.add(
            message, locations=[(place, line)], auto_comments=notes, context=context
        )
    return catalog


def known(code: str) -> Catalog:
    """Return a language as it is translated."""
    file = tongue.path(code)
    if not file.exists():
        return _begun(code)
    with file.open("rb") as opened:
        return read_po(opened, locale=code)


def _begun(code: str) -> Catalog:
    return Catalog(
        locale=code,
        header_comment=f"# {Locale.parse(code).english_name}; docs/translations.md",
        project="Frontdesk",
        version="0",
        last_translator="Frontdesk",
        language_team="Frontdesk",
        msgid_bugs_address="Frontdesk",
        revision_date=BEGUN,
        creation_date=BEGUN,
        fuzzy=False,
    )


def update(code: str) -> None:
    """Bring a language in step with the code."""
    catalog = known(code)
    catalog.update(found(), no_fuzzy_matching=True, update_creation_date=False)
    file = tongue.path(code)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(
            opened,
            catalog,
            width=WIDTH,
            ignore_obsolete=True,
            include_lineno=False,
            sort_by_file=True,
        )


def _messages() -> Iterator[Found]:
    found = extract_from_dir(
        BOT,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=KEYWORDS,
        comment_tags=NOTES,
        strip_comment_tags=True,
    )
    for place, line, message, notes, context in sorted(found, key=lambda one: one[:2]):
        yield f"bot/{place}", line, message, notes, context


if __name__ == "__main__":
    for code in tongue.TONGUES:
        if code != tongue.ENGLISH:
            update(code)

"""Every sentence of our pages is marked, and translated into every language."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Message

from bot import tongue, translating
from tests.bot.web.marking import TEMPLATES, unmarked

BOT = TEMPLATES.parent
OTHERS = [code for code in tongue.TONGUES if code != tongue.ENGLISH]
PLURALS = {"ar": 6, "es": 2, "fr": 2, "zh": 1}
#: What shows sentences; the rest of the package speaks to customers, or to logs.
SPEAKING = ("account", "admin", "connection", "inbox", "web")
MARKS = {"_", "lazy", "english", "shape", "ngettext", "pgettext"}
SENTENCE = re.compile(r"[A-Za-z’']{2,} [a-z]{2,}")
CODE = re.compile(r"[<\\]")  # elements, patterns
#: Speaks in the terminal.
ELSEWHERE = BOT / "account" / "first.py"
TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.html"))


def name(path):
    return str(path.relative_to(BOT))


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=name)
def test_no_text_of_a_template_stands_outside_gettext(path):
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p title="Hello">{{ _("Hi") }}</p>', ["Hello"]),
        ('{{ "one" if x else "two" }}', ["one two"]),
        ('<p class="{{ "bad" if x }}">{{ name }}</p>', []),
        ("{% trans %}Hello{% endtrans %} Frontdesk", []),
        ("{{ m.note('Saved it now') }}", ["Saved it now"]),
        ("{{ m.icon('back', 16) }} <kbd>Ctrl</kbd>", []),
    ],
)
def test_what_is_not_marked_is_found(source, found):
    assert unmarked(source) == found


def modules():
    folders = [BOT / one for one in SPEAKING]
    found = {path for folder in folders for path in folder.glob("*.py")}
    return sorted(found - {ELSEWHERE})


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_sentence_of_a_module_that_speaks_stands_outside_gettext(path):
    assert sentences(ast.parse(path.read_text())) == []


def sentences(tree):
    """What reads like a sentence, and is neither marked nor for developers."""
    passed = set()
    for node in ast.walk(tree):
        if is_for_developers(node) or is_marked(node):
            passed |= {id(inner) for inner in ast.walk(node)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    texts = [one.value for one in constants if id(one) not in passed]
    written = [text for text in texts if isinstance(text, str)]
    return [text for text in written if SENTENCE.search(text) and not CODE.search(text)]


def is_marked(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS


def is_for_developers(node):
    """A docstring, a line of the log, or the text of an error."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or is_logged(node.value)
    return isinstance(node, ast.Raise)


def is_logged(call):
    owner = getattr(getattr(call, "func", None), "value", None)
    return getattr(owner, "id", "") == "log"


def keys(catalog):
    return {(message.context, message.id) for message in catalog if message.id}


@pytest.fixture(scope="module")
def found():
    return translating.found()


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalog_holds_what_is_marked_and_nothing_else(code, found):
    known = keys(translating.known(code))
    assert known - keys(found) == set(), "run `make translations`"
    assert keys(found) - known == set(), "run `make translations`"


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalog_is_whole_and_nothing_in_it_is_a_guess(code):
    messages = [message for message in translating.known(code) if message.id]
    assert [one.id for one in messages if one.fuzzy] == []
    assert [one.id for one in messages if not all(forms(one))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_counts_in_all_its_forms(code):
    catalog = translating.known(code)
    assert catalog.num_plurals == PLURALS[code]
    counted = [one for one in catalog if one.pluralizable]
    assert {len(forms(one)) for one in counted} == {PLURALS[code]}


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_put_into_a_sentence_is_put_into_its_translation(code):
    messages = [message for message in translating.known(code) if message.id]
    assert [(one.id, odd) for one in messages for odd in losses(one)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_the_elements_of_a_sentence(code):
    messages = [message for message in translating.known(code) if message.id]
    elements = re.compile(r"<[^>]+>")
    odd = [
        (one.id, form)
        for one in messages
        for form in forms(one)
        if Counter(elements.findall(form)) != Counter(elements.findall(ids(one)[-1]))
    ]
    assert odd == []


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return tuple(said) if isinstance(said, (tuple, list)) else (str(said),)


PLACES = re.compile(r"%\(\w+\)s|%%|\{\w+\}")


def losses(message):
    """The forms that name other places; one, two and few things need no number."""
    wanted = Counter(PLACES.findall(ids(message)[-1]))
    for form in forms(message):
        given = Counter(PLACES.findall(form))
        missing = {place for place in wanted if given[place] != wanted[place]}
        number = {"%(num)s", "{count}"} if message.pluralizable else set()
        if missing - number or set(given) - set(wanted):
            yield form


def test_each_language_is_called_as_its_speakers_call_it():
    named = {code: Locale.parse(code).get_display_name() for code in OTHERS}
    assert {code: named[code].casefold() for code in ("ar", "es", "fr")} == {
        code: tongue.TONGUES[code].casefold() for code in ("ar", "es", "fr")
    }


def test_every_language_has_a_file_and_every_file_a_language():
    files = {path.name for path in Path(tongue.CATALOGS).iterdir() if path.is_dir()}
    assert files == set(OTHERS)

"""What stands in a template outside gettext, read as Jinja and as HTML."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

TEMPLATES = Path(__file__).parents[3] / "bot" / "templates"
#: Attributes that somebody reads, or hears.
READ = frozenset({"alt", "aria-label", "data-announce", "data-done", "placeholder"}) | {
    "title"
}
#: What is typed or pressed as it stands, in any language.
AS_IT_IS = frozenset({"code", "kbd", "script", "style"})
NAMES = re.compile(r"\bFrontdesk\b|https://…|[\w-]+=(\"[^\"]*\"|'[^']*')")
#: The class of a page.
KIND = re.compile(r"{% block kind %}\w*{% endblock %}")
#: Words that begin large, or are several.
SENTENCE = re.compile(r"^.*[A-Z][a-z]+ [a-z].*$|^[A-Z][a-z]+$|^.*[a-z] [a-z]+ [a-z].*$")
MARKS = frozenset({"_", "gettext", "ngettext", "pgettext", "forms"})
PLACE = "\ue000"  # what an expression says; no letter
_JINJA = re.compile(r"\{#.*?#\}|\{\{(.*?)\}\}|\{%-?\s*(\w+)(.*?)%\}", re.DOTALL)
_environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


class Readable(HTMLParser):
    """What somebody reads of a page: its texts, and what is called or said."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._as_it_is = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in READ and value]
        self._as_it_is += tag in AS_IT_IS

    def handle_endtag(self, tag: str) -> None:
        self._as_it_is -= tag in AS_IT_IS

    def handle_data(self, data: str) -> None:
        if not self._as_it_is:
            self.found.append(data)


def unmarked(source: str) -> list[str]:
    """Return all that would be read in English whatever the reader's language."""
    page = Readable()
    page.feed(_as_page(KIND.sub("", source)))
    page.close()
    texts = (NAMES.sub("", text).strip(f"{PLACE} \n") for text in page.found)
    said = [text for text in texts if re.search(r"[A-Za-z]", text)]
    return [*said, *_sentences(source)]


def _as_page(source: str) -> str:
    """Return a template as HTML: for each expression the words that it may say."""
    parts, end, in_trans = [], 0, False
    for match in _JINJA.finditer(source):
        if not in_trans:
            parts.append(source[end : match.start()])
        end = match.end()
        if match[1] is not None and not in_trans:
            parts.append(PLACE + " ".join(_said(match[1])))
        in_trans = (in_trans or match[2] == "trans") and match[2] != "endtrans"
    return "".join([*parts, source[end:]])


def _said(expression: str) -> Iterator[str]:
    """Yield the strings that an expression may come to."""
    (output,) = _environment.parse(f"{{{{{expression}}}}}").find_all(nodes.Output)
    for node in output.nodes:
        yield from _results(node)


def _results(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Const(value=str(value)):
            yield value
        case nodes.CondExpr(expr1=one, expr2=two):
            yield from _results(one)
            if two is not None:
                yield from _results(two)
        case nodes.Or(left=one, right=two) | nodes.And(left=one, right=two):
            yield from _results(one)
            yield from _results(two)
        case nodes.Concat(nodes=several):
            for one in several:
                yield from _results(one)
        case nodes.Filter(node=nodes.Node() as inner):
            yield from _results(inner)


def _sentences(source: str) -> Iterator[str]:
    """Yield the sentences that are handed on in code, unmarked."""
    tree = _environment.parse(source)
    marked = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS
        for const in call.find_all(nodes.Const)
    }
    for const in tree.find_all(nodes.Const):
        if id(const) not in marked and isinstance(const.value, str):
            yield from SENTENCE.findall(NAMES.sub("", const.value))

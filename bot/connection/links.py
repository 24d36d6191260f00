"""Sentences that lead somewhere: outside, or to a place of the page Connect a Page."""

import re

from markupsafe import Markup, escape

from bot.tongue import _

INSIDE = re.compile(r"\[([^]]+)\]\(#(\w+)\)")
#: Facebook's own pages, as the cures name them.
OUTSIDE = re.compile(
    r"(?<![\w./@-])((?:[a-z]+\.)?facebook\.com|metastatus\.com|m\.me)"
    r"((?:/[\w-]+)*)(?![\w./-]*\w)"
)
EITHER = re.compile(f"{INSIDE.pattern}|{OUTSIDE.pattern}")
ANCHOR = Markup('<a href="#{}">{}</a>')
LINK = Markup('<a href="https://{0}" rel="noopener" target="_blank"><bdi>{0}</bdi></a>')


def linked(sentence: str) -> Markup:
    """Return a sentence with its links, as a page shows it."""
    pieces, end = [], 0
    for match in EITHER.finditer(sentence):
        words, place, host, path = match.groups()
        link = ANCHOR.format(place, words) if place else LINK.format(host + path)
        pieces += [escape(sentence[end : match.start()]), link]
        end = match.end()
    return Markup("").join([*pieces, escape(sentence[end:])])


def plain(sentence: str) -> str:
    """Return a sentence for a terminal: where its links lead, in words."""
    page = _("Connect a Page")
    return INSIDE.sub(rf"\1 ({page})", sentence)

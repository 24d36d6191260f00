"""The wording's pages: all that the flows say, to find what is to be said otherwise."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from bot.admin import shipped
from bot.admin.home import blueprint
from bot.store import wordings
from bot.store.people import Role
from bot.store.wordings import Words
from bot.web import figures
from bot.web.access import needs
from bot.web.current import parts


@blueprint.app_template_filter("with_places")
def with_places(text: str) -> Markup:
    """Return a text with the places that are filled in set apart."""
    return Markup("").join(
        Markup("<code class=place>{}</code>").format(piece)
        if is_place
        else escape(piece)
        for piece, is_place in shipped.cut(text)
    )


@blueprint.app_template_filter("place_list")
def place_list(names: list[str]) -> Markup:
    """Return the places that a text has, counted up and set apart."""
    apart = Markup('<code class="place">{}</code>')
    marked = [apart.format(f"{{{name}}}") for name in names]
    return Markup(figures.listed(marked))  # noqa: S704 - all of it is escaped


@blueprint.get("/wording/")
@needs(Role.EDITOR)
def wording() -> ResponseReturnValue:
    """Show all that the flows say, in groups."""
    words = request.args.get("q", "").casefold().split()
    changed_only = "changed" in request.args
    known = shipped.wordings(parts().content.spoken[language()], edits())
    fitting = [
        one
        for one in known
        if (one.is_changed or not changed_only)
        and all(word in one.all_words.casefold() for word in words)
    ]
    return render_template(
        "admin/wording.html",
        groups=[(g, [*ones]) for g, ones in groupby(fitting, lambda one: one.group)],
        search=request.args.get("q", ""),
        changed_only=changed_only,
        changed=sum(one.is_changed for one in known),
        total=len(known),
        **tongues(),
    )


def language() -> str:
    """Return the language that is looked at: the shop's own, or the one asked for."""
    asked = request.values.get("language", "")
    languages = parts().content.languages
    return asked if asked in languages else languages[0]


def other() -> str | None:
    """Return the language that an address must name: none is the shop's own."""
    looked_at = language()
    return None if looked_at == parts().content.language else looked_at


def tongues() -> dict[str, Any]:
    """Return the languages of the shop, and which is looked at."""
    return {
        "languages": parts().content.languages,
        "language": language(),
        "other": other(),
    }


def edits() -> Mapping[str, Words]:
    """Return what was given other words in this language, and which."""
    with parts().database.read() as connection:
        return wordings.edits_in(connection, language())

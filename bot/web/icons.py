"""The icons of our pages: drawn once each, because a page names a hundred of them."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from bot.web.assets import asset

#: These point somewhere, and do so the other way where one writes from right to left.
POINTING = frozenset({"back", "next", "send", "out", "undo", "away"})


def icon(name: str, size: int = 20, label: Any = None) -> Markup:
    """Return an icon; with a *label* it says something that no text beside it does."""
    # Escaped here: a sentence that is told late is then in the language of the page.
    return _drawn(name, size, escape(label) if label else None)


@lru_cache(maxsize=1024)
def _drawn(name: str, size: int, label: Markup | None) -> Markup:
    kind = " pointing" if name in POINTING else " turning" if name == "open" else ""
    told = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704 - our own words, and a label that is escaped
        f'<svg class="icon{kind}" width="{size}" height="{size}" {told}>'
        f'<use href="{asset("icons.svg")}#{name}"/></svg>'
    )

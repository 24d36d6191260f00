"""Parts of pages that look the same to everybody: made once, and kept.

A list of a hundred colleagues costs more than the rest of a page, and a message of a
thread is made anew with each that comes after it. What such a part is made of must be
all in its arguments: it is told nothing of the request but the language. What is
forgotten by then is asked for no more, and goes when others need the place.
"""

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import TypeAlias

from flask import Flask
from markupsafe import Markup

from bot import tongue

MOST = 8192  # parts; most of them are a message, or a line of a list

Names: TypeAlias = tuple[str, ...]
Values: TypeAlias = tuple[Hashable, ...]


def prepare(app: Flask) -> None:
    """Let templates of *app* put in parts by the name of their template."""

    @lru_cache(maxsize=MOST)
    def made(file: str, code: str, names: Names, values: Values) -> Markup:
        template = app.jinja_env.get_template(file)
        about = dict(zip(names, values, strict=True))
        return Markup(template.render(about))  # noqa: S704 - a template escapes

    @cache
    def same(names: Names) -> Names:
        """Return one tuple for all that are alike: each part that is kept has it."""
        return names

    def part(file: str, /, **about: Hashable) -> Markup:
        return made(file, tongue.spoken(), same(tuple(about)), tuple(about.values()))

    app.jinja_env.globals.update(part=part)

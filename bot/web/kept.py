"""Parts of pages that look the same to everybody: made once, and kept.

A list of a hundred colleagues costs more than the rest of a page. What such a part is
made of must be all in its arguments: it is told nothing of the request but the
language.
"""

from collections.abc import Hashable
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from bot import tongue

MOST = 4096  # parts; most of them are a line


def prepare(app: Flask) -> None:
    """Let templates of *app* put in parts by the name of their template."""

    @lru_cache(maxsize=MOST)
    def made(file: str, code: str, about: tuple[tuple[str, Hashable], ...]) -> Markup:
        template = app.jinja_env.get_template(file)
        return Markup(template.render(dict(about)))  # noqa: S704 - a template escapes

    def part(file: str, /, **about: Hashable) -> Markup:
        return made(file, tongue.spoken(), tuple(about.items()))

    app.jinja_env.globals.update(part=part)

"""What each role may do, read from the routes: the table of docs/permissions.md."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from bot import pages
from bot.store.people import Role
from bot.store.staff import RANKS, may
from bot.web.access import NEEDS, OPEN_ENDPOINTS

CHANGES = ("POST", "PUT", "PATCH", "DELETE")
HEAD = """\
# Who may do what

Written by `make permissions` from the routes themselves, and checked by
`tests/bot/web/test_permissions.py`; a route that names no role is open to nobody.
"Nobody" is who has not signed in. What is open only in the demo, on the machine it runs
on, answers 404 everywhere else.

| route | nobody | viewer | agent | editor | admin |
|---|---|---|---|---|---|
"""


class UndeclaredError(Exception):
    """A route names no role; the text says which."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way in, and the least role it is open to; None is everybody."""

    method: str
    path: str
    needs: Role | None

    def is_open(self, role: Role | None) -> bool:
        """Return whether somebody of *role* gets in; None is nobody signed in."""
        if self.needs is None:
            return True
        return role is not None and may(role, self.needs)


def routes(app: Flask) -> list[Route]:
    """Return every route of *app*, by path, or raise UndeclaredError."""
    return sorted(_routes(app), key=lambda route: (route.path, route.method))


def document() -> str:
    """Return docs/permissions.md as it should be."""
    return HEAD + "".join(_line(route) for route in every_route())


def every_route() -> list[Route]:
    """Return the routes of the application, which need not run for it."""
    app = Flask("bot")
    app.add_url_rule("/healthz", endpoint="_healthy", view_func=str)
    pages.add(app)
    return routes(app)


def _routes(app: Flask) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint not in OPEN_ENDPOINTS and not hasattr(view, NEEDS):
            raise UndeclaredError(
                f"{rule.rule} names no role: put @needs over its view"
            )
        for method in (rule.methods or set()) & {"GET", *CHANGES}:
            needed = getattr(view, NEEDS, None)
            yield Route(method=method, path=rule.rule, needs=needed)


def _line(route: Route) -> str:
    cells = ["open" if route.is_open(role) else "refused" for role in (None, *RANKS)]
    return f"| {route.method} `{route.path}` | {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(document())

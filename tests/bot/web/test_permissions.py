"""docs/permissions.md is what the routes say, and what really happens."""

from pathlib import Path

import pytest

from bot import permissions
from bot.permissions import UndeclaredError
from bot.store.staff import RANKS
from tests.bot.visiting import stranger, visitor
from tests.bot.web.addresses import FIELDS, TOKENLESS, address, everything

DOCUMENT = Path(__file__).parents[3] / "docs" / "permissions.md"
pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    # Among the routes are those that check a change, against every script that ships:
    # what they began has to end, which takes a busy machine over two minutes.
    pytest.mark.timeout(480),
]


def cells():
    """The rows of the document: method, path, and who gets in, by role."""
    for line in DOCUMENT.read_text().splitlines():
        if line.startswith(("| GET", "| POST")):
            route, *open_to = (cell.strip() for cell in line.strip("| ").split("|"))
            method, path = route.replace("`", "").split(" ", 1)
            yield method, path, dict(zip((None, *RANKS), open_to, strict=True))


def asked(app, role, method, path, **fields):
    """Ask for a route as somebody of *role*; return the answer."""
    who = visitor(app, role) if role else stranger(app)
    if method == "GET":
        return who.get(address(path))
    token = {"csrf_token": who.csrf_token} if fields.pop("token") else {}
    return who.client.post(address(path), data={**FIELDS, **token, **fields})


def is_shut(answer):
    to_sign_in = "/sign-in?next" in (answer.location or "")
    return answer.status_code in (401, 403) or to_sign_in


def test_the_document_is_what_the_routes_say(app):
    assert DOCUMENT.read_text() == permissions.document(), "run `make permissions`"


def test_the_document_has_every_route_of_the_application(app):
    known = {(route.method, route.path) for route in permissions.routes(app)}
    assert {(method, path) for method, path, _ in cells()} == known


def test_a_route_that_names_no_role_is_an_error(app):
    app.add_url_rule("/forgotten", view_func=lambda: "secret", endpoint="forgotten")
    with pytest.raises(UndeclaredError, match="/forgotten names no role"):
        permissions.routes(app)


@pytest.mark.parametrize("role", [None, *RANKS])
def test_each_role_gets_where_the_document_says_and_no_further(app, conversation, role):
    for method, path, open_to in cells():
        answer = asked(app, role, method, path, token=True)
        told = "refused" if is_shut(answer) else "open"
        assert told == open_to[role], (method, path, answer.status_code)
        assert answer.status_code < 500, path


@pytest.mark.parametrize("role", [None, *RANKS])
def test_without_a_token_no_role_changes_anything(app, parts, conversation, role):
    if role is not None:
        visitor(app, role)
    posts = [path for method, path, _ in cells() if method != "GET"]
    before = everything(parts)
    del before["staff_session"]
    for path in posts:
        answer = asked(app, role, "POST", path, token=False)
        assert is_shut(answer) or path in TOKENLESS, (path, answer.status_code)
    after = everything(parts)
    del after["staff_session"]
    assert after == before

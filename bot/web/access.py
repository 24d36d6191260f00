"""Who may do what. A route that does not say is open to nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.settings import OF_EDITORS
from bot.store import sessions
from bot.store.people import Role
from bot.store.sessions import SignedIn
from bot.tongue import _
from bot.web import forms
from bot.web.current import allowed, parts, signed_in

log = structlog.get_logger()

View = TypeVar("View", bound=Callable[..., Any])

#: Flask's own pictures and styles, and the question whether we live.
OPEN_ENDPOINTS = frozenset({"static", "_healthy"})
NEEDS, TOKENLESS, QUIET, TAKES = "needs", "tokenless", "quiet", "takes"
BEFORE_FACTOR = "before_factor"


def needs(role: Role) -> Callable[[View], View]:
    """Open a view to those of *role*, and to all who may do more."""
    return _marked(NEEDS, role)


def public(view: View) -> View:
    """Open a view to everybody."""
    return _marked(NEEDS, None)(view)


def tokenless(view: View) -> View:
    """Let a POST do without a form's token; its Origin is looked at all the same."""
    return _marked(TOKENLESS, True)(view)


def takes(most: int) -> Callable[[View], View]:
    """Let a form be as large as *most* bytes, of those who may use it."""
    return _marked(TAKES, most)


def quiet(view: View) -> View:
    """Say that a request is the page's own doing: it keeps no session alive."""
    return _marked(QUIET, True)(view)


def before_factor(view: View) -> View:
    """Open a view also to who must have a second factor and has none yet."""
    return _marked(BEFORE_FACTOR, True)(view)


def lacks_factor() -> bool:
    """Return whether whoever is signed in must have a second factor and has none."""
    someone = signed_in()
    is_needed = parts().settings.second_factor == OF_EDITORS and allowed(Role.EDITOR)
    return is_needed and someone is not None and not someone.has_second_factor


def _marked(mark: str, value: object) -> Callable[[View], View]:
    def put(view: View) -> View:
        setattr(view, mark, value)
        return view

    return put


def guard() -> ResponseReturnValue | None:
    """Refuse what must not be; called before every view."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    view = current_app.view_functions[request.endpoint]
    if not hasattr(view, NEEDS):
        log.error("route_without_access", endpoint=request.endpoint)
        abort(403)
    forms.refuse_foreign()
    needed: Role | None = getattr(view, NEEDS)
    someone = signed_in()
    if needed is not None and someone is None:
        return _to_sign_in()
    if someone is not None and needed is not None and allowed(needed):
        request.max_content_length = getattr(view, TAKES, request.max_content_length)
    if not hasattr(view, TOKENLESS):
        forms.refuse_tokenless()
    if someone is not None and someone.is_unseen and not hasattr(view, QUIET):
        _touch(someone)
    return None if needed is None else _refusal(view, needed)


def _refusal(view: Callable[..., Any], needed: Role) -> ResponseReturnValue | None:
    """Refuse what somebody who is signed in may not do, or not yet."""
    if not allowed(needed):
        abort(403)
    waits = lacks_factor() and not hasattr(view, BEFORE_FACTOR)
    return _to_second_factor() if waits else None


def _touch(someone: SignedIn) -> None:
    def job(connection: Connection) -> None:
        sessions.touch(connection, someone.session_id)

    parts().database.write(job)


def _to_second_factor() -> ResponseReturnValue:
    """Send who has to set up a second factor there; what they sent is not done."""
    if request.method != "GET" or "HX-Request" in request.headers:
        abort(403, _("Set up your second factor first, under your account."))
    return redirect(url_for("account.factor_needed"), 303)


def _to_sign_in() -> ResponseReturnValue:
    """Send who is not signed in to where they can; what they sent is not done."""
    if request.method != "GET" or "HX-Request" in request.headers:
        abort(401)
    return redirect(url_for("account.sign_in", next=request.full_path), 303)

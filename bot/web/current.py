"""What belongs to the request at hand: our parts, the time, who is signed in."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app, g, request

from bot.store import audit, sessions
from bot.store.people import Role
from bot.store.sessions import SignedIn
from bot.store.staff import may
from bot.web import cookies
from bot.wiring import Parts


class NobodyError(Exception):
    """A page that needs somebody was asked for by nobody."""


def parts() -> Parts:
    """Return the long-lived objects of this process."""
    found: Parts = current_app.extensions["parts"]
    return found


def wake(conversation_id: int) -> None:
    """Let a conversation be looked at, because something was written for it."""
    ring: Callable[[int], None] = current_app.extensions["wake"]
    ring(conversation_id)


def started_at() -> datetime:
    """Return when this process started: its settings are those of then."""
    found: datetime = current_app.extensions["started_at"]
    return found


def now() -> datetime:
    """Return the moment of this request; it stays the same until it is answered."""
    if "now" not in g:
        g.now = parts().clock()
    moment: datetime = g.now
    return moment


def within() -> timedelta:
    """Return how long a customer may wait for a person, unless it is set on a page."""
    return timedelta(minutes=parts().settings.answer_within)


def signed_in() -> SignedIn | None:
    """Return who is signed in."""
    if "signed_in" not in g:
        token = request.cookies.get(cookies.name(cookies.SESSION))
        g.signed_in = _holder(token) if token else None
    someone: SignedIn | None = g.signed_in
    return someone


def staff() -> SignedIn:
    """Return who is signed in, on a page that nobody else gets to see."""
    someone = signed_in()
    if someone is None:
        raise NobodyError
    return someone


def allowed(role: Role) -> bool:
    """Return whether whoever is signed in may do what *role* may."""
    someone = signed_in()
    return someone is not None and may(someone.role, role)


def trace(staff_id: int | None = None) -> audit.Trace:
    """Return who does something now, and from where, for the audit log.

    With *staff_id*, somebody who is about to be signed in.
    """
    someone = signed_in()
    who = staff_id or (someone.id if someone else None)
    return audit.Trace(staff_id=who, at=now(), address=request.remote_addr)


def _holder(token: str) -> SignedIn | None:
    with parts().database.read() as connection:
        return sessions.current(connection, token)

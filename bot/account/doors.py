"""Let somebody in, and out again: the cookies, the session, the step between.

Who has a second factor is let in by a code. Until then nobody is signed in: the
browser holds a sealed note of who has passed the first step, and until when it is
good for the second. Another password makes it worthless.
"""

import hashlib
import hmac
from dataclasses import replace

from flask import Response, redirect, request, url_for
from sqlalchemy import Connection

from bot.account import devices, tries
from bot.clock import system_clock
from bot.store import audit, presence, sessions, staff
from bot.store.audit import Action
from bot.store.sessions import SignedIn
from bot.store.staff import Person
from bot.web import cookies, forms
from bot.web.current import parts, signed_in, trace

HOME = "/inbox/"
HALFWAY_LASTS = 10 * 60


def destination() -> str:
    """Return where to go after signing in: where somebody wanted to go before."""
    return forms.local_path(request.values.get("next")) or HOME


def admit(person: Person, then: str, *, by: str) -> Response:
    """Let *person* in, or ask for their second factor first."""
    if not person.has_second_factor:
        return let_in(person, then, by=by)
    response = _redirect(url_for("account.code", next=then))
    until = str(int(system_clock().timestamp()) + HALFWAY_LASTS)
    note = f"{person.id}.{until}.{_seal(person, until)}"
    cookies.put(response, cookies.HALFWAY, note, HALFWAY_LASTS)
    return response


def halfway() -> Person | None:
    """Return who has passed the first step in this browser, a moment ago."""
    kept = request.cookies.get(cookies.name(cookies.HALFWAY), "")
    staff_id, _, rest = kept.partition(".")
    until, _, seal = rest.partition(".")
    if not _is_number(staff_id) or not _is_number(until):
        return None
    if system_clock().timestamp() > int(until):
        return None
    with parts().database.read() as connection:
        person = staff.by_id(connection, int(staff_id))
    if person is None:
        return None
    good = hmac.compare_digest(_seal(person, until).encode(), seal.encode())
    return person if good and person.has_second_factor else None


def let_in(person: Person, then: str, *, by: str) -> Response:
    """Sign *person* in under a new session, and go on to *then*."""
    before, traced = signed_in(), replace(trace(), staff_id=person.id)
    device = devices.described(request.headers.get("User-Agent", ""))

    def job(connection: Connection) -> str:
        if before is not None:
            _leave(connection, before)
        audit.note(connection, traced, Action.SIGNED_IN, person.login, by=by)
        return sessions.begin(connection, person.id, device)

    response = _redirect(then)
    token = parts().database.write(job)
    cookies.put(response, cookies.SESSION, token, cookies.WEEK)
    known = tries.known_browser(person.login)
    cookies.put(response, cookies.KNOWN, known, cookies.YEAR)
    cookies.drop(response, cookies.FORM)
    cookies.drop(response, cookies.HALFWAY)
    return response


def let_out(someone: SignedIn) -> Response:
    """End somebody's session, and forget its cookie."""
    traced = trace()

    def job(connection: Connection) -> None:
        _leave(connection, someone)
        audit.note(connection, traced, Action.SIGNED_OUT)

    parts().database.write(job)
    response = _redirect("/sign-in?note=out")
    cookies.drop(response, cookies.SESSION)
    return response


def _leave(connection: Connection, someone: SignedIn) -> None:
    sessions.end(connection, someone.session_id)
    presence.go(connection, someone.id)


def note_failed(person: Person | None, by: str) -> None:
    """Write down that somebody was not let in.

    What was typed is not kept: a mistyped login may be a password.
    """
    traced = replace(trace(), staff_id=None)
    about = person.login if person else None

    def job(connection: Connection) -> None:
        audit.note(connection, traced, Action.SIGN_IN_FAILED, about, by=by)

    parts().database.write(job)


def _seal(person: Person, until: str) -> str:
    key = hashlib.sha256(b"frontdesk halfway" + parts().settings.secret_key.encode())
    sealed = f"{person.id} {until} {person.password_hash}"
    return hmac.digest(key.digest(), sealed.encode(), "sha256").hex()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _redirect(then: str) -> Response:
    response: Response = redirect(then, 303)  # type: ignore[assignment]
    return response

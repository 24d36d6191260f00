"""Sign in, with a password or a link; sign out."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.account import doors, passwords, tries
from bot.store import attempts, audit, links, staff
from bot.store.audit import Action
from bot.store.links import Opened
from bot.store.people import Role
from bot.store.staff import Person
from bot.tongue import _, lazy
from bot.web.access import before_factor, needs, public
from bot.web.current import parts, signed_in, trace
from bot.web.current import staff as current_staff

blueprint = Blueprint("account", __name__)

WRONG = lazy("That login and password don't belong together. Check both and try again.")
OUT = lazy("You are signed out.")


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the form, to those who need it."""
    if signed_in() is not None:
        return redirect(doors.destination(), 303)
    return _form(note=OUT if request.args.get("note") == "out" else None)


@blueprint.post("/sign-in")
@public
def sign_in_with_password() -> ResponseReturnValue:
    """Let in whoever knows the password; say the same of all who don't."""
    login, password = request.form["login"], request.form["password"]
    limited = tries.limits(login)
    wait = parts().database.write(lambda c: attempts.count(c, limited))
    if wait is not None:
        return _too_many(wait, login)
    with parts().database.read() as connection:
        person = staff.by_login(connection, login)
    known_hash = person.password_hash if person else None
    if not passwords.matches(known_hash, password[: passwords.MOST + 1]):
        doors.note_failed(person, "password")
        return _form(error=WRONG, login=login, status=422)
    if person is None:
        return _form(error=WRONG, login=login, status=422)
    _after_success(person, password, tries.own(limited))
    return doors.admit(person, doors.destination(), by="password")


@blueprint.get("/sign-in/<token>")
@public
def link(token: str) -> ResponseReturnValue:
    """Show the button behind a link; mail scanners open links, and press nothing."""
    with parts().database.read() as connection:
        person = links.whose(connection, token)
    status = 200 if person else 410
    page = render_template("account/link.html", person=person, next=doors.destination())
    return make_response(page, status)


@blueprint.post("/sign-in/<token>")
@public
def sign_in_with_link(token: str) -> ResponseReturnValue:
    """Let in whoever holds the link; nobody else after them."""
    opened = _opened(token)
    if opened is None:
        page = render_template("account/link.html", person=None, next=None)
        return make_response(page, 410)
    return doors.admit(opened.person, _after(opened), by="link")


@blueprint.post("/sign-out")
@needs(Role.VIEWER)
@before_factor
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    return doors.let_out(current_staff())


def _opened(token: str) -> Opened | None:
    by = trace()

    def job(connection: Connection) -> Opened | None:
        opened = links.use(connection, token)
        if opened is not None and opened.ended is not None:
            who = opened.person
            theirs = replace(by, staff_id=who.id)
            browsers = opened.ended
            audit.note(
                connection, theirs, Action.SESSIONS_ENDED, who.login, browsers=browsers
            )
        return opened

    return parts().database.write(job)


def _after(opened: Opened) -> str:
    """Return where a link leads: to a new password, if there is none or it is lost."""
    if opened.person.password_hash is None and not parts().settings.demo:
        return "/account/?note=first"
    return doors.destination() if opened.ended is None else "/account/?note=anew"


def _after_success(person: Person, password: str, keys: list[str]) -> None:
    outdated = passwords.is_outdated(person.password_hash or "")
    better = passwords.hashed(password) if outdated else None

    def job(connection: Connection) -> None:
        attempts.forget(connection, keys)
        if better is not None:
            staff.set_password(connection, person.id, better)

    parts().database.write(job)


def _too_many(wait: float, login: str) -> Response:
    minutes = max(round(wait / 60), 1)
    words = _(
        "Too many tries. Wait about %(minutes)s min, or ask an admin for a sign-in "
        "link.",
        minutes=minutes,
    )
    response = _form(error=words, login=login, status=429)
    response.headers["Retry-After"] = str(int(wait) + 1)
    return response


def _form(
    *,
    error: str | None = None,
    note: str | None = None,
    login: str = "",
    status: int = 200,
) -> Response:
    page = render_template(
        "account/sign_in.html",
        error=error,
        note=note,
        login=login,
        next=doors.destination(),
    )
    return make_response(page, status)

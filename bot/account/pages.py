"""One's own account: password, and the browsers one is signed in with."""

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.account import doors, mailed, passwords, tries
from bot.account.sign_in import blueprint
from bot.store import attempts, audit, factors, sessions, staff
from bot.store.audit import Action
from bot.store.people import Role
from bot.tongue import _, lazy
from bot.web import current
from bot.web.access import needs
from bot.web.current import parts, trace

NOTES = {
    "language": lazy("Your pages speak this language now."),
    "mail": lazy("Saved. Your mails go by it from now on."),
    "first": lazy("Welcome. Set a password now, and you need no link the next time."),
    "anew": lazy("Welcome back. Set a new password now; the old one is not asked for."),
    "password": lazy("Your password is set. Other browsers have been signed out."),
    "ended": lazy("You are signed out everywhere else."),
    "one_ended": lazy("That browser is signed out."),
    "factor_off": lazy("The second factor is off. Your password is enough to sign in."),
}


@blueprint.get("/account/")
@needs(Role.VIEWER)
def account() -> ResponseReturnValue:
    """Show the account."""
    return page(note=NOTES.get(request.args.get("note", "")))


@blueprint.post("/account/password")
@needs(Role.VIEWER)
def set_password() -> ResponseReturnValue:
    """Set another password, if it is surely its owner who sits there."""
    someone, new = current.staff(), request.form["new"]
    error = _refusal(request.form.get("current", ""), new)
    if error is not None:
        return page(error=error, status=422)
    by, password_hash = trace(), passwords.hashed(new)

    def job(connection: Connection) -> None:
        staff.set_password(connection, someone.id, password_hash)
        sessions.end_others(connection, someone.id, someone.session_id)
        audit.note(connection, by, Action.PASSWORD_SET, someone.login)

    parts().database.write(job)
    return redirect("/account/?note=password", 303)


@blueprint.post("/account/sessions/end")
@needs(Role.VIEWER)
def end_sessions() -> ResponseReturnValue:
    """Sign out of every other browser."""
    someone, by = current.staff(), trace()

    def job(connection: Connection) -> None:
        ended = sessions.end_others(connection, someone.id, someone.session_id)
        audit.note(connection, by, Action.SESSIONS_ENDED, browsers=ended)

    parts().database.write(job)
    return redirect("/account/?note=ended", 303)


@blueprint.post("/account/sessions/<int:session_id>/end")
@needs(Role.VIEWER)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out of one browser; of this one too."""
    someone, by = current.staff(), trace()
    if session_id == someone.session_id:
        return doors.let_out(someone)

    def job(connection: Connection) -> bool:
        ended = sessions.end_one(connection, someone.id, session_id)
        if ended:
            audit.note(connection, by, Action.SESSIONS_ENDED, browsers=1)
        return ended

    if not parts().database.write(job):
        abort(404)
    return redirect("/account/?note=one_ended", 303)


def is_surely_owner(given: str) -> bool:
    """Return whether *given* is the password, or not needed after signing in."""
    someone = current.staff()
    return not someone.has_password or someone.is_fresh or _is_right(given)


def _refusal(given: str, new: str) -> str | None:
    someone = current.staff()
    if not is_surely_owner(given):
        return _("That is not your password as it is now. Nothing was changed.")
    return passwords.problem(new, someone.login, *someone.name.split())


def _is_right(given: str) -> bool:
    login = current.staff().login
    limited = tries.limits(login)
    if parts().database.write(lambda c: attempts.count(c, limited)) is not None:
        return False
    with parts().database.read() as connection:
        person = staff.by_id(connection, current.staff().id)
    return person is not None and passwords.matches(
        person.password_hash, given[: passwords.MOST + 1]
    )


def page(
    *, note: str | None = None, error: str | None = None, status: int = 200
) -> Response:
    """Return the page of one's account."""
    me = current.staff().id
    with parts().database.read() as connection:
        browsers = sessions.of(connection, me)
        factor = factors.find(connection, me)
        codes_left = factors.recovery_codes_left(connection, me)
        mail = mailed.of(connection)
    made = render_template(
        "account/account.html",
        note=note,
        error=error,
        browsers=browsers,
        is_on=factor is not None and factor.since is not None,
        codes_left=codes_left,
        mail=mail,
        least=passwords.LEAST,
    )
    return make_response(made, status)

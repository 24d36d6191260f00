"""The second factor on one's account: turn it on, new recovery codes, turn it off."""

import importlib

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import Connection

from bot.account import codes, passwords, totp, tries
from bot.account.codes import Proof
from bot.account.pages import is_surely_owner, page
from bot.account.sign_in import blueprint
from bot.store import attempts, audit, factors, sessions, staff
from bot.store.audit import Action
from bot.store.people import Role
from bot.tongue import lazy
from bot.web import current
from bot.web.access import before_factor, lacks_factor, needs
from bot.web.current import now, parts, trace

NOT_YOU = lazy("That is not your password as it is now. Nothing was changed.")
NOT_PROVEN = lazy("That is neither your password nor a code that still works.")
WRONG = lazy(
    "That code is not the one the app shows now. Check the phone's clock, try again."
)
ON = lazy("The second factor is on. Other browsers have been signed out.")
NEW = lazy("The codes you had before work no more.")
TOO_MANY = lazy("Too many tries. Wait a quarter of an hour.")


@blueprint.get("/account/second-factor/needed")
@needs(Role.VIEWER)
@before_factor
def factor_needed() -> ResponseReturnValue:
    """Say why nothing else opens yet, to whoever must have a second factor."""
    return _needed() if lacks_factor() else redirect("/account/", 303)


@blueprint.post("/account/second-factor/begin")
@needs(Role.VIEWER)
@before_factor
def begin_factor() -> ResponseReturnValue:
    """Make a secret; it counts when a code of it has been given."""
    if not is_surely_owner(request.form.get("current", "")):
        told = _needed if lacks_factor() else page
        return told(error=NOT_YOU, status=422)
    me, sealed = current.staff().id, parts().seal.close(totp.new_secret())
    begun = parts().database.write(lambda c: factors.begin(c, me, sealed))
    return redirect("/account/second-factor" if begun else "/account/", 303)


@blueprint.get("/account/second-factor")
@needs(Role.VIEWER)
@before_factor
def factor() -> ResponseReturnValue:
    """Show the secret that is being set up, as a picture and as text."""
    return _setting_up()


@blueprint.post("/account/second-factor/confirm")
@needs(Role.VIEWER)
@before_factor
def confirm_factor() -> ResponseReturnValue:
    """Turn the second factor on, and show the recovery codes, this once."""
    me = current.staff()
    if codes.wait(me.login) is not None:
        return _setting_up(error=TOO_MANY, status=429)
    with parts().database.read() as connection:
        begun = factors.find(connection, me.id)
    step = codes.step_of(me.id, request.form["code"])
    if begun is None or step is None:
        return _setting_up(error=WRONG, status=422)
    made, moment, by = totp.new_recovery_codes(), now(), trace()
    tried = tries.own(tries.code_limits(me.login))

    def job(connection: Connection) -> bool:
        if not factors.confirm(connection, me.id, begun.secret, step, moment):
            return False
        factors.keep_recovery_codes(connection, me.id, made)
        attempts.forget(connection, tried)
        sessions.end_others(connection, me.id, me.session_id)
        audit.note(connection, by, Action.SECOND_FACTOR_ON, me.login)
        return True

    return _codes(made, ON) if parts().database.write(job) else _setting_up()


@blueprint.post("/account/second-factor/codes")
@needs(Role.VIEWER)
def make_codes() -> ResponseReturnValue:
    """Replace the recovery codes, and show the new ones, this once."""
    me, by = current.staff(), trace()
    if not _is_proven(request.form["proof"]):
        return page(error=NOT_PROVEN, status=422)
    made = totp.new_recovery_codes()

    def job(connection: Connection) -> bool:
        found = factors.find(connection, me.id)
        if found is None or found.since is None:
            return False
        factors.keep_recovery_codes(connection, me.id, made)
        audit.note(connection, by, Action.RECOVERY_CODES_MADE, me.login)
        return True

    done = parts().database.write(job)
    return _codes(made, NEW) if done else redirect("/account/", 303)


@blueprint.post("/account/second-factor/off")
@needs(Role.VIEWER)
def drop_factor() -> ResponseReturnValue:
    """Turn the second factor off, if it is surely its owner who sits there."""
    me, by = current.staff(), trace()
    if not _is_proven(request.form["proof"]):
        return page(error=NOT_PROVEN, status=422)

    def job(connection: Connection) -> None:
        if factors.drop(connection, me.id):
            audit.note(connection, by, Action.SECOND_FACTOR_OFF, me.login)

    parts().database.write(job)
    return redirect("/account/?note=factor_off", 303)


def _is_proven(given: str) -> bool:
    """Return whether *given* is the password, or a code that was never used."""
    me = current.staff()
    if codes.wait(me.login) is not None:
        return False
    if codes.use(me.id, me.login, given) is not Proof.NONE:
        return True
    with parts().database.read() as connection:
        person = staff.by_id(connection, me.id)
    return person is not None and passwords.matches(
        person.password_hash, given[: passwords.MOST + 1]
    )


def _needed(*, error: str | None = None, status: int = 200) -> Response:
    made = render_template("account/factor_needed.html", error=error)
    return make_response(made, status)


def _setting_up(*, error: str | None = None, status: int = 200) -> ResponseReturnValue:
    me = current.staff()
    with parts().database.read() as connection:
        found = factors.find(connection, me.id)
    secret = codes.opened(found) if found and found.since is None else None
    if secret is None:
        return redirect("/account/", 303)
    made = render_template(
        "account/second_factor.html",
        secret=totp.grouped(secret),
        picture=_picture(totp.uri(secret, me.login)),
        error=error,
    )
    return make_response(made, status)


def _picture(uri: str) -> Markup:
    """Return a QR code: made of numbers only, so nothing in it can be a tag."""
    # Loaded here: a megabyte that few pages need.
    segno = importlib.import_module("segno")
    drawn = segno.make(uri, error="m", micro=False)
    inline = drawn.svg_inline(scale=4, border=4, light="#fff", svgclass="qr")
    return Markup(inline)  # noqa: S704 - see above


def _codes(made: list[str], note: str) -> Response:
    shown = [totp.grouped(code) for code in made]
    return make_response(
        render_template("account/recovery_codes.html", codes=shown, note=note)
    )

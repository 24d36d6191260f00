"""Signing in, second step: a code, from whoever has passed the first a moment ago."""

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.account import codes, doors
from bot.account.codes import Proof
from bot.account.sign_in import blueprint
from bot.tongue import _, lazy
from bot.web.access import public

WRONG = lazy("That code is not right, or was used already. Wait for the next one.")


@blueprint.get("/sign-in/code")
@public
def code() -> ResponseReturnValue:
    """Ask for the code, of those who have passed the first step."""
    return _form() if doors.halfway() else redirect("/sign-in", 303)


@blueprint.post("/sign-in/code")
@public
def sign_in_with_code() -> ResponseReturnValue:
    """Let in whoever has the code too."""
    person = doors.halfway()
    if person is None:
        return redirect("/sign-in", 303)
    wait = codes.wait(person.login)
    if wait is not None:
        return _too_many(wait)
    proof = codes.use(person.id, person.login, request.form["code"])
    if proof is Proof.NONE:
        doors.note_failed(person, "code")
        return _form(error=WRONG, status=422)
    return doors.let_in(person, doors.destination(), by=proof.value)


def _too_many(wait: float) -> Response:
    minutes = max(round(wait / 60), 1)
    response = _form(
        error=_("Too many tries. Wait about %(minutes)s min.", minutes=minutes),
        status=429,
    )
    response.headers["Retry-After"] = str(int(wait) + 1)
    return response


def _form(*, error: str | None = None, status: int = 200) -> Response:
    page = render_template("account/code.html", error=error, next=doors.destination())
    return make_response(page, status)

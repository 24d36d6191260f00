"""In which language somebody's pages speak: theirs, and those of this browser."""

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from bot.account.sign_in import blueprint
from bot.store import staff
from bot.store.people import Role
from bot.tongue import TONGUES
from bot.web import current, forms, tongues
from bot.web.access import needs, public
from bot.web.current import parts

WHAT_BROWSERS_ASK = ""


@blueprint.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Let the pages of this browser speak a language, before anybody signs in."""
    code = _wanted()
    response = redirect(forms.local_path(request.form.get("back")) or "/sign-in", 303)
    return _kept(response, code)


@blueprint.post("/account/language")
@needs(Role.VIEWER)
def set_language() -> ResponseReturnValue:
    """Let somebody's pages speak a language, wherever they sign in."""
    code, me = _wanted(or_none=True), current.staff().id
    parts().database.write(lambda c: staff.set_language(c, me, code or None))
    return _kept(redirect("/account/?note=language", 303), code)


def _wanted(*, or_none: bool = False) -> str:
    code = request.form.get("language", WHAT_BROWSERS_ASK)
    if code not in TONGUES and not (or_none and code == WHAT_BROWSERS_ASK):
        abort(400)
    return code


def _kept(response: Response, code: str) -> Response:
    """Let the browser speak it too, for when somebody has signed out."""
    if code == WHAT_BROWSERS_ASK:
        tongues.forget(response)
    else:
        tongues.keep(response, code)
    return response

"""How sure the assistant must be: an admin's choice, with its history."""

from typing import cast

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import carried, doings, gate, raised
from bot.admin.home import blueprint
from bot.publishing import sureness as publishing
from bot.publishing.overtaken import OvertakenError
from bot.store import precision
from bot.store.people import Role
from bot.web.access import needs
from bot.web.current import parts
from intents.classifier import Model
from intents.rejection import PRECISIONS


@blueprint.get("/sureness")
@needs(Role.ADMIN)
def sureness() -> ResponseReturnValue:
    """Show how sure the assistant must be, and how sure it had to be before."""
    return _page()


@blueprint.post("/sureness")
@needs(Role.ADMIN)
def change_sureness() -> ResponseReturnValue:
    """Want another precision, unless somebody did meanwhile; restoring is the same."""
    wanted = request.form.get("precision", type=float)
    if wanted not in PRECISIONS:
        abort(400)
    number = request.form.get("number", 0, type=int)
    what = publishing.new(wanted, number=number)
    despite = gate.through(what, "/admin/sureness")
    try:
        carried.do(what, despite)
    except OvertakenError:
        return _page(conflict=wanted, status=409)
    return redirect(doings.after(what, {}), 303)


def _page(*, conflict: float | None = None, status: int = 200) -> Response:
    with parts().database.read() as connection:
        known = precision.history(connection)
        wanted = precision.wanted(connection) or parts().settings.precision
    page = render_template(
        "admin/sureness.html",
        choices=[(one, _answered(one)) for one in PRECISIONS],
        wanted=wanted,
        history=known,
        number=known[0].number if known else 0,
        usual=parts().settings.precision,
        conflict=conflict,
        raised=raised.told(),
        note=request.args.get("note"),
    )
    return make_response(page, status)


def _answered(wanted: float) -> int | None:
    """Return which share of what it knows it answers by itself then, in per cent."""
    model = cast(Model, parts().understanding.assistant.model)
    shares = model.figures.get("stream", {}).get("answered_share", {})
    share = shares.get(str(wanted))
    return None if share is None else round(100 * share)

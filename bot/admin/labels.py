"""The labels' page: add, rename, delete."""

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin.home import blueprint
from bot.store import labels
from bot.store.people import Role
from bot.tongue import _, lazy
from bot.web.access import needs
from bot.web.current import now, parts

LONGEST = 60
#: What the hues of the palette are called.
HUES = dict(
    zip(
        labels.HUES,
        (
            lazy("Blue"),
            lazy("Green"),
            lazy("Orange"),
            lazy("Pink"),
            lazy("Violet"),
            lazy("Teal"),
        ),
        strict=True,
    )
)
TAKEN = lazy("There is a label of this name already.")


@blueprint.get("/labels")
@needs(Role.EDITOR)
def all_labels() -> ResponseReturnValue:
    """Show all labels, each with the form that changes it."""
    return _page(note=request.args.get("note"))


@blueprint.post("/labels")
@needs(Role.EDITOR)
def add_label() -> ResponseReturnValue:
    """Add a label."""
    name, hue, moment = _name(), _hue(), now()
    error = _problem(name)
    if error is None and not parts().database.write(
        lambda connection: labels.add(connection, name, hue, moment)
    ):
        error = TAKEN
    return _page(error=error, typed=name) if error else _done("added")


@blueprint.post("/labels/<int:label_id>")
@needs(Role.EDITOR)
def change_label(label_id: int) -> ResponseReturnValue:
    """Rename a label, or give it another hue."""
    name, hue = _name(), _hue()
    error = _problem(name)
    if error is None and not parts().database.write(
        lambda connection: labels.change(connection, label_id, name, hue)
    ):
        error = TAKEN
    return _page(error=error) if error else _done("changed")


@blueprint.post("/labels/<int:label_id>/delete")
@needs(Role.EDITOR)
def delete_label(label_id: int) -> ResponseReturnValue:
    """Delete a label; it comes off all conversations."""
    parts().database.write(lambda connection: labels.remove(connection, label_id))
    return _done("deleted")


def _page(
    *, error: str | None = None, typed: str = "", note: str | None = None
) -> Response:
    with parts().database.read() as connection:
        known, uses = labels.everything(connection), labels.uses(connection)
    html = render_template(
        "admin/labels.html",
        labels=known,
        uses=uses,
        hues=HUES,
        most=LONGEST,
        error=error,
        typed=typed,
        note=note,
    )
    return make_response(html, 422 if error else 200)


def _done(note: str) -> ResponseReturnValue:
    return redirect(f"/admin/labels?note={note}", 303)


def _name() -> str:
    return " ".join(request.form.get("name", "").split())


def _hue() -> str:
    hue = request.form.get("hue", "")
    if hue not in HUES:
        abort(400)
    return hue


def _problem(name: str) -> str | None:
    if not name:
        return _("Write a name for the label.")
    if len(name) > LONGEST:
        return _("This name is too long: at most %(most)s characters.", most=LONGEST)
    return None

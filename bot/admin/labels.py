"""The labels' page: add, rename, delete, bring back."""

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from bot.admin import trashing
from bot.admin.home import blueprint
from bot.store import labels, trash
from bot.store.people import Role
from bot.store.trash import Kind
from bot.tongue import _, lazy
from bot.web.access import needs
from bot.web.current import now, parts, trace

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
TAKEN_MEANWHILE = lazy(
    "There is another label of this name by now. Rename that one, then bring this one "
    "back."
)


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
    """Put a label into the trash; it comes off all conversations."""
    by = trace()
    gone = parts().database.write(lambda c: labels.remove(c, label_id, by))
    return redirect(url_for("admin.all_labels", note="deleted", gone=gone), 303)


@blueprint.post("/labels/trash/<int:trashed_id>/bring-back")
@needs(Role.EDITOR)
def bring_back_label(trashed_id: int) -> ResponseReturnValue:
    """Take a label out of the trash, unless another has its name."""
    brought = trashing.bring_back(Kind.LABEL, trashed_id, labels.bring_back)
    return _done("brought_back") if brought else _page(error=TAKEN_MEANWHILE)


def _page(
    *, error: str | None = None, typed: str = "", note: str | None = None
) -> Response:
    with parts().database.read() as connection:
        known, uses = labels.everything(connection), labels.uses(connection)
        trashed = trash.everything(connection, Kind.LABEL)
    html = render_template(
        "admin/labels.html",
        labels=known,
        uses=uses,
        trashed=trashed,
        gone=trashing.gone(trashed),
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

"""The pages of canned replies: list, write, change, delete, bring back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

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
from sqlalchemy import Connection

from bot.admin import pictured, trashing
from bot.admin.draft import Problem
from bot.admin.home import blueprint
from bot.messenger.limits import LIMITS, length
from bot.store import canned, trash
from bot.store.canned import Canned
from bot.store.people import Role
from bot.store.trash import Kind
from bot.tongue import _, lazy
from bot.web import figures
from bot.web.access import needs, takes
from bot.web.current import now, parts, trace

NEW = Canned(id=0, short_code="", text="", version="")
SHORT_CODE = re.compile(r"[\w-]{1,40}")
LONGEST = LIMITS["message"]["text"]
TAKEN = lazy("Another reply has this short code already, for the same language.")
CHANGED = lazy(
    "Somebody has changed this reply since you opened it. Yours is below and not "
    "saved; save it again to put it in the place of theirs."
)
TAKEN_MEANWHILE = lazy(
    "Another reply has this short code by now. Give that one another, then bring this "
    "one back."
)
DONE = {
    "added": lazy("Added."),
    "changed": lazy("Saved."),
    "deleted": lazy("Deleted."),
    "brought_back": lazy("Brought back. Agents can insert it again."),
}


@blueprint.get("/canned")
@needs(Role.EDITOR)
def canned_replies() -> ResponseReturnValue:
    """List all canned replies, and those in the trash."""
    return _list(note=request.args.get("note", ""))


@blueprint.get("/canned/new")
@needs(Role.EDITOR)
def new_canned() -> ResponseReturnValue:
    """Show the empty form."""
    return _form(NEW, NEW)


@blueprint.post("/canned/new")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def add_canned() -> ResponseReturnValue:
    """Add a reply, or show it again with what is wrong with it."""
    written, moment = _written(NEW), now()
    error = _problem(written, NEW)
    if error is None and not parts().database.write(
        lambda c: canned.add(
            c,
            written.short_code,
            written.text,
            moment,
            language=written.language,
            picture=written.picture,
        )
    ):
        error = TAKEN
    return _form(written, NEW, error) if error else _done("added")


@blueprint.get("/canned/<int:canned_id>")
@needs(Role.EDITOR)
def one_canned(canned_id: int) -> ResponseReturnValue:
    """Show a reply in its form."""
    known = _found(canned_id)
    return _form(known, known)


@blueprint.post("/canned/<int:canned_id>")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def change_canned(canned_id: int) -> ResponseReturnValue:
    """Save a reply, unless somebody else has meanwhile."""
    known = _found(canned_id)
    written, moment = _written(known), now()
    error = _problem(written, known) or parts().database.write(
        lambda connection: _change(connection, written, moment)
    )
    if error is None:
        return _done("changed")
    now_there = _found(canned_id)
    return _form(replace(written, version=now_there.version), now_there, error)


@blueprint.post("/canned/picture")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def picture_of_canned() -> ResponseReturnValue:
    """Show the form with its picture as it was chosen; nothing is saved."""
    number = request.form.get("of", 0, type=int)
    known = _found(number) if number else NEW
    written = _written(known)
    error = _picture_problem(written)
    if "HX-Request" not in request.headers:
        return _form(written, known, error)
    return render_template(
        "admin/picture.html", is_taken=True, **_picture(written, error)
    )


@blueprint.post("/canned/<int:canned_id>/delete")
@needs(Role.EDITOR)
def delete_canned(canned_id: int) -> ResponseReturnValue:
    """Put a reply into the trash."""
    by = trace()
    gone = parts().database.write(lambda c: canned.remove(c, canned_id, by))
    return redirect(url_for("admin.canned_replies", note="deleted", gone=gone), 303)


@blueprint.post("/canned/trash/<int:trashed_id>/bring-back")
@needs(Role.EDITOR)
def bring_back_canned(trashed_id: int) -> ResponseReturnValue:
    """Take a reply out of the trash, unless another has its short code."""
    brought = trashing.bring_back(Kind.CANNED, trashed_id, canned.bring_back)
    return _done("brought_back") if brought else _list(error=TAKEN_MEANWHILE)


def _change(connection: Connection, written: Canned, now: datetime) -> str | None:
    """Save a reply; return why it can't be."""
    if canned.is_taken(connection, written):
        return TAKEN
    return None if canned.change(connection, written, now) else CHANGED


def _found(canned_id: int) -> Canned:
    with parts().database.read() as connection:
        found = canned.find(connection, canned_id)
    if found is None:
        abort(404)
    return found


def _written(known: Canned) -> Canned:
    """Return what the form holds; without a version, of what is there now."""
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    code = request.form.get("short_code", "").strip().lstrip("/").casefold()
    return replace(
        known,
        short_code=code,
        text=text,
        version=_version(known),
        language=request.form.get("language", known.language),
        picture=pictured.chosen({pictured.KEPT: known.picture, **pictured.typed()}),
    )


def _version(known: Canned) -> str:
    given = request.form.get("version", known.version)
    try:
        is_moment = datetime.fromisoformat(given).tzinfo is not None
    except ValueError:
        is_moment = False
    return given if is_moment else known.version


def _picture_problem(written: Canned) -> str | None:
    """Return why there is no picture as it was chosen."""
    refused = pictured.typed().get(pictured.REFUSED)
    return refused or next(pictured.problems(written.picture), None)


def _picture(written: Canned, error: str | None) -> dict[str, Any]:
    """Return what the field of the picture shows."""
    problems = [Problem(field="picture", words=error)] if error else []
    return {
        "at": "/admin/canned/picture",
        "image": written.picture,
        "with_address": False,
        "problems": problems,
        **pictured.around(),
    }


def _problem(written: Canned, known: Canned) -> str | None:
    if not SHORT_CODE.fullmatch(written.short_code):
        return _("A short code is one word of at most 40 letters, digits, - or _.")
    if written.language not in _languages(known):
        return _("Choose a language of the list.")
    if not written.text:
        return _("Write the text of the reply.")
    if length(written.text) > LONGEST:
        return _(
            "This is too long: at most %(most)s characters.",
            most=figures.number(LONGEST),
        )
    unknown = [
        name for name in canned.places(written.text) if name not in canned.PLACES
    ]
    if unknown:
        return _(
            "Nothing is known for %(place)s. The places you can use are below.",
            place=f"{{{unknown[0]}}}",
        )
    return _picture_problem(written)


def _languages(known: Canned) -> Sequence[str]:
    """Return what a reply can be for, as it is stored now: "" is any language."""
    # One that is served no longer stays until somebody chooses another.
    return list(dict.fromkeys(["", *parts().content.languages, known.language]))


def _list(*, note: str = "", error: str | None = None) -> Response:
    with parts().database.read() as connection:
        known = canned.everything(connection)
        trashed = trash.everything(connection, Kind.CANNED)
    html = render_template(
        "admin/canned.html",
        replies=known,
        trashed=trashed,
        gone=trashing.gone(trashed),
        note=DONE.get(note),
        error=error,
    )
    return make_response(html, 422 if error else 200)


def _form(written: Canned, known: Canned, error: str | None = None) -> Response:
    html = render_template(
        "admin/one_canned.html",
        reply=written,
        error=error,
        places=canned.PLACES,
        **_picture(written, _picture_problem(written)),
        languages=_languages(known),
        most=LONGEST,
    )
    return make_response(html, 422 if error else 200)


def _done(note: str) -> ResponseReturnValue:
    return redirect(f"/admin/canned?note={note}", 303)

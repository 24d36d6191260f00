"""The FAQ's pages: find an entry, read and write it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import diff, drafts, extras, gate, origin, saving
from bot.admin import draft as drafting
from bot.admin.diff import Piece
from bot.admin.draft import Draft, Problem
from bot.admin.drafts import State
from bot.admin.gate import Shown
from bot.admin.home import blueprint
from bot.admin.origin import Prefilled
from bot.admin.phrases import Place
from bot.admin.preview import of_entry
from bot.admin.proposals import Proposals
from bot.content import LANGUAGE, PREFIX
from bot.store import faq
from bot.store.faq import Version
from bot.store.lessons import Kind
from bot.store.people import Role
from bot.web.access import needs
from bot.web.current import parts

EMPTY = Draft(question="", phrasings=(), answer="", live=True)


@blueprint.get("/faq/")
@needs(Role.EDITOR)
def entries() -> ResponseReturnValue:
    """Show the entries, all or those that were searched for."""
    search, asked = request.args.get("q", ""), request.args.get("state", "")
    wanted = State(asked) if asked in list(State) else None
    with parts().database.read() as connection:
        known = faq.entries(connection)
    return render_template(
        "admin/faq.html",
        listing=drafts.listing(known, wanted, search),
        state=drafts.state,
        wanted=wanted,
        search=search,
        language=LANGUAGE,
        note=request.args.get("note"),
    )


@blueprint.get("/faq/new")
@needs(Role.EDITOR)
def new_entry() -> ResponseReturnValue:
    """Show an empty form, or what a message and its answer would make."""
    parts().teaching.warm_up()
    asked = origin.given()
    made = origin.prefilled(asked) if asked else None
    return form(made.draft if made else EMPTY, None, made=made)


@blueprint.post("/faq/new")
@needs(Role.EDITOR)
def add_entry() -> ResponseReturnValue:
    """Save a new entry."""
    draft = drafting.read(request.form)
    problems = saving.problems(draft, None)
    if problems:
        return form(draft, None, problems=problems, status=422)
    if check := gate.closed(draft, None):
        return form(draft, None, check=gate.shown(check), is_held=True, status=422)
    name = saving.add(draft, gate.note())
    origin.mark(origin.given(), Kind.TAUGHT, PREFIX + name)
    return _saved(name, trained=True)


@blueprint.get("/faq/<name>")
@needs(Role.EDITOR)
def entry(name: str) -> ResponseReturnValue:
    """Show an entry in its form."""
    version, asked = found(name), origin.given()
    parts().teaching.warm_up()
    draft = drafting.of(version, LANGUAGE)
    if asked is not None:
        draft = drafting.with_phrasing(draft, origin.phrasing(asked))
    return form(draft, version)


@blueprint.post("/faq/<name>")
@needs(Role.EDITOR)
def save_entry(name: str) -> ResponseReturnValue:
    """Save an entry, unless somebody else did meanwhile."""
    version, draft = found(name), drafting.read(request.form)
    problems = saving.problems(draft, name)
    if problems:
        return form(draft, version, problems=problems, status=422)
    if check := gate.closed(draft, version):
        return form(draft, version, check=gate.shown(check), is_held=True, status=422)
    edited_from = request.form.get("version", 0, type=int)
    seen = version.deleted_at is None or "deleted" in request.form
    saved = saving.change(version, draft, edited_from, gate.note()) if seen else None
    if saved is None:
        theirs = found(name)
        return form(draft, theirs, conflict=theirs, status=409)
    origin.mark(origin.given(), Kind.TAUGHT, PREFIX + name)
    return _saved(name, trained=saved.is_trained)


def found(name: str) -> Version:
    """Return an entry as it is now, or answer that there is none."""
    with parts().database.read() as connection:
        version = faq.entry(connection, name)
    if version is None:
        abort(404)
    return version


def form(
    draft: Draft,
    version: Version | None,
    *,
    problems: list[Problem] | None = None,
    conflict: Version | None = None,
    made: Prefilled | None = None,
    check: Shown | None = None,
    is_held: bool = False,
    proposed: Proposals | None = None,
    similar: Sequence[Place] = (),
    tried: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """Return the form with *draft* in it; *version* is what it was opened from."""
    page = render_template(
        "admin/entry.html",
        draft=draft,
        version=version,
        problems=problems or [],
        conflict=conflict,
        made=made,
        check=check,
        is_held=is_held,
        proposed=proposed,
        similar=similar,
        tried=tried,
        messages=of_entry(draft.answer, draft.extras),
        theirs=_theirs(conflict),
        answers=_compared(conflict, draft),
        **_around(version),
    )
    return make_response(page, status)


def _compared(conflict: Version | None, draft: Draft) -> list[Piece]:
    """Return the answer in the form, word by word against another editor's."""
    theirs = conflict.answers.get(LANGUAGE, "") if conflict else ""
    return diff.words(theirs, draft.answer) if conflict else []


def _theirs(conflict: Version | None) -> list[str]:
    """Return what another editor's version has beside its text, in words."""
    return extras.told(conflict.extras, saving.titles()) if conflict else []


def _around(version: Version | None) -> dict[str, Any]:
    """Return what stands around the form: state, limits, the way through drafts."""
    with parts().database.read() as connection:
        unread = drafts.unread(faq.entries(connection))
    return {
        "state": drafts.state(version) if version else None,
        "unread": unread,
        "review": "review" in request.values,
        "most": drafting.LONGEST_ANSWER,
        "holds": version is None or version.extras.holds_on(parts().today()),
        "language": LANGUAGE,
        "asks": saving.titles(version.name if version else None),
        "rows": extras.MOST_BUTTONS,
        "title_limit": extras.LONGEST_TITLE,
        "note": request.args.get("note"),
        "learning": "learning" in request.args,
        "asked": origin.given(),
        "origin": request.values.get("from", ""),
    }


def _saved(name: str, *, trained: bool) -> ResponseReturnValue:
    """Go back to the entry, or on to the next of the drafts that are being read."""
    note = "learning" if trained else "live"
    if "review" in request.form:
        with parts().database.read() as connection:
            unread = drafts.unread(faq.entries(connection))
        if unread:
            return redirect(f"/admin/faq/{unread[0]}?review=1&note={note}", 303)
        return redirect("/admin/faq/?note=reviewed", 303)
    return redirect(f"/admin/faq/{name}?note={note}", 303)

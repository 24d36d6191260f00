"""The FAQ's pages: find an entry, open it, save it."""

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot import tongue
from bot.admin import (
    carried,
    drafts,
    gate,
    origin,
    pictured,
    raised,
    satisfaction,
    saving,
    tongues,
    undertakings,
)
from bot.admin import draft as drafting
from bot.admin.checked import shown as shown_check
from bot.admin.draft import Draft
from bot.admin.drafts import Hit, State
from bot.admin.entry import form, found
from bot.admin.gate import HeldError
from bot.admin.home import blueprint
from bot.publishing import entries
from bot.publishing.overtaken import OvertakenError
from bot.store import faq
from bot.store.faq import Version
from bot.store.people import Role
from bot.store.undertaken import What
from bot.web.access import needs, takes
from bot.web.current import parts

EMPTY = Draft(question="", phrasings=(), answer="", live=True)
#: The number of a version that nobody has opened.
UNSEEN = -1


@blueprint.get("/faq/")
@needs(Role.EDITOR)
def questions() -> ResponseReturnValue:
    """Show the entries, all or those that were searched for."""
    search, asked = request.args.get("q", ""), request.args.get("state", "")
    wanted = State(asked) if asked in list(State) else None
    with parts().database.read() as connection:
        known = faq.entries(connection)
        marked = satisfaction.of_entries(connection)
    return render_template(
        "admin/faq.html",
        marked=marked,
        listing=(listing := drafts.listing(_ordered(known), wanted, search)),
        hits={one.name: _hit(one, search) for one in listing.entries},
        shown_answer=_shown_answer,
        state=drafts.state,
        wanted=wanted,
        search=search,
        languages=parts().content.languages,
        missing=drafts.missing,
        note=request.args.get("note"),
        gone=drafts.gone(known, request.args.get("gone")),
        raised=raised.standing(),
    )


def _ordered(known: Sequence[Version]) -> list[Version]:
    """Return the entries by what they are called where they are read."""
    return sorted(known, key=lambda one: one.title(tongue.spoken()).casefold())


def _shown_answer(entry: Version) -> str:
    """Return the answer that the list shows: the reader's, or the first there is."""
    said = (entry.answers.get(one, "") for one in tongues.order())
    return next(filter(None, said), "")


def _hit(entry: Version, search: str) -> Hit | None:
    shown = [entry.title(tongue.spoken()), _shown_answer(entry)]
    return drafts.hit(entry, search, shown, parts().content.language)


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
@takes(pictured.LARGEST_FORM)
def add_entry() -> ResponseReturnValue:
    """Save a new entry."""
    draft = drafting.read(pictured.typed())
    problems = saving.problems(draft, None)
    if problems:
        return form(draft, None, problems=problems, status=422)
    return _published(
        draft, None, entries.new(gate.entry_of(draft, None), turn=_turn())
    )


@blueprint.get("/faq/<name>")
@needs(Role.EDITOR)
def entry(name: str) -> ResponseReturnValue:
    """Show an entry in its form."""
    version, asked = found(name), origin.given()
    parts().teaching.warm_up()
    draft = drafting.of(version, parts().content.language)
    if asked is not None:
        draft = drafting.with_phrasing(draft, origin.phrasing(asked))
    return form(draft, version)


@blueprint.post("/faq/<name>")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def save_entry(name: str) -> ResponseReturnValue:
    """Save an entry, unless somebody else did meanwhile."""
    version, draft = found(name), drafting.read(pictured.typed())
    problems = saving.problems(draft, name)
    if problems:
        return form(draft, version, problems=problems, status=422)
    entry = gate.entry_of(draft, version)
    what = entries.changed(
        entry,
        edited_from=_seen(),
        is_deleted="deleted" in request.form,
        turn=_turn(),
        restored=undertakings.restored(entry),
    )
    return _published(draft, version, what)


def _seen() -> int:
    """Return the version that the form was filled from; what is forged is none."""
    number = request.form.get("version", UNSEEN, type=int)
    return number if number > 0 else UNSEEN


def _turn() -> int | None:
    """Return the turn of the message that an entry is taught from, if it has one."""
    asked = origin.given()
    return asked.turn_id if asked else None


def _published(
    draft: Draft, version: Version | None, what: What
) -> ResponseReturnValue:
    """Make a draft live, or return its form with what keeps it from that."""
    try:
        told = carried.do(what, gate.through(what))
    except HeldError as held:
        check = shown_check(held.check)
        return form(draft, version, check=check, is_held=True, status=422)
    except OvertakenError:
        return _overtaken(draft, version)
    return _saved(told["name"], learns=told["learns"])


def _overtaken(draft: Draft, version: Version | None) -> ResponseReturnValue:
    """Return the form with what somebody else saved meanwhile."""
    if version is None:
        problems = saving.problems(draft, None)
        return form(draft, None, problems=problems, status=422)
    theirs = found(version.name)
    if theirs.entry() == gate.entry_of(draft, version) and not theirs.deleted_at:
        return _saved(version.name, learns=True)  # pressed twice
    return form(draft, theirs, conflict=theirs, status=409)


def _saved(name: str, *, learns: bool) -> ResponseReturnValue:
    """Go back to the entry, or on to the next of the drafts that are being read."""
    note = "learning" if learns else "live"
    if "review" in request.form:
        with parts().database.read() as connection:
            unread = drafts.unread(faq.entries(connection))
        if unread:
            return redirect(f"/admin/faq/{unread[0]}?review=1&note={note}", 303)
        return redirect("/admin/faq/?note=reviewed", 303)
    return redirect(f"/admin/faq/{name}?note={note}", 303)

"""The FAQ's pages: find an entry, read and write it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import (
    diff,
    drafts,
    extras,
    gate,
    on_buttons,
    origin,
    preview,
    proposals,
    raised,
    satisfaction,
    saving,
    telling,
    variants,
)
from bot.admin import draft as drafting
from bot.admin.checked import Shown
from bot.admin.checked import shown as shown_check
from bot.admin.diff import Piece
from bot.admin.draft import Draft, Problem
from bot.admin.drafts import State
from bot.admin.gate import HeldError
from bot.admin.home import blueprint
from bot.admin.origin import Prefilled
from bot.admin.phrases import Place
from bot.admin.proposals import Proposals
from bot.admin.trial import Trial
from bot.change import Change
from bot.content import PREFIX
from bot.store import faq
from bot.store.faq import Version
from bot.store.lessons import Kind
from bot.store.people import Role
from bot.web.access import needs
from bot.web.current import parts


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """Another language than the shop's own, as the form has it."""

    code: str
    title: str
    answer: str
    #: Whether it is shown at once: it says something, or something is wrong with it.
    is_open: bool


EMPTY = Draft(question="", phrasings=(), answer="", live=True)


@blueprint.get("/faq/")
@needs(Role.EDITOR)
def entries() -> ResponseReturnValue:
    """Show the entries, all or those that were searched for."""
    search, asked = request.args.get("q", ""), request.args.get("state", "")
    wanted = State(asked) if asked in list(State) else None
    with parts().database.read() as connection:
        known = faq.entries(connection)
        marked = satisfaction.of_entries(connection)
    return render_template(
        "admin/faq.html",
        marked=marked,
        listing=drafts.listing(known, wanted, search),
        state=drafts.state,
        wanted=wanted,
        search=search,
        languages=parts().content.languages,
        missing=drafts.missing,
        note=request.args.get("note"),
        gone=drafts.gone(known, request.args.get("gone")),
        raised=raised.standing(),
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
    try:
        despite = gate.through(Change(entry=gate.entry_of(draft, None)))
    except HeldError as held:
        return _held(draft, None, held)
    name = saving.add(draft, despite)
    origin.mark(origin.given(), Kind.TAUGHT, PREFIX + name)
    return _saved(name, trained=True)


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
def save_entry(name: str) -> ResponseReturnValue:
    """Save an entry, unless somebody else did meanwhile."""
    version, draft = found(name), drafting.read(request.form)
    problems = saving.problems(draft, name)
    if problems:
        return form(draft, version, problems=problems, status=422)
    try:
        despite = gate.through(Change(entry=gate.entry_of(draft, version)))
    except HeldError as held:
        return _held(draft, version, held)
    edited_from = request.form.get("version", 0, type=int)
    seen = version.deleted_at is None or "deleted" in request.form
    saved = (
        saving.change(version, draft, edited_from, despite=despite) if seen else None
    )
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


def address(version: Version | None) -> str:
    """Return where the form of an entry is, or that of a new one."""
    return f"/admin/faq/{version.name if version else 'new'}"


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
    added: int | None = None,
    tried: Trial | None = None,
    shown: str = "",
    is_longer: bool = False,
    status: int = 200,
) -> Response:
    """Return the form with *draft* in it; *version* is what it was opened from.

    *is_longer* has an empty row for another variant.
    """
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
        added=added,
        proposing_in=proposals.language_of(draft, request.form.get("propose-in", "")),
        trial=tried or Trial(at=address(version)),
        seen=preview.of_form(draft, shown, request.form),
        **variants.around(draft.variants, is_longer=is_longer),
        theirs=_theirs(conflict),
        answers=_compared(conflict, draft),
        spoken=tongues(draft, problems or []),
        **_around(version),
    )
    return make_response(page, status)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The answers of one language: another editor's, and ours against it."""

    code: str
    theirs: str
    pieces: Sequence[Piece]

    @property
    def differ(self) -> bool:
        """Return whether there are two that say something else."""
        return bool(self.theirs) and any(one.kind != "same" for one in self.pieces)


def _compared(conflict: Version | None, draft: Draft) -> list[Compared]:
    """Return the answers in the form, word by word against another editor's."""
    if conflict is None:
        return []
    own = parts().content.language
    ours = {own: draft.answer, **draft.answers}
    theirs = {code: conflict.answers.get(code, "") for code in ours}
    return [
        Compared(
            code=code, theirs=theirs[code], pieces=diff.words(theirs[code], ours[code])
        )
        for code in ours
        if code == own or ours[code] or theirs[code]
    ]


def tongues(draft: Draft, problems: Sequence[Problem]) -> list[Tongue]:
    """Return the fields of the other languages, those that say something first."""
    wrong = {one.field for one in problems}
    found = [
        Tongue(
            code=code,
            title=(title := draft.titles.get(code, "")),
            answer=(answer := draft.answers.get(code, "")),
            is_open=bool(title or answer) or wrong_in(code, wrong),
        )
        for code in parts().content.languages[1:]
    ]
    return sorted(found, key=lambda one: not one.is_open)


def wrong_in(code: str, fields: Collection[str]) -> bool:
    """Return whether something is wrong with what stands in a language."""
    return bool({drafting.ANSWER + code, drafting.TITLE + code} & {*fields})


def _held(draft: Draft, version: Version | None, held: HeldError) -> Response:
    """Return the form with what keeps a draft from being saved."""
    check = shown_check(held.check)
    return form(draft, version, check=check, is_held=True, status=held.status)


def _theirs(conflict: Version | None) -> list[str]:
    """Return what another editor's version has beside its text, in words."""
    if conflict is None:
        return []
    beside = extras.told(conflict.extras, saving.titles())
    return [*variants.told(conflict.variants), *beside]


def _around(version: Version | None) -> dict[str, Any]:
    """Return what stands around the form: state, limits, the way through drafts."""
    with parts().database.read() as connection:
        unread = drafts.unread(faq.entries(connection))
        marked = satisfaction.of_entries(connection) if version else {}
    return {
        "marked": marked.get(version.name) if version else None,
        "state": drafts.state(version) if version else None,
        # Whoever reads drafts saved the one before this.
        "restored": "" if "review" in request.values else telling.restored(version),
        "unread": unread,
        "review": "review" in request.values,
        "most": drafting.LONGEST_ANSWER,
        "holds": version is None or version.extras.holds_on(parts().today()),
        "language": parts().content.language,
        "others": parts().content.languages[1:],
        "asks": saving.titles(version.name if version else None),
        "rows": extras.MOST_BUTTONS,
        "title_limit": on_buttons.LONGEST,
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

"""What was set going and outlasts its page, as lists and pages tell of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import doings, gate, telling
from bot.admin import draft as drafting
from bot.admin.checked import shown as shown_check
from bot.admin.entry import form
from bot.admin.home import blueprint
from bot.check import Doing
from bot.comparing import Difference
from bot.publishing import deeds
from bot.publishing.overtaken import OvertakenError
from bot.rehearsal import Meant
from bot.store import faq, undertaken
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.store.undertaken import Kind
from bot.web.access import needs, quiet
from bot.web.current import allowed, parts, trace

#: The pages that tell how far they are, and of which kinds; Review tells all, for it
#: is what waits for an editor.
_LISTS: Mapping[str, Collection[Kind]] = {
    home: [one for one in Kind if doings.home(one) == home]
    for home in {doings.FAQ, *doings.HOMES.values()}
} | {"/admin/review": [*Kind]}
#: What became otherwise meanwhile: no reason is asked for then.
OVERTAKEN = ("saved", "deleted", "clash", "gone")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One of them, in words."""

    id: int
    kind: str
    state: str
    name: str
    question: str
    #: What is done, as a verb says it; nothing where an entry is published.
    sentence: str
    #: The key and the language of the wording, if it is one.
    wording: tuple[str, str] | None
    #: The page at which it is at home.
    home: str
    at: datetime
    by: str | None
    doing: str = Doing.WAITING.value
    seen: int = 0
    total: int = 0
    #: How many seconds the last check of its kind took here, None if there was none.
    took: float | None = None
    #: How other messages fare since: in words, and how many.
    changes: Sequence[tuple[str, int]] = ()
    #: Where these messages are listed, while this process knows them.
    lists: Sequence[str] = ()
    #: And how those fare who asked what is deleted.
    own: Sequence[tuple[str, int]] = ()
    pins: Sequence[str] = ()
    scripts: Sequence[str] = ()
    messages: int = 0
    why: Mapping[str, Any] = field(default_factory=dict)


@blueprint.app_template_global("undertakings")
def standing(here: str = "") -> list[Told]:
    """Return what runs, waits for a decision or is to be told, the newest first.

    Where a page is meant, those that it tells of.
    """
    kinds = _LISTS.get(here, [*Kind])
    with parts().database.read() as connection:
        rows = undertaken.standing(connection)
    return [told(row) for row in rows if row.kind in kinds]


@blueprint.get("/undertakings/news")
@needs(Role.EDITOR)
@quiet
def undertakings_news() -> ResponseReturnValue:
    """Show how far they are, as a part of a page."""
    return render_template("admin/undertakings.html", here=_list("of"))


def _list(name: str) -> str:
    """Return the page with a list that the address or the form means."""
    asked = request.values.get(name, "")
    return asked if asked in _LISTS else doings.FAQ


@blueprint.get("/undertakings/<int:undertaken_id>")
@needs(Role.EDITOR)
@quiet
def undertaking(undertaken_id: int) -> ResponseReturnValue:
    """Show how far a publication is, or go on to what came of it."""
    row = _found(undertaken_id)
    is_part = "HX-Request" in request.headers
    if row.state is not undertaken.State.CHECKING:
        where = _after(row)
        return ("", 200, {"HX-Redirect": where}) if is_part else redirect(where, 303)
    page = "admin/awaited_here.html" if is_part else "admin/undertaking.html"
    return render_template(page, one=told(row), is_last=request.args.get("review"))


@blueprint.get("/undertakings/<int:undertaken_id>/draft")
@needs(Role.EDITOR)
def undertaken_draft(undertaken_id: int) -> ResponseReturnValue:
    """Open what was to be published in its form, with what keeps it from that."""
    row = _found(undertaken_id)
    if not _is_undone(row):
        return redirect(_after(row), 303)
    what = undertaken.what(row)
    if row.kind is Kind.REWORD:
        return redirect(doings.wording(what, undertaken=row.id), 303)
    return _entry(row) if row.kind is Kind.PUBLISH else _deed(row)


def _deed(row: AnyRow) -> ResponseReturnValue:
    """Show what keeps something from being done, and let it be done all the same."""
    is_overtaken = row.told.get("why") in OVERTAKEN
    check = parts().checks.gate(deeds.change_of(parts(), row), 0)
    if not is_overtaken and check.report is None:
        parts().database.write(
            lambda connection: undertaken.check_again(connection, row.id)
        )
        return redirect(f"/admin/undertakings/{row.id}", 303)
    found = None if is_overtaken else shown_check(check)
    return render_template("admin/undecided.html", one=told(row), check=found)


def _entry(row: AnyRow) -> ResponseReturnValue:
    """Open an entry in its form, with what keeps it from being published."""
    what, version = undertaken.what(row), version_of(row)
    entry = undertaken.entry_of(what)
    is_overtaken = row.told.get("why") in ("saved", "deleted")
    check = shown_check(parts().checks.gate(deeds.change_of(parts(), row), 0))
    return form(
        drafting.of(entry, parts().content.language),
        version,
        check=None if check.waits else check,
        is_held=row.state is undertaken.State.HELD and not check.waits,
        conflict=version if is_overtaken else None,
        undertaken=told(row),
    )


@blueprint.post("/undertakings/<int:undertaken_id>/decide")
@needs(Role.EDITOR)
def decide(undertaken_id: int) -> ResponseReturnValue:
    """Do what waits for a decision all the same, in the name of whoever says why."""
    row = _found(undertaken_id)
    if row.kind is Kind.SURENESS and not allowed(Role.ADMIN):
        abort(403)
    if row.state is not undertaken.State.HELD or row.kind is Kind.PUBLISH:
        return redirect(_after(row), 303)
    what = undertaken.what(row)
    despite = gate.through(what, doings.home(row.kind))
    try:
        came = deeds.do_late(parts(), what, trace(), despite)
    except OvertakenError as error:
        why = error.told
        parts().database.write(lambda one: undertaken.tell(one, row.id, why))
        return redirect(_after(row), 303)
    _let_be(row.id)
    return redirect(doings.after(what, came), 303)


@blueprint.post("/undertakings/<int:undertaken_id>/edit")
@needs(Role.EDITOR)
def edit_again(undertaken_id: int) -> ResponseReturnValue:
    """Publish nothing, and give its draft back to be edited."""
    row = _found(undertaken_id)
    if not _is_undone(row):
        return redirect(_after(row), 303)
    if not _let_be(undertaken_id):
        return redirect(_after(_found(undertaken_id)), 303)
    what = undertaken.what(row)
    if row.kind is not Kind.PUBLISH:
        return redirect(doings.home(row.kind), 303)
    draft = drafting.of(undertaken.entry_of(what), parts().content.language)
    return form(draft, version_of(row), is_unsaved=True)


def _is_undone(row: AnyRow) -> bool:
    """Return whether something is still to be done."""
    return row.kind is not Kind.DELETE and row.state is not undertaken.State.DONE


def restored(entry: Faq) -> int | None:
    """Return which version the form restores that waited for a decision, unchanged."""
    number = request.form.get("undertaken", type=int)
    if number is None:
        return None
    row = _found(number)
    if not row.change.get("restored"):
        return None
    waited = undertaken.entry_of(undertaken.what(row))
    is_same = waited == replace(entry, live=waited.live)
    return int(row.change["restored"]) if is_same else None


def _let_be(undertaken_id: int) -> bool:
    return parts().database.write(
        lambda connection: undertaken.dismiss(connection, undertaken_id)
    )


def version_of(row: AnyRow) -> Version | None:
    """Return the entry that is published anew, None if it is a new one."""
    if not row.change["edited_from"]:
        return None
    with parts().database.read() as connection:
        return faq.entry(connection, row.name)


def _after(row: AnyRow) -> str:
    """Return where one reads what came of it."""
    if row.state is undertaken.State.HELD:
        return f"/admin/undertakings/{row.id}/draft"
    if row.kind is Kind.DELETE or not {"done", "name"} & {*row.told}:
        return doings.home(row.kind)
    return doings.after(undertaken.what(row), row.told)


def _found(undertaken_id: int) -> AnyRow:
    with parts().database.read() as connection:
        row = undertaken.find(connection, undertaken_id)
    if row is None:
        abort(404)
    return row


@blueprint.post("/undertakings/<int:undertaken_id>/dismiss")
@needs(Role.EDITOR)
def dismiss(undertaken_id: int) -> ResponseReturnValue:
    """Let one be that somebody has read."""
    _let_be(undertaken_id)
    return redirect(_list("back"), 303)


def told(row: AnyRow) -> Told:
    """Return one of them in words."""
    found: Mapping[str, Any] = row.told
    what = undertaken.what(row)
    return Told(
        id=row.id,
        kind=row.kind.value,
        state=row.state.value,
        name=row.name,
        question=doings.title(what),
        sentence=doings.doing(what),
        wording=_wording(row),
        home=doings.home(row.kind),
        at=row.at,
        by=row.by,
        doing=row.doing,
        seen=row.seen,
        total=row.total,
        took=parts().checks.took,
        changes=[_changed(*one) for one in found.get("changes", ())],
        lists=_lists(found),
        own=[(telling.told(_meant(one)), count) for one, count in found.get("own", ())],
        pins=found.get("pins", ()),
        scripts=found.get("scripts", ()),
        messages=found.get("messages") or 0,
        why=found,
    )


def _wording(row: AnyRow) -> tuple[str, str] | None:
    if row.kind is not Kind.REWORD:
        return None
    return row.change["key"], row.change["language"]


def _changed(
    before: Mapping[str, Any], after: Mapping[str, Any], count: int
) -> tuple[str, int]:
    one = Difference(text="", before=_meant(before), after=_meant(after))
    return telling.change(one), count


def _meant(kept: Mapping[str, Any]) -> Meant:
    return Meant(outcome=kept["outcome"], intent=kept["intent"])


def _lists(found: Mapping[str, Any]) -> list[str]:
    """Return where this process lists the messages; another knows their number."""
    key = found.get("key", "")
    if not found.get("kinds") or parts().checks.find(key) is None:
        return []
    return [f"/admin/checks/{key}/{kind}" for kind in found["kinds"]]

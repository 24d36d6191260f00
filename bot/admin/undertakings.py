"""What was set going and outlasts its page, as lists and pages tell of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot import publishing, tongue
from bot.admin import draft as drafting
from bot.admin import origin, telling
from bot.admin.checked import shown as shown_check
from bot.admin.draft import Draft
from bot.admin.entry import form
from bot.admin.home import blueprint
from bot.change import Change
from bot.check import Doing
from bot.comparing import Difference
from bot.rehearsal import Meant
from bot.store import faq, undertaken
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.web.access import needs, quiet
from bot.web.current import now, parts, staff

#: Where somebody comes from who lets one be.
_LISTS = ("/admin/faq/", "/admin/review")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One of them, in words."""

    id: int
    kind: str
    state: str
    name: str
    question: str
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
def standing() -> list[Told]:
    """Return what runs, waits for a decision or is to be told, the newest first."""
    with parts().database.read() as connection:
        rows = undertaken.standing(connection)
    return [told(row) for row in rows]


@blueprint.get("/undertakings/news")
@needs(Role.EDITOR)
@quiet
def undertakings_news() -> ResponseReturnValue:
    """Show how far they are, as a part of a page."""
    return render_template("admin/undertakings.html")


def publish_when_checked(draft: Draft, version: Version | None, entry: Faq) -> int:
    """Let the server publish a draft as soon as its check allows it; return where."""
    newest = version.number if version else 0
    asked = origin.given()
    what = undertaken.What(
        kind=undertaken.Kind.PUBLISH,
        name=entry.name,
        question=draft.question,
        change={
            "entry": undertaken.kept(entry),
            "edited_from": request.form.get("version", newest, type=int),
            "deleted": "deleted" in request.form,
            "turn": asked.turn_id if asked else None,
            "address": request.remote_addr,
        },
    )
    moment, author = now(), staff().id
    return parts().database.write(
        lambda connection: undertaken.begin(
            connection, what, staff_id=author, now=moment
        )
    )


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
    if not _has_draft(row):
        return redirect(_after(row), 303)
    with parts().database.read() as connection:
        entry = publishing.entry_of(connection, row)
    version = version_of(row)
    is_overtaken = row.told.get("why") in ("saved", "deleted")
    check = shown_check(parts().checks.gate(Change(entry=entry), 0))
    return form(
        drafting.of(entry, parts().content.language),
        version,
        check=None if check.waits else check,
        is_held=row.state is undertaken.State.HELD and not check.waits,
        conflict=version if is_overtaken else None,
        undertaken=told(row),
    )


@blueprint.post("/undertakings/<int:undertaken_id>/edit")
@needs(Role.EDITOR)
def edit_again(undertaken_id: int) -> ResponseReturnValue:
    """Publish nothing, and give its draft back to be edited."""
    row = _found(undertaken_id)
    if not _has_draft(row):
        return redirect(_after(row), 303)
    if not _let_be(undertaken_id):
        return redirect(_after(_found(undertaken_id)), 303)
    draft = drafting.of(undertaken.entry_of(row), parts().content.language)
    return form(draft, version_of(row), is_unsaved=True)


def _has_draft(row: AnyRow) -> bool:
    """Return whether something is still to be published."""
    is_open = row.state is not undertaken.State.DONE
    return row.kind is undertaken.Kind.PUBLISH and is_open


def decided() -> None:
    """Let that be which the form was from that was saved."""
    number = request.form.get("undertaken", type=int)
    if number is not None:
        _let_be(number)


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
    if row.kind is undertaken.Kind.PUBLISH:
        if row.state is undertaken.State.HELD:
            return f"/admin/undertakings/{row.id}/draft"
        if "name" in row.told:
            note = "learning" if row.told.get("learns", True) else "live"
            return f"/admin/faq/{row.told['name']}?note={note}"
    return _LISTS[0]


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
    back = request.form.get("back")
    return redirect(back if back in _LISTS else _LISTS[0], 303)


def _titled(row: AnyRow) -> str:
    """Return what its question is called where it is read."""
    with parts().database.read() as connection:
        entry = faq.entry(connection, row.name)
    return (entry and entry.titles.get(tongue.spoken())) or str(row.question)


def told(row: AnyRow) -> Told:
    """Return one of them in words."""
    found: Mapping[str, Any] = row.told
    return Told(
        id=row.id,
        kind=row.kind.value,
        state=row.state.value,
        name=row.name,
        question=_titled(row),
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

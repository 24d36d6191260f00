"""Pins: phrases that must always be understood the same, or go to a person."""

from typing import Any, cast

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

from bot import holding, tongue
from bot.admin import phrases, telling, trashing
from bot.admin.home import blueprint
from bot.content import PREFIX
from bot.guesses import PERSON
from bot.messenger.texts import clean
from bot.rehearsal import holds
from bot.store import audit, faq, lessons, trash
from bot.store.audit import Action, Trace
from bot.store.people import Role
from bot.store.trash import Kind
from bot.store.types import AnyRow
from bot.tongue import _, lazy
from bot.web.access import needs
from bot.web.current import now, parts, staff, trace
from intents.classifier import Model
from intents.rejection import OUT_OF_SCOPE_INTENT

PINNED_MEANWHILE = lazy(
    "This phrase is pinned again by now. Remove that pin, then bring this one back."
)


@blueprint.get("/pins")
@needs(Role.EDITOR)
def pins() -> ResponseReturnValue:
    """Show all pins, and whether each holds now."""
    return _page()


@blueprint.post("/pins")
@needs(Role.EDITOR)
def add_pin() -> ResponseReturnValue:
    """Keep a phrase and what it must mean; of the same phrase the last counts."""
    text = " ".join(clean(request.form.get("text", "")).split())
    intent = request.form.get("intent", "")
    if not text or len(text) > lessons.LONGEST:
        words = _(
            "Write a phrase of at most %(most)s characters.", most=lessons.LONGEST
        )
        return _page(error=words, text=text, status=422)
    if intent and intent not in dict(_meanings()):
        return _page(error=_("Choose what it must mean."), text=text, status=422)
    moment, author, by = now(), staff().id, trace()
    language = parts().understanding.assistants.reading(text).reading
    wanted = None if intent in ("", OUT_OF_SCOPE_INTENT) else intent

    def job(connection: Connection) -> None:
        lessons.pin(connection, language, text, wanted, now=moment, staff_id=author)
        audit.note(connection, by, Action.PIN_ADDED, wanted or PERSON)

    parts().database.write(job)
    return redirect("/admin/pins?note=pinned", 303)


@blueprint.post("/pins/<int:pin_id>/remove")
@needs(Role.EDITOR)
def remove_pin(pin_id: int) -> ResponseReturnValue:
    """Put a pin into the trash."""
    by = trace()

    def job(connection: Connection) -> int | None:
        pin = lessons.unpin(connection, pin_id)
        if pin is None:
            return None
        # Whom or what it was about: what it said may be a customer's.
        audit.note(connection, by, Action.PIN_REMOVED, pin.intent or PERSON)
        return trash.put(connection, Kind.PIN, pin.text, {**pin._mapping}, by)

    gone = parts().database.write(job)
    if gone is None:
        abort(404)
    return redirect(url_for("admin.pins", note="removed", gone=gone), 303)


@blueprint.post("/pins/trash/<int:trashed_id>/bring-back")
@needs(Role.EDITOR)
def bring_back_pin(trashed_id: int) -> ResponseReturnValue:
    """Take a pin out of the trash, unless its phrase is pinned again."""
    if not trashing.bring_back(Kind.PIN, trashed_id, _pin_again):
        return _page(error=PINNED_MEANWHILE, status=422)
    return redirect("/admin/pins?note=brought_back", 303)


def _pin_again(connection: Connection, trashed: AnyRow, by: Trace) -> bool:
    if not lessons.pin_again(connection, trashed.kept, by):
        return False
    trash.take_out(connection, trashed.id)
    about = trashed.kept["intent"] or PERSON
    audit.note(connection, by, Action.PIN_BROUGHT_BACK, about)
    return True


def _page(
    *, error: str | None = None, text: str | None = None, status: int = 200
) -> Response:
    with parts().database.read() as connection:
        kept = holding.pins(connection, parts().content)
        trashed = trash.everything(connection, Kind.PIN)
    meant = parts().checks.now([pin.text for pin in kept])
    rows: list[dict[str, Any]] = [
        {
            "pin": pin,
            "wanted": telling.called(pin.intent),
            "holds": holds(one, pin.intent),
            "now": telling.told(one),
        }
        for pin, one in zip(kept, meant, strict=True)
    ]
    page = render_template(
        "admin/pins.html",
        rows=[row for row in rows if row["pin"].id is not None],
        built_in=[row for row in rows if row["pin"].id is None],
        meanings=_meanings(),
        text=text if text is not None else request.args.get("text", ""),
        error=error,
        note=request.args.get("note"),
        trashed=trashed,
        gone=trashing.gone(trashed),
        called=telling.called,
    )
    return make_response(page, status)


def _meanings() -> list[tuple[str, str]]:
    """Return all that a pin can be about, and what it is called."""
    with parts().database.read() as connection:
        entries = faq.entries(connection)
    questions = [
        (PREFIX + entry.name, entry.title(tongue.spoken()))
        for entry in entries
        if entry.deleted_at is None
    ]
    model = cast(Model, parts().understanding.assistant.model)
    known = (one for one in model.intents if not one.startswith(PREFIX))
    others = [(intent, phrases.titled(intent)) for intent in known]
    return [*questions, *sorted(others, key=lambda pair: pair[1])]

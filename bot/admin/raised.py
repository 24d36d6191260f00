"""What is answered less because it was answered wrongly: why, where, and back again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.admin import telling
from bot.admin.home import blueprint
from bot.content import PREFIX
from bot.realised import Signal
from bot.store import audit, raised
from bot.store.audit import Action
from bot.store.people import Role
from bot.store.raised import End
from bot.store.types import AnyRow
from bot.tongue import lazy, ngettext
from bot.web import figures
from bot.web.access import needs
from bot.web.current import allowed, now, parts, staff, trace
from intents.rejection import CERTAIN

BACK = "/admin/sureness"
SIGNALS: Mapping[Signal, str] = {
    Signal.MARKED: lazy("a colleague marked the answer as wrong"),
    Signal.RELABELLED: lazy("a colleague taught it as something else"),
    Signal.REFUSED: lazy("the customer chose something else"),
    Signal.DISAPPROVED: lazy("the customer said that the answer was wrong"),
    Signal.DISSATISFIED: lazy("the customer was not satisfied"),
    Signal.LEFT: lazy("the customer asked for a person next"),
}
ENDS: Mapping[End, str] = {
    End.EVIDENCE: lazy("goes as before: too few are wrong by now"),
    End.RENEWED: lazy("goes as before: published or taught anew"),
    End.TAKEN_BACK: lazy("taken back"),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A raised threshold as a page tells of it."""

    id: int
    title: str
    language: str
    #: From where on it acts; None is not at all, but for what was taught word for word.
    threshold: float | None
    why: str
    at: datetime
    entry: str | None
    is_kept: bool
    keeper: str | None
    ended: str | None
    ended_at: datetime | None
    ender: str | None


def told() -> list[Told]:
    """Return what is raised, the newest first, and then what was of late."""
    with parts().database.read() as connection:
        rows = raised.listed(connection)
    return [_told(row) for row in rows]


def standing() -> list[Told]:
    """Return what is raised now, for whoever may do something about it."""
    if not allowed(Role.ADMIN):
        return []
    return [one for one in told() if one.ended is None]


@blueprint.get("/sureness/<int:number>")
@needs(Role.ADMIN)
def raised_messages(number: int) -> ResponseReturnValue:
    """Show the messages for which something is answered less."""
    with parts().database.read() as connection:
        row = raised.one(connection, number)
        if row is None:
            abort(404)
        found = raised.messages(connection, [turn for turn, _ in row.turns])
    messages = [
        (found[turn], SIGNALS[Signal(signal)])
        for turn, signal in row.turns
        if turn in found
    ]
    return render_template("admin/raised.html", one=_told(row), messages=messages)


@blueprint.post("/sureness/<int:number>/back")
@needs(Role.ADMIN)
def take_back(number: int) -> ResponseReturnValue:
    """Let it be answered as before; what was said so far does not count again."""
    moment, who, by = now(), staff().id, trace()

    def job(connection: Connection) -> None:
        why = End.TAKEN_BACK
        done = raised.end(connection, number, why, now=moment, staff_id=who)
        if done is not None:
            audit.note(connection, by, Action.THRESHOLD_LOWERED, done)

    parts().database.write(job)
    return redirect(f"{BACK}?note=back", 303)


@blueprint.post("/sureness/<int:number>/keep")
@needs(Role.ADMIN)
def keep(number: int) -> ResponseReturnValue:
    """Let it stay so whatever customers say, until it is taught anew."""
    moment, who, by = now(), staff().id, trace()

    def job(connection: Connection) -> None:
        done = raised.keep(connection, number, now=moment, staff_id=who)
        if done is not None:
            audit.note(connection, by, Action.THRESHOLD_KEPT, done)

    parts().database.write(job)
    return redirect(f"{BACK}?note=kept", 303)


def _told(row: AnyRow) -> Told:
    values: dict[str, Any] = {**row._mapping}
    is_faq = row.intent.startswith(PREFIX)
    return Told(
        id=row.id,
        title=telling.called(row.intent),
        language=row.language,
        threshold=row.threshold if row.threshold < CERTAIN else None,
        why=_why(row),
        at=row.at,
        entry=row.intent.removeprefix(PREFIX) if is_faq else None,
        is_kept=row.kept_at is not None,
        keeper=values.get("keeper"),
        ended=str(ENDS[row.why]) if row.why else None,
        ended_at=row.ended_at,
        ender=values.get("ender"),
    )


def _why(row: AnyRow) -> str:
    return ngettext(
        "%(wrong)s of %(num)s answer was wrong",
        "%(wrong)s of %(num)s answers were wrong",
        row.answers,
        wrong=figures.number(round(row.wrong)),
    )

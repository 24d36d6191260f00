"""What was taught from conversations: to look through, and to take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.admin import carried, doings, gate, phrases, saving, telling, trashing
from bot.admin.home import blueprint
from bot.publishing import lessons as teaching
from bot.publishing.overtaken import OvertakenError
from bot.store import audit, lessons, trash
from bot.store import taught as rows
from bot.store.audit import Action
from bot.store.lessons import Kind
from bot.store.people import Role
from bot.store.taught import Mark
from bot.store.trash import Kind as Trashed
from bot.store.types import AnyRow
from bot.store.undertaken import What as Deed
from bot.tongue import _, lazy
from bot.web import names
from bot.web.access import needs
from bot.web.current import parts, trace
from intents.rejection import OUT_OF_SCOPE_INTENT

HERE = "/admin/taught"
AT_ONCE = 50
LARGEST = 10_000


class What(StrEnum):
    """What somebody said of a message."""

    GOAL = "goal"
    NOT_FOR_US = "not_for_us"
    WRONG = "wrong"


WHATS = {
    What.GOAL: lazy("Means a goal"),
    What.NOT_FOR_US: lazy("Not for us"),
    What.WRONG: lazy("Marked as wrong"),
}
STANDS = lazy(
    "Nothing was changed: these words are a phrasing of a question or a goal by now."
)
NOTES = {
    "unmarked": lazy("The mark is taken back. The message is as it was before."),
    "brought_back": lazy("Taught again."),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that somebody said of a message, as the page tells it."""

    what: What
    #: Where it is taken back.
    path: str
    text: str
    language: str
    meaning: str
    conversation_id: int | None
    at: datetime
    author: str | None

    def fits(self, what: str, words: Sequence[str]) -> bool:
        """Return whether it is looked for."""
        said = f"{self.text} {self.meaning} {self.author or ''}".casefold()
        return what in ("", self.what) and all(word in said for word in words)


@blueprint.get("/taught")
@needs(Role.EDITOR)
def taught() -> ResponseReturnValue:
    """Show what was taught, the newest first."""
    return _page()


@blueprint.post("/taught/<int:lesson_id>/take-back")
@needs(Role.EDITOR)
def take_lesson_back(lesson_id: int) -> ResponseReturnValue:
    """Let the assistant forget a phrasing, if nothing breaks that must hold."""
    with parts().database.read() as connection:
        found = rows.find(connection, lesson_id)
    if found is None:
        abort(404)
    what = teaching.taken_back(found)
    return _done(what, gate.through(what, HERE))


def _done(what: Deed, despite: str | None) -> ResponseReturnValue:
    """Do it; who asks twice finds that it is gone."""
    try:
        told = carried.do(what, despite)
    except OvertakenError:
        abort(404)
    return redirect(doings.after(what, told), 303)


@blueprint.post("/taught/marks/<int:turn_id>/take-back")
@needs(Role.EDITOR)
def take_mark_back(turn_id: int) -> ResponseReturnValue:
    """Take a mark from an answer by which nothing was learned."""
    by = trace()

    def job(connection: Connection) -> bool:
        found = rows.marked(connection, turn_id)
        if not found:
            return False
        kind = found[-1].kind
        rows.unmark(connection, [turn_id], [kind])
        audit.note(connection, by, Action.MARK_TAKEN_BACK, kind.value)
        return True

    if not parts().database.write(job):
        abort(404)
    return redirect(f"{HERE}?note=unmarked", 303)


@blueprint.post("/taught/trash/<int:trashed_id>/bring-back")
@needs(Role.EDITOR)
def teach_again(trashed_id: int) -> ResponseReturnValue:
    """Teach again what was taken back, through the same gate as the first time."""
    with parts().database.read() as connection:
        found = trash.find(connection, Trashed.LESSON, trashed_id)
    if found is None:
        abort(404)
    if saving.place_of(found.kept["text"]) is not None:
        return _page(error=STANDS, status=422)
    what = teaching.again(found)
    return _done(what, gate.through(what, HERE))


def _page(*, error: str | None = None, status: int = 200) -> Response:
    with parts().database.read() as connection:
        every = _lines(connection)
        trashed = trash.everything(connection, Trashed.LESSON)
    search, what = request.args.get("q", "").strip(), request.args.get("what", "")
    found = [one for one in every if one.fits(what, search.casefold().split())]
    page = min(max(request.args.get("page", 1, type=int), 1), LARGEST)
    start = (page - 1) * AT_ONCE
    made = render_template(
        "admin/taught.html",
        lines=found[start : start + AT_ONCE],
        count=len(found),
        newer=page - 1,
        older=page + 1 if start + AT_ONCE < len(found) else None,
        is_empty=not every,
        search=search,
        what=what,
        whats=WHATS,
        trashed=trashed,
        gone=trashing.gone(trashed),
        called=_titled,
        error=error,
        note=NOTES.get(request.args.get("note", "")),
    )
    return make_response(made, status)


def _lines(connection: Connection) -> list[Line]:
    learned = [_of_lesson(row) for row in lessons.taught(connection)]
    marked = [_of_mark(mark) for mark in rows.marked(connection)]
    return sorted([*learned, *marked], key=lambda line: line.at, reverse=True)


def _of_lesson(row: AnyRow) -> Line:
    is_ours = row.intent != OUT_OF_SCOPE_INTENT
    return Line(
        what=What.GOAL if is_ours else What.NOT_FOR_US,
        path=f"{HERE}/{row.id}/take-back",
        text=row.text,
        language=row.language,
        meaning=_titled(row.intent),
        conversation_id=row.conversation_id,
        at=row.at,
        author=row.author,
    )


def _of_mark(mark: Mark) -> Line:
    is_wrong = mark.kind is Kind.WRONG
    if not is_wrong:
        meaning = _("Not for us, says an agent: nothing was learned")
    elif mark.intent is None:
        meaning = _("Marked as wrong")
    else:
        title = names.within(telling.called(mark.intent))
        meaning = _("Marked as wrong: it was taken for “%(title)s”", title=title)
    return Line(
        what=What.WRONG if is_wrong else What.NOT_FOR_US,
        path=f"{HERE}/marks/{mark.turn_id}/take-back",
        text=mark.text,
        language=mark.language,
        meaning=meaning,
        conversation_id=mark.conversation_id,
        at=mark.at,
        author=mark.author,
    )


def _titled(intent: str) -> str:
    return phrases.titled(intent)

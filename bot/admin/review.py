"""What waits for an editor: messages the assistant could not answer, in groups."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.admin import likeness, teach
from bot.admin.home import blueprint
from bot.store import lessons, review
from bot.store.lessons import Kind
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import now, parts, staff
from intents.rejection import OUT_OF_SCOPE_INTENT

MOST_GROUPS = 50
MOST_EXAMPLES = 4
_NUMBER = re.compile(r"\b[0-9]{1,18}\b")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Messages that ask the same; the newest stands for all."""

    newest: AnyRow
    rows: Sequence[AnyRow]

    @property
    def others(self) -> list[str]:
        """Return how others put it."""
        texts = dict.fromkeys(row.text for row in self.rows)
        return [text for text in texts if text != self.newest.text][:MOST_EXAMPLES]

    @property
    def turns(self) -> str:
        """Return all of them, as the form carries them."""
        return ",".join(str(row.id) for row in self.rows)

    @property
    def why(self) -> str:
        """Return why it is here."""
        if any(row.kind == Kind.WRONG for row in self.rows):
            return _("Marked as wrong")
        if self.newest.outcome == "offered":
            return _("Was unsure, and no choice was taken")
        return _("Fetched a person")


@blueprint.get("/review")
@needs(Role.EDITOR)
def waiting() -> ResponseReturnValue:
    """Show what waits, the most asked first."""
    with parts().database.read() as connection:
        rows = [row for row in review.waiting(connection, now()) if row.text]
    found = [
        Group(newest=rows[places[0]], rows=[rows[place] for place in places])
        for places in likeness.groups([row.text for row in rows])
    ]
    return render_template(
        "admin/review.html",
        groups=found[:MOST_GROUPS],
        more=max(len(found) - MOST_GROUPS, 0),
        messages=len(rows),
        note=request.args.get("note"),
        error=request.args.get("error"),
    )


@blueprint.get("/review/<int:turn_id>/<any(new, teach, conversation):where>")
@needs(Role.EDITOR)
def go_to(turn_id: int, where: str) -> ResponseReturnValue:
    """Go to where a message is taught from, or to its conversation."""
    with parts().database.read() as connection:
        found = lessons.message_of(connection, turn_id)
    if found is None:
        abort(404)
    conversation, message = found.conversation_id, found.id
    addresses = {
        "new": f"/admin/faq/new?from={conversation}-{message}",
        "teach": f"/inbox/{conversation}/messages/{message}/teach",
        "conversation": f"/inbox/{conversation}#said-{message}",
    }
    return redirect(addresses[where], 303)


@blueprint.post("/review/mark")
@needs(Role.EDITOR)
def mark_group() -> ResponseReturnValue:
    """Mark all messages of a group as seen, or as not for us."""
    turns = [
        int(one) for one in request.form.get("turns", "").split(",") if one.isdecimal()
    ]
    if not turns:
        abort(400)
    if request.form.get("kind") != Kind.OUT_OF_SCOPE:
        _mark(turns, Kind.SEEN)
        return redirect("/admin/review?note=seen", 303)
    if not _learned(turns[0]):
        return redirect("/admin/review?error=stands", 303)
    _mark(turns, Kind.OUT_OF_SCOPE)
    return redirect("/admin/review?note=not_for_us", 303)


def _learned(turn_id: int) -> bool:
    """Let the assistant learn that a message is not for it."""
    with parts().database.read() as connection:
        found = lessons.message_of(connection, turn_id)
        if found is None:
            return True
        asked = lessons.asked(connection, found.conversation_id, found.id)
    if asked is None:
        return True
    kind = Kind.OUT_OF_SCOPE
    return teach.learn(asked, OUT_OF_SCOPE_INTENT, kind, "/admin/review") is None


def _mark(turns: Sequence[int], kind: Kind) -> None:
    moment, author = now(), staff().id

    def job(connection: Connection) -> None:
        for turn_id in review.known(connection, turns):
            lessons.mark(connection, turn_id, kind, now=moment, staff_id=author)

    parts().database.write(job)


@blueprint.app_template_global("reviewing")
def reviewing() -> int:
    """Return how many messages wait, for the bar of the admin's pages."""
    if request.blueprint not in ("admin", "teach"):
        return 0
    try:
        with parts().database.read() as connection:
            return review.count(connection, now())
    except SQLAlchemyError:
        return 0  # the page of that very error has a bar too

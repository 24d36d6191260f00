"""What waits for an editor: messages the assistant could not answer, in groups."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.admin import backlog, chosen, learned, likeness, proposed, saving, teach
from bot.admin.chosen import Choice
from bot.admin.home import blueprint
from bot.content import PREFIX
from bot.store import lessons, review
from bot.store.lessons import Asked, Kind
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.tongue import lazy
from bot.web import names
from bot.web.access import needs
from bot.web.current import now, parts, staff
from intents.rejection import OUT_OF_SCOPE_INTENT

MOST_GROUPS = 50
MOST_EXAMPLES = 4
_NUMBER = re.compile(r"\b[0-9]{1,18}\b")


class Reason(StrEnum):
    """Why a message waits for an editor."""

    UNANSWERED = "unanswered"
    UNSURE = "unsure"
    ASKED_AGAIN = "asked_again"
    ANSWERED_AGAIN = "answered_again"
    WRONG = "wrong"


REASONS = {
    Reason.UNANSWERED: lazy("Fetched a person"),
    Reason.UNSURE: lazy("Was unsure, and no choice was taken"),
    Reason.ASKED_AGAIN: lazy("Asked again until a person came"),
    Reason.ANSWERED_AGAIN: lazy("Asked again after the answer"),
    Reason.WRONG: lazy("Marked as wrong"),
}


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
    def answered_by(self) -> str | None:
        """Return the entry whose answer did not help, None if that is not known."""
        intent = self.newest.intent or ""
        if reason(self.newest) is not Reason.ANSWERED_AGAIN:
            return None
        return intent.removeprefix(PREFIX) if intent.startswith(PREFIX) else None

    @property
    def turns(self) -> str:
        """Return all of them, as the form carries them."""
        return ",".join(str(row.id) for row in self.rows)

    @property
    def is_tapped(self) -> bool:
        """Return whether the newest is no words of the customer's."""
        return bool(self.newest.heard != "text")

    @property
    def why(self) -> str:
        """Return why the newest is here."""
        return str(REASONS[reason(self.newest)])

    @property
    def marked(self) -> list[AnyRow]:
        """Return the others of which somebody said that the answer was wrong."""
        older = (row for row in self.rows if row is not self.newest)
        return [row for row in older if reason(row) is Reason.WRONG][:MOST_EXAMPLES]


@dataclass(frozen=True, kw_only=True)
class Look:
    """What of the list is looked at: a reason, a language, words; empty is all."""

    why: str
    language: str
    search: str

    def shows(self, row: AnyRow) -> bool:
        """Return whether a message is among what is looked at."""
        words, text = self.search.casefold().split(), row.text.casefold()
        return (
            self.why in ("", reason(row))
            and self.language in ("", row.language)
            and all(word in text for word in words)
        )

    @property
    def query(self) -> dict[str, str]:
        """Return what an address says of it."""
        said = {"why": self.why, "language": self.language, "q": self.search}
        return {name: value for name, value in said.items() if value}


def reason(row: AnyRow) -> Reason:
    """Return why a message waits."""
    if row.kind == Kind.WRONG:
        return Reason.WRONG
    if row.outcome == "offered":
        return Reason.UNSURE
    if row.outcome == "answered":
        return Reason.ANSWERED_AGAIN
    return Reason.ASKED_AGAIN if row.handoff == "misses" else Reason.UNANSWERED


@blueprint.get("/review")
@needs(Role.EDITOR)
def waiting() -> ResponseReturnValue:
    """Show what waits, the most asked first."""
    every, proposals, look = backlog.waiting(), proposed.waiting(), _look()
    g.reviewing = len(every) + len(proposals)
    rows = [row for row in every if look.shows(row)]
    texts, languages = [row.text for row in rows], [row.language or "" for row in rows]
    found = [
        Group(newest=rows[places[0]], rows=[rows[place] for place in places])
        for places in likeness.groups(texts, languages, learned.answered.goals(texts))
    ]
    return render_template(
        "admin/review.html",
        proposed=proposals,
        waits=g.reviewing,
        chosen=_chosen(),
        goals={intent: names.within(title) for intent, title in teach.goals()},
        groups=found[:MOST_GROUPS],
        more=max(len(found) - MOST_GROUPS, 0),
        messages=len(rows),
        all_messages=len(every),
        look=look,
        reasons=REASONS,
        counts=Counter(map(reason, every)),
        languages=sorted({row.language for row in every if row.language}),
        note=request.args.get("note"),
        error=request.args.get("error"),
    )


def _look() -> Look:
    """Return what of the list is looked at, as the address or the form says."""
    why = request.values.get("why", "")
    return Look(
        why=why if why in REASONS else "",
        language=request.values.get("language", ""),
        search=request.values.get("q", "").strip(),
    )


def _back(**told: str) -> ResponseReturnValue:
    """Go back to what was looked at."""
    return redirect(_url(**told), 303)


def _url(**told: str) -> str:
    """Return where one reads what was looked at."""
    query: dict[str, Any] = {**_look().query, **told}
    return url_for("admin.waiting", **query)


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


@blueprint.post("/review/<int:turn_id>/chosen")
@needs(Role.EDITOR)
def learn_choice(turn_id: int) -> ResponseReturnValue:
    """Let the assistant learn that a message means what customers chose."""
    choice = next((one for one in _chosen() if turn_id in one.turns), None)
    asked = _asked(turn_id)
    if choice is None or asked is None:
        return _back(error="stands")
    after = _url(note="taught")
    error = teach.learn(asked, choice.intent, back="/admin/review", after=after)
    return _back(error="stands") if error else redirect(after, 303)


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
        return _back(note="seen")
    asked, after = _asked(turns[0]), _url(note="not_for_us")
    if asked is None:
        _mark(turns, Kind.OUT_OF_SCOPE)
        return redirect(after, 303)
    how = {"back": "/admin/review", "after": after}
    if teach.learn(asked, OUT_OF_SCOPE_INTENT, turns=turns, **how):
        return _back(error="stands")
    return redirect(after, 303)


def _asked(turn_id: int) -> Asked | None:
    """Return the message that a turn answered, None if it is not there any more."""
    with parts().database.read() as connection:
        found = lessons.message_of(connection, turn_id)
        if found is None:
            return None
        return lessons.asked(connection, found.conversation_id, found.id)


def _chosen() -> list[Choice]:
    """Return what customers chose a goal for that has not learned it."""
    return chosen.of_goals(dict(teach.goals()), saving.places())


def _mark(turns: Sequence[int], kind: Kind) -> None:
    moment, author = now(), staff().id

    def job(connection: Connection) -> None:
        for turn_id in review.known(connection, turns):
            lessons.mark(connection, turn_id, kind, now=moment, staff_id=author)

    parts().database.write(job)


@blueprint.app_template_global("reviewing")
def reviewing() -> int:
    """Return how much waits, for the bar of the admin's pages; 0 if it is not known."""
    if request.blueprint not in ("account", "admin", "people", "teach"):
        return 0
    if "reviewing" in g:  # what Review itself lists
        return int(g.reviewing)
    try:
        return backlog.count() or 0
    except SQLAlchemyError:
        return 0  # the page of that very error has a bar too

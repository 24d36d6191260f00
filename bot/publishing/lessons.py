"""Teach what a phrasing means, take that back, or teach it again.

Such a phrasing means the goal of a flow, or nothing that the assistant is for.
"""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from bot.change import Change, Lesson
from bot.publishing.entries import reason
from bot.publishing.overtaken import OvertakenError, clash
from bot.store import audit, knowledge, lessons, review, taught, trash
from bot.store.audit import Action, Trace
from bot.store.lessons import Kind as Said
from bot.store.trash import Kind as Trashed
from bot.store.types import AnyRow, Payload
from bot.store.undertaken import Kind, What
from intents.rejection import OUT_OF_SCOPE_INTENT


def new(lesson: Lesson, conversation_id: int, turns: Sequence[int], after: str) -> What:
    """Return what it is to teach a phrasing from a conversation.

    The turns of its messages are marked with it. *after* is the page that tells it.
    """
    said = {"conversation_id": conversation_id, "turns": [*turns], "after": after}
    return _what(Kind.TEACH, lesson, **said)


def again(trashed: AnyRow) -> What:
    """Return what it is to teach again what was taken back."""
    kept: Payload = trashed.kept
    lesson = Lesson(**{one: kept[one] for one in ("text", "language", "intent")})
    said = {one: kept[one] for one in ("conversation_id", "turns")}
    return _what(Kind.TEACH_AGAIN, lesson, trashed=trashed.id, **said)


def taken_back(row: AnyRow) -> What:
    """Return what it is to forget a phrasing that was taught."""
    lesson = Lesson(text=row.text, language=row.language, intent=row.intent)
    return _what(Kind.TAKE_BACK, lesson, lesson_id=row.id)


def _what(kind: Kind, lesson: Lesson, **more: Any) -> What:
    said = f"{lesson.language}/{lesson.text}"
    return What(
        kind=kind,
        name=sha256(said.encode()).hexdigest()[:32],
        question=lesson.text,
        change={"lesson": asdict(lesson), **more},
    )


def lesson_of(what: What) -> Lesson:
    """Return which phrasing it is about, and what that means."""
    return Lesson(**what.change["lesson"])


def change(what: What) -> Change:
    """Return what it changes to teach a phrasing."""
    return Change(lesson=lesson_of(what))


def change_back(what: What) -> Change:
    """Return what it changes to forget one."""
    return Change(forgotten=lesson_of(what))


def against(connection: Connection, what: What) -> Payload | None:
    """Return under which entry the phrasing stands by now, None if under none."""
    knowledge.hold(connection)
    return clash(connection, [lesson_of(what).text])


def teach(
    connection: Connection, what: What, by: Trace, despite: str | None
) -> Payload:
    """Teach a phrasing; the log names the goal, and nothing a customer wrote."""
    about, told = _learn(connection, what, by), reason(despite)
    audit.note(connection, by, Action.TAUGHT, about, **told)
    return {"learns": True}


def teach_again(
    connection: Connection, what: What, by: Trace, despite: str | None
) -> Payload:
    """Teach again what lies in the trash."""
    trashed = what.change["trashed"]
    if trash.find(connection, Trashed.LESSON, trashed) is None:
        raise OvertakenError("gone")
    about, told = _learn(connection, what, by), reason(despite)
    trash.take_out(connection, trashed)
    audit.note(connection, by, Action.LESSON_BROUGHT_BACK, about, **told)
    return {"learns": True}


def _learn(connection: Connection, what: What, by: Trace) -> str:
    """Teach a phrasing and mark the turns of its messages; return what it means."""
    lesson, conversation = lesson_of(what), what.change["conversation_id"]
    how: dict[str, Any] = {"now": by.at, "staff_id": by.staff_id}
    lessons.teach(
        connection,
        lesson.intent,
        lesson.language,
        lesson.text,
        conversation_id=conversation,
        **how,
    )
    is_ours = lesson.intent != OUT_OF_SCOPE_INTENT
    kind = Said.TAUGHT if is_ours else Said.OUT_OF_SCOPE
    for turn_id in review.known(connection, what.change["turns"]):
        lessons.mark(connection, turn_id, kind, intent=lesson.intent, **how)
    return lesson.intent


def take_back(
    connection: Connection, what: What, by: Trace, despite: str | None
) -> Payload:
    """Forget a phrasing; its messages wait in Review again if they are not known."""
    lesson = taught.find(connection, what.change["lesson_id"])
    if lesson is None:
        raise OvertakenError("gone")
    turns = [one.turn_id for one in taught.turns_of(connection, lesson)]
    taught.unmark(connection, turns, taught.OF_LESSONS)
    lessons.forget(connection, lesson.language, lesson.text)
    told = reason(despite)
    audit.note(connection, by, Action.LESSON_TAKEN_BACK, lesson.intent, **told)
    kept = {
        **what.change["lesson"],
        "conversation_id": lesson.conversation_id,
        "turns": turns,
    }
    number = trash.put(connection, Trashed.LESSON, lesson.text, kept, by)
    return {"trashed": number, "learns": True}

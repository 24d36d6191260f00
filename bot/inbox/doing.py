"""What all buttons of the inbox have in common: find, write, go back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.inbox.address import look
from bot.inbox.look import Writing
from bot.store import acts, desk
from bot.store.lists import View
from bot.store.teamwork import ActKind
from bot.web import current
from bot.web.current import parts

T = TypeVar("T")
#: Such as `handoff.claim`: in which conversation, by whom, when; was it done?
Taking: TypeAlias = Callable[[Connection, int, int, datetime], bool]


def found(conversation_id: int) -> desk.Desk:
    """Return a conversation, or answer that there is none."""
    with parts().database.read() as connection:
        there = desk.find(connection, conversation_id)
    if there is None:
        abort(404)
    return there


def write(conversation_id: int, job: Callable[[Connection], T]) -> T:
    """Return what *job* returns, once it is kept; then let it have its effect."""
    result = parts().database.write(job)
    current.wake(conversation_id)
    return result


def change(conversation_id: int, who_answers: Taking, kind: ActKind) -> bool:
    """Let whoever is signed in change who answers; the thread says that they did.

    Return False if it could not be changed; nothing is kept then.
    """
    found(conversation_id)
    me, moment = current.staff().id, current.now()

    def job(connection: Connection) -> bool:
        if not who_answers(connection, conversation_id, me, moment):
            return False
        acts.add(connection, conversation_id, kind, moment, staff_id=me)
        return True

    return write(conversation_id, job)


def back(
    conversation_id: int,
    note: str | None = None,
    view: View | None = None,
    writing: Writing | None = None,
) -> ResponseReturnValue:
    """Go back to a conversation, beside the list that it was opened from."""
    here: dict[str, Any] = look(conversation_id).query(view)
    here |= {"write": writing.value} if writing else {}
    url = url_for(
        "inbox.conversation", conversation_id=conversation_id, **here, note=note
    )
    return redirect(url, 303)


def to_list(**about: int) -> ResponseReturnValue:
    """Go back to the list: what stood before one is done with; *about* says what."""
    here: dict[str, Any] = {**look().query(), **about}
    return redirect(url_for("inbox.queue", **here), 303)

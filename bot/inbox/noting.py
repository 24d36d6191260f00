"""Write a note for colleagues. Nothing here can reach the customer."""

from dataclasses import replace
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.inbox import doing, mentions, replying
from bot.inbox.address import look
from bot.inbox.look import Writing
from bot.inbox.pages import blueprint, page
from bot.store import notes, presence, reads, staff, threads
from bot.store.people import Role
from bot.store.presence import Whereabouts
from bot.tongue import _
from bot.web import figures
from bot.web.access import needs, quiet
from bot.web.current import now, parts
from bot.web.current import staff as signed_in

MOST = 5000


@blueprint.post("/<int:conversation_id>/notes")
@needs(Role.AGENT)
def write_note(conversation_id: int) -> ResponseReturnValue:
    """Keep a note in the thread, and call whom it names."""
    doing.found(conversation_id)
    text = replying.cleaned(request.form.get("note", ""))
    error = _problem(text)
    if error is not None:
        wanted = replace(look(conversation_id), writing=Writing.NOTE)
        return page(wanted, status=422, text=text, error=error)
    me, moment = signed_in().id, now()
    # The assistant is not woken: a note is none of its business.
    parts().database.write(lambda c: add(c, conversation_id, me, text, moment))
    # Whoever writes notes goes on with notes: a second one must not be a reply.
    return doing.back(conversation_id, "noted", writing=Writing.NOTE)


@blueprint.get("/colleagues")
@needs(Role.AGENT)
@quiet
def colleagues() -> ResponseReturnValue:
    """Answer with a line for each colleague whom a note can call."""
    me = signed_in().id
    with parts().database.read() as connection:
        people = staff.active(connection)
        present = {one.id: one.where.value for one in presence.everybody(connection)}
    told = [
        {
            "id": one.id,
            "name": one.name,
            "login": one.login,
            "handle": mentions.handle(one, people),
            "where": present.get(one.id, Whereabouts.GONE.value),
        }
        for one in people
        if one.id != me
    ]
    return render_template("inbox/colleagues.html", people=told)


def add(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    text: str,
    moment: datetime,
) -> None:
    """Add a note, call whom it names, and let the thread show it."""
    threads.lock(connection, [conversation_id])
    called = mentions.called(text, staff.active(connection))
    notes.add(connection, conversation_id, staff_id, text, moment, sorted(called))
    reads.note(connection, conversation_id, but=staff_id)
    threads.stir(connection, conversation_id)


def _problem(text: str) -> str | None:
    if not text:
        return _("Write something first.")
    if len(text) > MOST:
        return _(
            "This is too long: a note holds at most %(most)s characters.",
            most=figures.number(MOST),
        )
    return None

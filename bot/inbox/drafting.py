"""Keep what somebody is writing, as they write it. Nothing here sends anything."""

from dataclasses import asdict

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.inbox import doing, replying
from bot.inbox.pages import FORM, blueprint
from bot.store import drafts
from bot.store.drafts import Begun
from bot.store.people import Role
from bot.web.access import needs, quiet
from bot.web.current import now, parts, staff

MOST = 2 * replying.MOST


@blueprint.post("/<int:conversation_id>/draft")
@needs(Role.AGENT)
@quiet
def keep_draft(conversation_id: int) -> ResponseReturnValue:
    """Keep a draft, or answer with the one that was kept from another screen."""
    doing.found(conversation_id)
    form, me, moment = request.form.get("form", ""), staff().id, now()
    begun = Begun(
        text=request.form.get("text", "").replace("\r\n", "\n"),
        choices=request.form.get("choices", "").replace("\r\n", "\n"),
        version=max(request.form.get("version", 0, type=int), 0),
    )
    if not FORM.fullmatch(form) or len(begun.text) + len(begun.choices) > MOST:
        abort(400)

    def job(connection: Connection) -> Begun | None:
        if replying.was_sent(connection, conversation_id, me, form):
            return Begun()  # this came late: what it holds is with the customer
        if not (begun.text + begun.choices).strip():
            drafts.drop(connection, conversation_id, me)
            return Begun()
        version = drafts.keep(connection, conversation_id, me, begun, moment)
        return None if version is None else Begun(version=version)

    kept = parts().database.write(job)
    if kept is not None:
        return {"version": kept.version}
    with parts().database.read() as connection:
        theirs = drafts.of(connection, conversation_id, me)
    return asdict(theirs), 409


@blueprint.post("/<int:conversation_id>/draft/overtaken")
@needs(Role.AGENT)
def settle_draft(conversation_id: int) -> ResponseReturnValue:
    """Put a draft that others have overtaken into the field, or throw it away.

    What was written in the field meanwhile stays: a draft comes under it.
    """
    doing.found(conversation_id)
    me, moment = staff().id, now()
    given = [request.form.get("text", ""), request.form.get("begun", "")]
    texts = [replying.cleaned(text) for text in given]
    choices = request.form.get("choices", "").replace("\r\n", "\n")
    is_used = "begun" in request.form
    if sum(map(len, texts)) + len(choices) > MOST:
        abort(400)

    def job(connection: Connection) -> None:
        known = drafts.of(connection, conversation_id, me)
        offered = choices or (known.choices if is_used else "")
        text = "\n\n".join(filter(None, texts))
        drafts.drop(connection, conversation_id, me)
        if (text + offered).strip():
            begun = Begun(text=text, choices=offered, version=known.version)
            drafts.keep(connection, conversation_id, me, begun, moment)

    parts().database.write(job)
    return doing.back(conversation_id)

"""Put labels on a conversation, and take them off."""

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.inbox import doing
from bot.inbox.pages import blueprint
from bot.store import labels, threads
from bot.store.people import Role
from bot.web.access import needs


@blueprint.post("/<int:conversation_id>/labels")
@needs(Role.AGENT)
def put_on(conversation_id: int) -> ResponseReturnValue:
    """Put a label on a conversation."""
    doing.found(conversation_id)
    label = request.form.get("label", type=int)
    if label is None:
        abort(400)

    def job(connection: Connection) -> bool:
        threads.lock(connection, [conversation_id])
        threads.stir(connection, conversation_id)
        return labels.put_on(connection, conversation_id, label)

    done = doing.write(conversation_id, job)
    return doing.back(conversation_id, None if done else "no_label")


@blueprint.post("/<int:conversation_id>/labels/<int:label_id>/off")
@needs(Role.AGENT)
def take_off(conversation_id: int, label_id: int) -> ResponseReturnValue:
    """Take a label off a conversation."""
    doing.found(conversation_id)

    def job(connection: Connection) -> None:
        threads.lock(connection, [conversation_id])
        threads.stir(connection, conversation_id)
        labels.take_off(connection, conversation_id, label_id)

    doing.write(conversation_id, job)
    return doing.back(conversation_id)

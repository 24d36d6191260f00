"""Hand a conversation on: to a colleague, or back to the queue, with a note."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import aside, handoff
from bot.inbox import doing, noting, receivers, replying
from bot.inbox.pages import blueprint
from bot.store import acts, desk, presence, staff, threads
from bot.store.people import Role
from bot.store.presence import Whereabouts
from bot.store.teamwork import ActKind
from bot.web import current
from bot.web.access import needs
from bot.web.current import now, parts

QUEUE = "queue"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who wants to hand what on to whom, and what they had before them."""

    conversation_id: int
    staff_id: int
    #: The id of a colleague, or QUEUE.
    whom: str
    epoch: int
    moment: datetime
    within: timedelta


@blueprint.post("/<int:conversation_id>/assign")
@needs(Role.AGENT)
def assign(conversation_id: int) -> ResponseReturnValue:
    """Give a conversation to somebody, or back to the queue; of two one wins.

    One may give what waits, what the assistant answers, which is silent from then on,
    and what is one's own; an admin, what anybody has.
    """
    doing.found(conversation_id)
    whom = request.form.get("to", "")
    epoch = request.form.get("epoch", type=int)
    if epoch is None or not (whom == QUEUE or whom.isascii() and whom.isdigit()):
        abort(400)
    text = replying.cleaned(request.form.get("note", ""))[: noting.MOST]
    is_admin = current.allowed(Role.ADMIN)
    wish = Wish(
        conversation_id=conversation_id,
        staff_id=current.staff().id,
        whom=whom,
        epoch=epoch,
        moment=now(),
        within=timedelta(minutes=parts().settings.answer_within),
    )
    me, moment = wish.staff_id, wish.moment

    def job(connection: Connection) -> bool:
        threads.lock(connection, [conversation_id])
        held = desk.find(connection, conversation_id)
        if held is None or not (is_admin or _may_pass(held, me, whom)):
            return False
        if not _passed(connection, wish):
            return False
        if text:
            noting.add(connection, conversation_id, me, text, moment)
        return True

    if not doing.write(conversation_id, job):
        return doing.back(conversation_id, "stayed")
    told = "queued" if whom == QUEUE else _assigned(conversation_id, int(whom))
    return doing.back(conversation_id, told)


def _assigned(conversation_id: int, receiver: int) -> str:
    """Return which sentence says to whom it went: do they look at it, are they here?"""
    with parts().database.read() as connection:
        people = presence.everybody(connection)
        viewers = presence.viewers(connection, [conversation_id])
    if receiver in {one.id for one in viewers.get(conversation_id, ())}:
        return "assigned_open"
    here = {one.id for one in people if one.where is Whereabouts.HERE}
    return "assigned" if receiver in here else "assigned_absent"


def _may_pass(held: desk.Desk, staff_id: int, whom: str) -> bool:
    if whom == QUEUE:
        return held.assignee_id == staff_id
    return receivers.is_ones_to_give(held, staff_id)


def _passed(connection: Connection, wish: Wish) -> bool:
    if wish.whom == QUEUE:
        return _queued(connection, wish)
    number, receiver, moment = wish.conversation_id, int(wish.whom), wish.moment
    if receiver not in {person.id for person in staff.agents(connection)}:
        return False
    done = handoff.assign(connection, number, receiver, moment, epoch=wish.epoch)
    if done:
        aside.bring_up(connection, number, receiver, moment)
        kind, me = ActKind.ASSIGNED, wish.staff_id
        acts.add(connection, number, kind, moment, staff_id=me, to_id=receiver)
    return done


def _queued(connection: Connection, wish: Wish) -> bool:
    number, moment = wish.conversation_id, wish.moment
    done = handoff.queue(
        connection, number, moment, epoch=wish.epoch, answer_within=wish.within
    )
    if done:
        acts.add(connection, number, ActKind.QUEUED, moment, staff_id=wish.staff_id)
    return done

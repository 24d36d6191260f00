"""What an agent puts by: resolve, snooze, wake, say how urgent."""

from functools import partial
from zoneinfo import ZoneInfo

from flask import abort, request
from flask.typing import ResponseReturnValue

from bot import aside, handoff
from bot.inbox import doing, moments
from bot.inbox.pages import blueprint
from bot.inbox.timeline import PRIORITIES
from bot.store.lists import View
from bot.store.people import Role
from bot.store.teamwork import ActKind
from bot.web.access import needs
from bot.web.current import now, parts, staff


@blueprint.post("/<int:conversation_id>/resolve")
@needs(Role.AGENT)
def resolve(conversation_id: int) -> ResponseReturnValue:
    """End one's work here; the assistant answers what the customer writes next.

    What the assistant answers, as the page says by its *epoch*, is only marked: a
    page that is old by now ends nobody's work.
    """
    epoch = request.form.get("epoch", type=int)
    if epoch is None:
        return resolved(conversation_id)
    doing.found(conversation_id)
    me, moment = staff().id, now()
    done = doing.write(
        conversation_id,
        lambda c: aside.resolve(c, conversation_id, me, moment, epoch=epoch),
    )
    return _after(conversation_id, done)


def resolved(conversation_id: int) -> ResponseReturnValue:
    """Resolve it and go back to the list, or say that it is in other hands by now."""
    done = doing.change(conversation_id, handoff.resolve, ActKind.RESOLVED)
    return _after(conversation_id, done)


def _after(conversation_id: int, done: bool) -> ResponseReturnValue:
    if done:
        return doing.to_list(resolved=conversation_id)
    return doing.back(conversation_id, "stayed")


@blueprint.post("/<int:conversation_id>/reopen")
@needs(Role.AGENT)
def reopen(conversation_id: int) -> ResponseReturnValue:
    """Take back a resolve: who does so has it, unless the assistant had it then."""
    doing.found(conversation_id)
    me, moment = staff().id, now()
    if doing.write(
        conversation_id, lambda c: aside.reopen(c, conversation_id, me, moment)
    ):
        return doing.back(conversation_id, "reopened", View.ASSISTANT)
    if doing.change(conversation_id, handoff.reopen, ActKind.REOPENED):
        return doing.back(conversation_id, "claimed", View.MINE)
    return doing.back(conversation_id, "stayed")


@blueprint.post("/<int:conversation_id>/snooze")
@needs(Role.AGENT)
def snooze(conversation_id: int) -> ResponseReturnValue:
    """Let a conversation sleep until a moment.

    One's own, or one that waits, which is claimed by it. Of what the assistant answers,
    as the page says by its *epoch*, only the agent does not see it until then.
    """
    epoch = request.form.get("epoch", type=int)
    doing.found(conversation_id)
    me, moment, zone = staff().id, now(), ZoneInfo(parts().settings.zone)
    until = moments.chosen(
        request.form.get("until", ""), request.form.get("at", ""), moment, zone
    )
    if until is None:
        return doing.back(conversation_id, "no_moment")
    put_by = aside.snooze if epoch is None else partial(aside.put_by, epoch=epoch)
    done = doing.write(
        conversation_id, lambda c: put_by(c, conversation_id, me, moment, until)
    )
    if done:
        return doing.to_list(snoozed=conversation_id)
    return doing.back(conversation_id, "stayed")


@blueprint.post("/<int:conversation_id>/wake")
@needs(Role.AGENT)
def wake(conversation_id: int) -> ResponseReturnValue:
    """End a snooze before its time."""
    is_mine = doing.found(conversation_id).assignee_id == staff().id
    me, moment = staff().id, now()
    done = doing.write(
        conversation_id, lambda c: aside.wake(c, conversation_id, me, moment)
    )
    woken = "woken" if is_mine else "comes_not"
    return doing.back(conversation_id, woken if done else "stayed")


@blueprint.post("/<int:conversation_id>/priority")
@needs(Role.AGENT)
def prioritise(conversation_id: int) -> ResponseReturnValue:
    """Say how urgent a conversation is."""
    doing.found(conversation_id)
    me, moment = staff().id, now()
    wanted = request.form.get("level", type=int)
    if wanted not in PRIORITIES:
        abort(400)
    doing.write(
        conversation_id,
        lambda c: aside.prioritise(c, conversation_id, me, moment, wanted),
    )
    return doing.back(conversation_id)

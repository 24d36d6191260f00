"""What an agent does: claim, answer, give back, decide about a doubtful message."""

from dataclasses import replace
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import giving_back, handoff
from bot.giving_back import Given, Giving
from bot.inbox import aside, composing, customer, doing, pictures, replying
from bot.inbox.address import look
from bot.inbox.pages import FORM, blueprint, page
from bot.inbox.replying import Answer, Outcome
from bot.pictures import LARGEST, MOST
from bot.store import acts, fates, reads, threads
from bot.store.canned import Canned
from bot.store.lists import View
from bot.store.people import Role
from bot.store.teamwork import ActKind
from bot.tongue import _, lazy
from bot.web import names
from bot.web.access import needs, takes
from bot.web.current import now, parts, staff

LARGEST_ANSWER = MOST * LARGEST + 2**20  # bytes, with the rest of the form
REFUSALS = {
    Outcome.NEWS: (
        lazy(
            "Something new came while you were writing. Read it above; "
            "then send your answer as it is, or change it."
        )
    ),
    Outcome.FREE: lazy(
        "This conversation is not yours. Claim it, then send your answer."
    ),
}


@blueprint.post("/<int:conversation_id>/claim")
@needs(Role.AGENT)
def claim(conversation_id: int) -> ResponseReturnValue:
    """Take a conversation that waits; of two who try at once, one gets it."""
    done = doing.change(conversation_id, handoff.claim, ActKind.CLAIMED)
    return _claimed(conversation_id, done)


@blueprint.post("/<int:conversation_id>/take-over")
@needs(Role.AGENT)
def take_over(conversation_id: int) -> ResponseReturnValue:
    """Take a conversation from the assistant, or from whoever answers elsewhere."""
    done = doing.change(conversation_id, handoff.take_over, ActKind.TAKEN_OVER)
    return _claimed(conversation_id, done)


@blueprint.post("/<int:conversation_id>/take-from")
@needs(Role.AGENT)
def take_from(conversation_id: int) -> ResponseReturnValue:
    """Take a conversation from the colleague who was before somebody as its agent.

    The thread says so, and the colleague is told.
    """
    doing.found(conversation_id)
    me, moment = staff().id, now()
    epoch = request.form.get("epoch", type=int)
    if epoch is None:
        abort(400)

    def job(connection: Connection) -> bool:
        number, kind = conversation_id, ActKind.TAKEN_OVER
        whose = handoff.take_from(connection, number, me, moment, epoch=epoch)
        if whose is None:
            return False
        reads.forget(connection, number, whose)
        acts.add(connection, number, kind, moment, staff_id=me, to_id=whose)
        return True

    return _claimed(conversation_id, doing.write(conversation_id, job))


@blueprint.post("/<int:conversation_id>/give-back")
@needs(Role.AGENT)
def give_back(conversation_id: int) -> ResponseReturnValue:
    """Let the assistant answer again, unless a colleague holds the conversation.

    It answers what nobody has answered; told that it is back is who would else hear
    nothing, and whoever somebody wants to be.
    """
    doing.found(conversation_id)
    giving = Giving(
        conversation_id=conversation_id,
        staff_id=staff().id,
        now=now(),
        says=request.form.get("say") == "yes",
    )
    understanding = parts().understanding

    def job(connection: Connection) -> Given:
        language = threads.language(connection, conversation_id)
        return giving_back.give_back(
            connection, giving, understanding.responses(language)
        )

    given = doing.write(conversation_id, job)
    return doing.back(conversation_id, given.value)


@blueprint.post("/<int:conversation_id>/reply")
@needs(Role.AGENT)
@takes(LARGEST_ANSWER)
def reply(conversation_id: int) -> ResponseReturnValue:
    """Send what was written, or show it again with what speaks against it."""
    doing.found(conversation_id)
    text, form = replying.cleaned(request.form["text"]), request.form["form"]
    if not FORM.fullmatch(form):
        abort(400)
    answer = Answer(
        conversation_id=conversation_id,
        staff_id=staff().id,
        text=text,
        form=form,
        seen=request.form.get("seen", type=int),
        choices=replying.offered(request.form.get("choices", "")),
    )
    meant = (
        None if request.form.get("asked") else composing.meant(conversation_id, text)
    )
    if meant is not None:
        return _expanded(replace(answer, text=meant.text), text, meant.reply)
    given, kept = pictures.given(), composing.with_pictures()
    error = (
        replying.problem(text, pictures=len(given) + len(kept))
        or replying.choices_problem(answer.choices, text)
        or pictures.problem(given, besides=len(kept))
        or _unreachable(conversation_id)
    )
    if error is not None:
        return _again(answer, error, 422)
    named = [one.picture for one in kept]
    answer = replace(answer, pictures=[*named, *pictures.kept(given)])
    moment = now()
    outcome = doing.write(conversation_id, lambda c: replying.write(c, answer, moment))
    if outcome is Outcome.SENT:
        ends = request.form.get("then") == "resolve"
        return aside.resolved(conversation_id) if ends else doing.back(conversation_id)
    return _again(answer, REFUSALS.get(outcome) or _held(conversation_id), 409)


@blueprint.post("/<int:conversation_id>/messages/<int:outgoing_id>/sent")
@needs(Role.AGENT)
def mark_sent(conversation_id: int, outgoing_id: int) -> ResponseReturnValue:
    """Take it that a doubtful message arrived."""
    doing.found(conversation_id)
    name = staff().name
    done = doing.write(
        conversation_id,
        lambda c: fates.mark_sent(c, conversation_id, outgoing_id, name),
    )
    return doing.back(conversation_id, "marked" if done else "decided")


@blueprint.post("/<int:conversation_id>/messages/<int:outgoing_id>/again")
@needs(Role.AGENT)
def send_again(conversation_id: int, outgoing_id: int) -> ResponseReturnValue:
    """Send a doubtful or refused message once more."""
    doing.found(conversation_id)
    me = staff().id
    done = doing.write(
        conversation_id,
        lambda c: fates.send_again(c, conversation_id, outgoing_id, me),
    )
    return doing.back(conversation_id, "again" if done else "decided")


def _claimed(conversation_id: int, won: bool) -> ResponseReturnValue:
    if won:
        return doing.back(conversation_id, "claimed", View.MINE)
    return doing.back(conversation_id, "lost")


def _unreachable(conversation_id: int) -> str | None:
    reach = customer.reach(doing.found(conversation_id), now())
    return None if reach.may_write else reach.words


def _held(conversation_id: int) -> str:
    found = doing.found(conversation_id)
    if found.assignee is None:
        return _(
            "Somebody answers this conversation in another app. Take it over first; "
            "your text has not been sent."
        )
    who = names.person(found.assignee) or _("A colleague")
    return _(
        "%(name)s is answering this conversation. Your text has not been sent.",
        name=who,
    )


def _expanded(answer: Answer, text: str, reply: Canned) -> ResponseReturnValue:
    """Show what a short code stands for, which somebody was about to send as it is."""
    told = _(
        "“%(code)s” is a short code: this is its reply. Nothing has been sent yet. "
        "Send it, or change it; what you send now goes out as you write it.",
        code=text.split()[-1],
    )
    wanted, choices = look(answer.conversation_id), "\n".join(answer.choices)
    # The number of the form is a new one: a browser keeps what it knows of the old.
    more = [reply] if reply.picture else []
    return page(
        wanted,
        status=422,
        error=told,
        asked=True,
        text=answer.text,
        choices=choices,
        with_pictures=[*composing.with_pictures(), *more],
    )


def _again(answer: Answer, error: str, status: int) -> ResponseReturnValue:
    """Show the conversation as it is now, with the text that was not sent."""
    wanted = look(answer.conversation_id)
    typed: dict[str, Any] = {
        "text": answer.text,
        "choices": "\n".join(answer.choices),
        "with_pictures": composing.with_pictures(),
    }
    asked = bool(request.form.get("asked"))
    return page(
        wanted, status=status, error=error, form=answer.form, asked=asked, **typed
    )

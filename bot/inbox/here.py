"""Pages say that somebody is here; somebody says that they are away."""

from typing import Any

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.inbox.address import look
from bot.inbox.pages import blueprint
from bot.inbox.words import calling, given, noted, taken
from bot.store import desk, presence, told
from bot.store.lists import View
from bot.store.people import Role
from bot.store.told import Told
from bot.web.access import needs, quiet
from bot.web.current import parts, staff


@blueprint.post("/here")
@needs(Role.VIEWER)
@quiet
def here() -> ResponseReturnValue:
    """Note who is here, what they look at, and whether they write.

    Pages beside the inbox hear in return what somebody was given meanwhile, and what
    calls them.
    """
    me = staff().id
    opened = request.form.get("conversation", 0, type=int)
    left = request.form.get("left", 0, type=int)
    writes = {"1": True, "0": False}.get(request.form.get("writes", ""))
    answers = request.form.get("answers") == "1"
    acted = "acted" in request.form

    def job(connection: Connection) -> None:
        presence.note(connection, me, acted=acted)
        presence.leave(connection, me, left)
        if desk.revision(connection, opened) is not None:
            presence.look(connection, me, opened, writes, answers=answers)

    parts().database.write(job)
    return jsonify(_given(me)) if "beside" in request.form else ("", 204)


def _given(me: int) -> dict[str, Any]:
    """Return what somebody was given, lost, is to read; and where that is."""
    with parts().database.read() as connection:
        news = told.of(connection, me)
    whose = [*map(given, news.given), *map(taken, news.taken)]
    written = [*map(calling, news.calling[::-1]), *map(noted, news.noted[::-1])]
    own = url_for("inbox.queue", view=View.MINE.value)
    return {
        "told": whose + written,
        "where": _place(news) if written and not whose else own,
        "calls": len(news.calling),
    }


def _place(news: Told) -> str:
    """Return where the newest note for somebody stands, beside the list it is on."""
    view = View.MENTIONS if news.calling else View.MINE
    newest = (news.calling or news.noted)[-1]
    return url_for(
        "inbox.conversation",
        conversation_id=newest.conversation_id,
        view=view.value,
        _anchor=f"note-{newest.id}",
    )


@blueprint.post("/away")
@needs(Role.AGENT)
def away() -> ResponseReturnValue:
    """Let somebody be away, whatever their page says."""
    return _choose(is_away=True)


@blueprint.post("/back")
@needs(Role.AGENT)
def back() -> ResponseReturnValue:
    """Let somebody be here again."""
    return _choose(is_away=False)


def _choose(*, is_away: bool) -> ResponseReturnValue:
    me = staff().id
    parts().database.write(lambda c: presence.choose(c, me, is_away=is_away))
    wanted = look(request.args.get("conversation", type=int))
    if wanted.conversation is None:
        return redirect(url_for("inbox.queue", view=wanted.view.value), 303)
    there = url_for(
        "inbox.conversation",
        conversation_id=wanted.conversation,
        view=wanted.view.value,
    )
    return redirect(there, 303)

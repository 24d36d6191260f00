"""What an address of the inbox asks for."""

from flask import request

from bot.inbox.look import MOST_LINES, MOST_MESSAGES, Look, Writing
from bot.store.filters import Filter
from bot.store.lists import View
from bot.store.search import LONGEST

MOST_AT_ALL = 2000


def look(conversation_id: int | None = None) -> Look:
    """Return what the request looks at; odd wishes become usual ones."""
    view = request.values.get("view", "")
    written = request.args.get("write", "")
    return Look(
        view=View(view) if view in list(View) else View.WAITING,
        lines=_most("lines", MOST_LINES),
        conversation=conversation_id,
        messages=_most("messages", MOST_MESSAGES),
        filter=_filter(),
        asked=" ".join(request.args.get("q", "").replace("\0", " ").split())[:LONGEST],
        snoozed=request.args.get("snoozed", type=int),
        resolved=request.args.get("resolved", type=int),
        writing=Writing(written) if written in list(Writing) else Writing.REPLY,
    )


def _filter() -> Filter:
    return Filter(
        label=request.args.get("label", type=int),
        priority=request.args.get("priority", type=int),
        page=request.args.get("page") or None,
        language=request.args.get("language") or None,
        unread=request.args.get("unread") == "1",
    )


def _most(name: str, usual: int) -> int:
    wished = request.args.get(name, usual, type=int)
    return min(max(wished, 1), MOST_AT_ALL)

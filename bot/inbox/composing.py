"""What is put into an answer that is written: canned replies, the FAQ's answers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from bot.inbox import doing, replying, suggesting
from bot.inbox.address import look
from bot.inbox.around import around
from bot.inbox.pages import assistants, blueprint, page
from bot.store import canned, threads
from bot.store.canned import Canned
from bot.store.people import Role
from bot.web import names
from bot.web.access import needs
from bot.web.current import parts, staff

_CODE = re.compile(r"(?:^|\s)/([\w-]{1,40})\Z")


@blueprint.get("/<int:conversation_id>/canned")
@needs(Role.AGENT)
def canned_replies(conversation_id: int) -> ResponseReturnValue:
    """List all canned replies, with what is known of this conversation in them."""
    doing.found(conversation_id)
    return render_template("inbox/canned.html", replies=_filled(conversation_id))


@blueprint.post("/<int:conversation_id>/insert")
@needs(Role.AGENT)
def insert(conversation_id: int) -> ResponseReturnValue:
    """Show the conversation with what was chosen put under what was written."""
    doing.found(conversation_id)
    chosen = _chosen(conversation_id)
    if chosen is None:
        abort(404)
    written = replying.cleaned(request.form.get("text", ""))
    whole = "\n\n".join(filter(None, [written, chosen]))
    # The number of the form is a new one: a browser keeps what it knows of the old.
    choices = "\n".join(replying.offered(request.form.get("choices", "")))
    return page(look(conversation_id), text=whole, choices=choices)


def meant(conversation_id: int, text: str) -> str | None:
    """Return *text* with what a short code at its end stands for; None without one."""
    found = _CODE.search(text)
    if found is None:
        return None
    code = found[1].casefold()
    texts = (one.text for one in _filled(conversation_id) if one.short_code == code)
    reply = next(texts, None)
    return None if reply is None else text[: found.start(1) - 1] + reply


def _chosen(conversation_id: int) -> str | None:
    """Return the text that a form asks for; a button of the FAQ wins over the list."""
    live, name = assistants(), request.form.get("faq")
    if name is not None:
        if live is None:
            return None
        with parts().database.read() as connection:
            language = threads.language(connection, conversation_id)
            now_here = around(connection, conversation_id)
        said = live.speaking(language).responses
        return suggesting.answer(name, said, lambda: now_here)
    wanted = request.form.get("canned", type=int)
    texts = (one.text for one in _filled(conversation_id) if one.id == wanted)
    return next(texts, None)


def _filled(conversation_id: int) -> Sequence[Canned]:
    """Return all canned replies filled in, those of its language and of any first."""
    with parts().database.read() as connection:
        known = canned.values(connection, conversation_id)
        language = threads.language(connection, conversation_id)
        replies = canned.offered(connection, language, parts().content.languages).all
    values = {**known, "agent_name": names.person(staff().name) or None}
    values["customer_name"] = names.person(known["customer_name"] or "") or None
    return [replace(one, text=canned.filled(one.text, values)) for one in replies]

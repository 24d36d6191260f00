"""What is put into an answer that is written: canned replies, the FAQ's answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from bot import pictures
from bot.inbox import doing, replying, suggesting
from bot.inbox.address import look
from bot.inbox.around import around
from bot.inbox.pages import assistants, blueprint, page
from bot.picture_names import media_type
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
    # The list of the form says something too where a question was put in.
    number = None if "faq" in request.form else request.form.get("canned", type=int)
    pictured = {one.id: one for one in (*with_pictures(), *_pictured(number))}
    return page(
        look(conversation_id),
        text=whole,
        choices=choices,
        with_pictures=[*pictured.values()],
    )


@blueprint.get("/canned/<int:canned_id>/picture")
@needs(Role.AGENT)
def canned_picture(canned_id: int) -> ResponseReturnValue:
    """Answer with the picture of a canned reply."""
    found = [*_pictured(canned_id)]
    place = pictures.find(parts().settings.home, found[0].picture) if found else None
    if place is None:
        abort(404)
    return send_file(place, mimetype=media_type(place.name))


def with_pictures() -> Sequence[Canned]:
    """Return the canned replies whose pictures a form sends with its text."""
    asked = request.form.getlist("with-canned", type=int)[: pictures.MOST]
    return [one for number in asked for one in _pictured(number)]


def _pictured(canned_id: int | None) -> Sequence[Canned]:
    """Return a canned reply, if there is one of this number with a picture."""
    if canned_id is None:
        return []
    with parts().database.read() as connection:
        found = canned.find(connection, canned_id)
    return [found] if found and found.picture else []


@dataclass(frozen=True)
class Meant:
    """A text with what a short code at its end stands for."""

    text: str
    reply: Canned


def meant(conversation_id: int, text: str) -> Meant | None:
    """Return *text* with what a short code at its end stands for; None without one."""
    found = _CODE.search(text)
    if found is None:
        return None
    code = found[1].casefold()
    known = (one for one in _filled(conversation_id) if one.short_code == code)
    reply = next(known, None)
    if reply is None:
        return None
    return Meant(text[: found.start(1) - 1] + reply.text, reply)


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

"""How a customer will see it: the very messages that would go out."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot import content
from bot.admin import extras
from bot.admin.home import blueprint
from bot.messenger.texts import clean
from bot.replies import Reply, replies
from bot.store.extras import Extras
from bot.store.people import Role
from bot.web.access import needs

MOST = 20_000


def messages(said: Mapping[str, Any], text: str) -> list[Reply]:
    """Return the messages that say *text* as *said* is said."""
    tidy = clean(text).replace("\r\n", "\n").strip()
    return replies({**said, "text": tidy[:MOST]})


def of_entry(answer: str, beside: Extras) -> list[Reply]:
    """Return the messages of an answer with its picture and its buttons."""
    return messages(content.said(answer, beside), answer)


@blueprint.post("/preview")
@needs(Role.EDITOR)
def preview() -> ResponseReturnValue:
    """Show what is being typed; nothing is kept."""
    said = of_entry(request.form["answer"], extras.read(request.form))
    return render_template("admin/preview.html", messages=said)

"""The small list of emoji, called by name: asked for when somebody opens it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.inbox.pages import blueprint
from bot.store.people import Role
from bot.web.access import needs, quiet


@blueprint.get("/emoji")
@needs(Role.AGENT)
@quiet
def emoji() -> ResponseReturnValue:
    """Answer with a button for each, in the reader's language."""
    return render_template("inbox/emoji.html")

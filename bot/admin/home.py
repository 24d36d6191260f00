"""The admin pages' blueprint, and the way in."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from bot.store.people import Role
from bot.web.access import needs, quiet
from bot.web.current import parts

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/")
@needs(Role.EDITOR)
def home() -> ResponseReturnValue:
    """Go to what is edited most."""
    return redirect("/admin/faq/", 303)


@blueprint.get("/learning")
@needs(Role.EDITOR)
@quiet
def learning() -> ResponseReturnValue:
    """Say whether the assistant is still learning what was saved."""
    behind = parts().teaching.behind() or not parts().understanding.has_live_model()
    return render_template("admin/learning.html", behind=behind)

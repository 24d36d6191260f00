"""The admin pages' blueprint, and the way in."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot import phrasings
from bot.admin import drafts, reach, telling
from bot.store import faq
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
    behind = parts().teaching.behind() or not parts().understanding.is_current()
    unread = phrasings.unreadable(parts().content) if behind else None
    return render_template(
        "admin/learning.html", behind=behind, unread=unread, **saved(behind)
    )


def saved(behind: bool) -> dict[str, Any]:
    """Return what came of saving the entry that the address names."""
    of = request.args.get("of", "")
    with parts().database.read() as connection:
        version = faq.entry(connection, of)
    told: dict[str, Any] = {
        "of": of,
        "kept": False,
        "reach": None,
        "restored": telling.restored(version),
    }
    if behind or version is None:
        return told
    if drafts.state(version) is not drafts.State.LIVE:
        return {**told, "kept": True}
    return {**told, "reach": reach.of(version)}

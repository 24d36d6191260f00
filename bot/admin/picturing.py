"""Put a picture into the form of an entry, or take it out; nothing is saved."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import pictured
from bot.admin.entry import form, found
from bot.admin.home import blueprint
from bot.store.people import Role
from bot.web.access import needs, takes


@blueprint.post("/faq/<name>/picture")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def change_picture(name: str) -> ResponseReturnValue:
    """Show the form with its picture as it was chosen, in place or as a page."""
    version = None if name == "new" else found(name)
    draft = drafting.read(pictured.typed())
    problems = drafting.picture_problems(draft)
    if "HX-Request" not in request.headers:
        status = 422 if problems else 200
        return form(draft, version, problems=problems, status=status)
    return render_template(
        "admin/picture.html",
        at=f"/admin/faq/{name}/picture",
        image=draft.extras.image,
        problems=problems,
        is_taken=True,
        **pictured.around(),
    )

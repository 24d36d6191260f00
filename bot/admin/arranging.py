"""Add another answer to the form of an entry, move one up, or take one out."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import pictured, tongues, variants
from bot.admin.entry import form, found
from bot.admin.home import blueprint
from bot.store.people import Role
from bot.web.access import needs, takes


@blueprint.post("/faq/<name>/variants")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def arrange_variants(name: str) -> ResponseReturnValue:
    """Show the form with its other answers rearranged; nothing is saved."""
    version = None if name == "new" else found(name)
    draft = drafting.read({**pictured.typed(), "state": "live"})
    what, _, number = request.form.get("arrange", "").partition("-")
    moved = {what: int(number)} if what in ("up", "out") and number.isdecimal() else {}
    draft = replace(draft, variants=variants.arranged(request.form, **moved))
    is_longer = what == "add"
    if "HX-Request" not in request.headers:
        return form(draft, version, is_longer=is_longer)
    return render_template(
        "admin/variants.html",
        here=f"/admin/faq/{name}",
        problems=[],
        in_order=tongues.order(),
        most=drafting.LONGEST_ANSWER,
        **variants.around(draft.variants, is_longer=is_longer, is_changed=True),
    )

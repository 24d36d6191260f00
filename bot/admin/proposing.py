"""The editor's help: what stands already, and phrasings to tick."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import pictured, proposals, saving, tongues
from bot.admin.draft import Draft
from bot.admin.entry import form, found
from bot.admin.home import blueprint
from bot.admin.proposals import Proposals
from bot.store.people import Role
from bot.web.access import needs, quiet, takes


@blueprint.post("/faq/<name>/similar")
@needs(Role.EDITOR)
@quiet
def similar_entries(name: str) -> ResponseReturnValue:
    """Say what stands already that is like the question that is being typed."""
    draft = drafting.read(pictured.typed())
    question = draft.titles.get(request.form.get("of", "")) or draft.question
    near = proposals.similar(question, None if name == "new" else name)
    return render_template("admin/similar.html", similar=near)


@blueprint.post("/faq/<name>/propose")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def propose(name: str) -> ResponseReturnValue:
    """Propose phrasings; what was ticked before stands among the phrasings now."""
    version = None if name == "new" else found(name)
    draft = drafting.read(pictured.typed())
    own = version.name if version else None
    language = proposals.language_of(request.form.get("propose-in", ""))
    proposed = proposals.proposals(draft, saving.places(own), language, own)
    ticked = sum(name.startswith(drafting.TICKED) for name in request.form)
    # Whoever pressed "Propose" without a script has the proposals before them.
    added = ticked if "ticked" in request.form else None
    if "HX-Request" in request.headers:
        return _part(name, draft, proposed, added)
    near = proposals.similar(draft.question, own)
    return form(draft, version, proposed=proposed, similar=near, added=added)


def _part(name: str, draft: Draft, proposed: Proposals, added: int | None) -> str:
    """Return what changes of the page: all else stays as it is open and chosen."""
    return render_template(
        "admin/proposals.html" if added is None else "admin/phrasings.html",
        here=f"/admin/faq/{name}",
        draft=draft,
        proposed=proposed,
        added=added,
        problems=(),
        in_order=tongues.order(),
        proposing_in=proposed.language,
    )

"""Try other words: what would a customer get, and what do they get now?"""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import trial
from bot.admin.home import blueprint
from bot.admin.one_wording import address, change, form, found, seen, written
from bot.store.people import Role
from bot.web.access import needs, quiet


@blueprint.post("/wording/<key>/try")
@needs(Role.EDITOR)
def try_wording(key: str) -> ResponseReturnValue:
    """Try what stands in the form, as if it were saved; nothing is."""
    wording = found(key)
    words = written(wording)
    tried = trial.begun(change(wording, words), address(wording))
    if "HX-Request" in request.headers:
        return trial.part(tried)
    return form(wording, words, tried=tried)


@blueprint.post("/wording/<key>/try/<tried>")
@needs(Role.EDITOR)
@quiet
def tried_wording(key: str, tried: str) -> ResponseReturnValue:
    """Show what came of a try."""
    wording = found(key)
    draft = partial(change, wording, written(wording))
    return trial.part(trial.news(tried, draft, address(wording)))


@blueprint.post("/wording/<key>/preview")
@needs(Role.EDITOR)
def preview_wording(key: str) -> ResponseReturnValue:
    """Show what is being typed; nothing is kept."""
    wording = found(key)
    return render_template(
        "admin/preview.html", messages=seen(wording, written(wording))
    )

"""Try an entry: what would a customer get who says this, and what do they get now?"""

from functools import partial

from flask import request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import gate, pictured, trial
from bot.admin.entry import address, form, found
from bot.admin.home import blueprint
from bot.change import Change
from bot.store.faq import Version
from bot.store.people import Role
from bot.web.access import needs, quiet, takes

NEW = "new"


@blueprint.post("/faq/<name>/try")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def try_entry(name: str) -> ResponseReturnValue:
    """Try what stands in the form, as if it were published; nothing is saved."""
    version = _version(name)
    tried = trial.begun(_change(version), address(version))
    if "HX-Request" in request.headers:
        return trial.part(tried)
    draft = drafting.read({**pictured.typed(), "state": "live"})
    return form(draft, version, tried=tried)


@blueprint.post("/faq/<name>/try/<key>")
@needs(Role.EDITOR)
@quiet
def tried_entry(name: str, key: str) -> ResponseReturnValue:
    """Show what came of a try."""
    version = _version(name)
    news = trial.news(key, partial(_change, version), address(version))
    return trial.part(news)


def _version(name: str) -> Version | None:
    return None if name == NEW else found(name)


def _change(version: Version | None) -> Change:
    draft = drafting.read({**pictured.typed(), "state": "live"})
    return Change(entry=gate.entry_of(draft, version))

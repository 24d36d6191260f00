"""Check a draft: what would publishing it change for the customers of late?"""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import gate, saving
from bot.admin.faq import form, found
from bot.admin.home import blueprint
from bot.store.people import Role
from bot.web.access import needs, quiet
from bot.web.current import parts


@blueprint.post("/faq/<name>/check")
@needs(Role.EDITOR)
def check_entry(name: str) -> ResponseReturnValue:
    """Check what stands in the form, as if it were published; nothing is saved."""
    version = None if name == "new" else found(name)
    draft = replace(drafting.read(request.form), live=True)
    problems = saving.problems(draft, version.name if version else None)
    if problems:
        if "HX-Request" in request.headers:
            return render_template("admin/check.html", check=None, problems=problems)
        return form(draft, version, problems=problems, status=422)
    check = parts().checks.start(gate.entry_of(draft, version))
    if "HX-Request" in request.headers:
        return render_template("admin/check.html", check=gate.shown(check))
    return form(draft, version, check=gate.shown(check))


@blueprint.get("/checks/<key>")
@needs(Role.EDITOR)
@quiet
def check_news(key: str) -> ResponseReturnValue:
    """Show how far a check is; one that is not known here has to be begun anew."""
    check = parts().checks.find(key)
    if check is None:
        gone = gate.Shown(key=key, state="gone")
        return render_template("admin/check.html", check=gone)
    return render_template("admin/check.html", check=gate.shown(check))

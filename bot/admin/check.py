"""Check a draft: what would publishing it change for the customers of late?"""

import re
from dataclasses import replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import gate, pictured, saving
from bot.admin.checked import AT_ONCE, Kind, Lines, Shown, lines, shown
from bot.admin.draft import Draft
from bot.admin.entry import form, found
from bot.admin.home import blueprint
from bot.change import Change
from bot.store.faq import Version
from bot.store.people import Role
from bot.tongue import lazy
from bot.web.access import needs, quiet, takes
from bot.web.current import parts

#: As large as a database would count.
LARGEST = 2**31
_ENTRY = re.compile(r"/admin/faq/[a-z0-9_]+")


TITLES = {
    Kind.BROKEN: lazy("Pins that would break"),
    Kind.UNHEARD: lazy("Customers who would not be heard"),
    Kind.WORSE: lazy("Customers who would lose what they get now"),
    Kind.OTHER: lazy("Customers who would get another answer"),
    Kind.ASKED: lazy("Customers who would be asked back first"),
    Kind.BETTER: lazy("Customers who are newly answered"),
}


@blueprint.post("/faq/<name>/check")
@needs(Role.EDITOR)
@takes(pictured.LARGEST_FORM)
def check_entry(name: str) -> ResponseReturnValue:
    """Check what stands in the form, as if it were published; nothing is saved."""
    draft, version = _draft(name)
    problems = saving.problems(draft, version.name if version else None)
    if problems:
        if "HX-Request" in request.headers:
            return _part(name, None, problems=problems)
        return form(draft, version, problems=problems, status=422)
    check = shown(parts().checks.start(Change(entry=gate.entry_of(draft, version))))
    if "HX-Request" in request.headers:
        return _part(name, check)
    return form(draft, version, check=check)


@blueprint.get("/checks/<key>")
@needs(Role.EDITOR)
@quiet
def check_news(key: str) -> ResponseReturnValue:
    """Show how far a check is; one that is not known here has to be begun anew."""
    check = parts().checks.find(key)
    found = shown(check) if check else Shown(key=key, state="gone")
    of = request.args.get("of", "")
    here = of if _ENTRY.fullmatch(of) else "/admin/faq/new"
    return render_template("admin/check.html", check=found, here=here)


@blueprint.get("/checks/<key>/<any(broken, unheard, worse, other, asked, better):kind>")
@needs(Role.EDITOR)
def check_lines(key: str, kind: str) -> ResponseReturnValue:
    """Show more of what a check found of a kind: in its list, or on a page."""
    check = parts().checks.find(key)
    after = min(max(request.args.get("after", 0, type=int), 0), LARGEST)
    found = Lines()
    if check is not None and check.report is not None:
        found = lines(key, check.report, Kind(kind), after, AT_ONCE)
    is_part = "HX-Request" in request.headers
    page = render_template(
        "admin/more_lines.html" if is_part else "admin/all_lines.html",
        found=found,
        kind=kind,
        title=TITLES[Kind(kind)],
        after=after,
        is_gone=check is None or check.report is None,
    )
    return page, 200 if check else 404


@blueprint.post("/faq/<name>/check/age")
@needs(Role.EDITOR)
@quiet
def check_age(name: str) -> ResponseReturnValue:
    """Say whether the check that is shown is of what stands in the form now."""
    draft, version = _draft(name)
    keys = parts().checks.keys(Change(entry=gate.entry_of(draft, version)))
    is_stale = request.form.get("checked") not in keys
    here = f"/admin/faq/{name}"
    return render_template("admin/check_age.html", is_stale=is_stale, here=here)


def _draft(name: str) -> tuple[Draft, Version | None]:
    version = None if name == "new" else found(name)
    return replace(drafting.read(pictured.typed()), live=True), version


def _part(name: str, check: Shown | None, **around: Any) -> str:
    here = f"/admin/faq/{name}"
    return render_template("admin/check.html", check=check, here=here, **around)

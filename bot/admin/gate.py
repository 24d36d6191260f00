"""Between a change and the customers: pins, scripts, and who would be worse off.

Whatever an admin makes live comes through here: entries of the FAQ, saved, restored,
deleted or brought back, what is taught from a message, the words of the flows.
"""

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import carried, doings
from bot.admin import draft as drafting
from bot.admin.checked import shown
from bot.admin.draft import Draft
from bot.admin.home import blueprint
from bot.change import Change
from bot.check import Check, Report, State
from bot.publishing import deeds
from bot.store import faq
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.undertaken import What
from bot.tongue import shape
from bot.web.current import parts

LONGEST_REASON = 200
DESPITE = shape("Although a pin breaks: {reason}")
DESPITE_SCRIPT = shape("Although a script breaks: {reason}")
DESPITE_WORSE = shape("Although customers would lose an answer: {reason}")
#: How that was kept before anything but publishing came through here.
_EARLIER = (
    shape("Published although a pin breaks: {reason}"),
    shape("Published although a script breaks: {reason}"),
)
#: Seconds that whoever publishes waits for what must hold; after that the server
#: carries it on, and a page tells how far it is.
PATIENCE = 5.0
#: What of a form is about its check, and not about what is done.
_OF_THE_CHECK = frozenset(["csrf_token", "reason", "checked"])


class HeldError(Exception):
    """Something that must hold would not: nothing was done."""

    def __init__(self, check: Check, doing: str, back: str) -> None:
        self.check = check
        self.doing = doing
        self.back = back
        super().__init__(doing)


class NotKnownYetError(Exception):
    """What speaks against it is not known in time: the server carries it on."""

    def __init__(self, what: What) -> None:
        self.what = what
        super().__init__(what.name)


def entry_of(draft: Draft, version: Version | None) -> Faq:
    """Return what a draft would be, once saved."""
    own = parts().content.language
    if version is not None:
        return draft.entry(version.name, version, own)
    with parts().database.read() as connection:
        name = drafting.new_name(draft.question, faq.names(connection))
    return draft.entry(name, None, own)


def through(what: What, back: str = "/admin/") -> str | None:
    """Return what is to be kept of why this is done although something breaks, if so.

    Raise HeldError if something breaks and whoever does it has not seen that and said
    why, NotKnownYetError if it is not known in time. It is of this very change,
    whatever was checked before. A check that failed stops nothing, for then nothing is
    known; and no draft waits for one that takes long, for it is somebody's work. *back*
    is where the page of it is, for whoever is stopped.
    """
    change = deeds.change(what)
    check = parts().checks.gate(change, PATIENCE)
    is_draft = bool(change.written) and not any(one.live for one in change.written)
    if check.state is State.FAILED or (check.report is None and is_draft):
        return None
    if check.report is None:
        raise NotKnownYetError(what)
    return past(change, check, doings.doing(what), back)


def past(change: Change, check: Check, doing: str, back: str) -> str | None:
    """Return the same of a check that has ended; raise HeldError as `through` does."""
    if check.report is None or not check.report.stops:
        return None
    has_seen = request.form.get("checked") in parts().checks.keys(change)
    if not (reason() and has_seen):
        raise HeldError(check, doing, back)
    return _although(check.report).format(reason=reason())


def _although(report: Report) -> str:
    if report.broken:
        return DESPITE
    return DESPITE_SCRIPT if report.scripts.broken else DESPITE_WORSE


def reason() -> str:
    """Return why somebody goes on although something breaks."""
    return " ".join(request.form.get("reason", "").split())[:LONGEST_REASON]


@blueprint.app_errorhandler(NotKnownYetError)
def carried_on(error: NotKnownYetError) -> ResponseReturnValue:
    """Let the server do it, and show how far it is."""
    review = "?review=1" if "review" in request.form else ""
    return redirect(f"/admin/undertakings/{carried.begin(error.what)}{review}", 303)


@blueprint.app_errorhandler(HeldError)
def held(error: HeldError) -> Response:
    """Show what would break, and let it be done all the same by whoever says why."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _OF_THE_CHECK
    ]
    made = render_template(
        "admin/held.html",
        check=shown(error.check),
        doing=error.doing,
        back=error.back,
        fields=fields,
    )
    return make_response(made, 422)

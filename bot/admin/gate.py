"""Between a change and the customers: pins, scripts, and who would be worse off.

Whatever an admin makes live comes through here: entries of the FAQ, saved, restored,
deleted or brought back, what is taught from a message, the words of the flows.
"""

from flask import Response, make_response, render_template, request

from bot.admin import draft as drafting
from bot.admin.checked import shown
from bot.admin.draft import Draft
from bot.admin.home import blueprint
from bot.change import Change
from bot.check import Check, Report, State
from bot.store import faq
from bot.store.faq import Version
from bot.store.knowledge import Faq
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
#: Seconds that whoever publishes waits for what must hold; after that a page tells how
#: far it is, and asks for the same again by itself when it has ended.
PATIENCE = 5.0
#: What of a form is about its check, and not about what is done.
_OF_THE_CHECK = frozenset(["csrf_token", "reason", "checked"])


class HeldError(Exception):
    """Something that must hold would not, or that is not known: nothing was done."""

    def __init__(self, check: Check, doing: str, back: str) -> None:
        self.check = check
        self.doing = doing
        self.back = back
        super().__init__(doing)

    @property
    def status(self) -> int:
        """Return the status of a page about it: one that still waits is no mistake."""
        return 202 if self.check.report is None else 422


def entry_of(draft: Draft, version: Version | None) -> Faq:
    """Return what a draft would be, once saved."""
    own = parts().content.language
    if version is not None:
        return draft.entry(version.name, version, own)
    with parts().database.read() as connection:
        name = drafting.new_name(draft.question, faq.names(connection))
    return draft.entry(name, None, own)


def through(change: Change, doing: str = "", back: str = "/admin/") -> str | None:
    """Return what is to be kept of why this is done although something breaks, if so.

    Raise HeldError if something breaks and whoever does it has not seen that and said
    why, or if it is not known in time. It is of this very change, whatever was checked
    before. A check that failed stops nothing, for then nothing is known; and no draft
    waits for one that takes long, for it is somebody's work. *doing* says what is done,
    and *back* where its page is, for whoever is stopped.
    """
    check = parts().checks.gate(change, PATIENCE)
    is_draft = bool(change.written) and not any(one.live for one in change.written)
    if check.state is State.FAILED or (check.report is None and is_draft):
        return None
    return past(change, check, doing, back)


def past(change: Change, check: Check, doing: str, back: str) -> str | None:
    """Return the same of a check that is there; raise HeldError as `through` does."""
    if check.report is None:
        raise HeldError(check, doing, back)
    if not check.report.stops:
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


@blueprint.app_errorhandler(HeldError)
def held(error: HeldError) -> Response:
    """Show what would break, and let it be done all the same by whoever says why."""
    page = render_template(
        "admin/held.html",
        check=shown(error.check),
        doing=error.doing,
        back=error.back,
        fields=[
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in _OF_THE_CHECK
        ],
    )
    return make_response(page, error.status)

"""Between a draft and its customers: the pins and the scripts that must hold."""

from flask import request

from bot.admin import draft as drafting
from bot.admin.draft import Draft
from bot.checking import Check, State
from bot.store import faq
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.tongue import shape
from bot.web.current import parts

LONGEST_REASON = 200
DESPITE = shape("Published although a pin breaks: {reason}")
DESPITE_SCRIPT = shape("Published although a script breaks: {reason}")
#: Seconds that whoever publishes waits for what must hold; a page tells the rest.
PATIENCE = 25.0


def entry_of(draft: Draft, version: Version | None) -> Faq:
    """Return what a draft would be, once published."""
    own = parts().content.language
    if version is not None:
        return draft.entry(version.name, version, own)
    with parts().database.read() as connection:
        name = drafting.new_name(draft.question, faq.names(connection))
    return draft.entry(name, None, own)


def closed(draft: Draft, version: Version | None) -> Check | None:
    """Return the check that keeps a draft from going live, None if it may.

    It is of this very draft, whatever was checked before. What stops it is opened by
    a reason of whoever has seen it; and a check that failed stops nothing, for then
    nothing is known.
    """
    if not draft.live:
        return None
    entry = entry_of(draft, version)
    check = parts().checks.gate(entry, PATIENCE)
    if check.state is State.FAILED or (check.report and not check.report.stops):
        return None
    has_seen = request.form.get("checked") in parts().checks.keys(entry)
    return None if check.report and reason() and has_seen else check


def reason() -> str:
    """Return why somebody publishes although something breaks."""
    return " ".join(request.form.get("reason", "").split())[:LONGEST_REASON]


def despite(draft: Draft, version: Version | None) -> str | None:
    """Return what the version keeps of a reason that was needed."""
    if not (draft.live and reason()):
        return None
    check = parts().checks.gate(entry_of(draft, version), PATIENCE)
    if check.report is None or not check.report.stops:
        return None
    broken = DESPITE if check.report.broken else DESPITE_SCRIPT
    return broken.format(reason=reason())

"""The audit log: who did what, to look through and to take away as a table."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from bot.account.people import blueprint
from bot.store import audit, team
from bot.store.audit import Action, Wanted
from bot.store.database import Database
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.tongue import _, english, kept, lazy
from bot.web import figures
from bot.web.access import needs
from bot.web.current import parts

MOST = 100
AT_ONCE = 1000  # rows of the table that are read at a time
LARGEST = 2**63 - 1
COLUMNS = ("when (UTC)", "login", "action", "about", "details", "address")
WORDS = {
    Action.SIGNED_IN: lazy("Signed in"),
    Action.SIGN_IN_FAILED: lazy("Failed to sign in"),
    Action.SIGNED_OUT: lazy("Signed out"),
    Action.SESSIONS_ENDED: lazy("Signed out other browsers"),
    Action.PASSWORD_SET: lazy("Set a password"),
    Action.SECOND_FACTOR_ON: lazy("Turned the second factor on"),
    Action.SECOND_FACTOR_OFF: lazy("Turned the second factor off"),
    Action.SECOND_FACTOR_RESET: lazy("Took the second factor away"),
    Action.RECOVERY_CODES_MADE: lazy("Made new recovery codes"),
    Action.ADDED: lazy("Added"),
    Action.INVITED: lazy("Invited"),
    Action.INVITATION_WITHDRAWN: lazy("Withdrew the invitation"),
    Action.INVITATION_ACCEPTED: lazy("Joined by invitation"),
    Action.ROLE_CHANGED: lazy("Changed the role"),
    Action.SHUT_OUT: lazy("Shut out"),
    Action.LET_IN_AGAIN: lazy("Let in again"),
    Action.LINK_MADE: lazy("Made a sign-in link"),
    Action.FAQ_ADDED: lazy("Added to the FAQ"),
    Action.FAQ_PROPOSED: lazy("Proposed for the FAQ"),
    Action.FAQ_CHANGED: lazy("Changed in the FAQ"),
    Action.FAQ_RESTORED: lazy("Restored a version in the FAQ"),
    Action.FAQ_DELETED: lazy("Deleted from the FAQ"),
    Action.FAQ_BROUGHT_BACK: lazy("Brought back to the FAQ"),
    Action.TAUGHT: lazy("Taught from a message"),
    Action.LESSON_TAKEN_BACK: lazy("Took back what was taught"),
    Action.LESSON_BROUGHT_BACK: lazy("Taught again what was taken back"),
    Action.MARK_TAKEN_BACK: lazy("Took back the mark on an answer"),
    Action.WORDING_CHANGED: lazy("Changed the wording"),
    Action.WORDING_RESTORED: lazy("Restored the built-in wording"),
    Action.PAGE_SUBSCRIBED: lazy("Subscribed the Page"),
    Action.PAGE_MOVED: lazy("Brought the app's events here"),
    Action.PAGE_PROFILE_SET: lazy("Set up the Page's menu"),
    Action.PAGE_TESTED: lazy("Sent a test message"),
    Action.ANSWERS_SENT_AGAIN: lazy("Sent refused answers again"),
    Action.HOURS_CHANGED: lazy("Changed the hours"),
    Action.HOURS_RESTORED: lazy("Brought back older hours"),
    Action.PRECISION_CHANGED: lazy("Changed how sure the assistant must be"),
    Action.ORDER_CANCEL_ASKED: lazy("A customer asked to cancel an order"),
    Action.ORDER_CANCELLED: lazy("Cancelled an order for its customer"),
    Action.ORDER_NOT_CANCELLED: lazy("Could not cancel an order for its customer"),
    Action.ORDER_LOOKED_UP: lazy("Looked up an order"),
    Action.ADDRESS_CHANGE_ASKED: lazy(
        "A customer asked to change the address of an order"
    ),
    Action.ADDRESS_CHANGED: lazy("Changed the address of an order for its customer"),
    Action.ADDRESS_NOT_CHANGED: lazy(
        "Could not change the address of an order for its customer"
    ),
    Action.THRESHOLD_RAISED: lazy("Began to answer a question less"),
    Action.THRESHOLD_LOWERED: lazy("Answers a question as before"),
    Action.THRESHOLD_KEPT: lazy("Keeps answering a question less"),
    Action.PIN_ADDED: lazy("Pinned a phrase"),
    Action.PIN_REMOVED: lazy("Removed a pin"),
    Action.PIN_BROUGHT_BACK: lazy("Brought back a pin"),
    Action.CANNED_DELETED: lazy("Deleted a canned reply"),
    Action.CANNED_BROUGHT_BACK: lazy("Brought back a canned reply"),
    Action.LABEL_DELETED: lazy("Deleted a label"),
    Action.LABEL_BROUGHT_BACK: lazy("Brought back a label"),
    Action.SHOP_ASKED_FOR_DATA: lazy("The shop asked what is kept about a customer"),
    Action.SHOP_HAD_ERASED: lazy("The shop had what is kept of orders erased"),
}


@blueprint.get("/audit")
@needs(Role.ADMIN)
def log() -> ResponseReturnValue:
    """Show who did what, the newest first."""
    wanted = _wanted()
    with parts().database.read() as connection:
        found = audit.entries(connection, wanted, MOST + 1)
        known = team.members(connection)
    return render_template(
        "account/audit.html",
        entries=found[:MOST],
        older=found[MOST - 1].id if len(found) > MOST else None,
        people=known,
        words=WORDS,
        details=_details_told,
        wanted=wanted,
        filters=_filters(wanted),
    )


@blueprint.get("/audit.csv")
@needs(Role.ADMIN)
def table() -> ResponseReturnValue:
    """Give all that fits the filters as a CSV file."""
    wanted = replace(_wanted(), before=None)
    response = Response(_lines(parts().database, wanted), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _wanted() -> Wanted:
    action = request.args.get("action", "")
    return Wanted(
        staff_id=_number("person"),
        action=Action(action) if action in list(Action) else None,
        before=_number("before"),
    )


def _number(name: str) -> int | None:
    found = request.args.get(name, type=int)
    return found if found is not None and 0 < found <= LARGEST else None


def _filters(wanted: Wanted) -> dict[str, Any]:
    return {"person": wanted.staff_id, "action": wanted.action and wanted.action.value}


def _lines(database: Database, wanted: Wanted) -> Iterator[str]:
    """Yield the table, a stretch at a time: the log may be long."""
    yield _csv([COLUMNS])
    while True:
        with database.read() as connection:
            rows = audit.entries(connection, wanted, AT_ONCE)
        if not rows:
            return
        yield _csv([_cells(row) for row in rows])
        wanted = replace(wanted, before=rows[-1].id)


def _cells(row: AnyRow) -> tuple[str, ...]:
    cells = (
        row.at.isoformat(timespec="seconds"),
        row.login or "",
        row.action,
        row.about or "",
        _details(row.details),
        row.address or "",
    )
    return tuple(map(_harmless, cells))


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _details(details: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {_told(value)}" for name, value in details.items())


def _details_told(details: Mapping[str, Any]) -> str:
    """Return the same to whoever reads it on the page."""
    pairs = ((kept(name), _value(value)) for name, value in details.items())
    return figures.series(
        _("%(name)s: %(text)s", name=name, text=text) for name, text in pairs
    )


def _value(value: object) -> str:
    """Return a value; one that names several things is told thing by thing."""
    return "; ".join(map(kept, _told(value).split("; ")))


#: What details are called, and what they may say.
DETAILS = (
    english("browsers"),
    english("conversations"),
    english("live"),
    english("by"),
    english("role"),
    english("version"),
    english("changed"),
    english("restored"),
    english("reason"),
    english("conversation"),
    english("came"),
    english("found"),
    english("unknown"),
    english("unanswered"),
    english("proof"),
    english("fits"),
    english("closed"),
    english("yes"),
    english("no"),
    english("language"),
    english("from"),
    english("wrong"),
    english("answers"),
    english("password"),
    english("link"),
    english("code"),
    english("admin"),
    english("editor"),
    english("agent"),
    english("viewer"),
)


def _told(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

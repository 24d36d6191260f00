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
from bot.web.access import needs
from bot.web.current import parts

MOST = 100
AT_ONCE = 1000  # rows of the table that are read at a time
LARGEST = 2**63 - 1
COLUMNS = ("when (UTC)", "login", "action", "about", "details", "address")
WORDS = {
    Action.SIGNED_IN: "Signed in",
    Action.SIGN_IN_FAILED: "Failed to sign in",
    Action.SIGNED_OUT: "Signed out",
    Action.SESSIONS_ENDED: "Signed out other browsers",
    Action.PASSWORD_SET: "Set a password",
    Action.SECOND_FACTOR_ON: "Turned the second factor on",
    Action.SECOND_FACTOR_OFF: "Turned the second factor off",
    Action.SECOND_FACTOR_RESET: "Took the second factor away",
    Action.RECOVERY_CODES_MADE: "Made new recovery codes",
    Action.ADDED: "Added",
    Action.INVITED: "Invited",
    Action.INVITATION_WITHDRAWN: "Withdrew the invitation",
    Action.INVITATION_ACCEPTED: "Joined by invitation",
    Action.ROLE_CHANGED: "Changed the role",
    Action.SHUT_OUT: "Shut out",
    Action.LET_IN_AGAIN: "Let in again",
    Action.LINK_MADE: "Made a sign-in link",
    Action.FAQ_ADDED: "Added to the FAQ",
    Action.FAQ_CHANGED: "Changed in the FAQ",
    Action.FAQ_RESTORED: "Restored a version in the FAQ",
    Action.FAQ_DELETED: "Deleted from the FAQ",
    Action.FAQ_BROUGHT_BACK: "Brought back to the FAQ",
    Action.WORDING_CHANGED: "Changed the wording",
    Action.WORDING_RESTORED: "Restored the built-in wording",
    Action.PAGE_SUBSCRIBED: "Subscribed the Page",
    Action.PAGE_MOVED: "Brought the app's events here",
    Action.PAGE_PROFILE_SET: "Set up the Page's menu",
    Action.PAGE_TESTED: "Sent a test message",
    Action.HOURS_CHANGED: "Changed the hours",
    Action.HOURS_RESTORED: "Brought back older hours",
    Action.PRECISION_CHANGED: "Changed how sure the assistant must be",
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
        details=_details,
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


def _told(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

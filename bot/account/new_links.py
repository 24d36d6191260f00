"""A new sign-in link for a colleague who has no password, or forgot it."""

from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.account import links
from bot.account.people import YOURSELF, blueprint, page
from bot.store import audit, staff
from bot.store import links as rows
from bot.store.audit import Action
from bot.store.people import Role
from bot.tongue import lazy
from bot.web.access import needs
from bot.web.current import parts, trace
from bot.web.current import staff as current_staff

OUT = lazy("They were shut out. Let them in again first.")


@blueprint.post("/people/<int:staff_id>/link")
@needs(Role.ADMIN)
def make_link(staff_id: int) -> ResponseReturnValue:
    """Make a link with which somebody signs in anew, and show it, this once.

    Nobody makes one for themselves: a browser that was left open would be enough
    to set another password in it.
    """
    if staff_id == current_staff().id:
        return page(staff_id, error=YOURSELF, status=422)
    by = trace()

    def job(connection: Connection) -> str | None:
        person = staff.by_id(connection, staff_id)
        if person is None:
            return None
        audit.note(connection, by, Action.LINK_MADE, person.login)
        return rows.make(connection, person.id, ends_sessions=True)

    token = parts().database.write(job)
    if token is None:
        return page(staff_id, error=OUT, status=422)
    return page(staff_id, link=links.url(parts().settings, token))

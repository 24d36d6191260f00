"""The people who work here: who they are, what they may do, and shutting them out."""

from collections.abc import Callable
from datetime import timedelta

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.account import leaving
from bot.store import audit, invitations, team
from bot.store.audit import Action
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.tongue import lazy
from bot.web.access import needs
from bot.web.current import parts, staff, trace

blueprint = Blueprint("people", __name__, url_prefix="/admin")

LAST = lazy("This is the only admin. Make somebody else an admin first.")
YOURSELF = lazy("You can't do this to yourself. Ask another admin.")
NOTES = {
    "role": lazy("The role is changed. It holds from the next click on."),
    "same": lazy("Nothing was changed: that is the role already."),
    "out": lazy(
        "Shut out, in every browser. Conversations they held wait for a colleague."
    ),
    "in": lazy("Let in again. A password that was set before works again."),
    "withdrawn": lazy("The invitation is withdrawn. Its link does not work any more."),
    "gone": lazy("That invitation was used or had ended already."),
    "factor": lazy(
        "The second factor is off. A password is enough until it is set up anew."
    ),
}
#: What each role may do, in the words of the form that gives it.
ROLES = {
    Role.VIEWER: lazy("Reads conversations"),
    Role.AGENT: lazy("Answers customers"),
    Role.EDITOR: lazy("Also edits FAQ and wording"),
    Role.ADMIN: lazy("Also manages people"),
}


@blueprint.get("/people")
@needs(Role.ADMIN)
def people() -> ResponseReturnValue:
    """Show everybody, and who has been invited."""
    return listing()


@blueprint.get("/people/<int:staff_id>")
@needs(Role.ADMIN)
def one(staff_id: int) -> ResponseReturnValue:
    """Show somebody, and what can be changed about them."""
    return page(staff_id)


@blueprint.post("/people/<int:staff_id>/role")
@needs(Role.ADMIN)
def set_role(staff_id: int) -> ResponseReturnValue:
    """Give somebody another role; somebody has to stay an admin."""
    wanted, by, wait = asked_role(), trace(), _wait()

    def job(connection: Connection, member: AnyRow) -> str:
        changed = leaving.change_role(connection, member, wanted, by, wait)
        return "role" if changed else "same"

    return _change(staff_id, job, is_loss=wanted is not Role.ADMIN)


@blueprint.post("/people/<int:staff_id>/shut-out")
@needs(Role.ADMIN)
def shut_out(staff_id: int) -> ResponseReturnValue:
    """Shut somebody out at once."""
    by, wait = trace(), _wait()

    def job(connection: Connection, member: AnyRow) -> str:
        leaving.shut_out(connection, member, by, wait)
        return "out"

    return _change(staff_id, job, is_loss=True)


@blueprint.post("/people/<int:staff_id>/let-in")
@needs(Role.ADMIN)
def let_in(staff_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    by = trace()

    def job(connection: Connection, member: AnyRow) -> str:
        if team.let_in_again(connection, member.id):
            audit.note(connection, by, Action.LET_IN_AGAIN, member.login)
        return "in"

    return _change(staff_id, job)


@blueprint.post("/people/<int:staff_id>/second-factor/reset")
@needs(Role.ADMIN)
def reset_factor(staff_id: int) -> ResponseReturnValue:
    """Take the second factor from a colleague who has lost theirs."""
    by = trace()

    def job(connection: Connection, member: AnyRow) -> str:
        leaving.reset_factor(connection, member, by)
        return "factor"

    return _change(staff_id, job, is_loss=True)


def asked_role() -> Role:
    """Return the role that a form names, or answer that there is none such."""
    role = request.form.get("role", "")
    if role not in list(Role):
        abort(400)
    return Role(role)


def listing(
    *,
    link: str | None = None,
    login: str = "",
    taken: AnyRow | None = None,
    error: str | None = None,
    status: int = 200,
) -> Response:
    """Return the page of everybody; *link* is an invitation that was just made.

    With *taken*, whoever has the login already that was invited.
    """
    with parts().database.read() as connection:
        known = team.members(connection)
        pending = invitations.pending(connection)
    made = render_template(
        "account/people.html",
        members=known,
        pending=pending,
        roles=ROLES,
        link=link,
        login=login,
        taken=taken,
        error=error,
        note=NOTES.get(request.args.get("note", "")),
    )
    return make_response(made, status)


def page(
    staff_id: int,
    *,
    link: str | None = None,
    error: str | None = None,
    status: int = 200,
) -> Response:
    """Return the page of somebody; *link* is one that was just made for them."""
    with parts().database.read() as connection:
        member = team.member(connection, staff_id)
    if member is None:
        abort(404)
    made = render_template(
        "account/person.html",
        member=member,
        roles=ROLES,
        link=link,
        error=error,
        note=NOTES.get(request.args.get("note", "")),
    )
    return make_response(made, status)


def _wait() -> timedelta:
    """Return how long a customer may wait for a person."""
    return timedelta(minutes=parts().settings.answer_within)


def _change(
    staff_id: int, job: Callable[[Connection, AnyRow], str], *, is_loss: bool = False
) -> ResponseReturnValue:
    """Do *job* to somebody, and say what came of it.

    With *is_loss* they lose something: nobody does that to themselves by mistake,
    and never to the last admin.
    """
    if is_loss and staff_id == staff().id:
        return page(staff_id, error=YOURSELF, status=422)

    def whole(connection: Connection) -> str | None:
        if is_loss and team.is_last_admin(connection, staff_id):
            return None
        member = team.member(connection, staff_id)
        return "missing" if member is None else job(connection, member)

    note = parts().database.write(whole)
    if note == "missing":
        abort(404)
    if note is None:
        return page(staff_id, error=LAST, status=422)
    return redirect(f"/admin/people/{staff_id}?note={note}", 303)

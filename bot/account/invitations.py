"""Invite somebody by a link; whoever holds it joins, once."""

from dataclasses import replace

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.account import doors, logins, passwords
from bot.account.people import asked_role, blueprint, listing
from bot.account.sign_in import blueprint as account
from bot.store import audit, team
from bot.store import invitations as rows
from bot.store.audit import Action
from bot.store.invitations import Invited
from bot.store.people import Role
from bot.store.staff import Person
from bot.tongue import lazy
from bot.web.access import needs, public
from bot.web.current import now, parts, staff, trace

ODD = lazy("Use a login without spaces, such as an e-mail address.")
NAMELESS = lazy("Write the name that colleagues know you by, at most 60 letters.")


@blueprint.post("/people/invite")
@needs(Role.ADMIN)
def invite() -> ResponseReturnValue:
    """Make an invitation, and show its link, this once."""
    login, role = request.form["login"].strip(), asked_role()
    if logins.is_odd(login):
        return listing(error=ODD, login=login[: logins.LONGEST], status=422)
    me, moment, by = staff().id, now(), trace()

    def job(connection: Connection) -> str | None:
        token = rows.make(connection, login, role, me, moment)
        if token is not None:
            audit.note(connection, by, Action.INVITED, login, role=role.value)
        return token

    token = parts().database.write(job)
    if token is None:
        with parts().database.read() as connection:
            taken = team.by_login(connection, login)
        return listing(taken=taken, login=login, status=422)
    return listing(link=_url(token), login=login)


@blueprint.post("/people/invitations/<int:invitation_id>/withdraw")
@needs(Role.ADMIN)
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Let an invitation work no more."""
    by = trace()

    def job(connection: Connection) -> bool:
        login = rows.withdraw(connection, invitation_id)
        if login is not None:
            audit.note(connection, by, Action.INVITATION_WITHDRAWN, login)
        return login is not None

    note = "withdrawn" if parts().database.write(job) else "gone"
    return redirect(f"/admin/people?note={note}", 303)


@account.get("/invitation/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show who is invited as what, and ask for a name and a password."""
    with parts().database.read() as connection:
        invited = rows.find(connection, token)
    return _form(invited)


@account.post("/invitation/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Add whom the link is for, and sign them in; nobody else after them."""
    name, password = request.form["name"].strip(), request.form["password"]
    with parts().database.read() as connection:
        invited = rows.find(connection, token)
    # Before any work is done for a stranger: a password takes a third of a second.
    if invited is None:
        return _form(None)
    error = _problem(invited, name, password)
    if error is not None:
        return _form(invited, name=name[:60], error=error, status=422)
    person = _added(token, name, passwords.hashed(password))
    return (
        _form(None)
        if person is None
        else doors.let_in(person, doors.HOME, by="invitation")
    )


def _added(token: str, name: str, password_hash: str) -> Person | None:
    moment, by = now(), trace()

    def job(connection: Connection) -> Person | None:
        person = rows.accept(connection, token, name, password_hash, moment)
        if person is not None:
            theirs = replace(by, staff_id=person.id)
            audit.note(connection, theirs, Action.INVITATION_ACCEPTED, person.login)
        return person

    return parts().database.write(job)


def _problem(invited: Invited, name: str, password: str) -> str | None:
    if logins.is_nameless(name):
        return NAMELESS
    return passwords.problem(password, invited.login, *name.split())


def _url(token: str) -> str:
    return f"{parts().settings.base_url}/invitation/{token}"


def _form(
    invited: Invited | None,
    *,
    name: str = "",
    error: str | None = None,
    status: int = 200,
) -> Response:
    page = render_template(
        "account/invitation.html",
        invited=invited,
        name=name,
        error=error,
        least=passwords.LEAST,
    )
    return make_response(page, status if invited else 410)

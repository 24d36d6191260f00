"""Whether somebody is mailed when a customer waits and nobody comes."""

from dataclasses import dataclass

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.account.sign_in import blueprint
from bot.store import staff, staff_mails
from bot.store.people import Role
from bot.web import current
from bot.web.access import needs
from bot.web.current import parts


@dataclass(frozen=True, kw_only=True)
class Mailed:
    """What there is to choose, and what was chosen."""

    has_server: bool
    has_address: bool
    is_wanted: bool


@blueprint.post("/account/mail")
@needs(Role.AGENT)
def choose_mail() -> ResponseReturnValue:
    """Let somebody be mailed then, or not."""
    me, wants = current.staff().id, "wants" in request.form
    parts().database.write(lambda c: staff.set_wants_mail(c, me, wants=wants))
    return redirect("/account/?note=mail#mail", 303)


def of(connection: Connection) -> Mailed | None:
    """Return what the account page says of it; None: they take no hand-offs."""
    someone = current.staff()
    if not staff.may(someone.role, Role.AGENT):
        return None
    return Mailed(
        has_server=parts().settings.shop.mail_url is not None,
        has_address=staff_mails.is_address(someone.login),
        is_wanted=staff.wants_mail(connection, someone.id),
    )

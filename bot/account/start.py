"""The first page: of the demo a place to begin, otherwise the way to the inbox."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot import tongue
from bot.account import doors, first, links
from bot.demo import moment
from bot.demo.moment import Progress
from bot.settings import LOOPBACK
from bot.store import links as link_rows
from bot.store import samples
from bot.web import forms
from bot.web.access import public, quiet, tokenless
from bot.web.current import now, parts

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """Show the demo's start page, on this very machine; elsewhere go to the inbox."""
    if not _is_demo_here():
        return redirect(doors.HOME, 303)
    with parts().database.read() as connection:
        orders = samples.orders(connection)
        tickets = samples.tickets(connection, now())
        products = samples.products(connection)
        far = moment.progress(connection, tongue.spoken())
    found = {"orders": orders, "tickets": tickets, "products": products}
    past = parts().settings.demo_past
    return render_template("start.html", past=past, **_walk(far), **found)


@blueprint.get("/demo/steps")
@public
@quiet
def demo_steps() -> ResponseReturnValue:
    """Show how far the moment is that the start page walks through."""
    if not _is_demo_here():
        abort(404)
    with parts().database.read() as connection:
        far = moment.progress(connection, tongue.spoken())
    if request.args.get("seen") == far.stamp:
        return "", 204  # whoever marks a text to copy it keeps it marked
    return render_template("steps.html", **_walk(far))


@blueprint.post("/demo/sign-in/<who>")
@public
def demo_sign_in(who: str) -> ResponseReturnValue:
    """Sign in as somebody of the demo's staff, by a link that is used at once."""
    if not _is_demo_here() or who not in first.DEMO:
        abort(404)
    token = first.demo_link(parts(), who)
    opened = parts().database.write(lambda c: link_rows.use(c, token))
    if opened is None:
        abort(404)
    wanted = forms.local_path(request.form.get("next"))
    return doors.admit(opened.person, wanted or first.DEMO[who][3], by="link")


@blueprint.post("/demo/sign-in-links")
@public
@tokenless
def demo_sign_in_links() -> ResponseReturnValue:
    """Tell `frontdesk demo` a fresh link for each of the demo's staff."""
    if not _is_demo_here():
        abort(404)
    settings = parts().settings
    return jsonify(
        {
            who: links.url(settings, first.demo_link(parts(), who), then)
            for who, (_, _, _, then) in first.DEMO.items()
        }
    )


def _walk(far: Progress) -> dict[str, Any]:
    says = moment.script(tongue.spoken())
    return {"phone": parts().settings.demo_phone, "script": says, "progress": far}


def _is_demo_here() -> bool:
    """Return whether this is the demo, asked for by the machine it runs on.

    The host too must be this machine's: a site that makes its own name lead here
    sends another.
    """
    if not parts().settings.demo:
        return False
    host = urlsplit(f"//{request.host}").hostname
    try:
        return ip_address(request.remote_addr or "").is_loopback and host in LOOPBACK
    except ValueError:
        return False

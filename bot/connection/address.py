"""Can the webhook be reached, from here and from Facebook?"""

import secrets
from urllib.parse import urlsplit

from bot.connection import subscription, visit
from bot.connection.line import Line
from bot.connection.results import Result, Step, green, red
from bot.connection.visit import VisitError
from bot.messenger.errors import SendError

#: Facebook's handshake failed: no answer, or not the one it asked for.
UNVERIFIED = {2200, 2201}


def check(line: Line) -> Result:
    """Shake hands with ourselves at our public address; let Facebook do it as well."""
    if not line.settings.is_emulated:
        if line.settings.public_url is None:
            return red(Step.ADDRESS, "address_unset")
        if urlsplit(line.url).scheme != "https":
            return red(Step.ADDRESS, "address_plain", url=line.url)
    return _from_here(line) or _from_facebook(line)


def _from_here(line: Line) -> Result | None:
    """Return what is wrong with our address as this machine sees it."""
    challenge = secrets.token_hex(8)
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": line.settings.verify_token,
    }
    try:
        answer = visit.get(line, query)
    except VisitError as error:
        return unanswered(line, Step.ADDRESS, error)
    if answer.status == 200 and answer.body == challenge.encode():
        return None
    if answer.status == 403 and not answer.body:
        return red(Step.ADDRESS, "address_verify_token", url=line.url)
    return other(line, Step.ADDRESS, answer.status)


def unanswered(line: Line, step: Step, error: VisitError) -> Result:
    """Return that nobody answered at our address."""
    host = urlsplit(line.url).hostname or ""
    values = {"url": line.url, "host": host, "reason": str(error)}
    return red(step, error.finding, **values)


def other(line: Line, step: Step, status: int) -> Result:
    """Return that something else than we answered at our address."""
    values = {"url": line.url, "status": str(status), "listens": line.listens}
    return red(step, "address_other", **values)


def _from_facebook(line: Line) -> Result:
    """Have Facebook shake hands: to subscribe again to what is so already does that.

    Not if the app's webhook is elsewhere: it would move. And what Facebook says to
    anything else is not about our address.
    """
    seen = green(Step.ADDRESS, "address_ok", url=line.url)
    try:
        known = subscription.of_app(line)
        if known is None or known.url != line.url:
            return seen
        subscription.point_here(line, known.fields)
    except SendError as error:
        if error.code not in UNVERIFIED:
            return seen
        values = {
            "url": line.url,
            "sign_in": f"{line.settings.base_url}/sign-in",
            "reason": subscription.plain(error),
        }
        return red(Step.ADDRESS, "address_unreached", **values)
    return green(Step.ADDRESS, "address_reached", url=line.url)

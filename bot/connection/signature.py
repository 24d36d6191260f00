"""Is what was signed with our secret taken, and what was not, turned away?

A body signed by us goes the way that Facebook's go, and is looked for in the tables:
so a proxy that writes bodies anew, a server with an old secret and another Frontdesk
at our address all come to light. That our secret is the app's, another check says.
"""

import secrets
from datetime import timedelta

import orjson
from sqlalchemy import Connection

from bot.connection import address, visit
from bot.connection.line import Line
from bot.connection.refusals import PROBE
from bot.connection.results import Result, Step, green, red
from bot.connection.visit import Answer, VisitError
from bot.store import health
from webhooks.parser import parse
from webhooks.signature import sign

FRESH = timedelta(days=1)


def check(line: Line) -> Result:
    """Send ourselves a signed message and a forged one; see what became of others."""
    try:
        return _fault(line) or _foreign(line) or green(Step.SIGNATURE, "signature_ok")
    except VisitError as error:
        return address.unanswered(line, Step.SIGNATURE, error)


def _fault(line: Line) -> Result | None:
    body = _probe(line)
    genuine = visit.post(line, body, sign(body, line.settings.app_secrets[0]))
    arrived = line.database.write(lambda connection: _taken(connection, body, line))
    here = {"url": line.url, "listens": line.listens}
    if genuine.status == 403:
        return red(Step.SIGNATURE, "signature_refused", **here)
    if genuine.status != 200:
        status = str(genuine.status)
        return red(Step.SIGNATURE, "signature_status", status=status, **here)
    if _forged(line).status == 200:
        return red(Step.SIGNATURE, "signature_unchecked", **here)
    if not arrived:
        return red(Step.SIGNATURE, "signature_elsewhere", url=line.url)
    return None


def _foreign(line: Line) -> Result | None:
    """Return that Facebook's messages carry another app's signature, if they do."""
    with line.database.read() as connection:
        refused_at = health.refused_at(connection, line.page_id)
        heard_at = health.last_heard(connection)
    if refused_at is None or line.now - refused_at > FRESH:
        return None
    if heard_at is not None and heard_at >= refused_at:
        return None
    when = refused_at.isoformat(timespec="minutes")
    values = {"when": when, "url": line.url, "app_id": line.settings.app_id}
    return red(Step.SIGNATURE, "signature_foreign", **values)


def _forged(line: Line) -> Answer:
    body = _probe(line)
    return visit.post(line, body, sign(body, secrets.token_hex(16)))


def _probe(line: Line) -> bytes:
    """Return a body of its own, about the Page, that nobody acts upon."""
    change = {"field": PROBE, "value": {"number": secrets.token_hex(16)}}
    at = round(line.now.timestamp() * 1000)
    entry = {"id": line.page_id, "time": at, "changes": [change]}
    return orjson.dumps({"object": "page", "entry": [entry]})


def _taken(connection: Connection, body: bytes, line: Line) -> bool:
    """Take our own message out of the tables; return whether it was there."""
    (event,) = parse(body, line.now)
    return health.forget_probe(connection, event.key)

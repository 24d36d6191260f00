"""The JSON API for scripts: /api. Errors are JSON with a sentence that says what to do.

GET  /api/settings                 what an app needs to know to be this Messenger's app
POST /api/reset                    forget everything; begin as at the start
GET  /api/clock                    {"now"}
POST /api/clock                    {"now"} or {"advance_s"}; it runs on from there
GET  /api/faults                   the faults there are, and every key they take
POST /api/faults                   see there; {} clears them
GET  /api/requests                 what Graph accepted or refused; after, limit
GET  /api/webhooks                 each POST to the webhook; after, limit
POST /api/webhooks                 {"url"}: where the webhook is; null holds all back
POST /api/webhooks/verify          perform the GET handshake
POST /api/customers                {"name", "page_id", "locale", ...} -> {"psid"}
GET  /api/customers                everybody; after, limit
GET  /api/customers/<psid>         one customer
POST /api/customers/<psid>         {"blocked", "reads", "profile", "name", ...}
POST /api/past                     see emulator/past.py: who wrote before -> {"added"}
POST /api/customers/<psid>/say     see emulator/sayings.py -> {"mid", "timestamp"}
GET  /api/customers/<psid>/messages  what the Page said; after, wait
POST /api/customers/<psid>/read    the phone has shown everything
GET  /api/customers/<psid>/thread  what the phone shows; since, wait
GET  /api/pages                    every Page with its profile, templates, fields
POST /api/pages/<page_id>          {"human_agent", "review", "token", ...}
POST /api/pages/<page_id>/inbox    {"psid", "text"}: a person answers in Meta's inbox
POST /api/pages/<page_id>/templates  {"name", "language", "status"}: a review ends
POST /api/pages/<page_id>/events   {"messaging" | "standby" | "changes": [...]} as it is
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import orjson

from emulator import customers, faults, pages, past, payload, phone
from emulator.asking import Ask, Handler, UnknownError
from emulator.clock import written
from emulator.messenger import Messenger
from emulator.payload import Payload
from emulator.records import record
from emulator.server import Request, Response


@dataclass(frozen=True, kw_only=True)
class ClockMove:
    """The body of POST /api/clock."""

    now: str | None = None
    advance_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class WebhookMove:
    """The body of POST /api/webhooks."""

    url: str | None


@dataclass(frozen=True, kw_only=True)
class Handshake:
    """The body of POST /api/webhooks/verify; both may be left out."""

    verify_token: str | None = None
    challenge: str | None = None


async def answer(messenger: Messenger, request: Request) -> Response:
    """Answer one request below /api."""
    if _is_foreign(request):
        return _error(403, "another site's page may not call this API")
    handler, names = _route(request)
    if handler is None:
        return _error(404, f"no {request.method} {request.path}; see GET /api")
    try:
        body = payload.json_object(request.body) if request.body else {}
        ask = Ask(messenger, names, dict(parse_qsl(request.query)), body)
        return Response(body=orjson.dumps(await handler(ask)))
    except UnknownError as unknown:
        return _error(404, str(unknown))
    except (ValueError, payload.UnreadableError) as wrong:
        return _error(400, str(wrong))


async def contents(ask: Ask) -> Payload:
    """Answer GET /api."""
    return {"api": (__doc__ or "").splitlines()[2:]}


async def settings(ask: Ask) -> Payload:
    """Answer GET /api/settings."""
    return ask.messenger.settings()


async def reset(ask: Ask) -> Payload:
    """Answer POST /api/reset."""
    ask.messenger.reset()
    return {"reset": True}


async def clock(ask: Ask) -> Payload:
    """Answer GET /api/clock."""
    return {"now": written(ask.messenger.clock.now())}


async def move_clock(ask: Ask) -> Payload:
    """Answer POST /api/clock."""
    move, moved = record(ClockMove, ask.body, "the clock"), ask.messenger.clock
    if (move.now is None) == (move.advance_s is None):
        raise ValueError("give either now or advance_s")
    if move.now is not None:
        moved.set(_moment(move.now))
    else:
        moved.advance(_span(move.advance_s or 0))
    ask.messenger.world.changed()
    return await clock(ask)


async def show_faults(ask: Ask) -> Payload:
    """Answer GET /api/faults."""
    help_lines = (faults.__doc__ or "").splitlines()
    return {"faults": ask.messenger.postman.faults.to_json(), "help": help_lines}


async def set_faults(ask: Ask) -> Payload:
    """Answer POST /api/faults."""
    ask.messenger.suffer(faults.parse(ask.body))
    return {"faults": ask.messenger.postman.faults.to_json()}


async def requests(ask: Ask) -> Payload:
    """Answer GET /api/requests."""
    book = ask.messenger.graph.requests
    page = book.page(ask.whole("after", 0), ask.whole("limit", 1000))
    return {"count": book.count, "requests": orjson.Fragment(page)}


async def webhooks(ask: Ask) -> Payload:
    """Answer GET /api/webhooks."""
    postman = ask.messenger.postman
    page = postman.attempts.page(ask.whole("after", 0), ask.whole("limit", 1000))
    return {
        "url": postman.url,
        "waiting": postman.waiting,
        "count": postman.attempts.count,
        "attempts": orjson.Fragment(page),
    }


async def move_webhook(ask: Ask) -> Payload:
    """Answer POST /api/webhooks."""
    ask.messenger.postman.move(record(WebhookMove, ask.body, "the webhook").url)
    return {"url": ask.messenger.postman.url}


async def verify(ask: Ask) -> Payload:
    """Answer POST /api/webhooks/verify."""
    wanted, messenger = record(Handshake, ask.body, "the handshake"), ask.messenger
    token = wanted.verify_token or messenger.options.verify_token
    challenge = wanted.challenge or str(secrets.randbelow(10**10))
    try:
        answer = await messenger.postman.shake_hands(token, challenge)
    except (OSError, EOFError) as failed:
        return {"verified": False, "error": str(failed) or "no answer in time"}
    verified = answer.status == 200 and answer.body == challenge.encode()
    return {
        "verified": verified,
        "status": answer.status,
        "body": answer.body[:500].decode("utf-8", "replace"),
    }


ROUTES: dict[tuple[str, ...], Handler] = {
    ("GET",): contents,
    ("GET", "settings"): settings,
    ("POST", "reset"): reset,
    ("GET", "clock"): clock,
    ("POST", "clock"): move_clock,
    ("GET", "faults"): show_faults,
    ("POST", "faults"): set_faults,
    ("GET", "requests"): requests,
    ("GET", "webhooks"): webhooks,
    ("POST", "webhooks"): move_webhook,
    ("POST", "webhooks", "verify"): verify,
    ("POST", "customers"): customers.create,
    ("GET", "customers"): customers.listed,
    ("POST", "past"): past.add,
    ("GET", "customers", "<psid>"): customers.look,
    ("POST", "customers", "<psid>"): customers.change,
    ("POST", "customers", "<psid>", "say"): customers.say,
    ("GET", "customers", "<psid>", "messages"): customers.messages,
    ("POST", "customers", "<psid>", "read"): customers.read,
    ("GET", "customers", "<psid>", "thread"): phone.thread,
    ("GET", "pages"): pages.listed,
    ("POST", "pages", "<page_id>"): pages.change,
    ("POST", "pages", "<page_id>", "inbox"): pages.inbox,
    ("POST", "pages", "<page_id>", "templates"): pages.review,
    ("POST", "pages", "<page_id>", "events"): pages.raw_events,
}
#: What the second part of a path names, below these first parts.
VARIABLES = {"customers": "psid", "pages": "page_id"}


def _route(request: Request) -> tuple[Handler | None, dict[str, str]]:
    parts = [part for part in request.path.split("/")[2:] if part]
    names: dict[str, str] = {}
    if len(parts) > 1 and parts[0] in VARIABLES:
        name = VARIABLES[parts[0]]
        names[name], parts[1] = parts[1], f"<{name}>"
    return ROUTES.get((request.method, *parts)), names


def _is_foreign(request: Request) -> bool:
    """Say whether a page of another site sends this; a browser tells its origin."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("now needs a zone, such as 2027-01-31T09:00:00Z")
    return moment


def _span(seconds: float) -> timedelta:
    try:
        return timedelta(seconds=seconds)
    except OverflowError as too_far:
        raise ValueError("advance_s is too much") from too_far


def _error(status: int, sentence: str) -> Response:
    return Response(status, orjson.dumps({"error": sentence}))

"""The phone in the browser: its page, its files, and what it shows of a thread."""

import asyncio
import heapq
import html
import mimetypes
from pathlib import Path

import orjson

from emulator import offers
from emulator.asking import Ask
from emulator.clock import written
from emulator.limits import LIMITS
from emulator.messenger import Messenger
from emulator.payload import Payload
from emulator.server import Request, Response
from emulator.window import STANDARD
from emulator.world import Customer, Item, Page, World

HERE = Path(__file__).parent
#: How many customers the phone lists, the ones with the latest news first.
LISTED = 50
POLICY = (
    "default-src 'self'; img-src * data:; media-src *; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
}
#: What the Page's app gets from a customer never runs in our own pages.
UPLOAD_HEADERS = HEADERS | {"Content-Security-Policy": "sandbox"}


def answer(messenger: Messenger, request: Request) -> Response:
    """Answer for the page, a file it needs, or a file somebody uploaded."""
    folder, _, name = request.path[1:].partition("/")
    if request.method in ("GET", "HEAD"):
        if folder == "":
            return _page_of_the_phone()
        if folder == "static":
            return _file(HERE / "static" / name)
        if upload := messenger.world.uploads.get(name):
            kind = upload.content_type
            return Response(200, upload.content, kind, dict(UPLOAD_HEADERS))
    return Response(404, b"There is no such page.", "text/plain")


async def thread(ask: Ask) -> Payload:
    """Answer GET /api/customers/<psid>/thread: what is new on the phone."""
    customer, since = ask.customer, ask.whole("since", 0)
    world = ask.messenger.world
    await world.bell.wait_until(lambda: world.version > since, ask.wait)
    return {
        "version": world.version,
        "now": written(world.clock.now()),
        "items": [_item(item) for item in customer.items if item.version > since],
        "customer": _person(customer),
        "customers": [_person(other) for other in _latest(world)],
        "page": _page(world.pages[customer.page_id]),
        "typing_s": _typing(customer),
        "window_closes": _closing(customer),
    }


def _page_of_the_phone() -> Response:
    limits = html.escape(orjson.dumps(LIMITS).decode())
    page = (HERE / "templates" / "phone.html").read_text()
    body = page.replace("{{ limits }}", limits).encode()
    return Response(200, body, "text/html; charset=utf-8", dict(HEADERS))


def _file(path: Path) -> Response:
    if path.parent != HERE / "static" or not path.is_file():
        return Response(404, b"There is no such file.", "text/plain")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Response(200, path.read_bytes(), f"{kind}; charset=utf-8", dict(HEADERS))


def _latest(world: World) -> list[Customer]:
    everybody = [one for one in world.customers.values() if one.listed]
    return heapq.nlargest(LISTED, everybody, key=_news)


def _news(customer: Customer) -> tuple[bool, float, int]:
    """Return what ranks a customer: who is new, then whose last message is newer.

    What only the phone did, such as reading, is no news: nobody moves by a look.
    """
    last = customer.items[-1].at.timestamp() if customer.items else 0.0
    return not customer.items, last, customer.version


def _item(item: Item) -> Payload:
    return {
        "mid": item.mid,
        "author": item.author,
        "at": written(item.at),
        "message": item.message,
        "messaging_type": item.messaging_type,
        "status": item.status,
        "reaction": item.reaction,
        "edited": item.edits > 0,
        "unsent": item.unsent,
    }


def _person(customer: Customer) -> Payload:
    last = customer.items[-1] if customer.items else None
    return {
        "psid": customer.psid,
        "name": customer.name,
        "locale": customer.locale,
        "blocked": customer.blocked,
        "unread": customer.unread,
        "last": _item(last) if last else None,
    }


def _page(page: Page) -> Payload:
    greetings = page.profile.get("greeting") or []
    default = (g["text"] for g in greetings if g["locale"] == "default")
    menus = page.profile.get("persistent_menu") or [{}]
    return {
        "page_id": page.page_id,
        "name": page.name,
        "greeting": next(default, None),
        "get_started": page.profile.get("get_started"),
        "ice_breakers": list(offers.ice_breakers(page)),
        "menu": menus[0].get("call_to_actions") or [],
    }


def _typing(customer: Customer) -> float:
    left = customer.typing_until - asyncio.get_running_loop().time()
    return max(left, 0.0)


def _closing(customer: Customer) -> str | None:
    return written(customer.acted_at + STANDARD) if customer.acted_at else None

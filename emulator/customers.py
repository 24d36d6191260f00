"""The JSON API for scripts that are customers: /api/customers and below."""

from dataclasses import asdict, dataclass

from emulator import names, receipts, sayings
from emulator.asking import Ask
from emulator.clock import written
from emulator.payload import Payload
from emulator.records import record
from emulator.sayings import Thread
from emulator.window import STANDARD
from emulator.world import Customer, Item, Reads, new_id


@dataclass(frozen=True, kw_only=True)
class NewCustomer:
    """The body of POST /api/customers; all of it may be left out."""

    name: str | None = None
    page_id: str | None = None
    psid: str | None = None
    locale: str = "en_US"
    timezone: float = 0
    reads: Reads = "at_once"
    profile: bool = True


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The body of POST /api/customers/<psid>: what is to be different."""

    name: str | None = None
    locale: str | None = None
    timezone: float | None = None
    reads: Reads | None = None
    profile: bool | None = None
    blocked: bool | None = None


async def create(ask: Ask) -> Payload:
    """Answer POST /api/customers."""
    wanted = record(NewCustomer, ask.body, "a customer")
    world = ask.messenger.world
    page = ask.find_page(wanted.page_id or next(iter(world.pages)))
    if wanted.psid is not None and not (
        wanted.psid.isascii() and wanted.psid.isdigit()
    ):
        raise ValueError("a psid has digits only")
    if wanted.psid in world.customers:
        raise ValueError(f"there is a customer {wanted.psid} already")
    customer = Customer(
        psid=wanted.psid or new_id(),
        page_id=page.page_id,
        name=wanted.name or names.name(len(world.customers)),
        locale=wanted.locale,
        timezone=wanted.timezone,
        reads=wanted.reads,
        profile=wanted.profile,
    )
    world.add(customer)
    return {"psid": customer.psid}


async def listed(ask: Ask) -> Payload:
    """Answer GET /api/customers."""
    everybody = [one for one in ask.messenger.world.customers.values() if one.listed]
    after, limit = ask.whole("after", 0), ask.whole("limit", 1000)
    some = everybody[after : after + limit]
    return {"customers": [described(customer) for customer in some]}


async def look(ask: Ask) -> Payload:
    """Answer GET /api/customers/<psid>."""
    return described(ask.customer)


async def change(ask: Ask) -> Payload:
    """Answer POST /api/customers/<psid>."""
    customer = ask.customer
    for name, value in asdict(record(Changes, ask.body, "a customer")).items():
        if value is not None:
            setattr(customer, name, value)
    customer.listed = True
    ask.messenger.world.changed(customer)
    return described(customer)


async def say(ask: Ask) -> Payload:
    """Answer POST /api/customers/<psid>/say."""
    messenger = ask.messenger
    thread = Thread(messenger.world, messenger.postman, ask.customer)
    return sayings.say(thread, ask.body)


async def read(ask: Ask) -> Payload:
    """Answer POST /api/customers/<psid>/read: the phone has shown everything."""
    messenger, customer = ask.messenger, ask.customer
    receipts.shown(messenger.world, messenger.postman, customer)
    return described(customer)


async def messages(ask: Ask) -> Payload:
    """Answer GET /api/customers/<psid>/messages: what the Page said."""
    customer, after = ask.customer, ask.whole("after", 0)
    await customer.bell.wait_until(lambda: len(customer.said) > after, ask.wait)
    return {"messages": [told(item) for item in customer.said[after:]]}


def told(item: Item) -> Payload:
    """Return a message of the Page as its customer gets it."""
    kind = "text" if "text" in item.message else "attachment"
    return {
        "n": item.n,
        "mid": item.mid,
        "at": written(item.at),
        kind: item.message.get(kind),
        "quick_replies": item.message.get("quick_replies") or [],
        "messaging_type": item.messaging_type,
        "tag": item.tag,
    }


def described(customer: Customer) -> Payload:
    """Return what there is to know of a customer."""
    acted_at, read_at = customer.acted_at, customer.read_at
    return {
        "psid": customer.psid,
        "page_id": customer.page_id,
        "name": customer.name,
        "locale": customer.locale,
        "timezone": customer.timezone,
        "reads": customer.reads,
        "profile": customer.profile,
        "blocked": customer.blocked,
        "unread": customer.unread,
        "read_at": written(read_at) if read_at else None,
        "window_closes": written(acted_at + STANDARD) if acted_at else None,
    }

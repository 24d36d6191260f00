"""People with whom a Page talked before this Messenger began: POST /api/past.

    {"customers": [{"psid", "page_id", "name", "locale", "acted_at", "said": [
        {"author": "customer" | "page", "text", "at"}, ...]}, ...]}

They can be written to, as long as their window is open, and no phone lists them until
something is said in their conversation, or somebody asks for their phone.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from emulator.asking import Ask
from emulator.payload import Payload
from emulator.records import record
from emulator.world import Customer, Item, new_mid


@dataclass(frozen=True, kw_only=True)
class OfPast:
    """Somebody who wrote before."""

    psid: str
    page_id: str
    name: str
    locale: str = "en_US"
    acted_at: str | None = None
    said: list[Any] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OldItem:
    """Something that was said before."""

    author: Literal["customer", "page"]
    text: str
    at: str


async def add(ask: Ask) -> Payload:
    """Answer POST /api/past; who is known already stays as they are."""
    told = ask.body.get("customers")
    if not isinstance(told, list):
        raise ValueError("customers must be a list")
    world = ask.messenger.world
    people = [_customer(ask, one) for one in told]
    new = [one for one in people if one.psid not in world.customers]
    world.changed()
    for customer in new:
        world.customers[customer.psid] = customer
        for item in customer.items:
            item.version = world.version
    return {"added": len(new)}


def _customer(ask: Ask, told: object) -> Customer:
    one = record(OfPast, told, "a customer of the past")
    items = [_item(item) for item in one.said]
    acted_at = datetime.fromisoformat(one.acted_at) if one.acted_at else None
    return Customer(
        psid=one.psid,
        page_id=ask.find_page(one.page_id).page_id,
        name=one.name,
        locale=one.locale,
        timezone=0,
        acted_at=acted_at,
        items=items,
        listed=False,
    )


def _item(told: object) -> Item:
    one = record(OldItem, told, "something said")
    return Item(
        author=one.author,
        mid=new_mid(),
        at=datetime.fromisoformat(one.at),
        message={"text": one.text},
        status="seen",
    )

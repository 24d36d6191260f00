"""What a customer could tap: quick replies, buttons, the menu, Get Started."""

from collections.abc import Iterator

from emulator.payload import Payload
from emulator.world import Customer, Page


def find(wanted: str, offered: Iterator[Payload]) -> Payload:
    """Return the offer with this title or payload; ValueError lists what there is."""
    seen: list[str] = []
    for offer in offered:
        if wanted in (offer.get("title"), offer.get("payload")):
            return offer
        seen.append(str(offer.get("title")))
    there = ", ".join(seen) or "nothing"
    raise ValueError(f"the Page has not offered {wanted!r}; it has offered: {there}")


def quick_replies(customer: Customer) -> Iterator[Payload]:
    """Yield every quick reply the Page has offered, the newest message's first."""
    for item in reversed(customer.said):
        yield from item.message.get("quick_replies") or []


def buttons(customer: Customer, page: Page) -> Iterator[Payload]:
    """Yield everything that sends a postback when it is tapped."""
    for item in reversed(customer.said):
        yield from _of_message(item.message)
    if "get_started" in page.profile:
        yield {"title": "Get Started", **page.profile["get_started"]}
    for menu in page.profile.get("persistent_menu", []):
        yield from menu.get("call_to_actions") or []
    for asked in ice_breakers(page):
        yield {"title": asked.get("question"), "payload": asked.get("payload")}


def ice_breakers(page: Page) -> Iterator[Payload]:
    """Yield the questions a new customer is offered."""
    for entry in page.profile.get("ice_breakers", []):
        yield from entry.get("call_to_actions") or [entry]


def _of_message(message: Payload) -> Iterator[Payload]:
    payload = (message.get("attachment") or {}).get("payload") or {}
    for holder in [payload, *(payload.get("elements") or [])]:
        for button in holder.get("buttons") or []:
            if button.get("type") == "postback":
                yield button

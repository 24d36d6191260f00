"""Sender actions: what a Page does in a thread without saying anything."""

import asyncio

from emulator.calls import Answer, Call
from emulator.recipients import recipient
from emulator.refusals import MESSAGE_WITH_ACTION, GraphError, bad_parameter
from emulator.shapes import object_at, one_of, text_at
from emulator.world import Customer, Page, World

ACTIONS = ("typing_on", "typing_off", "mark_seen", "react", "unreact")
#: The dots go away by themselves if no message comes.
TYPING_LASTS = 20.0


def act(world: World, page: Page, call: Call) -> Answer:
    """Let *page* type, read or react, or raise GraphError."""
    if call.parameters.get("message"):
        raise GraphError(MESSAGE_WITH_ACTION)
    action = text_at(call.parameters, "sender_action").lower()
    one_of("sender_action", action, ACTIONS)
    customer = recipient(world, page, call)
    if action.startswith("typing"):
        now = asyncio.get_running_loop().time()
        customer.typing_until = now + TYPING_LASTS if action == "typing_on" else 0.0
    elif action == "mark_seen":
        _see(world, customer)
    else:
        _react(world, customer, call, stays=action == "react")
    world.changed(customer)
    return Answer({"recipient_id": customer.psid})


def _see(world: World, customer: Customer) -> None:
    for item in reversed(customer.items):
        if item.author != "customer":
            continue
        if item.status == "seen":
            return
        item.status = "seen"
        world.changed(customer, item)


def _react(world: World, customer: Customer, call: Call, *, stays: bool) -> None:
    payload = object_at(call.parameters, "payload")
    item = world.item(customer, text_at(payload, "message_id"))
    if item is None:
        raise bad_parameter("Param payload[message_id] is no message of this thread")
    item.reaction = (text_at(payload, "reaction") or "❤") if stays else None
    world.changed(customer, item)

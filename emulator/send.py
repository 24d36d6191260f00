"""POST /{page}/messages: what a Page says in a thread."""

import asyncio
from collections import deque

import orjson

from emulator import actions, checks, utility, window
from emulator.calls import Answer, Call
from emulator.connection import check_send
from emulator.limits import LIMITS
from emulator.payload import Payload
from emulator.postman import Postman
from emulator.receipts import Announcement
from emulator.recipients import recipient
from emulator.refusals import NO_SUCH_ATTACHMENT, TOO_FAST, GraphError, bad_parameter
from emulator.shapes import object_at
from emulator.world import Item, Page, World, new_id, new_mid

SHOWN = ("text", "attachment", "quick_replies", "reply_to")


def send(world: World, postman: Postman, page: Page, call: Call) -> Answer:
    """Do what *call* wants to happen in a thread, or raise GraphError."""
    if "sender_action" in call.parameters:
        return actions.act(world, page, call)
    checks.check(call.message)
    customer = recipient(world, page, call)
    check_send(page, customer.psid)
    wish = utility.wish(call.message)
    now = world.clock.now()
    window.check(page, customer, call.parameters, now, utility=wish is not None)
    message = utility.rendered(page, wish) if wish else _shown(world, page, call)
    _keep_pace(page, call.message)
    item = _item(world, call, message)
    world.shown(customer, item)
    payload = {"recipient_id": customer.psid, "message_id": item.mid}
    if reusable := _made_reusable(page, call.message, message):
        payload["attachment_id"] = reusable
    announcement = Announcement(world, postman, customer, item)
    return Answer(payload, announcement=announcement)


def _item(world: World, call: Call, message: Payload) -> Item:
    return Item(
        author="page",
        mid=new_mid(),
        at=world.clock.now(),
        message=message,
        messaging_type=call.parameters.get("messaging_type"),
        tag=call.parameters.get("tag"),
        app_id=world.options.app_id,
        metadata=call.message.get("metadata"),
    )


def _shown(world: World, page: Page, call: Call) -> Payload:
    message = {key: call.message[key] for key in SHOWN if call.message.get(key)}
    if isinstance(call.parameters.get("reply_to"), dict):
        message["reply_to"] = call.parameters["reply_to"]
    if object_at(message, "attachment").get("type") in checks.MEDIA:
        message["attachment"] = file(world, page, call)
    return message


def file(world: World, page: Page, call: Call) -> Payload:
    """Return the picture, sound or file of *call*, however it was given."""
    attachment: Payload = call.message["attachment"]
    payload = object_at(attachment, "payload")
    if "attachment_id" in payload:
        kept = page.attachments.get(str(payload["attachment_id"]))
        if kept is None:
            raise GraphError(NO_SUCH_ATTACHMENT)
        return kept
    if call.upload is not None:
        return attachment | {"payload": {"url": world.keep(call.upload)}}
    if not payload.get("url"):
        raise bad_parameter("Param message[attachment][payload] needs a url")
    return attachment | {"payload": {"url": payload["url"]}}


def _made_reusable(page: Page, given: Payload, shown: Payload) -> str | None:
    attachment = object_at(given, "attachment")
    reusable = object_at(attachment, "payload").get("is_reusable")
    if attachment.get("type") not in checks.MEDIA or reusable not in (True, "true"):
        return None
    attachment_id = new_id()
    page.attachments[attachment_id] = shown["attachment"]
    return attachment_id


def _keep_pace(page: Page, message: Payload) -> None:
    """Raise GraphError if this is more than Messenger takes in a second."""
    now = asyncio.get_running_loop().time()
    limit = page.sends_per_second
    if object_at(message, "attachment").get("type") in ("audio", "video"):
        media_limit = LIMITS["rate"]["media_sends_per_second"]
        _count(page, page.media_sent_at, now, media_limit if limit else 0)
    _count(page, page.sent_at, now, limit)


def _count(page: Page, sent_at: deque[float], now: float, limit: int) -> None:
    if not limit:
        return
    while sent_at and sent_at[0] <= now - 1:
        sent_at.popleft()
    if len(sent_at) >= limit:
        raise GraphError(TOO_FAST, headers=_usage(page))
    sent_at.append(now)


def _usage(page: Page) -> dict[str, str]:
    usage = {
        "type": "messenger",
        "call_count": 100,
        "total_cputime": 25,
        "total_time": 25,
        "estimated_time_to_regain_access": 1,
    }
    written = orjson.dumps({page.page_id: [usage]}).decode()
    return {"X-Business-Use-Case-Usage": written}

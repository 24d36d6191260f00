"""What a customer can do in a thread, and the event that tells the Page's app of it.

`POST /api/customers/<psid>/say` takes one of these:

text: what was typed; with `attachment`, `referral` or `reply_to` (a mid) beside it
quick_reply: the title or the payload of a quick reply that was offered, or
  {"title", "payload"} as it is, offered or not
postback: the title or the payload of a button, of the menu or of Get Started, or
  {"title", "payload", "referral"} as it is
attachment: "thumbs_up", or {"type", "url"}, {"type": "location", "lat", "long"}, a file
  as {"type", "data": base64, "content_type"}, or {"type", "payload"} as it is
referral: the ref of an m.me link, or {"ref", "source", "type", "ad_id"}
reaction: {"mid", "emoji", "reaction", "action"}; to the Page's newest if without mid
edit: {"mid", "text"}; of the customer's newest if without mid, five times at most
unsend: {"mid"}; the customer's newest if without mid
"""

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from emulator import events, offers
from emulator.clock import milliseconds
from emulator.payload import Payload, Upload
from emulator.postman import Postman
from emulator.world import Customer, Item, Page, World, new_mid

THUMBS_UP = 369239263222822
MOST_EDITS = 5
ANYTHING = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a customer speaks."""

    world: World
    postman: Postman
    customer: Customer

    @property
    def page(self) -> Page:
        """Return whom the customer speaks to."""
        return self.world.pages[self.customer.page_id]


def say(thread: Thread, said: Payload) -> Payload:
    """Let the customer say *said*; ValueError tells what cannot be said."""
    if thread.customer.blocked:
        raise ValueError("this customer has blocked the Page; unblock it first")
    kind = next((kind for kind in KINDS if kind in said), None)
    if kind is None:
        raise ValueError("say one of: " + ", ".join(KINDS))
    stray = said.keys() - {kind} - WITH.get(kind, set())
    if stray:
        raise ValueError(f"{kind} does not go with {', '.join(sorted(stray))}")
    return KINDS[kind](thread, said)


def _text(thread: Thread, said: Payload) -> Payload:
    text = said["text"]
    if not isinstance(text, str) or not text:
        raise ValueError("text must be what the customer typed, and not be empty")
    message: Payload = {"text": text}
    if "attachment" in said:
        message["attachments"] = [_attached(thread, said["attachment"])]
    if "referral" in said:
        message["referral"] = _referred(said["referral"])
    if "reply_to" in said:
        message["reply_to"] = {"mid": said["reply_to"]}
    return _message(thread, message)


def _quick_reply(thread: Thread, said: Payload) -> Payload:
    offered = offers.quick_replies(thread.customer)
    title, payload = _tapped(said["quick_reply"], offered)
    return _message(thread, {"text": title, "quick_reply": {"payload": payload}})


def _attachment(thread: Thread, said: Payload) -> Payload:
    return _message(thread, {"attachments": [_attached(thread, said["attachment"])]})


def _postback(thread: Thread, said: Payload) -> Payload:
    given = said["postback"]
    offered = offers.buttons(thread.customer, thread.page)
    title, payload = _tapped(given, offered)
    item = _item(thread, {"text": title})
    thread.world.shown(thread.customer, item)
    postback: Payload = {"mid": item.mid, "title": title, "payload": payload}
    if isinstance(given, dict) and "referral" in given:
        postback["referral"] = _referred(given["referral"])
    return _tell(thread, item, postback=postback)


def _referral(thread: Thread, said: Payload) -> Payload:
    referral = _referred(said["referral"])
    start = thread.page.profile.get("get_started")
    if start and not thread.customer.items:
        # In a new thread the referral comes with the tap on Get Started.
        given = {"title": "Get Started", **start, "referral": referral}
        return _postback(thread, {"postback": given})
    opens = bool(thread.customer.items) and referral["source"] != "ADS"
    return _tell(thread, None, opens=opens, referral=referral)


def _reaction(thread: Thread, said: Payload) -> Payload:
    given = _object(said, "reaction")
    item = _pointed_at(thread, given, thread.customer.said)
    reacts = given.get("action", "react") == "react"
    reaction = {"mid": item.mid, "action": "react" if reacts else "unreact"}
    if reacts:
        reaction["emoji"] = given.get("emoji", "❤️")
        reaction["reaction"] = given.get("reaction", "love")
    item.reaction = reaction.get("emoji")
    thread.world.changed(thread.customer, item)
    return _tell(thread, None, opens=reacts, reaction=reaction)


def _edit(thread: Thread, said: Payload) -> Payload:
    given = _object(said, "edit")
    item = _own(thread, given)
    if not isinstance(given.get("text"), str):
        raise ValueError("an edit has a text")
    if item.edits >= MOST_EDITS:
        raise ValueError(f"a message is edited {MOST_EDITS} times at most")
    item.edits += 1
    item.message = {"text": given["text"]}
    thread.world.changed(thread.customer, item)
    edit = {"mid": item.mid, "text": given["text"], "num_edit": item.edits}
    return _tell(thread, None, opens=False, message_edit=edit)


def _unsend(thread: Thread, said: Payload) -> Payload:
    item = _own(thread, _object(said, "unsend"))
    item.unsent, item.message, item.reaction = True, {}, None
    thread.world.changed(thread.customer, item)
    message = {"mid": item.mid, "is_deleted": True}
    return _tell(thread, None, opens=False, message=message)


def _own(thread: Thread, given: Payload) -> Item:
    """Return the message of the customer that is meant, if it is there still."""
    own = [item for item in thread.customer.items if item.author == "customer"]
    item = _pointed_at(thread, given, own)
    if item.author != "customer" or item.unsent:
        raise ValueError("that is no message of this customer")
    return item


KINDS: Mapping[str, Callable[[Thread, Payload], Payload]] = {
    "text": _text,
    "quick_reply": _quick_reply,
    "postback": _postback,
    "attachment": _attachment,
    "referral": _referral,
    "reaction": _reaction,
    "edit": _edit,
    "unsend": _unsend,
}
WITH = {"text": {"attachment", "referral", "reply_to"}}


def _tapped(given: Any, offered: Iterator[Payload]) -> tuple[str, str]:
    """Return title and payload of a tap on what is *offered*, or of any *given*."""
    tap = offers.find(given, offered) if isinstance(given, str) else given
    payload = tap.get("payload") if isinstance(tap, dict) else None
    if not isinstance(payload, str):
        raise ValueError("a tap has a title and a payload, or names what was offered")
    return str(tap.get("title") or payload), payload


def _message(thread: Thread, message: Payload) -> Payload:
    item = _item(thread, message)
    thread.world.shown(thread.customer, item)
    return _tell(thread, item, message={"mid": item.mid, **message})


def _item(thread: Thread, message: Payload) -> Item:
    now = thread.world.clock.now()
    return Item(author="customer", mid=new_mid(), at=now, message=message)


def _tell(
    thread: Thread, item: Item | None, *, opens: bool = True, **content: Payload
) -> Payload:
    """Post the event; *opens* says whether it opens the 24-hour window."""
    customer = thread.customer
    now = item.at if item else thread.world.clock.now()
    if opens:
        customer.acted_at = now
    event = events.from_customer(customer, now, **content)
    thread.postman.post(event, partial(_delivered, thread, item))
    (told,) = content.values()
    return {"mid": told.get("mid"), "timestamp": milliseconds(now)}


def _delivered(thread: Thread, item: Item | None) -> None:
    if item is not None and item.status == "sent":
        item.status = "delivered"
        thread.world.changed(thread.customer, item)


def _attached(thread: Thread, given: Any) -> Payload:
    if given == "thumbs_up":
        url = f"{thread.world.base_url}/static/thumbs-up.svg"
        return _sticker(url)
    if not isinstance(given, dict) or not isinstance(given.get("type"), str):
        raise ValueError('an attachment has a type, or is "thumbs_up"')
    if "payload" in given or given["type"] == "fallback":
        return given
    if given["type"] == "location":
        place = {"lat": given.get("lat"), "long": given.get("long")}
        return {"type": "location", "payload": {"coordinates": place}}
    if "data" in given:
        url = thread.world.keep(_upload(given))
        return {"type": given["type"], "payload": {"url": url}}
    if not isinstance(given.get("url"), str):
        raise ValueError("an attachment has a url, data or a payload")
    payload = {key: value for key, value in given.items() if key != "type"}
    return {"type": given["type"], "payload": payload}


def _upload(given: Payload) -> Upload:
    try:
        content = b64decode(str(given["data"]), validate=True)
    except ValueError as wrong:
        raise ValueError("data is a file in base64") from wrong
    return Upload(str(given.get("content_type") or ANYTHING), content)


def _sticker(url: str) -> Payload:
    return {"type": "sticker", "payload": {"url": url, "sticker_id": THUMBS_UP}}


def _referred(given: Any) -> Payload:
    referral = {"ref": given} if isinstance(given, str) else given
    if not isinstance(referral, dict):
        raise ValueError("a referral is the ref of a link, or an object with ref")
    return {"source": "SHORTLINK", "type": "OPEN_THREAD", **referral}


def _object(said: Payload, key: str) -> Payload:
    if not isinstance(said[key], dict):
        raise ValueError(f"{key} must be an object")
    return dict(said[key])


def _pointed_at(thread: Thread, given: Payload, usual: list[Item]) -> Item:
    if "mid" in given:
        item = thread.world.item(thread.customer, str(given["mid"]))
    else:
        item = usual[-1] if usual else None
    if item is None:
        raise ValueError("there is no such message in this thread")
    return item

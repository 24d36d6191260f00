"""What Messenger tells a webhook: every kind of event we send, in Meta's shape.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from emulator.clock import milliseconds
from emulator.payload import Payload, escaped
from emulator.world import Customer, Item

#: The subscription that an event of each shape belongs to.
FIELD_OF = {
    "message": "messages",
    "postback": "messaging_postbacks",
    "referral": "messaging_referrals",
    "reaction": "message_reactions",
    "message_edit": "message_edits",
    "delivery": "message_deliveries",
    "read": "message_reads",
    "optin": "messaging_optins",
    "account_linking": "messaging_account_linking",
    "policy_enforcement": "messaging_policy_enforcement",
    "response_feedback": "response_feedback",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, on its way to the webhook."""

    page_id: str
    #: Events of one lane arrive in order: the customer, or the Page for the rest.
    lane: str
    field: str
    content: object
    part: str = "messaging"


def from_customer(customer: Customer, at: datetime, **content: Payload) -> Event:
    """Return what *customer* did; *content* is the one key that names it."""
    (kind,) = content
    item = _between(customer.psid, customer.page_id, at) | content
    return Event(customer.page_id, customer.psid, FIELD_OF[kind], item)


def echo(customer: Customer, item: Item) -> Event:
    """Return what tells every app of the Page that the Page wrote *item*."""
    message: Payload = {"mid": item.mid, "is_echo": True}
    if item.app_id is not None:
        message["app_id"] = int(item.app_id)
    if item.metadata is not None:
        message["metadata"] = item.metadata
    message |= _content(item.message)
    between = _between(customer.page_id, customer.psid, item.at)
    event = between | {"message": message}
    return Event(customer.page_id, customer.psid, "message_echoes", event)


def delivery(customer: Customer, mids: Sequence[str], at: datetime) -> Event:
    """Return what tells the Page that its messages reached the phone."""
    content = {"mids": list(mids), "watermark": milliseconds(at)}
    return from_customer(customer, at, delivery=content)


def read(customer: Customer, at: datetime) -> Event:
    """Return what tells the Page that all it had written so far was seen."""
    return from_customer(customer, at, read={"watermark": milliseconds(at)})


def raw(page_id: str, content: object, part: str) -> Event:
    """Return an event of any shape: for what this emulator does not play itself."""
    sender = content.get("sender") if isinstance(content, dict) else None
    psid = sender.get("id") if isinstance(sender, dict) else None
    return Event(page_id, str(psid or page_id), "", content, part)


def template_status(page_id: str, value: Payload) -> Event:
    """Return what tells the Page that its utility template was reviewed."""
    field = "message_template_status_update"
    change = {"field": field, "value": value}
    return Event(page_id, page_id, field, change, "changes")


def body(events: Sequence[Event], at: datetime) -> bytes:
    """Return one POST's body, with one entry for each event."""
    entries = [
        {"id": event.page_id, "time": milliseconds(at), event.part: [event.content]}
        for event in events
    ]
    return escaped({"object": "page", "entry": entries})


def _between(sender: str, recipient: str, at: datetime) -> Payload:
    return {
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "timestamp": milliseconds(at),
    }


def _content(message: Payload) -> Payload:
    content = {key: message[key] for key in ("text", "reply_to") if key in message}
    attachments = message.get("attachments") or []
    if "attachment" in message:
        attachments = [message["attachment"]]
    return content | ({"attachments": attachments} if attachments else {})

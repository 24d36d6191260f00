"""One item of a webhook's entry, and the event that it is."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from webhooks.events import (
    Attachment,
    Event,
    MessageDelivered,
    MessageEchoed,
    MessageEdited,
    MessageRead,
    MessageReceived,
    MessageUnsent,
    OtherEvent,
    PostbackReceived,
    ReactionReceived,
    Referral,
    ReferralReceived,
    UnknownEvent,
)
from webhooks.values import Payload, clean, cut, dump, id_text, inside, listed, moment

# The keys by which Messenger's other kinds are told apart, as documented under
# https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events
OTHER_KINDS = (
    "optin",
    "account_linking",
    "policy_enforcement",
    "policy-enforcement",  # as Messenger wrote it for years
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "app_roles",
    "response_feedback",
    "messaging_feedback",
    "messaging_customer_information",
    "game_play",
    "template",
    "form",
    "payment",
    "checkout_update",
    "pre_checkout",
    "prior_message",
    "group_id",
)
OTHER_FIELDS = frozenset(
    {
        "business_integrity",
        "call_permission_reply",
        "call_settings_update",
        "feed",
        "group_feed",
        "inbox_labels",
        "leadgen",
        "mention",
        "message_template_status_update",
        "messenger_template_status_update",
        "messages",
        "messaging_postbacks",
        "ratings",
    }
)
NOBODY = ""


class Item:
    """One item of an entry, on its way to being an event."""

    def __init__(
        self, content: object, page_id: str, at: datetime, *, standby: bool = False
    ) -> None:
        self.raw = dump(content)
        self.content: Payload = content if isinstance(content, dict) else {}
        self.page_id = page_id or self._id("recipient") or NOBODY
        self.at = moment(self.content.get("timestamp")) or at
        self.standby = standby

    def event(self) -> Event:
        for name, make in _MAKERS.items():
            if isinstance(self.content.get(name), dict):
                return make(self, self.content[name])
        for name in OTHER_KINDS:
            if self.content.get(name) is not None:
                return self.other(name.replace("-", "_"))
        if isinstance(self.content.get("value"), dict):
            return self.change()
        return self.unknown()

    def change(self) -> Event:
        name = id_text(self.content.get("field"))
        if name in OTHER_FIELDS:
            return self.other(name)
        return self.unknown()

    def other(self, name: str) -> Event:
        return OtherEvent(name=name, **self.common(name, None))

    def unknown(self) -> Event:
        return UnknownEvent(**self.common("unknown", None))

    def common(self, kind: str, unique: str | None, psid: str = "sender") -> Payload:
        """Return the fields that every event has; *unique* is Messenger's own id."""
        found = self._id(psid)
        return {
            "key": self._key(kind, unique),
            "page_id": self.page_id,
            "psid": found,
            "at": self.at,
            "raw": self.raw,
            "standby": self.standby,
        }

    def _key(self, kind: str, unique: str | None) -> str:
        place = f"{self.page_id}|{'standby-' if self.standby else ''}{kind}|"
        if unique is not None and len(unique) <= 200:
            return place + unique
        canonical = dump(self.content, sort=True) if self.content else self.raw
        return place + hashlib.sha256(canonical).hexdigest()

    def _id(self, role: str) -> str | None:
        whose = self.content.get(role)
        return id_text(whose.get("id")) if isinstance(whose, dict) else None


def _message(item: Item, message: Payload) -> Event:
    mid = id_text(message.get("mid"))
    is_echo = message.get("is_echo") in (True, "true")
    if message.get("is_deleted") in (True, "true"):
        whose = "recipient" if is_echo else "sender"
        return MessageUnsent(**item.common("message_deleted", mid, psid=whose), mid=mid)
    if is_echo:
        return _echo(item, message, mid)
    if isinstance(item.content.get("hop_context"), dict):
        # Meta's lead form reports its answers as a message nobody wrote.
        return item.other("lead_summary")
    return MessageReceived(
        **item.common("message", mid),
        mid=mid,
        text=clean(message.get("text")),
        quick_reply=clean(inside(message, "quick_reply").get("payload")),
        attachments=_attachments(message),
        referral=_referral(message.get("referral")),
        reply_to=_reply_to(message),
    )


def _echo(item: Item, message: Payload, mid: str | None) -> Event:
    return MessageEchoed(
        **item.common("echo", mid, psid="recipient"),
        mid=mid,
        app_id=id_text(message.get("app_id")),
        metadata=clean(message.get("metadata")),
        text=clean(message.get("text")),
        attachments=_attachments(message),
        reply_to=_reply_to(message),
    )


def _postback(item: Item, postback: Payload) -> Event:
    mid = id_text(postback.get("mid"))
    return PostbackReceived(
        **item.common("postback", mid),
        mid=mid,
        title=clean(postback.get("title")),
        payload=clean(postback.get("payload")),
        referral=_referral(postback.get("referral")),
    )


def _delivery(item: Item, delivery: Payload) -> Event:
    mids = (id_text(mid) for mid in listed(delivery.get("mids")))
    return MessageDelivered(
        **item.common("delivery", None),
        mids=tuple(mid for mid in mids if mid),
        watermark=moment(delivery.get("watermark")),
    )


def _read(item: Item, read: Payload) -> Event:
    return MessageRead(
        **item.common("read", None), watermark=moment(read.get("watermark"))
    )


def _referred(item: Item, referral: Payload) -> Event:
    return ReferralReceived(
        **item.common("referral", None),
        referral=_referral(referral) or Referral(),
    )


def _reaction(item: Item, reaction: Payload) -> Event:
    return ReactionReceived(
        **item.common("reaction", None),
        mid=id_text(reaction.get("mid")),
        action=clean(reaction.get("action")),
        emoji=clean(reaction.get("emoji") or reaction.get("reaction")),
    )


def _edited(item: Item, edit: Payload) -> Event:
    mid, number = id_text(edit.get("mid")), _count(edit.get("num_edit"))
    unique = f"{mid}|{number}" if mid and number else None
    return MessageEdited(
        **item.common("message_edit", unique),
        mid=mid,
        number=number,
        text=clean(edit.get("text")),
    )


def _count(content: object) -> int:
    """Return a number of edits, 0 if it is none that a customer can have made."""
    text = id_text(content) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


# Dispatch by which key is present; an echo is told apart inside `message`.
_MAKERS: dict[str, Callable[[Item, Payload], Event]] = {
    "message": _message,
    "postback": _postback,
    "delivery": _delivery,
    "read": _read,
    "reaction": _reaction,
    "referral": _referred,
    "message_edit": _edited,
}


def _attachments(message: Payload) -> tuple[Attachment, ...]:
    found = (item for item in listed(message.get("attachments")))
    return tuple(_attachment(item) for item in found if isinstance(item, dict))


def _attachment(item: Payload) -> Attachment:
    payload = inside(item, "payload")
    sticker = payload.get("sticker_id", item.get("sticker_id"))
    return Attachment(
        kind=cut(clean(item.get("type")) or "unknown"),
        url=clean(payload.get("url") or item.get("url") or item.get("URL")),
        title=clean(payload.get("title") or item.get("title")),
        sticker_id=id_text(sticker),
    )


def _reply_to(message: Payload) -> str | None:
    """Return the mid of the message that one answers; an answer to a story has none."""
    return id_text(inside(message, "reply_to").get("mid"))


def _referral(content: object) -> Referral | None:
    if not isinstance(content, dict):
        return None
    return Referral(
        ref=clean(content.get("ref")),
        source=clean(content.get("source")),
        kind=clean(content.get("type")),
    )

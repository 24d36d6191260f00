"""What a customer did, as a turn takes it."""

from collections.abc import Mapping

from bot.turn import Heard
from webhooks.events import (
    Event,
    MessageReceived,
    PostbackReceived,
    ReferralReceived,
)

#: Taps that Messenger itself offers, and what they stand for.
ALWAYS: Mapping[str, str] = {"GET_STARTED": "/greet"}


def payload(event: Event) -> str | None:
    """Return the payload of a tap."""
    match event:
        case MessageReceived(quick_reply=tapped):
            return tapped
        case PostbackReceived(payload=tapped):
            return tapped
    return None


def heard(event: Event, event_id: int, offered: str | None) -> Heard | None:
    """Return what the customer did, None if there is nothing to answer.

    *offered* is the payload of a tap if it is one that we offered: of a tap on
    anything else only the title counts.
    """
    match event:
        case MessageReceived():
            return _message(event, event_id, offered)
        case PostbackReceived(title=title):
            return Heard(
                event_id=event_id, kind="tap", text=title or "", payload=offered
            )
        case ReferralReceived():
            return Heard(event_id=event_id, kind="referral")
    return None


def _message(
    message: MessageReceived, event_id: int, offered: str | None
) -> Heard | None:
    text = message.text or ""
    if message.quick_reply is not None:
        return Heard(event_id=event_id, kind="tap", text=text, payload=offered)
    if text.strip():
        return Heard(event_id=event_id, kind="text", text=text)
    if any(part.is_like for part in message.attachments):
        return Heard(event_id=event_id, kind="thumbs_up")
    if message.attachments:
        return Heard(event_id=event_id, kind="attachment")
    return None

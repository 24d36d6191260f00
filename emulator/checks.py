"""Is this a message Messenger takes? Shapes and lengths, refused as Graph refuses."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from emulator.limits import LIMITS
from emulator.payload import Payload
from emulator.refusals import EMPTY_MESSAGE, GraphError, bad_parameter
from emulator.shapes import (
    needed,
    object_at,
    objects_at,
    one_of,
    payload_at,
    text_at,
)

MEDIA = ("image", "audio", "video", "file")
ATTACHMENTS = (*MEDIA, "template")
QUICK_REPLIES = ("text", "user_phone_number", "user_email")
#: Templates whose shape we know of but have nothing to say about.
UNCHECKED = (
    "coupon",
    "customer_feedback",
    "customer_information",
    "image_grid",
    "instant_form",
    "notification_messages",
    "one_time_notif_req",
    "product",
    "utility_messages",
)
TITLED = ("web_url", "postback", "phone_number", "game_play", "audio_call")
BUTTONS = (*TITLED, "account_link", "account_unlink")
OWN_HOSTS = ("facebook.com", "www.facebook.com", "business.facebook.com")


def check(message: Payload) -> None:
    """Raise GraphError unless *message* is one that Messenger takes."""
    if not any(message.get(key) for key in ("text", "attachment", "template")):
        raise GraphError(EMPTY_MESSAGE)
    if message.get("text") and message.get("attachment"):
        raise bad_parameter("A message has a text or an attachment, not both")
    limits = LIMITS["message"]
    text_at(message, "text", limits["text"], "message[text]")
    # The guide says "under 1000".
    text_at(message, "metadata", limits["metadata"] - 1, "message[metadata]")
    object_at(message, "template")
    _check_quick_replies(message)
    if message.get("attachment"):
        _check_attachment(object_at(message, "attachment"))


def _check_quick_replies(message: Payload) -> None:
    limits = LIMITS["quick_replies"]
    for quick_reply in objects_at(message, "quick_replies", limits["count"]):
        kind = quick_reply.get("content_type")
        one_of("content_type", kind, QUICK_REPLIES)
        title = text_at(quick_reply, "title", limits["title"])
        payload = payload_at(quick_reply, limits["payload"])
        pictured = text_at(quick_reply, "image_url")
        if kind == "text" and not (pictured or (title and payload)):
            raise bad_parameter("A quick reply needs a title and a payload")


def _check_attachment(attachment: Payload) -> None:
    one_of("attachment[type]", attachment.get("type"), ATTACHMENTS)
    payload = object_at(attachment, "payload")
    if attachment["type"] == "template":
        _check_template(payload)
    else:
        text_at(payload, "url")


def _check_template(payload: Payload) -> None:
    kind = payload.get("template_type")
    if not kind:
        raise bad_parameter("Missing template_type for attachment's payload")
    one_of("template_type", kind, (*TEMPLATES, *UNCHECKED))
    if kind in TEMPLATES:
        TEMPLATES[kind](payload)


def _check_button_template(payload: Payload) -> None:
    limits = LIMITS["button_template"]
    needed(payload, "text", limits["text"])
    if not _check_buttons(payload, limits["buttons"]):
        raise bad_parameter("Param buttons is required")


def _check_generic_template(payload: Payload) -> None:
    limits = LIMITS["generic_template"]
    for element in _elements(payload, limits["elements"]):
        needed(element, "title", limits["title"])
        more = ("subtitle", "image_url", "default_action", "buttons")
        if not any(element.get(key) for key in more):
            raise bad_parameter("An element needs a title and one field more")
        text_at(element, "subtitle", limits["subtitle"])
        text_at(element, "image_url")
        text_at(object_at(element, "default_action"), "url")
        _check_buttons(element, limits["buttons"])


def _check_media_template(payload: Payload) -> None:
    limits = LIMITS["media_template"]
    for element in _elements(payload, limits["elements"]):
        one_of("media_type", element.get("media_type"), ("image", "video"))
        url = text_at(element, "url")
        if url and urlsplit(url).hostname not in OWN_HOSTS:
            raise bad_parameter("Param url must be a Facebook URL")
        _check_buttons(element, limits["buttons"])


def _check_receipt(payload: Payload) -> None:
    for key in ("recipient_name", "order_number", "currency", "payment_method"):
        needed(payload, key)
    if not object_at(payload, "summary"):
        raise bad_parameter("Param summary is required")
    objects_at(payload, "elements", LIMITS["receipt_template"]["elements"])


TEMPLATES: Mapping[str, Callable[[Payload], None]] = {
    "button": _check_button_template,
    "generic": _check_generic_template,
    "media": _check_media_template,
    "receipt": _check_receipt,
}


def _elements(payload: Payload, most: int) -> list[Payload]:
    elements = objects_at(payload, "elements", most)
    if not elements:
        raise bad_parameter("Param elements is required")
    return elements


def _check_buttons(holder: Payload, most: int) -> list[Payload]:
    """Return the buttons of *holder*, all of which Messenger takes."""
    buttons, limits = objects_at(holder, "buttons", most), LIMITS["button"]
    for button in buttons:
        one_of("buttons[type]", button.get("type"), BUTTONS)
        if button["type"] in TITLED:
            needed(button, "title", limits["title"])
        url, payload = text_at(button, "url"), payload_at(button, limits["payload"])
        content = {"web_url": url, "postback": payload, "phone_number": payload}
        if not content.get(button["type"], True):
            raise bad_parameter("A button needs a url, or a payload")
    return buttons

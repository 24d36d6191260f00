"""What do Rasa's `attachment`, `custom` and `button_type` say? The same in plain keys.

They are given to Messenger as they stand, in its own words. Here a template becomes
text, cards and buttons, so that Messenger's limits, numbers and languages hold for
them as for everything that is said; what has no such words is refused.
https://developers.facebook.com/docs/messenger-platform/reference/send-api
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flows.files import Payload, nearest

#: Kinds of files that Messenger fetches from an address.
MEDIA = ("audio", "file", "image", "video")
KEYS = frozenset(["attachment", "button_type", "custom"])
#: Rasa's kinds of buttons; quick replies are those that are gone after a tap.
_BUTTONS = {"inline": "buttons", "vertical": "buttons", "reply": "quick_replies"}
_CUSTOM = frozenset(["text", "attachment", "quick_replies"])
_TEMPLATES = frozenset(["button", "generic"])
_WEB = ("https://", "http://")


class ShapeError(ValueError):
    """Something can't be said here; the text says what, why, and what to do."""


def plain(body: Mapping[str, Any]) -> Payload:
    """Return what is said without these keys, or raise ShapeError."""
    said: Payload = {key: value for key, value in body.items() if key not in KEYS}
    if body.get("custom"):
        said = _both(said, _of_custom(body["custom"]))
    if body.get("attachment"):
        said = _both(said, _of_attachment(body["attachment"]))
    if "button_type" in body:
        said = _as_kind(said, body["button_type"])
    return said


def _both(said: Payload, more: Payload) -> Payload:
    """Return what is said with more of it below: texts in one, lists joined."""
    found = {**said}
    for key, value in more.items():
        before = said.get(key)
        if before is None:
            found[key] = value
        elif key == "text" and isinstance(before, str) and isinstance(value, str):
            found[key] = f"{before}\n\n{value}"
        elif isinstance(before, list) and isinstance(value, list):
            found[key] = [*before, *value]
        else:
            raise ShapeError(f"says '{key}' twice; take one of them out")
    return found


def _of_custom(custom: Any) -> Payload:
    message = custom.get("message", custom) if isinstance(custom, dict) else None
    if not isinstance(message, dict):
        raise ShapeError(
            "'custom' must be a message of Messenger's, such as 'text: Hi'"
        )
    _known("custom", message, _CUSTOM)
    said: Payload = {key: message[key] for key in ("text",) if key in message}
    if "quick_replies" in message:
        said["quick_replies"] = [*_quick_replies(message["quick_replies"])]
    attached = _of_attachment(message["attachment"]) if "attachment" in message else {}
    return _both(said, attached)


def _quick_replies(given: Any) -> Iterable[Any]:
    for one in given if isinstance(given, list) else [given]:
        kind = one.get("content_type", "text") if isinstance(one, dict) else "text"
        if kind != "text":
            raise ShapeError(
                f"quick replies of the kind '{kind}' are not offered; ask for it "
                "with a 'collect' step"
            )
        yield one


def _of_attachment(attachment: Any) -> Payload:
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    if not isinstance(payload, dict):
        raise ShapeError("'attachment' needs 'type' and 'payload'")
    kind = attachment.get("type")
    if kind == "template":
        return _of_template(payload)
    if kind not in MEDIA:
        known = (*MEDIA, "template")
        raise ShapeError(
            f"attachment: unknown type '{kind}'{nearest(str(kind), known)}"
        )
    url = payload.get("url")
    if not (isinstance(url, str) and (url.startswith(_WEB) or "{" in url)):
        raise ShapeError(
            f"attachment: give the {kind} a 'url' that begins with https://; what was "
            "uploaded to Facebook can't be sent by its number"
        )
    return {"image": url} if kind == "image" else {"media": {"type": kind, "url": url}}


def _of_template(payload: Payload) -> Payload:
    kind = str(payload.get("template_type"))
    if kind not in _TEMPLATES:
        raise ShapeError(
            f"attachment: templates of the type '{kind}' are not sent; 'button' and "
            "'generic' are"
        )
    if kind == "button":
        return {key: payload[key] for key in ("text", "buttons") if key in payload}
    return {"elements": payload.get("elements") or []}


def _as_kind(said: Payload, kind: Any) -> Payload:
    if kind not in _BUTTONS:
        raise ShapeError(f"button_type: '{kind}' is none of {', '.join(_BUTTONS)}")
    buttons = said.get("buttons") or []
    if _BUTTONS[kind] == "buttons" or not isinstance(buttons, list):
        return said
    kept = [one for one in buttons if isinstance(one, dict) and one.get("url")]
    taps = [one for one in buttons if one not in kept]
    others = {key: value for key, value in said.items() if key != "buttons"}
    links = {"buttons": kept} if kept else {}
    return {**others, **links, "quick_replies": [*taps, *said.get("quick_replies", [])]}


def _known(where: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    for key in given:
        if key not in known:
            words = ", ".join(sorted(known))
            raise ShapeError(f"{where}: '{key}' is not sent; {words} are")

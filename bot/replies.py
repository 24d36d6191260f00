"""From what was said to the messages that Messenger takes, inside all its limits.

Nothing a customer should read is lost: a long text becomes several messages, too
many buttons become quick replies, too many of those become numbers in the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias
from unicodedata import east_asian_width

from bot.messenger.limits import LIMITS, length
from bot.messenger.texts import clean, shorten, split
from bot.picture_names import is_name

Payload: TypeAlias = dict[str, Any]

_JOINTS = {"space": " ", "line": "\n", "paragraph": "\n\n"}
#: What `metadata.list` says of choices that stand in the text, one a line, numbered.
NEWEST_FIRST = "newest_first"
_WEB = ("https://", "http://")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One Messenger message to send."""

    #: Inside all limits of Messenger.
    message: Payload
    #: What the inbox shows.
    text: str
    #: answer, question, offer, handoff_notice, confirmation, greeting or apology.
    purpose: str = "answer"
    #: What to do if nobody knows whether it was sent.
    send_class: Literal["repeatable", "park", "expire"] = "park"


def joined(said: Sequence[Payload]) -> list[Payload]:
    """Return what was said with texts that belong together made one.

    `metadata.join` says that the next text goes on in the same message. An answer
    and a question are never joined: each stands better by itself.
    """
    whole: list[Payload] = []
    for one in said:
        joint = _joint(whole[-1], one) if whole else None
        if joint is None:
            whole.append(one)
        else:
            before = whole.pop()
            whole.append(
                {
                    **one,
                    "text": before["text"] + joint + one["text"],
                    "metadata": _joined_metadata(before, one),
                }
            )
    return whole


def purpose(said: Mapping[str, Any]) -> str:
    """Return what a message is for."""
    metadata = said.get("metadata") or {}
    name = str(metadata.get("utter_action") or "")
    if "purpose" in metadata:
        return str(metadata["purpose"])
    if name.startswith("utter_ask_"):
        return "question"
    return "handoff_notice" if name.startswith("utter_handoff_") else "answer"


def choices(said: Mapping[str, Any]) -> list[Payload]:
    """Return all that can be tapped, in the order of the numbers if they have some."""
    buttons, quick_replies = _choices(said)
    return [*quick_replies, *(b for b in buttons if not _leads_out(b))]


def arranged(
    buttons: Sequence[Payload], quick_replies: Sequence[Payload]
) -> tuple[list[Payload], list[Payload]]:
    """Return what are buttons and what quick replies: more than three are those."""
    most = LIMITS["button_template"]["buttons"]
    if len(buttons) <= most:
        return [*buttons], [*quick_replies]
    links = [b for b in buttons if _leads_out(b)]
    taps = [b for b in buttons if not _leads_out(b)]
    return links[:most], [*taps, *quick_replies]


def is_numbered(said: Mapping[str, Any]) -> bool:
    """Whether the choices of a message are numbers in its text."""
    return len(_choices(said)[1]) > LIMITS["quick_replies"]["count"]


def is_link(button: Mapping[str, Any]) -> bool:
    """Whether a tap opens a page, so that a payload counts for nothing."""
    return bool(button.get("url"))


def is_list(said: Mapping[str, Any]) -> bool:
    """Whether what can be chosen stands in the text before it, one line each."""
    return "list" in (said.get("metadata") or {})


def listed_choices(said: Mapping[str, Any]) -> int:
    """Return how many choices are a list of the newest first; their exit is none."""
    is_list = (said.get("metadata") or {}).get("list") == NEWEST_FIRST
    return max(0, len(choices(said)) - 1) if is_list else 0


def replies(said: Mapping[str, Any]) -> list[Reply]:
    """Return the messages that say it, in order; none if there is nothing to say."""
    meant, metadata = purpose(said), said.get("metadata") or {}
    return [
        replace(made, purpose=meant, send_class=metadata.get("class", "park"))
        for made in _made(said)
    ]


def picture(name: str) -> Reply:
    """Return the message that is a kept picture; Messenger gets it when it is sent."""
    attachment = {"type": "image", "payload": {"file": name}}
    return Reply(message={"attachment": attachment}, text="")


def _made(said: Mapping[str, Any]) -> list[Reply]:
    buttons, quick_replies = _choices(said)
    lines = [f"{b['title']}: {_address(b)}" for b in _links_in_text(said)]
    if is_numbered(said):
        lines += [f"{n}. {c['title']}" for n, c in enumerate(quick_replies, start=1)]
        quick_replies = []
    text = clean("\n".join([str(said.get("text") or ""), *lines])).strip()
    before = (*_pictured(said), *_media(said))
    made = [*before, *_cards(said), *_written(text, buttons)]
    if made and quick_replies:
        last = made.pop()
        message = {**last.message, "quick_replies": _quick_replies(quick_replies)}
        made.append(Reply(message=message, text=last.text))
    return made


def _joint(before: Payload, after: Payload) -> str | None:
    """Return what stands between two texts, or None if they stay apart."""
    joint = _JOINTS.get((before.get("metadata") or {}).get("join", ""))
    plain = not any(
        before.get(key)
        for key in ("buttons", "quick_replies", "elements", "image", "media")
    )
    shown = after.get("image") or after.get("media")
    whole = before.get("text") and after.get("text") and not shown
    apart = (purpose(before), purpose(after)) == ("answer", "question")
    if not plain or not whole or apart:
        return None
    # What ends in a wide sign, as Chinese does, has its space in it.
    wide = east_asian_width(str(before["text"])[-1]) in "WF"
    return "" if joint == _JOINTS["space"] and wide else joint


def _joined_metadata(before: Payload, after: Payload) -> Payload:
    metadata = {**(after.get("metadata") or {}), "purpose": purpose(after)}
    if (before.get("metadata") or {}).get("class") == "park":
        metadata["class"] = "park"
    return metadata


def _choices(said: Mapping[str, Any]) -> tuple[list[Payload], list[Payload]]:
    """Return the buttons and the quick replies that can be sent."""
    quick_replies = [q for q in said.get("quick_replies") or () if q.get("payload")]
    return arranged(
        [b for b in said.get("buttons") or () if _is_offerable(b)],
        [q for q in quick_replies if _is_offerable(q)],
    )


def _links_in_text(said: Mapping[str, Any]) -> list[Payload]:
    """Return the links for which no button is left."""
    links = [b for b in said.get("buttons") or () if _leads_out(b) and _is_offerable(b)]
    return links[LIMITS["button_template"]["buttons"] :]


def _calls(button: Mapping[str, Any]) -> bool:
    return button.get("type") == "phone_number"


def _leads_out(button: Mapping[str, Any]) -> bool:
    """Whether a tap is the customer's own affair: we do not hear of it."""
    return is_link(button) or _calls(button)


def _address(button: Mapping[str, Any]) -> str:
    return str(button.get("url") or button.get("payload"))


def _is_offerable(choice: Mapping[str, Any]) -> bool:
    """Whether a choice can be sent; a payload can't be cut as a title can."""
    if not clean(str(choice.get("title") or "")).strip():
        return False
    if is_link(choice):
        return str(choice["url"]).startswith(_WEB)
    payload = str(choice.get("payload") or "")
    return bool(payload) and length(payload) <= LIMITS["quick_replies"]["payload"]


def _written(text: str, buttons: Sequence[Payload]) -> Iterator[Reply]:
    if not text:
        return
    if not buttons:
        for part in split(text, LIMITS["message"]["text"]):
            if part.strip():
                yield Reply(message={"text": part}, text=part)
        return
    # Under its text a template has room for less: what stands before goes first.
    *before, last = split(text, LIMITS["button_template"]["text"])
    yield from _written("".join(before), [])
    yield _template({"template_type": "button", "text": last}, buttons, last)


def _template(payload: Payload, buttons: Sequence[Payload], text: str) -> Reply:
    whole = {**payload, "buttons": [_button(button) for button in buttons]}
    attachment = {"type": "template", "payload": whole}
    return Reply(message={"attachment": attachment}, text=text)


def _button(button: Payload) -> Payload:
    title = shorten(clean(button["title"]).strip(), LIMITS["button"]["title"])
    if is_link(button):
        return {"type": "web_url", "title": title, "url": button["url"]}
    if _calls(button):
        return {"type": "phone_number", "title": title, "payload": button["payload"]}
    return {"type": "postback", "title": title, "payload": button["payload"]}


def _quick_replies(choices: Sequence[Payload]) -> list[Payload]:
    most = LIMITS["quick_replies"]["title"]
    return [
        {
            "content_type": "text",
            "title": shorten(clean(choice["title"]).strip(), most),
            "payload": choice["payload"],
        }
        for choice in choices
    ]


def _pictured(said: Mapping[str, Any]) -> Iterator[Reply]:
    url = said.get("image")
    if is_name(url):
        yield picture(str(url))
    elif isinstance(url, str) and url.startswith(_WEB):
        attachment = {"type": "image", "payload": {"url": url, "is_reusable": True}}
        yield Reply(message={"attachment": attachment}, text=url)


def _media(said: Mapping[str, Any]) -> Iterator[Reply]:
    """Yield the sound, the video or the file, which Messenger fetches by itself."""
    media = said.get("media") or {}
    url = media.get("url")
    if isinstance(url, str) and url.startswith(_WEB):
        payload = {"url": url, "is_reusable": True}
        attachment = {"type": media["type"], "payload": payload}
        yield Reply(message={"attachment": attachment}, text=url)


def _cards(said: Mapping[str, Any]) -> Iterator[Reply]:
    cards = [card for card in map(_card, said.get("elements") or ()) if card]
    most = LIMITS["generic_template"]["elements"]
    for start in range(0, len(cards), most):
        shown = cards[start : start + most]
        payload = {"template_type": "generic", "elements": shown}
        yield Reply(
            message={"attachment": {"type": "template", "payload": payload}},
            text="\n".join(card["title"] for card in shown),
        )


def _card(element: Mapping[str, Any]) -> Payload | None:
    """Return a card of the carousel; None without a title and something beside it."""
    limits = LIMITS["generic_template"]
    card: Payload = {}
    for name in ("title", "subtitle"):
        text = clean(str(element.get(name) or "")).strip()
        if text:
            card[name] = shorten(text, limits[name])
    if str(element.get("image_url") or "").startswith(_WEB):
        card["image_url"] = element["image_url"]
    buttons = [b for b in element.get("buttons") or () if _is_offerable(b)]
    if buttons:
        card["buttons"] = [_button(b) for b in buttons[: limits["buttons"]]]
    return card if "title" in card and len(card) > 1 else None

"""What in a response is longer than Messenger takes, and what becomes of it?

Values are not known yet: only what is said whatever they are counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from bot.messenger.limits import LIMITS, length
from bot.messenger.texts import clean, shorten
from bot.replies import Payload, arranged, is_link
from flows.lines import parts
from flows.responses import without_values

#: How much of a long text a note quotes.
_QUOTED = 40


#: The choice or the card that something is wrong with, and what, with its cure.
Problem: TypeAlias = tuple[Payload, str]


def tappable(said: Mapping[str, Any]) -> Iterator[Payload]:
    """Yield all choices as they are written, those of its cards too."""
    cards = said.get("elements") or ()
    return (one for one in parts(said) if not any(one is card for card in cards))


def fits(choice: Mapping[str, Any]) -> bool:
    """Whether the payload of a choice is short enough for the choice to be offered."""
    return is_link(choice) or _payload(choice) <= LIMITS["button"]["payload"]


def too_long(said: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each thing that is left out or cut."""
    most = LIMITS["button"]["payload"]
    for choice in tappable(said):
        if not fits(choice):
            yield (
                choice,
                f"the payload of {_quoted(choice.get('title'))} has "
                f"{_payload(choice):,} characters where Messenger takes {most:,}, so "
                "it is not offered; shorten the payload",
            )
    yield from _choices(said)
    for card in said.get("elements") or ():
        yield from _card(card)


def _choices(said: Mapping[str, Any]) -> Iterator[Problem]:
    buttons, quick_replies = arranged(
        [*filter(fits, said.get("buttons") or ())],
        [*filter(fits, said.get("quick_replies") or ())],
    )
    yield from _titles(buttons, LIMITS["button"]["title"])
    limits = LIMITS["quick_replies"]
    if len(quick_replies) <= limits["count"]:  # else they stand in the text, whole
        yield from _titles(quick_replies, limits["title"])


def _card(card: Payload) -> Iterator[Problem]:
    limits = LIMITS["generic_template"]
    for name in ("title", "subtitle"):
        yield from _cut(card, name, f"the card {name} ", limits[name])
    buttons = [*filter(fits, card.get("buttons") or ())]
    if len(buttons) > limits["buttons"]:
        yield (
            card,
            f"the card {_quoted(card.get('title'))} has {len(buttons)} buttons and "
            f"shows {limits['buttons']}; take out the others",
        )
    yield from _titles(buttons[: limits["buttons"]], LIMITS["button"]["title"])


def _titles(choices: Iterable[Payload], most: int) -> Iterator[Problem]:
    for choice in choices:
        yield from _cut(choice, "title", "", most)


def _cut(part: Payload, key: str, what: str, most: int) -> Iterator[Problem]:
    text = part.get(key)
    if _length(text) > most:
        yield part, f"{what}{_quoted(text)} is cut to {most} characters; shorten it"


def _payload(choice: Mapping[str, Any]) -> int:
    return length(without_values(str(choice.get("payload") or "")))


def _length(text: Any) -> int:
    return length(clean(without_values(str(text or ""))).strip())


def _quoted(text: Any) -> str:
    return f"'{shorten(clean(str(text or '')).strip(), _QUOTED)}'"

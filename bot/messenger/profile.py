"""What a Page shows before anybody writes: Get Started, a greeting, a menu.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/messenger-profile-api
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.messenger.limits import LIMITS, length
from bot.store.types import Payload
from flows.files import DataError, Source

GET_STARTED = "GET_STARTED"
LIMIT = LIMITS["profile"]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a Page is to show; *menu* is titles and the payloads behind them."""

    greeting: str
    menu: tuple[tuple[str, str], ...]
    test_message: str

    @property
    def payloads(self) -> frozenset[str]:
        """Return what a tap on the menu brings."""
        return frozenset(payload for _, payload in self.menu)

    def essentials(self) -> Payload:
        """Return Get Started and the menu, as Messenger takes them."""
        items = [
            {"type": "postback", "title": title, "payload": payload}
            for title, payload in self.menu
        ]
        menu = {"composer_input_disabled": False, "call_to_actions": items}
        return {
            "get_started": {"payload": GET_STARTED},
            "persistent_menu": [{"locale": "default", **menu}],
        }

    def greetings(self) -> Payload:
        """Return the greeting, as Messenger takes it."""
        return {"greeting": [{"locale": "default", "text": self.greeting}]}


def load(source: Source, goals: frozenset[str]) -> Profile:
    """Return what a file says, or raise DataError with all that is wrong with it."""
    problems = list(_problems(source, goals))
    if problems:
        raise DataError([f"{source.name}: {problem}" for problem in problems])
    menu = ((item["title"], item["payload"]) for item in source.listed("menu"))
    return Profile(
        greeting=source.contents["greeting"],
        menu=tuple(menu),
        test_message=source.contents["test_message"],
    )


def _problems(source: Source, goals: frozenset[str]) -> Iterator[str]:
    yield from _text(source.contents, "greeting", LIMIT["greeting"])
    yield from _text(source.contents, "test_message", LIMITS["message"]["text"])
    items = source.listed("menu")
    if not 0 < len(items) <= LIMIT["menu_items"]:
        yield f"'menu' must have 1 to {LIMIT['menu_items']} lines"
    for item in items:
        yield from _item_problems(item, goals)


def _item_problems(item: Any, goals: frozenset[str]) -> Iterator[str]:
    if not isinstance(item, dict):
        yield "a line of the menu must have a title and a payload"
        return
    yield from _text(item, "title", LIMIT["menu_title"])
    if item.get("payload") not in {f"/{goal}" for goal in goals}:
        yield f"the menu's payload {item.get('payload')!r} is no goal, such as /greet"


def _text(holder: Mapping[str, Any], key: str, most: int) -> Iterator[str]:
    found = holder.get(key)
    if not isinstance(found, str) or not 0 < length(found) <= most:
        yield f"'{key}' must be a text of at most {most} characters"

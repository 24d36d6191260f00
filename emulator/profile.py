"""The Messenger profile of a Page: Get Started, greeting, menu, ice breakers.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/messenger-profile-api
"""

from collections.abc import Callable, Mapping, Sequence

from emulator.limits import LIMITS
from emulator.payload import Payload
from emulator.refusals import bad_parameter
from emulator.shapes import needed, object_at, objects_at, one_of
from emulator.world import Page

LIMIT = LIMITS["profile"]
MENU_NEEDS_START = (
    "You must set a Get Started button if you also wish to use persistent menu"
)


def set_up(page: Page, wanted: Payload) -> Payload:
    """Set the properties in *wanted*, all of them or none."""
    wanted = {key: value for key, value in wanted.items() if key != "platform"}
    if not wanted:
        raise bad_parameter(f"Requires one of the params: {', '.join(CHECKS)}")
    for name in wanted:
        one_of("name", name, tuple(CHECKS))
        CHECKS[name](wanted)
    return _changed(page, page.profile | wanted)


def look(page: Page, asked: Payload) -> Payload:
    """Return the properties *asked* for, as far as they are set."""
    names = _names(asked)
    found = {name: page.profile[name] for name in names if name in page.profile}
    return {"data": [found] if found else []}


def delete(page: Page, asked: Payload) -> Payload:
    """Take away the properties *asked* for."""
    names = _names(asked)
    left = {name: page.profile[name] for name in page.profile if name not in names}
    return _changed(page, left)


def _changed(page: Page, after: Payload) -> Payload:
    if "persistent_menu" in after and "get_started" not in after:
        raise bad_parameter(MENU_NEEDS_START)
    page.profile = after
    return {"result": "success"}


def _names(asked: Payload) -> Sequence[str]:
    fields = asked.get("fields")
    names = fields.split(",") if isinstance(fields, str) else fields
    if not isinstance(names, list) or not names:
        raise bad_parameter("The parameter fields is required.")
    for name in names:
        one_of("fields", name, tuple(CHECKS))
    return names


def _get_started(wanted: Payload) -> None:
    needed(object_at(wanted, "get_started"), "payload", LIMIT["get_started"])


def _greeting(wanted: Payload) -> None:
    for greeting in _by_locale(wanted, "greeting"):
        needed(greeting, "text", LIMIT["greeting"])


def _persistent_menu(wanted: Payload) -> None:
    for menu in _by_locale(wanted, "persistent_menu"):
        for item in objects_at(menu, "call_to_actions", LIMIT["menu_items"]):
            one_of("type", item.get("type"), ("postback", "web_url"))
            needed(item, "title", LIMIT["menu_title"])
            needed(item, "url" if item["type"] == "web_url" else "payload")


def _ice_breakers(wanted: Payload) -> None:
    entries = objects_at(wanted, "ice_breakers")
    flat = not any("call_to_actions" in entry for entry in entries)
    groups = [wanted] if flat else entries
    for group in groups:
        key = "ice_breakers" if flat else "call_to_actions"
        for question in objects_at(group, key, LIMIT["ice_breakers"]):
            needed(question, "question")
            needed(question, "payload")


def _anything(wanted: Payload) -> None:
    pass


CHECKS: Mapping[str, Callable[[Payload], None]] = {
    "get_started": _get_started,
    "greeting": _greeting,
    "ice_breakers": _ice_breakers,
    "persistent_menu": _persistent_menu,
    "whitelisted_domains": _anything,
    "account_linking_url": _anything,
    "commands": _anything,
}


def _by_locale(wanted: Payload, name: str) -> list[Payload]:
    entries = objects_at(wanted, name)
    if not any(needed(entry, "locale") == "default" for entry in entries):
        raise bad_parameter(f"Param {name} needs an entry for the default locale")
    return entries

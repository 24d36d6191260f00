"""Does the Page show Get Started and the menu, so that we understand their taps?"""

from typing import Any

from bot.connection.line import Line
from bot.connection.results import Mend, Result, Step, green, red
from bot.messenger.profile import GET_STARTED

FIELDS = "get_started,persistent_menu"


def check(line: Line) -> Result:
    """Compare what the Page shows with what we understand."""
    answer = line.graph.get(line.page, "me/messenger_profile", fields=FIELDS)
    shown: dict[str, Any] = next(iter(answer.get("data") or []), {})
    if (shown.get("get_started") or {}).get("payload") != GET_STARTED:
        return red(Step.PROFILE, "profile_start", Mend.PROFILE)
    items = _items(shown.get("persistent_menu") or [])
    if not items:
        return red(Step.PROFILE, "profile_menu", Mend.PROFILE)
    if strange := _strange(items, line.profile.payloads):
        titles = ", ".join(f"“{title}”" for title in strange)
        return red(Step.PROFILE, "profile_other", Mend.PROFILE, titles=titles)
    return green(Step.PROFILE, "profile_ok")


def set_up(line: Line) -> None:
    """Set what the Page shows; raise SendError if Facebook does not take it.

    The greeting goes apart, and may be refused: Facebook's own pages disagree on
    whether there still is one.
    """
    path = "me/messenger_profile"
    line.graph.post(line.page, path, line.profile.essentials())
    line.graph.post(line.page, path, line.profile.greetings())


def _items(menus: list[Any]) -> list[dict[str, Any]]:
    return [item for menu in menus for item in menu.get("call_to_actions") or []]


def _strange(items: list[dict[str, Any]], known: frozenset[str]) -> list[str]:
    """Return the lines whose taps would mean nothing to us; links may be anything."""
    taps = (item for item in items if item.get("type") == "postback")
    return [str(tap.get("title")) for tap in taps if tap.get("payload") not in known]

"""Does the Page tell our app, and the app us, all that we must hear?

An event comes only if its field is subscribed twice: the Page's, for our app, and
the app's, for our address.
https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from bot.connection.line import Line
from bot.connection.results import Mend, Result, Step, green, red
from bot.messenger.errors import SendError

#: Without one of these something that customers do is not heard.
NEEDED = (
    "messages",
    "messaging_postbacks",
    "message_echoes",
    "message_deliveries",
    "message_reads",
    "message_reactions",
    "messaging_referrals",
    "standby",
)
#: Heard if Facebook offers it; of the last one its pages spell the name in two ways.
WELCOME = ("message_edits", "message_template_status_update")


@dataclass(frozen=True)
class AppWebhook:
    """Where the events of an app go, and which."""

    url: str
    fields: frozenset[str]


def check(line: Line) -> Result:
    """Compare both subscriptions with what we need."""
    app = of_app(line)
    if app is None:
        return _fault("subscription_app_none", url=line.url)
    if fault := _app_fault(line, app):
        return fault
    page = of_page(line)
    return _page_fault(page) or _all_well(app.fields & page)


def of_app(line: Line) -> AppWebhook | None:
    """Return the app's webhook for Pages, None if it has none that works."""
    answer = line.graph.get(line.app, f"{line.settings.app_id}/subscriptions")
    for one in answer.get("data") or []:
        if one.get("object") == "page" and one.get("active", True):
            return AppWebhook(str(one.get("callback_url")), _names(one.get("fields")))
    return None


def of_page(line: Line) -> frozenset[str]:
    """Return what the Page tells our app; nothing if it is not subscribed."""
    answer = line.graph.get(line.page, f"{line.page_id}/subscribed_apps")
    for one in answer.get("data") or []:
        if str(one.get("id")) == line.settings.app_id:
            return _names(one.get("subscribed_fields"))
    return frozenset()


def point_here(line: Line, fields: Iterable[str]) -> None:
    """Have the app's events come to our address; raise SendError if that fails.

    Facebook calls the address before it answers.
    """
    body = {
        "object": "page",
        "callback_url": line.url,
        "verify_token": line.settings.verify_token,
        "fields": ",".join(sorted(fields)),
        "include_values": True,
    }
    line.graph.post(line.app, f"{line.settings.app_id}/subscriptions", body)


def subscribe_page(line: Line, fields: Iterable[str]) -> None:
    """Have the Page tell our app; raise SendError if that fails."""
    body = {"subscribed_fields": ",".join(sorted(fields))}
    line.graph.post(line.page, f"{line.page_id}/subscribed_apps", body)


def plain(error: SendError) -> str:
    """Return what Facebook said, without the number that support would ask for."""
    return str(error).partition(" (trace ")[0]


def _app_fault(line: Line, known: AppWebhook) -> Result | None:
    if known.url != line.url:
        values = {"found": known.url, "url": line.url}
        return red(Step.SUBSCRIPTION, "subscription_app_elsewhere", Mend.MOVE, **values)
    if missing := _missing(known.fields):
        return _fault("subscription_app_fields", missing=missing)
    return None


def _page_fault(known: Set[str]) -> Result | None:
    if not known:
        return _fault("subscription_page_none")
    if missing := _missing(known):
        return _fault("subscription_page_fields", missing=missing)
    return None


def _all_well(heard: Set[str]) -> Result:
    count = len(heard & {*NEEDED, *WELCOME})
    return green(Step.SUBSCRIPTION, "subscription_ok", count=str(count))


def _fault(finding: str, **values: str) -> Result:
    return red(Step.SUBSCRIPTION, finding, Mend.SUBSCRIBE, **values)


def _missing(fields: Set[str]) -> str:
    return ", ".join(name for name in NEEDED if name not in fields)


def _names(fields: Any) -> frozenset[str]:
    """Return names that Facebook lists as texts, or as objects with a version."""
    listed = fields if isinstance(fields, list) else []
    names = (one.get("name") if isinstance(one, dict) else one for one in listed)
    return frozenset(str(name) for name in names if name)

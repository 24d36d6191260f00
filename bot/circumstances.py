"""What is the case as a customer is answered? What responses may be conditional on.

Rasa's `condition` of a response finds it in slots of these names; no flow fills them,
and none keeps them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.hours import Hours
from bot.store.variants import WEEKDAYS
from flows.spoken import ZONE

NAMES = ("day_kind", "weekday", "today", "open_now", "country", "page_id", ZONE)


def circumstances(
    now: datetime,
    hours: Hours,
    country: str | None = None,
    page_id: str | None = None,
) -> Mapping[str, Any]:
    """Return what is the case at a moment: days are those of the shop's wall.

    *country* is the customer's, as ISO 3166 writes it; None where nobody knows.
    *page_id* is the Page to which they write; None where nobody writes to one.
    """
    today = now.astimezone(ZoneInfo(hours.zone)).date()
    return {
        "day_kind": hours.day_kind(today),
        "weekday": WEEKDAYS[today.weekday()],
        "today": today.isoformat(),
        "open_now": hours.is_open(now),
        "country": country,
        "page_id": page_id,
        ZONE: hours.zone,
    }

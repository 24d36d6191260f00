"""What is a customer told when nobody is there, or comes? When somebody will be.

In their words, and by the clock on the shop's wall.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.hours import Hours
from bot.rungs import SAYS, Rung
from flows.responses import Responses
from flows.spoken import spoken_day, spoken_time


def words(responses: Responses, hours: Hours, now: datetime) -> str:
    """Return that nobody is there, when somebody will be, and what else to know."""
    return " ".join(
        text
        for text in (
            _closed(responses, hours, now),
            _back(responses, hours, now),
            hours.note,
        )
        if text
    )


def asked_to_wait(responses: Responses, hours: Hours, now: datetime) -> dict[str, Any]:
    """Return the question whether to go on waiting, and when somebody will be there."""
    said = dict(responses.fill(SAYS[Rung.LAST], {}, {}, seed=0))
    if not hours.is_open(now):
        said["text"] = f"{said['text']}\n\n{words(responses, hours, now)}"
    return said


def _closed(responses: Responses, hours: Hours, now: datetime) -> str:
    holiday = hours.holiday(now)
    if holiday is None:
        return _said(responses, "utter_closed")
    return _said(responses, "utter_closed_holiday", holiday=holiday)


def _back(responses: Responses, hours: Hours, now: datetime) -> str:
    opens = hours.opens(now)
    if opens is None:
        return _said(responses, "utter_back_unknown")
    zone = ZoneInfo(hours.zone)
    there, today = opens.astimezone(zone), now.astimezone(zone).date()
    days = (there.date() - today).days
    name = {0: "utter_back_today", 1: "utter_back_tomorrow"}.get(days, "utter_back_on")
    return _said(
        responses,
        name,
        day=spoken_day(there.date(), today, responses.language),
        time=spoken_time(there.time(), responses.language),
    )


def _said(responses: Responses, name: str, **values: str) -> str:
    return str(responses.fill(name, {}, values, seed=0).get("text", ""))

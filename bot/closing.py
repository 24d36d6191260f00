"""What is a customer told who writes when nobody is there? When somebody will be.

In their words, and by the clock on the shop's wall.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.hours import Hours
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

"""How are dates and times said to a customer? In words, in the customer's language."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_currency
from rasa_sdk import Tracker

from flows.contents import Money
from flows.files import Payload
from flows.ports import CalendarEvent

#: The slot from which actions know the customer's language, as Rasa calls it.
LANGUAGE = "language"
#: The slot from which they know the time zone of the shop.
ZONE = "shop_zone"
#: The English of the responses is British, and so are its dates.
_LOCALES = {"en": "en_GB"}
#: A day of this year, and one of another, as each language says it in a sentence.
_DAYS = {
    "ar": ("EEEE، d MMMM", "EEEE، d MMMM y"),
    "en": ("EEEE d MMMM", "EEEE d MMMM y"),
    "es": ("EEEE d 'de' MMMM", "EEEE d 'de' MMMM 'de' y"),
    "fr": ("EEEE d MMMM", "EEEE d MMMM y"),
    "zh": ("M月d日EEEE", "y年M月d日EEEE"),
}


def said_at(tracker: Tracker) -> datetime:
    """Return when the customer's latest message came: an action's only clock.

    It is on the wall of the shop: Messenger does not tell the customer's zone, and what
    is due on a day is late once that day is over there.
    """
    times = [
        event["timestamp"]
        for event in tracker.events
        if event.get("event") == "user" and event.get("timestamp") is not None
    ]
    zone = ZoneInfo(tracker.slots.get(ZONE) or "UTC")
    return datetime.fromtimestamp(times[-1] if times else 0, zone)


def language_of(tracker: Tracker) -> str:
    """Return the language in which the customer is answered."""
    return str(tracker.slots.get(LANGUAGE) or "en")


def spoken_date(day: date, today: date, language: str = "en") -> str:
    """Return a day in words: Friday 27 November, with the year if it is another."""
    pattern = _DAYS.get(language, _DAYS["en"])[day.year != today.year]
    return format_date(day, pattern, locale=_LOCALES.get(language, language))


def spoken_day(day: date, today: date, language: str = "en") -> str:
    """Return a day to come as one says it: Friday, if there is only one it can be."""
    if 0 <= (day - today).days < 7:
        return format_date(day, "EEEE", locale=_LOCALES.get(language, language))
    return spoken_date(day, today, language)


def spoken_time(at: time, language: str = "en") -> str:
    """Return a time of day."""
    return format_time(at, "short", locale=_LOCALES.get(language, language))


def spoken_money(money: Money, language: str = "en") -> str:
    """Return an amount with its currency, as the language writes it: £59.80."""
    locale = _LOCALES.get(language, language)
    return format_currency(money.amount, money.currency, locale=locale)


def event_words(event: CalendarEvent, now: datetime, language: str = "en") -> Payload:
    """Return what responses say of an event: its name, day, time of day and venue.

    Day and time are those on the wall at the venue, wherever the customer is.
    """
    today = now.astimezone(event.starts_at.tzinfo).date()
    return {
        "event": event.name,
        "date": spoken_date(event.starts_at.date(), today, language),
        "time": spoken_time(event.starts_at.time(), language),
        "venue": event.venue,
    }

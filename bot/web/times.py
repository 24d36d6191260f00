"""When was that? In the shop's zone: near times in words, the exact one on hover."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

LOCALE = "en_GB"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def relative(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return *moment* as somebody would say it at *now*."""
    distance = abs(now - moment)
    if distance < MINUTE:
        return "just now" if moment <= now else "in a moment"
    if distance < DAY:
        span = duration(distance)
        return f"{span} ago" if moment <= now else f"in {span}"
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    return f"{_day(local.date(), today)}, {clock(moment, zone)}"


def duration(span: timedelta) -> str:
    """Return a length of time in its largest unit, or two for hours."""
    minutes = int(span / MINUTE)
    if minutes < 60:
        return f"{max(minutes, 1)} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 10 and minutes:
        return f"{hours} h {minutes} min"
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def brief(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return *moment* in as few letters as a list has room for."""
    distance = now - moment
    if distance < MINUTE:
        return "now"
    if distance < HOUR:
        return f"{int(distance / MINUTE)} min"
    if distance < DAY:
        return f"{int(distance / HOUR)} h"
    return _day(moment.astimezone(zone).date(), now.astimezone(zone).date())


def until(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a moment to come: its time, and its day unless that is today."""
    told = clock(moment, zone)
    there, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    return told if there == today else f"{_day(there, today)}, {told}"


def day(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return the day of *moment*, for a heading."""
    told = _day(moment.astimezone(zone).date(), now.astimezone(zone).date())
    return told[0].upper() + told[1:]


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the time of day."""
    return format_time(moment.astimezone(zone), "HH:mm", locale=LOCALE)


def date_words(there: date, today: date) -> str:
    """Return a day without a time, in as few words as it needs."""
    return _day(there, today)


def exact(moment: datetime, zone: ZoneInfo) -> str:
    """Return everything there is to say about *moment*."""
    told = format_datetime(
        moment.astimezone(zone), "EEEE, d MMMM y 'at' HH:mm:ss", locale=LOCALE
    )
    return f"{told} ({zone.key})"


def _day(there: date, today: date) -> str:
    distance = (today - there).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if distance in near:
        return near[distance]
    if abs(distance) < 7:
        return format_date(there, "EEEE", locale=LOCALE)
    pattern = "d MMM" if there.year == today.year else "d MMM y"
    return format_date(there, pattern, locale=LOCALE)

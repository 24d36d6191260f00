"""When was that? In the shop's zone: near times in words, the exact one on hover."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from bot import tongue
from bot.tongue import _, ngettext, pgettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def relative(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return *moment* as somebody would say it at *now*."""
    distance = abs(now - moment)
    if distance < MINUTE:
        return _("just now") if moment <= now else _("in a moment")
    if distance < DAY:
        span = duration(distance)
        if moment <= now:
            return _("%(span)s ago", span=span)
        return _("in %(span)s", span=span)
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    return _day_and_time(_day(local.date(), today), clock(moment, zone))


def duration(span: timedelta) -> str:
    """Return a length of time in its largest unit, or two for hours."""
    minutes = int(span / MINUTE)
    if minutes < 60:
        return _minutes(max(minutes, 1))
    hours, minutes = divmod(minutes, 60)
    if hours < 10 and minutes:
        told = {"hours": _hours(hours), "minutes": _minutes(minutes)}
        return _("%(hours)s %(minutes)s", **told)
    if hours < 48:
        return _hours(hours)
    return ngettext("%(num)s day", "%(num)s days", hours // 24)


def brief(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return *moment* in as few letters as a list has room for."""
    distance = now - moment
    if distance < MINUTE:
        return _("now")
    if distance < HOUR:
        return _gone(_minutes(int(distance / MINUTE)))
    if distance < DAY:
        return _gone(_hours(int(distance / HOUR)))
    return _day(moment.astimezone(zone).date(), now.astimezone(zone).date())


def _gone(span: str) -> str:
    """Return a span that has passed, where it stands alone: Arabic says "since"."""
    return pgettext("alone", "%(span)s", span=span)


def until(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a moment to come: its time, and its day unless that is today."""
    told = clock(moment, zone)
    there, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    return told if there == today else _day_and_time(_day(there, today), told)


def day(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return the day of *moment*, for a heading."""
    told = _day(moment.astimezone(zone).date(), now.astimezone(zone).date())
    return told[0].upper() + told[1:]


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the time of day; everywhere as the hours of the shop are written."""
    return f"{moment.astimezone(zone):%H:%M}"


def date_words(there: date, today: date) -> str:
    """Return a day without a time, in as few words as it needs."""
    return _day(there, today)


def date_alone(there: date) -> str:
    """Return a day, with its year."""
    return format_date(there, "medium", locale=tongue.locale())


def weekday_and_date(there: date) -> str:
    """Return a day with its day of the week."""
    locale = tongue.locale()
    return format_date(there, str(locale.datetime_skeletons["MMMEd"]), locale=locale)


def exact(moment: datetime, zone: ZoneInfo) -> str:
    """Return everything there is to say about *moment*."""
    local = moment.astimezone(zone)
    told = _(
        "%(day)s at %(time)s",
        day=whole_date(local.date()),
        time=f"{local:%H:%M:%S}",
    )
    return f"{told} ({zone.key})"


def whole_date(there: date) -> str:
    """Return a date with the day of its week."""
    return _whole_date(there, tongue.spoken())


@lru_cache(maxsize=1024)
def _whole_date(there: date, spoken: str) -> str:
    """Return a date in one of our languages; a thread names the same few often."""
    # CLDR leaves out the comma in British English, and we were read with it.
    how = "EEEE, d MMMM y" if spoken == tongue.ENGLISH else "full"
    return format_date(there, how, locale=tongue.locale())


def weekdays() -> list[str]:
    """Return the names of the days of a week, from Monday on."""
    names = get_day_names("wide", "stand-alone", locale=tongue.locale())
    return [names[number][0].upper() + names[number][1:] for number in range(7)]


def _minutes(count: int) -> str:
    return ngettext("%(num)s min", "%(num)s min", count)


def _hours(count: int) -> str:
    return ngettext("%(num)s h", "%(num)s h", count)


def _day_and_time(there: str, clock: str) -> str:
    return _("%(day)s, %(time)s", day=there, time=clock)


def _day(there: date, today: date) -> str:
    distance = (today - there).days
    if abs(distance) <= 1:
        return (_("today"), _("yesterday"), _("tomorrow"))[distance]
    if abs(distance) < 7:
        return format_date(there, "EEEE", locale=tongue.locale())
    skeleton = "MMMd" if there.year == today.year else "yMMMd"
    locale = tongue.locale()
    # Not `format_skeleton`, which looks for the nearest each time.
    return format_date(there, str(locale.datetime_skeletons[skeleton]), locale=locale)

"""Join what every page needs to the application, and to its templates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request
from jinja2 import StrictUndefined
from werkzeug.routing import IntegerConverter, ValidationError

from bot.store.people import Role
from bot.web import (
    access,
    assets,
    cookies,
    errors,
    events,
    figures,
    forms,
    headers,
    icons,
    kept,
    names,
    times,
    tongues,
    turnstile,
)
from bot.web.current import allowed, now, parts, signed_in

LARGEST = 2**63 - 1
THEMES = frozenset({"light", "dark"})


class Number(IntegerConverter):
    """A number in an address: one that no row can have is no such page."""

    def to_python(self, value: str) -> int:
        found: int = super().to_python(value)
        if found > LARGEST:
            raise ValidationError
        return found


def prepare(app: Flask) -> None:
    """Guard every route of *app*, and give its templates what they ask for."""
    app.url_map.converters["int"] = Number
    turnstile.prepare(app)
    tongues.prepare(app)
    app.before_request(access.guard)
    app.after_request(headers.add)
    app.after_request(forms.keep_visitor)
    errors.register(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=assets.asset,
        comma=figures.comma,
        csrf_token=forms.token,
        icon_drawn=icons.icon,
        may=_may,
        theme=_theme,
        many=figures.many,
    )
    kept.prepare(app)
    app.jinja_env.globals.update(
        someone=signed_in,
        now=now,
        events=events.address,
        demo_phone=lambda: parts().settings.demo_phone,
    )
    _filter(app)


def _filter(app: Flask) -> None:
    """Give the templates what puts a time, a number or a name into words."""
    app.jinja_env.filters.update(
        relative=_at(times.relative),
        brief=_at(times.brief),
        day=_at(times.day),
        until=_at(times.until),
        span=lambda seconds: times.duration(timedelta(seconds=seconds)),
        date=lambda there: times.date_words(there, now().astimezone(_zone()).date()),
        clock=lambda moment: times.clock(moment, _zone()),
        exact=lambda moment: times.exact(moment, _zone()),
        ago=lambda moment: times.duration(max(now() - moment, timedelta())),
        left=lambda moment: times.duration(max(moment - now(), timedelta())),
        number=figures.number,
        percent=figures.percent,
        money=figures.money,
        series=figures.series,
        listed=figures.listed,
        language=names.language,
        role=names.role,
        initials=names.initials,
        within=names.within,
        person=names.person,
    )


def _may(role: str) -> bool:
    return allowed(Role(role))


def _theme() -> str:
    chosen = request.cookies.get(cookies.THEME, "")
    return chosen if chosen in THEMES else ""


def _at(tell: Callable[[datetime, datetime, ZoneInfo], str]) -> Any:
    return lambda moment: tell(moment, now(), _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(parts().settings.zone)

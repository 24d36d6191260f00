"""Buttons, a picture and days of an FAQ entry: as the form has them, and what is wrong.

The form always has three rows; an empty one is no button.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from bot.admin import on_buttons, pictured
from bot.messenger.limits import LIMITS
from bot.messenger.texts import clean
from bot.picture_names import is_name
from bot.store.extras import Button, Extras, Kind
from bot.tongue import _

MOST_BUTTONS = LIMITS["button_template"]["buttons"]
LONGEST_ADDRESS = 2000
_PHONE = re.compile(r"\+[0-9]{7,15}")
_BETWEEN = re.compile(r"[ ().-]")


def read(form: Mapping[str, str]) -> Extras:
    """Return what the form holds; a form without these fields holds nothing."""
    rows = (_button(form, number) for number in range(1, MOST_BUTTONS + 1))
    return Extras(
        buttons=tuple(button for button in rows if button),
        image=_field(form, "image") or pictured.chosen(form),
        since=_field(form, "since"),
        until=_field(form, "until"),
    )


def _button(form: Mapping[str, str], number: int) -> Button | None:
    kind = form.get(f"button-{number}-kind", "")
    if kind not in [*Kind]:
        return None
    target = _field(form, f"button-{number}-target")
    if kind == Kind.PHONE:
        target = _BETWEEN.sub("", target)
    if kind == Kind.ASK:
        target = _field(form, f"button-{number}-entry")
    title = on_buttons.tidy(form.get(f"button-{number}-title", ""))
    return Button(kind=Kind(kind), title=title, target=target)


def _field(form: Mapping[str, str], name: str) -> str:
    return clean(form.get(name, "")).strip()


def problems(extras: Extras, entries: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong; *entries* are the questions that a button can ask."""
    for button in extras.buttons:
        yield from _of_button(button, entries)
    if not on_buttons.differ([button.title for button in extras.buttons]):
        yield on_buttons.alike()
    days = [day for day in (extras.since, extras.until) if day]
    if not all(map(_is_day, days)):
        yield _("Write a day as year-month-day, such as 2026-12-24.")
    elif extras.until and extras.until < extras.since:
        yield _("The last day is before the first: then it is never answered.")


def picture_problems(extras: Extras) -> Iterator[str]:
    """Yield what is wrong with the picture."""
    if is_name(extras.image):
        yield from pictured.problems(extras.image)
    elif extras.image and not _is_address(extras.image, "https"):
        yield _("A picture needs an address that begins with https://.")


def _of_button(button: Button, entries: Mapping[str, str]) -> Iterator[str]:
    yield from on_buttons.problems(button.title)
    named = f"“{button.title}”" if button.title else _("The button")
    if button.kind is Kind.WEB and not _is_address(button.target, "https", "http"):
        yield _("%(button)s needs an address that begins with https://.", button=named)
    if button.kind is Kind.PHONE and not _PHONE.fullmatch(button.target):
        yield _(
            "%(button)s needs a number with its country, such as +44 20 7946 0000.",
            button=named,
        )
    if button.kind is Kind.ASK and button.target not in entries:
        yield _("%(button)s needs one of your questions.", button=named)


def _is_address(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = not re.search(r"\s", text) and len(text) <= LONGEST_ADDRESS
    return plain and parts.scheme in schemes and "." in (parts.hostname or "")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def told(extras: Extras, entries: Mapping[str, str]) -> list[str]:
    """Return it in words, a line each: for versions and for two who edit at once."""
    lines = [_line(one, entries) for one in extras.buttons]
    if extras.image:
        lines.append(_("Picture: %(address)s", address=extras.image))
    if extras.since:
        lines.append(_("Answered from %(day)s", day=extras.since))
    if extras.until:
        lines.append(_("Answered until %(day)s", day=extras.until))
    return lines


def _line(button: Button, entries: Mapping[str, str]) -> str:
    if button.kind is Kind.ASK:
        asked = entries.get(button.target, button.target)
        return _(
            "Button “%(title)s”: asks “%(question)s”",
            title=button.title,
            question=asked,
        )
    return _("Button “%(title)s”: %(target)s", title=button.title, target=button.target)

"""Numbers and lists, written as they are where the reader's language is spoken."""

from collections.abc import Iterable

from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from bot import tongue
from bot.tongue import _
from flows.contents import Money

MOST = 1000


def number(count: int) -> str:
    """Return a count with its thousands marked."""
    if abs(count) < MOST:
        return str(count)
    return format_decimal(count, locale=tongue.locale())


def money(paid: Money) -> str:
    """Return an amount with its currency."""
    return format_currency(paid.amount, paid.currency, locale=tongue.locale())


def many(count: int) -> str:
    """Return a count as a list's heading shows it."""
    return str(count) if count < MOST else "999+"


def percent(share: float) -> str:
    """Return a share of one in whole per cent, which stays in one line."""
    told = _("%(share)s %%", share=f"{share * 100:.0f}")
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def comma() -> str:
    """Return what stands between two things that are only put side by side."""
    return _("%(first)s, %(second)s", first="", second="")


def series(items: Iterable[str]) -> str:
    """Return some titles one after the other."""
    return comma().join(map(str, items))


def listed(items: Iterable[str]) -> str:
    """Return some things as a sentence counts them up."""
    return format_list([str(item) for item in items], locale=tongue.locale())

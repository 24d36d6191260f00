"""Days as shops' systems write them."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.shop.reading import day


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("2026-12-24T23:30:00", date(2026, 12, 24)),
        ("2026-12-24T23:30:00Z", date(2026, 12, 25)),
        ("yesterday", None),
        ("2026-13-01", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_a_day_is_read_where_the_shop_is_and_else_not_at_all(written, read):
    assert day(written, ZoneInfo("Europe/Berlin")) == read

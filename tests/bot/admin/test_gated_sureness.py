"""How sure the assistant must be is held to pins, and checks are held to it."""

import re

import pytest

from bot.store import precision
from tests.bot.admin.conftest import Editor
from tests.bot.admin.test_check import (
    checked,
    shop,  # noqa: F401 - a fixture
)
from tests.bot.admin.test_gated import (
    ENTRY,
    HELD,
    despite,
    kept,
    taught,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture: a small shop
)
from tests.bot.visiting import converse, visitor, words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

PAGE = "/admin/sureness"
#: Less and less like what is taught: some is answered where 98 of 100 answers must be
#: right, and less where 99 must.
LESS_AND_LESS = (
    "can you mend this record",
    "could you mend a record",
    "my record is scratched, can it be mended",
    "mending of records",
    "do you fix records",
)
#: Of these some are sure at 98 % and not at 99; which ones moves with what is taught.
NEARLY_SURE = (
    *LESS_AND_LESS,
    "mend my record",
    "mend a record",
    "mend it",
    "my record needs mending",
    "do you mend",
    "do you mend scratched records",
    "can you mend records with a crack",
    "can you mend it",
    "can my record be mended today",
    "mending",
)


@pytest.fixture
def admin(app, parts, shop):  # noqa: F811
    return Editor(visitor(app, "admin", "Ines"), parts)


def wanted(parts):
    """What admins have chosen so far."""
    with parts.database.read() as connection:
        return precision.wanted(connection)


def test_what_would_break_a_pin_is_chosen_only_with_a_reason(
    taught,  # noqa: F811
    admin,
    parts,
):
    for phrase in NEARLY_SURE:
        admin.who.post("/admin/pins", text=phrase, intent=f"faq/{ENTRY}")
    told = admin.who.words("/admin/pins")
    sure = [p for p in NEARLY_SURE if f" {p} Do you mend records? Works" in told]
    assert sure

    held = admin.who.post(PAGE, precision=0.99, number=0)
    told = words(held.text)
    assert HELD in told
    assert "Answer so that 99% of the answers are right" in told
    was = "now “Do you mend records?”, then asked back"
    assert [phrase for phrase in sure if f" {phrase} {was}" in told]
    assert wanted(parts) is None

    assert despite(admin, held).status_code == 303
    assert wanted(parts) == 0.99
    reason = "Although a pin breaks: the shop is closed"
    assert kept(parts, "precision_changed") == [{"reason": reason}]


def test_what_breaks_nothing_is_chosen_at_once(admin, parts):
    admin.who.post("/admin/pins", text="where is my order", intent="order_status")
    assert admin.who.post(PAGE, precision=0.99, number=0).status_code == 303
    assert kept(parts, "precision_changed") == [{}]


def test_a_check_answers_as_surely_as_the_admin_wants(admin, parts):
    converse(parts, "1002", *LESS_AND_LESS)
    as_it_is = answered_by(checked(admin))
    assert admin.who.post(PAGE, precision=0.99, number=0).status_code == 303
    as_wanted = answered_by(checked(admin, answer="Sadly no."))
    # "DO YOU MEND RECORDS?" is an example, whatever is wanted.
    assert 1 <= as_wanted < as_it_is


def answered_by(told):
    """How many messages a checked draft would have answered."""
    return int(re.search(r"Would have answered (\d+) of the last", told)[1])

"""What is checked for longer than anybody waits: it goes on, and is done then."""

import time
from dataclasses import replace

import pytest

from tests.bot.admin.test_check import (
    FIELDS,
    LONGEST,
    published,
    seen,
    shop,  # noqa: F401 - a fixture
)
from tests.bot.visiting import words
from tests.conftest import SMALL_SHOP

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = "do_you_mend_records"
RECORDS = "Records:\n- customer: record mending\n- bot: utter_handoff_unsure\n"


@pytest.fixture(scope="session")
def written(written):
    """A small shop: training takes a second, not six."""
    return replace(written, lessons=SMALL_SHOP, faq=written.faq[:4])


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody waits for a check: it is another page that tells what came of it."""
    monkeypatch.setattr("bot.admin.gate.PATIENCE", 0.0)


def awaited(editor, page):
    """What the page hears once the check that it waits for has ended."""
    key = page.text.partition('hx-get="/admin/checks/')[2].partition("/")[0]
    until = time.monotonic() + LONGEST
    while "data-checked" not in (
        told := editor.who.page(f"/admin/checks/{key}/awaited")
    ):
        assert time.monotonic() < until
        time.sleep(0.1)
    return told


def test_a_draft_that_waits_for_its_check_is_no_error_and_all_of_it_stays(
    shop,  # noqa: F811
):
    waits = published(shop, answer="Sadly not, but soon.")
    assert waits.status_code == 202
    told = words(waits.text)
    assert "Not published yet: it is still being checked" in told
    assert "is published by itself when that is done" in told
    assert "Sadly not, but soon." in waits.text
    assert FIELDS["phrasings"].splitlines()[-1] in waits.text
    assert "Checked." in words(awaited(shop, waits))
    assert published(shop, answer="Sadly not, but soon.").status_code == 303
    assert shop.entry(ENTRY).answers == {"en": "Sadly not, but soon."}


def test_what_breaks_is_told_once_the_check_that_was_waited_for_has_ended(
    shop,  # noqa: F811
    folder,
):
    (folder / "records.yml").write_text(RECORDS)
    waits = published(shop)
    awaited(shop, waits)
    held = published(shop)
    assert held.status_code == 422
    assert "A conversation script breaks" in words(held.text)
    assert published(shop, reason="we do", checked=seen(held)).status_code == 303


def test_deleting_waits_on_a_page_of_its_own_and_is_done_then(shop):  # noqa: F811
    awaited(shop, published(shop))
    assert published(shop).status_code == 303
    waits = shop.who.post(f"/admin/faq/{ENTRY}/delete")
    assert waits.status_code == 202
    told = words(waits.text)
    assert "Not done yet: it is being checked first" in told
    assert "Delete “Do you mend records?” Nothing is changed so far." in told
    awaited(shop, waits)
    assert shop.who.post(f"/admin/faq/{ENTRY}/delete").status_code == 303


def test_a_check_that_is_gone_is_asked_for_again(shop):  # noqa: F811
    assert "data-checked" in shop.who.page("/admin/checks/unknown/awaited")

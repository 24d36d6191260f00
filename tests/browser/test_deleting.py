"""A wrong answer is stopped at once: nobody gets it, and Undo gives it back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

AT_ONCE = 3_000  # ms; two seconds, and the page
ASKED = "do you sell gift cards"
ANSWER = re.compile("gift cards", re.IGNORECASE)


def test_pressing_delete_stops_the_answer_at_once_and_undo_gives_it_back(
    phone: Callable[..., Phone], grace: Page, demo: Demo
) -> None:
    ada, ben, cleo = phone("Ada Field"), phone("Ben Moor"), phone("Cleo Lind")
    said = ada.ask(ASKED).inner_text()
    assert ANSWER.search(said)

    grace.goto(f"{demo.url}/admin/faq/gift_cards")
    grace.get_by_text("Delete this question").click()
    grace.get_by_role("button", name="Delete it").click()
    gone = grace.get_by_text("Deleted. Customers no longer get this answer.")
    expect(gone).to_be_visible(timeout=AT_ONCE)
    answer = ben.ask(ASKED)
    assert answer.inner_text() != said

    grace.get_by_test_id("undo").click()
    expect(grace).to_have_url(re.compile("/admin/faq/gift_cards"))
    expect(cleo.ask(ASKED)).to_have_text(said)

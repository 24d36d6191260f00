"""What a message answers stands above it, and leads to where that is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def asked(
    phone: Callable[..., Phone], demo: Demo, request: pytest.FixtureRequest
) -> Phone:
    """A customer who talked for a while, then answered the very first message."""
    vera = phone(f"Vera {request.node.name[:12]}")
    vera.ask("when are you open?")
    first = demo.messenger.messages(vera.psid)[0]["mid"]
    for _ in range(4):
        vera.ask("how long does delivery take?")
    told = "I want to talk to a person"
    demo.messenger.say(vera.psid, text=told, reply_to=first)
    expect(vera.answers.last).to_contain_text("colleague")
    return vera


def test_a_click_leads_to_what_was_answered(asked: Phone, ada: Page) -> None:
    ada.get_by_role("link", name=asked.name).click()
    quoted = ada.locator(".thread").get_by_test_id("quoted")
    expect(quoted).to_contain_text("Assistant")
    where = quoted.get_attribute("href")
    assert where is not None
    answered = ada.locator(where)
    expect(answered).not_to_be_in_viewport()
    quoted.focus()
    ada.keyboard.press("Enter")
    expect(answered).to_be_focused()
    expect(answered).to_be_in_viewport()


def test_at_the_hand_over_it_leads_there_too_also_on_a_phone(
    asked: Phone, ada: Page
) -> None:
    ada.get_by_role("link", name=asked.name).click()
    beside = ada.get_by_test_id("handover").get_by_test_id("quoted")
    found = re.search(r"#said-\d+$", beside.get_attribute("href") or "")
    assert found is not None
    answered = ada.locator(found[0])
    beside.click()
    expect(answered).to_be_focused()
    ada.set_viewport_size({"width": 390, "height": 844})
    conversation = ada.url.split("?")[0].split("#")[0]
    ada.goto(f"{conversation}/customer")
    beside.click()
    expect(answered).to_be_focused()
    expect(answered).to_be_in_viewport()

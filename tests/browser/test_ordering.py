"""An agent looks up an order beside the thread, from the demo as anybody starts it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, Demo, Phone, sample

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def customer(phone: Callable[..., Phone], ada: Page) -> Phone:
    """Somebody who wants a person; Ada has their conversation before her."""
    customer = phone("Olive Order")
    customer.ask("I want to talk to a person")
    ada.get_by_role("link", name="Olive Order").click()
    ada.get_by_test_id("claim").click()
    return customer


def test_a_number_that_the_customer_writes_is_looked_up_by_a_tap(
    customer: Phone, ada: Page
) -> None:
    order = sample("orders", status="shipped")
    beside, found = ada.get_by_test_id("look-up"), ada.get_by_test_id("looked-up")
    composer = ada.get_by_test_id("composer")
    composer.fill("One moment, I look")

    customer.write(f"my order is {order['number']}")
    beside.get_by_role("button", name=f"Look up order {order['number']}").click()

    expect(found).to_contain_text(f"Order {order['number']} Shipped")
    link = found.get_by_role("link", name=order["tracking_number"])
    expect(link).to_have_attribute("href", re.compile(order["tracking_number"]))
    proof = found.get_by_test_id("proof")
    expect(proof).to_contain_text("Not proved by the customer: do not tell them")
    # News bring the line of the thread, and take neither what was found nor a draft.
    thread = ada.get_by_role("region", name="Messages")
    expect(thread).to_contain_text(f"You looked up order {order['number']}")
    expect(found).to_contain_text("Not proved by the customer")
    expect(composer).to_have_value("One moment, I look")
    assert order["number"] not in "".join(customer.told())


def test_what_the_customer_gives_as_proof_counts_from_then_on(
    customer: Phone, ada: Page
) -> None:
    order = sample("orders", status="shipped")
    beside, found = ada.get_by_test_id("look-up"), ada.get_by_test_id("looked-up")
    given = beside.get_by_label("Its e-mail address or postcode")

    beside.get_by_label("Order number").fill(order["number"])
    given.fill(order["postcode"])
    given.press("Enter")

    expect(found.get_by_test_id("tried")).to_contain_text("fits this order")
    expect(found.get_by_test_id("proof")).to_contain_text("they may hear how it stands")
    expect(given).to_have_value("")
    expect(given).to_be_focused()

    beside.get_by_label("Order number").fill("99999")
    beside.get_by_role("button", name="Look up", exact=True).click()
    expect(found).to_contain_text("There is no order 99999")


def test_on_a_phone_it_is_among_what_is_known_of_the_customer(
    customer: Phone, ada: Page, demo: Demo
) -> None:
    order = sample("orders", status="delivered")
    ada.set_viewport_size(NARROW)
    ada.goto(ada.url.partition("?")[0] + "/customer")
    beside = ada.get_by_test_id("look-up")

    beside.get_by_label("Order number").fill(order["number"])
    beside.get_by_role("button", name="Look up", exact=True).click()

    found = ada.get_by_test_id("looked-up")
    expect(found).to_contain_text(f"Order {order['number']} Delivered")
    assert ada.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_our_script_the_page_comes_whole(
    customer: Phone, ada: Page, window: Callable[..., Page]
) -> None:
    order = sample("orders", status="shipped")
    plain = window(java_script_enabled=False)
    plain.context.add_cookies(ada.context.cookies())  # type: ignore[arg-type]
    plain.goto(ada.url)

    beside = plain.get_by_test_id("look-up")
    beside.get_by_label("Order number").fill(order["number"])
    beside.get_by_role("button", name="Look up", exact=True).click()

    expect(plain.get_by_test_id("looked-up")).to_contain_text(order["tracking_number"])
    expect(plain.get_by_role("region", name="Messages")).to_be_visible()

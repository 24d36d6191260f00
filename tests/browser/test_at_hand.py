"""What the demo begins with: marks of its past, canned replies, and pins that hold."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.browser


def test_customers_of_the_past_have_marked_what_was_done(
    grace: Page, demo: Demo
) -> None:
    grace.goto(f"{demo.url}/admin/satisfaction")
    expect(grace.get_by_test_id("total")).to_contain_text(re.compile(r"^[678]\d\s?%"))
    bad = grace.get_by_test_id("bad").locator("a")
    assert bad.count() >= 8

    bad.filter(has_text="Too slow").first.click()
    told = "The customer did not find this good: too slow"
    expect(grace.locator(".thread")).to_contain_text(told)


def test_canned_replies_are_there_to_be_used_and_changed(
    grace: Page, demo: Demo
) -> None:
    grace.goto(f"{demo.url}/admin/canned")
    expect(grace.locator("a.entry")).to_have_count(4)
    arabic = grace.locator("a.entry", has_text="/shukran").locator(".answer")
    expect(arabic).to_have_css("direction", "rtl")
    grace.goto(f"{demo.url}/admin/canned/1")
    expect(grace.get_by_label("Short code")).not_to_have_value("")


def test_the_pins_of_the_shop_hold(grace: Page, demo: Demo) -> None:
    grace.goto(f"{demo.url}/admin/pins")
    own = grace.locator(".pinned", has=grace.get_by_role("button"))
    expect(own).to_have_count(2)
    expect(own.get_by_text("Works")).to_have_count(2)

"""An admin sets hours; customers hear of them, are answered all the same, and wait."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def test_hours_are_set_on_the_page_and_said_on_the_phone(
    grace: Page, phone: Callable[..., Phone], demo: Demo
) -> None:
    now = datetime.fromisoformat(demo.messenger.get("clock")["now"])
    day = f"{now + timedelta(days=3):%A}"
    grace.goto(f"{demo.url}/admin/hours")
    expect(grace.get_by_text("Always open")).to_be_visible()
    grace.get_by_label("In these hours:").check()
    grace.get_by_label(f"{day}, from").fill("09:00")
    grace.get_by_label(f"{day}, until").fill("17:00")
    grace.get_by_label("What else they should know").fill("Call 01632 960001.")
    grace.get_by_role("button", name="Save hours").last.click()
    expect(grace.get_by_text("It counts from now on")).to_be_visible()

    customer = phone("Noor Haddad")
    answer = customer.ask("I want to talk to a person")
    expect(answer).to_contain_text(f"We're back on {day} at ")
    expect(answer).to_contain_text("Call 01632 960001.")
    expect(customer.ask("when are you open?")).to_contain_text("10")


def test_who_gives_times_need_not_choose_them(grace: Page, demo: Demo) -> None:
    grace.goto(f"{demo.url}/admin/hours")
    grace.get_by_label("Somebody is always there").check()
    grace.get_by_label("Monday, from").first.fill("09:00")
    expect(grace.get_by_label("In these hours:")).to_be_checked()
    grace.get_by_label("Somebody is always there").check()
    grace.get_by_label("Monday, from").first.fill("")
    expect(grace.get_by_label("Somebody is always there")).to_be_checked()


def test_a_mistake_is_told_beside_what_was_typed(grace: Page, demo: Demo) -> None:
    grace.goto(f"{demo.url}/admin/hours")
    grace.get_by_label("In these hours:").check()
    grace.get_by_label("Tuesday, from").first.fill("09:00")
    grace.get_by_label("Tuesday, until").first.fill("")
    grace.get_by_role("button", name="Save hours").last.click()
    expect(grace.get_by_text("Tuesday: give both times").first).to_be_visible()
    expect(grace.get_by_label("Tuesday, from").first).to_have_value("09:00")


def test_admins_are_called_when_nobody_comes_and_no_more_when_somebody_does(
    grace: Page, ada: Page, phone: Callable[..., Phone], demo: Demo
) -> None:
    grace.goto(f"{demo.url}/admin/hours")
    grace.get_by_label("Somebody is always there").check()
    for number, words in enumerate(("They are told", "Its priority", "It is urgent")):
        grace.get_by_label(words).fill(str(number + 1))
    grace.get_by_role("button", name="Save hours").last.click()
    expect(grace.get_by_text("It counts from now on")).to_be_visible()
    customer = phone("Ivo Brandt")
    customer.ask("I want to talk to a person")
    grace.goto(f"{demo.url}/inbox/")
    # Three rungs, and not the hours after which the customer is told once more.
    for _ in range(3):
        demo.messenger.pass_time(minutes=5)
        grace.wait_for_timeout(2500)
    called = grace.locator(".called")
    expect(called).to_contain_text("waited far too long")
    expect(customer.answers.last).to_contain_text("taking a while")
    ada.get_by_role("link", name="Ivo Brandt").click()
    expect(ada.get_by_text("the admins were called")).to_be_visible()
    while ada.locator(".line .tag", has_text="Escalated").count():
        ada.locator(".line", has_text="Escalated").first.click()
        ada.get_by_test_id("claim").click()
        # Before that is answered, the list would still have it.
        expect(ada.get_by_text("You claimed this")).to_be_visible()
        ada.goto(f"{demo.url}/inbox/?view=waiting")
    expect(called).to_be_hidden()

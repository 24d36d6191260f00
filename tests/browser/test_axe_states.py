"""What axe-core finds on pages once somebody has done something there: nothing."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from bot.account import totp
from bot.clock import system_clock
from tests.browser import axe
from tests.browser.conftest import NARROW, WIDE, Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

#: What an intent was answered less for, and is no longer: what the demo can't have,
#: where too few customers were answered wrongly.
RAISED = """
INSERT INTO raised_threshold (intent, language, threshold, precision, answers, wrong,
    signals, turns, at, ended_at, why)
SELECT intent, language, 0.99, 0.98, 24, 5, '{"marked": 5}', ?, at, at, 'taken_back'
FROM turn WHERE id = ?
"""


def found(page: Page) -> list[str]:
    """What is wrong by day, by night, and on a phone from right to left."""
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        wrong += [f"{scheme}: {one}" for one in axe.wrong(page)]
    html = page.locator("html")
    page.set_viewport_size(NARROW)
    html.evaluate("(html) => { html.dir = 'rtl'; }")
    wrong += [f"phone: {one}" for one in axe.wrong(page)]
    html.evaluate("(html) => { html.dir = 'ltr'; }")
    page.set_viewport_size(WIDE)
    return wrong


def test_a_composer_with_answers_that_may_fit_and_open_canned_replies(
    phone: Callable[..., Phone], ada: Page
) -> None:
    lines = ada.locator(".line .name")
    before = lines.count()
    customer = phone("Ida Hale")
    customer.ask("I want to talk to a person")
    expect(lines).to_have_count(before + 1)
    customer.write("do you sell gift cards?")
    ada.get_by_role("link", name="Ida Hale").click()
    ada.get_by_test_id("claim").click()
    expect(ada.locator(".suggestion").first).to_be_visible()
    composer = ada.get_by_test_id("composer")
    composer.press_sequentially("/")
    expect(ada.locator("#picks [aria-selected=true]")).to_be_visible()
    assert found(ada) == []

    ada.locator("#picks [role=option]").first.click()
    expect(ada.locator("#places")).to_contain_text("{order_number}")
    assert found(ada) == []


def test_a_check_result_of_an_entry(grace: Page, demo: Demo) -> None:
    grace.goto(f"{demo.url}/admin/faq/gift_cards")
    phrasings = grace.get_by_label("How customers ask it")
    phrasings.fill(f"{phrasings.input_value()}\nwhere on earth is my order")
    grace.get_by_test_id("check").click()
    expect(grace.locator("#check.card:not([hx-get])")).to_be_visible()
    expect(grace.get_by_test_id("checked")).to_be_visible()
    assert found(grace) == []


def test_a_message_that_was_tried(grace: Page, demo: Demo) -> None:
    grace.goto(f"{demo.url}/admin/faq/opening_hours")
    grace.get_by_role("textbox", name="Try a message").fill("when are you open?")
    grace.get_by_test_id("try").click()
    expect(grace.get_by_role("log")).to_contain_text("10 am")
    assert found(grace) == []
    grace.get_by_role("textbox", name="Try a message").fill("where is my order")
    grace.get_by_test_id("try").click()
    expect(grace.get_by_role("log").get_by_role("button")).to_have_count(1)
    assert found(grace) == []


def test_what_something_is_answered_less_for(grace: Page, demo: Demo) -> None:
    with closing(sqlite3.connect(demo.home / "frontdesk.sqlite", timeout=30)) as db, db:
        query = "SELECT max(id) FROM turn WHERE intent = 'order_status'"
        (turn,) = db.execute(query).fetchone()
        db.execute(RAISED, (json.dumps([[turn, "marked"]]), turn))
    grace.goto(f"{demo.url}/admin/sureness")
    assert found(grace) == []
    grace.goto(f"{demo.url}/admin/sureness/1")
    expect(grace.locator(".pinned q")).to_have_count(1)
    assert found(grace) == []


def test_a_second_factor_that_is_begun_and_its_recovery_codes(
    ada: Page, demo: Demo
) -> None:
    ada.goto(f"{demo.url}/account/")
    ada.locator("form[action$=begin] button").click()
    expect(ada.get_by_role("img", name="QR code")).to_be_visible()
    assert found(ada) == []

    secret = "".join(ada.locator(".secret").inner_text().split())
    step = int(system_clock().timestamp() // totp.STEP)
    ada.get_by_label("Six digits").fill(totp.code(secret, step))
    ada.get_by_role("button", name="Turn on").click()
    expect(ada.locator(".codes code").first).to_be_visible()
    assert found(ada) == []

"""Every page on a narrow and a wide screen, in both directions, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    FOR_ANYBODY,
    FOR_STAFF,
    NARROW,
    WIDE,
    Demo,
    Phone,
    signed_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: What is wrong with a page that is shown: what sticks out of it, what can be
#: pressed and has no name or is too small for a finger, what stands there twice.
WRONG = """least => {
  const found = [];
  const shown = [...document.querySelectorAll("a, button, input, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.matches(".skip, .unseen, [type=hidden]"));
  const out = document.scrollingElement.scrollWidth - innerWidth;
  if (out > 0) found.push(`${out} pixels stick out`);
  for (const one of shown) {
    const label = one.labels?.[0];
    const name = one.ariaLabel || one.textContent.trim() || label?.textContent.trim();
    const box = (label?.contains(one) ? label : one).getBoundingClientRect();
    const flows = getComputedStyle(one).display === "inline";
    if (!name) found.push(`${one.outerHTML.slice(0, 80)} has no name`);
    if (!flows && Math.min(box.width, box.height) < least) {
      found.push(`${name} is ${box.width} x ${box.height}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) found.push(`twice: ${twice}`);
  return found;
}"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("size", "least"), [(NARROW, 44), (WIDE, 20)])
def test_every_page_fits_and_all_on_it_can_be_named_and_hit(
    window: Callable[..., Page],
    phone: Callable[..., Phone],
    demo: Demo,
    size: Any,
    least: int,
    direction: str,
) -> None:
    customer = phone("Anna Archer")
    customer.ask("delivery")
    page = window(viewport=size)
    wrong = {
        path: _wrong(page, demo.url + path, direction, least) for path in FOR_ANYBODY
    }
    signed_in(page, demo, "as-admin")
    wrong |= {
        path: _wrong(page, demo.url + path, direction, least) for path in FOR_STAFF
    }
    wrong["phone"] = _wrong(customer.page, customer.page.url, direction, least)
    assert {path: found for path, found in wrong.items() if found} == {}


def _wrong(page: Page, url: str, direction: str, least: int) -> list[str]:
    page.goto(url)
    page.locator("html").evaluate("(html, dir) => { html.dir = dir; }", direction)
    found: list[str] = page.evaluate(WRONG, least)
    return found


def test_the_inbox_works_without_scripts(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo
) -> None:
    ben = phone("Ben Hart")
    ben.ask("I want to talk to a person")
    page = signed_in(window(java_script_enabled=False), demo, "as-agent")

    page.locator(".line", has_text="Ben Hart").click()
    page.get_by_test_id("claim").click()
    page.get_by_test_id("composer").fill("Hello Ben!")
    page.get_by_test_id("send").click()
    expect(ben.answers.last).to_have_text("Hello Ben!")
    page.get_by_test_id("more").click()
    page.get_by_test_id("give-back").click()

    expect(page.get_by_text("The assistant answers again.")).to_be_visible()


def test_the_list_that_one_chooses_keeps_the_focus_and_a_message_is_one_stop(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = signed_in(window(), demo, "as-agent")
    page.goto(f"{demo.url}/inbox/?view=waiting")
    chosen = page.locator("#view-assistant")
    chosen.press("Enter")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(chosen).to_be_focused()

    said = page.locator(".said", has=page.locator(".teach")).filter(
        has=page.locator(".steps > summary")
    )
    page.locator(".line").first.click()
    first, second = said.last.locator(".teach"), said.last.locator(".steps > summary")
    expect(second).to_have_attribute("tabindex", "-1")
    first.press("ArrowRight")
    expect(second).to_be_focused()
    expect(first).to_have_attribute("tabindex", "-1")
    second.press("ArrowLeft")
    expect(first).to_be_focused()


def test_keys_of_one_letter_work_are_shown_and_can_be_switched_off(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = signed_in(window(), demo, "as-agent")
    page.goto(f"{demo.url}/inbox/?view=assistant")
    keys = page.get_by_role("dialog", name="Keys")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(".line").nth(at)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#who")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_test_id("take-over")).to_be_focused()
    page.keyboard.press("n")
    note = page.get_by_label("A private note")
    expect(note).to_be_focused()
    page.keyboard.type("jkr?")
    expect(note).to_have_value("jkr?")
    expect(keys).to_be_hidden()

    page.goto(f"{demo.url}/account/")
    page.get_by_label("Keys of one letter work in the inbox").uncheck()
    page.goto(f"{demo.url}/inbox/?view=assistant")
    for key in ("?", "/", "j"):
        page.keyboard.press(key)
    expect(page.locator("body")).to_be_focused()
    expect(page.locator(".search kbd")).to_be_hidden()


def test_the_keyboard_is_enough_to_answer(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo
) -> None:
    carla = phone("Carla Otway")
    carla.ask("I want to talk to a person")
    page = signed_in(window(), demo, "as-agent")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    page.locator(".line", has_text="Carla Otway").focus()
    page.keyboard.press("Enter")
    claim = page.get_by_test_id("claim")
    page.get_by_role("link", name="Private note").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("A private note")).to_be_focused()
    page.get_by_role("link", name="Reply").focus()
    page.keyboard.press("Enter")
    expect(claim).to_be_focused()
    page.get_by_role("link", name="Skip to the answer").focus()
    page.keyboard.press("Enter")
    expect(claim).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.keyboard.type("Hello Carla!")
    expect(page.get_by_text("This conversation is yours")).to_have_count(0)
    page.keyboard.press("Control+Enter")

    expect(carla.answers.last).to_have_text("Hello Carla!")
    expect(page.get_by_test_id("composer")).to_be_focused()
    expect(page.get_by_test_id("composer")).to_have_value("")


def test_the_newest_message_stays_in_sight_when_a_keyboard_takes_room(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo
) -> None:
    dan = phone("Dan Vale")
    dan.ask("I want to talk to a person")
    for words in ("hello?", "is anybody there?", "I have a question"):
        dan.write(words)
    page = signed_in(window(viewport=NARROW), demo, "as-agent")
    page.get_by_role("link", name="I have a question").click()
    newest = page.get_by_test_id("bubble").last
    expect(newest).to_have_text("I have a question")
    expect(newest).to_be_in_viewport()

    page.set_viewport_size({"width": 390, "height": 500})

    expect(newest).to_be_in_viewport(ratio=1)

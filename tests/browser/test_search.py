"""Searching in the inbox with hands on the keyboard, and with no script at all."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Phone, signed_in

pytestmark = pytest.mark.browser


def test_a_message_is_searched_for_found_and_left_by_keys_alone(
    phone: Callable[..., Phone], ada: Page
) -> None:
    phone("Rosa Lind").ask("do you sell zithers, or repair them?")
    ada.reload()
    box = ada.get_by_role("searchbox")

    ada.keyboard.press("/")
    expect(box).to_be_focused()
    ada.keyboard.type("zith")
    expect(ada.locator(".found h2")).to_have_text("1 conversation for zith")
    expect(ada.locator(".line mark")).to_have_text("zith")
    ada.keyboard.type("ers rosa")
    expect(ada.locator(".line mark")).to_have_text(["Rosa", "zithers"])
    expect(box).to_be_focused()
    expect(ada).to_have_url(re.compile(r"q=zithers\+rosa|q=zithers%20rosa"))

    ada.keyboard.press("ArrowDown")
    expect(ada.locator(".line")).to_be_focused()
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Rosa")
    said = ada.locator("li.said.them").filter(has_text="zithers")
    expect(said).to_be_focused()

    ada.keyboard.press("/")
    ada.keyboard.press("Escape")
    expect(ada.locator(".found")).to_have_count(0)
    expect(box).to_have_value("")
    expect(ada.get_by_role("heading", level=1)).to_contain_text("Rosa")


def test_what_is_found_moves_the_thread_alone_and_an_answer_is_seen(
    phone: Callable[..., Phone], ada: Page
) -> None:
    rosa = phone("Rosa Berg")
    rosa.ask("do you tune harpsichords at home?")
    for number in range(12):
        rosa.write(f"please answer me, {number}")
    ada.keyboard.press("/")
    ada.keyboard.type("harpsichords")
    ada.locator(".line", has=ada.locator("mark")).first.click()
    said = ada.locator("li.said.them").filter(has_text="harpsichords")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()
    assert ada.evaluate("document.scrollingElement.scrollTop") == 0
    assert ada.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    assert ada.locator(".bar").bounding_box()["y"] == 0

    ada.get_by_test_id("claim").click()
    ada.get_by_test_id("composer").fill("We do, from Monday on.")
    ada.get_by_test_id("send").click()
    answer = ada.locator("li.said.us").filter(has_text="from Monday on")
    expect(answer).to_be_in_viewport()


LINES = """(bdi) => {
  const range = document.createRange();
  range.selectNodeContents(bdi);
  const lefts = {};
  for (const { top, left } of range.getClientRects()) {
    const line = Math.round(top / 8);
    lefts[line] = Math.min(lefts[line] ?? Infinity, left);
  }
  return Object.values(lefts).map(Math.round);
}"""


def test_a_snippet_that_runs_the_other_way_than_the_page_begins_where_its_words_do(
    phone: Callable[..., Phone], window: Callable[..., Page], demo: Demo
) -> None:
    asked = "may my aunt bring the bagpipes that she always plays at every wedding?"
    phone("Lina Rowe").ask(asked)
    page = signed_in(window(locale="ar"), demo, "as-agent")
    page.goto(f"{demo.url}/inbox/?q=bagpipes")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    lefts = page.locator(".hit bdi", has_text="bagpipes").first.evaluate(LINES)
    assert len(lefts) > 1
    assert len(set(lefts)) == 1


def test_a_note_that_begins_with_a_name_runs_as_its_own_words_do(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = signed_in(window(locale="ar"), demo, "as-agent")
    page.goto(f"{demo.url}/inbox/1?write=note")
    note = page.locator("#note textarea")
    for text, runs in (
        ("@", "rtl"),
        ("@Grace ", "rtl"),
        ("@Grace هل وصل؟", "rtl"),
        ("@Grace has it come?", "ltr"),
    ):
        note.fill(text)
        expect(note).to_have_css("direction", runs)
    note.fill("@Grace هل وصل؟")
    note.press("Control+Enter")
    expect(page.locator(".note-text").last).to_have_css("direction", "rtl")


def test_a_slash_in_an_answer_is_a_slash(
    phone: Callable[..., Phone], ada: Page
) -> None:
    phone("Sven Dahl").ask("I want to talk to a person")
    ada.get_by_role("link", name="Sven Dahl").click()
    ada.get_by_test_id("claim").click()
    composer = ada.get_by_test_id("composer")
    composer.fill("24")
    composer.press("/")
    expect(composer).to_have_value("24/")
    expect(composer).to_be_focused()


def test_a_search_works_without_scripts_and_says_when_nothing_is_found(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo
) -> None:
    phone("Tove Falk").ask("is the ocarina in tune?")
    page = signed_in(window(java_script_enabled=False), demo, "as-agent")

    page.get_by_role("searchbox").fill("OCARINA")
    page.keyboard.press("Enter")
    expect(page.locator(".line mark")).to_have_text("ocarina")
    expect(page.locator(".found h2")).to_contain_text("1 conversation")

    page.get_by_role("searchbox").fill("unicorn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No conversation holds all of this")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("searchbox")).to_have_value("")

"""What can be reached and read, however narrow the page and whichever way it runs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, WIDE, Demo, Phone, signed_in

pytestmark = pytest.mark.browser

ACTS = ("Give back to the assistant", "Assign to somebody", "In 1 hour", "Another time")
LONG = {
    "en": "where is my order 48213, I have waited for it these two weeks and more",
    "ar": "أين طلبي رقم 48213 فقد انتظرت أسبوعين كاملين ولم يصل إلي حتى الآن شيء",
}


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_all_that_can_be_done_with_a_conversation_is_said_in_words(
    window: Callable[..., Page],
    phone: Callable[..., Phone],
    demo: Demo,
    size: dict[str, int],
) -> None:
    name = f"Amelie Marchetti {size['width']}"
    phone(name).ask("I want to talk to a person")
    page = signed_in(window(viewport=size), demo, "as-agent")
    page.locator(".line", has_text=name).click()
    page.get_by_test_id("claim").click()
    expect(page.get_by_test_id("composer")).to_be_visible()
    page.wait_for_load_state()  # a click before the scripts loads the page anew

    heading = page.get_by_role("heading", name=name, level=1).locator("bdi")
    assert shown(heading) > 120
    page.get_by_test_id("more").click()
    for words in ACTS:
        expect(page.locator(".head").get_by_text(words)).to_be_in_viewport()
    ending = page.locator(".head").get_by_role("button", name="Resolve")
    ending.locator("visible=true").click()
    expect(page.get_by_text("Resolved. The assistant answers")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1024, 1280])
def test_every_page_of_the_menu_can_be_reached(
    window: Callable[..., Page], demo: Demo, width: int
) -> None:
    page = signed_in(window(viewport={"width": width, "height": 800}), demo, "as-admin")
    menu = page.get_by_role("button", name="Menu")
    entries = page.get_by_role("navigation", name="Main").get_by_role("link")
    if menu.is_visible():
        menu.click()
    for number in range(entries.count()):
        expect(entries.nth(number)).to_be_in_viewport(ratio=1)
    entries.filter(has_text="People").click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_how_long_one_may_answer_and_what_comes_then_is_read_whole(
    window: Callable[..., Page], demo: Demo, locale: str
) -> None:
    page = signed_in(window(locale=locale), demo, "as-agent")
    name = f"Long window {locale}"
    demo.messenger.customer(says="I want a person", name=name)
    page.locator(".line", has_text=name).click()
    told = page.get_by_test_id("window").locator("span")
    expect(told).to_have_count(2)
    for words in told.all():
        assert words.evaluate("box => box.scrollWidth <= box.clientWidth")
        expect(words).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_beginning_of_what_was_said_is_seen_in_any_direction(
    window: Callable[..., Page], demo: Demo, locale: str
) -> None:
    page = signed_in(window(locale=locale), demo, "as-agent")
    for language, words in LONG.items():
        name = f"Reader {language} {locale}"
        psid = demo.messenger.customer(says="I want a person", name=name)
        demo.messenger.say(psid, text=words)
        told = page.locator(".line", has_text=name).locator(".words bdi")
        expect(told).to_have_text(words)
        assert told.evaluate("box => box.scrollWidth > box.clientWidth")
        assert told.evaluate(FIRST_WORD_IS_SEEN)


#: Whether the box of a text holds its first word, wherever it begins.
FIRST_WORD_IS_SEEN = """box => {
  const range = document.createRange();
  range.setStart(box.firstChild, 0);
  range.setEnd(box.firstChild, 5);
  const [word, here] = [range, box].map((it) => it.getBoundingClientRect());
  return word.left >= here.left - 1 && word.right <= here.right + 1;
}"""


def shown(words: Locator) -> float:
    """How wide a text is shown, in pixels."""
    return float(words.evaluate("box => box.clientWidth"))


def test_on_a_phone_every_list_is_two_taps_away(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = signed_in(window(viewport=NARROW), demo, "as-agent")
    page.get_by_role("button", name="Lists").click()
    for name in ("Assistant", "Snoozed", "Mentions", "All"):
        entry = page.locator("#lists").get_by_role("link", name=name)
        expect(entry).to_be_in_viewport(ratio=1)
    page.locator("#lists").get_by_role("link", name="Snoozed").click()
    expect(page.locator("#lists")).to_be_hidden()
    expect(page.get_by_role("button", name="Snoozed")).to_be_visible()
    expect(page.locator(".line").first).to_contain_text("Until")

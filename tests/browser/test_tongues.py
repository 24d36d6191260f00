"""The pages in the reader's language: Arabic, from right to left, and how to choose."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE, Demo, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: Words of Latin letters that stand in a page of any language.
NAMES = re.compile(
    r"https?://\S*|\b(Frontdesk|Facebook|Messenger|Meta|Page|Chrome|Chromium|Linux|"
    r"Europe|London|Safari|Ctrl|Enter|FAQ|CSV|PNG|JPEG|GIF|"
    r"Español|Français|English)\b"
)
WORD = re.compile(r"[A-Za-z]{3,}")
#: Whatever is read or heard and is ours: not what people wrote or called something.
OURS = """() => {
  const unread = "option, textarea, noscript";
  const theirs = `[dir=auto], [lang=en], bdi, code, kbd, q, pre, ${unread}`;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!parentElement.closest(theirs)) texts.push(data);
  }
  for (const name of ["title", "aria-label", "placeholder", "alt"]) {
    const called = [...document.querySelectorAll(`[${name}]`)];
    texts.push(...called.map((one) => one.getAttribute(name)));
  }
  return texts;
}"""
IS_WIDE = "(html => html.scrollWidth > html.clientWidth)(document.documentElement)"
#: What is called by what people wrote.
QUOTING = re.compile(r"Ada|Grace|Idris|Marta|Tom\b")


@pytest.fixture
def reader(window: Callable[..., Page], demo: Demo) -> Callable[..., Page]:
    """An admin who reads in a language, in a window of a size."""

    def reader(code: str, **how: object) -> Page:
        page = signed_in(window(**how), demo, "as-admin")
        page.goto(f"{demo.url}/account/")
        page.locator("select[name=language]").select_option(code)
        page.locator("#language button").click()
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{code}"))
        return page

    yield reader
    page = signed_in(window(), demo, "as-admin")
    page.goto(f"{demo.url}/account/")
    page.locator("select[name=language]").select_option("")
    page.locator("#language button").click()


def addresses(page: Page, demo: Demo) -> list[str]:
    """The pages that are looked at: some of them are known by a link alone."""
    page.goto(f"{demo.url}/inbox/?view=waiting")
    conversation = page.locator(".line").first.get_attribute("href")
    page.goto(f"{demo.url}/admin/faq/")
    entry = page.locator("a.entry").first.get_attribute("href")
    assert conversation
    assert entry
    fixed = ["/inbox/?view=all", "/admin/faq/", "/admin/people", "/admin/hours"]
    return [*fixed, "/account/", conversation, entry, "/admin/connect", "/admin/review"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_every_page_is_arabic_and_fits_from_right_to_left(
    reader: Callable[..., Page], demo: Demo, size: dict[str, int]
) -> None:
    page = reader("ar", viewport=size)
    for address in addresses(page, demo):
        page.goto(f"{demo.url}{address}")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert not page.evaluate(IS_WIDE), address
        assert english(page) == [], address


def english(page: Page) -> list[str]:
    texts = (NAMES.sub("", text) for text in page.evaluate(OURS))
    return [text for text in texts if WORD.search(QUOTING.sub("", text))]


def test_the_arabic_inbox_is_for_everybody(
    reader: Callable[..., Page], demo: Demo
) -> None:
    page = reader("ar")
    page.goto(f"{demo.url}/inbox/?view=waiting")
    page.locator(".line").first.click()
    expect(page.locator(".talk h1")).to_be_visible()
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert [one["id"] for one in found.response["violations"]] == []


def test_what_our_scripts_say_is_in_the_readers_language(
    reader: Callable[..., Page], demo: Demo
) -> None:
    page = reader("fr")
    page.goto(f"{demo.url}/admin/canned/new")
    page.locator("#text").fill("a" * 1500)
    expect(page.locator("#length")).to_have_text(
        re.compile(r"1\s500 sur 2\s000 caractères")
    )
    page.locator("#text").fill("a" * 2001)
    expect(page.locator("#length")).to_have_text("Trop long de 1 caractère")


def test_somebody_chooses_the_language_before_signing_in(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = window()
    page.goto(f"{demo.url}/sign-in")
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading")).to_have_text("登录 Frontdesk")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading")).to_have_text("Sign in to Frontdesk")


def test_whether_a_language_has_an_answer_is_said_while_it_is_written(
    grace: Page, demo: Demo
) -> None:
    grace.goto(f"{demo.url}/admin/faq/new")
    spanish = grace.get_by_test_id("tongue-es")
    spanish.locator("summary").click()
    lacking = spanish.get_by_text("No answer", exact=True)
    expect(lacking).to_be_visible()
    spanish.locator("textarea").fill("Sí, con mucho gusto.")
    expect(lacking).to_be_hidden()
    spanish.locator("textarea").fill("")
    expect(lacking).to_be_visible()

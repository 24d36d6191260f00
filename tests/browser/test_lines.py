"""Where lines begin, whichever way words and page run, and what takes its room."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, Demo, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: How far from the page's own side, the right one, the words of something begin.
FROM_THE_SIDE = """one => {
  const words = document.createRange();
  words.selectNodeContents(one);
  return one.getBoundingClientRect().right - words.getBoundingClientRect().right;
}"""
MIDDLE = """one => {
  const words = document.createRange();
  words.selectNodeContents([...one.childNodes].at(-1));
  const { top, bottom } = words.getBoundingClientRect();
  return (top + bottom) / 2;
}"""
STYLE = "(one, name) => getComputedStyle(one)[name]"


@pytest.fixture
def arabic(window: Callable[..., Page], demo: Demo) -> Page:
    """An admin who reads from right to left."""
    return signed_in(window(locale="ar"), demo, "as-admin")


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/admin/wording/utter_greet", "h1"),
        ("/admin/scripts/order_status", ".steps li > :last-child"),
        ("/admin/review", ".card li"),
        ("/inbox/1/messages/1/teach", "blockquote"),
    ],
)
def test_english_words_stand_where_the_lines_of_an_arabic_page_stand(
    arabic: Page, demo: Demo, address: str, what: str
) -> None:
    arabic.goto(demo.url + address)
    found = arabic.locator(what)
    expect(found.first).to_be_visible()
    off = [one.evaluate(FROM_THE_SIDE) for one in found.all()]
    assert [far for far in off if abs(far) > 2] == []


def test_what_a_check_lists_stands_where_the_lines_of_an_arabic_page_stand(
    arabic: Page, demo: Demo
) -> None:
    arabic.goto(f"{demo.url}/admin/faq/opening_hours")
    # Whoever asked it lately would lose the answer.
    until = arabic.locator("#until")
    arabic.locator("details", has=until).locator("summary").click()
    until.fill("2020-01-31")
    arabic.get_by_test_id("check").click()
    expect(arabic.get_by_test_id("checked")).to_be_visible()
    found = arabic.locator(".differences q:visible")
    expect(found.first).to_be_visible()
    off = [one.evaluate(FROM_THE_SIDE) for one in found.all()]
    # A mark of a quotation stands between, and is no part of the words.
    assert [far for far in off if abs(far) > 16] == []


def test_what_is_quoted_keeps_its_marks_and_its_full_stop(
    arabic: Page, demo: Demo
) -> None:
    """Arabic's own marks are turned round with the words; CLDR's for it are not."""
    arabic.goto(f"{demo.url}/inbox/?q=zebra")
    for quoted in arabic.locator("q").all():
        assert quoted.evaluate(STYLE, "quotes") == '"«" "»"'
        assert quoted.evaluate(STYLE, "unicodeBidi") == "plaintext"
    arabic.goto(f"{demo.url}/admin/scripts")
    assert arabic.locator("code").first.evaluate(STYLE, "direction") == "ltr"
    arabic.goto(f"{demo.url}/admin/scripts/order_status")
    said = arabic.locator(".steps .of-customer bdi").first
    expect(said).to_have_text("where is my parcel?")


def test_each_colour_of_a_label_is_another(arabic: Page, demo: Demo) -> None:
    arabic.goto(f"{demo.url}/admin/labels")
    labels = arabic.locator(".tag.label").all()
    colours = [one.evaluate(STYLE, "backgroundColor") for one in labels]
    assert len(set(colours)) == len(arabic.locator("#hue-new option").all())


def test_a_long_list_scrolls_and_the_desk_does_not(arabic: Page, demo: Demo) -> None:
    arabic.goto(f"{demo.url}/inbox/?view=all")
    expect(arabic.locator(".lines > li").nth(40)).to_be_attached()
    tall = "document.documentElement.scrollHeight - innerHeight"
    assert arabic.evaluate(tall) == 0


@pytest.mark.parametrize("view", ["view=mine", "q=zebra"])
def test_who_is_here_stays_below_an_empty_list(
    arabic: Page, demo: Demo, view: str
) -> None:
    arabic.goto(f"{demo.url}/inbox/?{view}")
    queue = arabic.locator("#queue").bounding_box()
    last = arabic.locator("#queue > :last-child").bounding_box()
    assert queue
    assert last
    assert abs(queue["y"] + queue["height"] - last["y"] - last["height"]) <= 1


def test_where_one_is_stands_in_one_line(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = signed_in(window(viewport=NARROW), demo, "as-admin")
    page.goto(f"{demo.url}/admin/wording/utter_greet")
    middles = [one.evaluate(MIDDLE) for one in page.locator(".trail > *").all()]
    assert max(middles) - min(middles) <= 1


def test_what_waits_for_review_is_counted_on_every_page_of_the_admin(
    arabic: Page, demo: Demo
) -> None:
    arabic.goto(f"{demo.url}/admin/review")  # the first to count finds out
    listed = arabic.locator(".title .tag").inner_text()
    counts = set()
    for address in ("/admin/faq/", "/admin/people", "/admin/audit", "/account/"):
        arabic.goto(demo.url + address)
        counts.add(arabic.locator("nav a[href='/admin/review'] .count").inner_text())
    (count,) = counts
    assert count in listed.split()

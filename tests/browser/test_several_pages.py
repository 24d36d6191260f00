"""Two Pages at one desk: connected one by one, told apart in the inbox."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE, Demo, running_demo, signed_in
from tests.browser.test_pages import WRONG

pytestmark = pytest.mark.browser
SECOND = "Harbour Records 2"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    home = tmp_path_factory.mktemp("two pages")
    with running_demo(home, "--pages", "2", FRONTDESK_DEMO_PAST="no") as demo:
        yield demo


@pytest.fixture
def ids(demo: Demo) -> Iterator[list[str]]:
    """The two Pages; their tokens are valid again in the end."""
    found = [page["page_id"] for page in demo.messenger.get("pages")["pages"]]
    yield found
    for page_id in found:
        demo.messenger.post(f"pages/{page_id}", {"token": "valid"})


def check(page: Page, demo: Demo, page_id: str) -> None:
    """Choose a Page under Connection, and check it."""
    page.goto(f"{demo.url}/admin/connect")
    page.get_by_test_id("pages").locator(f"[data-page='{page_id}']").click()
    page.get_by_test_id("check-again").click()
    chosen = page.locator(f"[data-page='{page_id}'][aria-current]")
    expect(chosen).not_to_have_attribute("data-state", "not_run")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_admin_chooses_a_page_and_sees_which_one_is_broken(
    window: Callable[..., Page], demo: Demo, ids: list[str], *, scripts: bool
) -> None:
    page = signed_in(window(java_script_enabled=scripts), demo, "as-admin")
    for page_id in ids:
        check(page, demo, page_id)
    demo.messenger.post(f"pages/{ids[1]}", {"token": "expired"})
    for page_id in ids:
        check(page, demo, page_id)

    pages = page.get_by_test_id("pages")
    first, second = (pages.locator(f"[data-page='{one}']") for one in ids)
    expect(first).to_have_attribute("data-state", "green")
    expect(second).to_have_attribute("data-state", "red")
    expect(second).to_contain_text(SECOND)
    expect(page.locator("[data-step=token]")).to_have_attribute("data-state", "red")
    page.goto(f"{demo.url}/inbox/")
    expect(page.locator("p.trouble:not([id])")).to_contain_text(
        f"of {SECOND} to Facebook"
    )
    page.get_by_role("link", name="See what is wrong").click()
    expect(page.locator("[data-step=token]")).to_have_attribute("data-state", "red")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("size", "least"), [(NARROW, 44), (WIDE, 20)])
def test_the_choice_fits(
    window: Callable[..., Page], demo: Demo, size: dict[str, int], least: int,
    direction: str,
) -> None:  # fmt: skip
    page = signed_in(window(viewport=size), demo, "as-admin")
    for path in ("/admin/connect", "/inbox/?view=all"):
        page.goto(demo.url + path)
        page.locator("html").evaluate("(html, dir) => { html.dir = dir; }", direction)
        assert page.evaluate(WRONG, least) == [], path


def test_a_customer_of_the_second_page_is_answered_and_told_apart(
    window: Callable[..., Page], demo: Demo, ids: list[str]
) -> None:
    phone = window()
    phone.goto(demo.messenger.url)
    phone.get_by_test_id("of-page").select_option(ids[1])
    phone.get_by_test_id("new-customer").click()
    expect(phone.locator("#page-name")).to_have_text(SECOND)
    phone.get_by_test_id("composer").fill("I want to talk to a person please")
    phone.get_by_test_id("send").click()
    expect(phone.locator("#thread [data-author=page]").first).to_be_visible()

    page = signed_in(window(), demo, "as-agent")
    page.goto(f"{demo.url}/inbox/?view=waiting")
    page.locator("#filter summary").click()
    page.get_by_label("Page").select_option(ids[1])
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("a.line")).to_have_count(1)
    page.locator("a.line").click()
    expect(page.get_by_test_id("page")).to_have_text(re.compile(f"{SECOND}|{ids[1]}"))

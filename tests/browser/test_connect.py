"""An admin connects the Page: sees what is broken, mends it, sends a test message."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, WIDE, Demo, Phone, signed_in
from tests.browser.test_pages import WRONG

pytestmark = pytest.mark.browser

PAGE = "/admin/connect"
BROKEN = {"subscription": "removed", "page": "unpublished"}


@pytest.fixture(autouse=True)
def whole(demo: Demo) -> Any:
    """The connection as it is at the start of the demo, and again at the end."""
    yield
    demo.messenger.faults()
    fields = {"subscribed_fields": ",".join(everything(demo))}
    (page,) = demo.messenger.get("pages")["pages"]
    token = demo.messenger.get("settings")["FACEBOOK_PAGE_ACCESS_TOKEN"]
    path = f"{page['page_id']}/subscribed_apps"
    demo.messenger.graph("POST", path, token=token, json=fields)


def everything(demo: Demo) -> list[str]:
    settings = demo.messenger.get("settings")
    app_id = settings["FACEBOOK_APP_ID"]
    token = f"{app_id}|{settings['FACEBOOK_APP_SECRET']}"
    listed = demo.messenger.graph("GET", f"{app_id}/subscriptions", token=token)
    return [field["name"] for field in listed.json()["data"][0]["fields"]]


def check(page: Page, step: str) -> Locator:
    return page.locator(f"[data-step={step}]")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_admin_finds_what_is_broken_and_mends_it(
    window: Callable[..., Page], demo: Demo, *, scripts: bool
) -> None:
    demo.messenger.faults(connection=BROKEN)
    page = signed_in(window(java_script_enabled=scripts), demo, "as-admin")

    page.goto(demo.url + PAGE)
    page.get_by_test_id("check-again").click()
    expect(check(page, "subscription")).to_have_attribute("data-state", "red")
    expect(check(page, "page")).to_contain_text("Page visibility")
    page.goto(f"{demo.url}/inbox/")
    page.get_by_role("link", name="See what is wrong").click()
    page.get_by_role("button", name="Subscribe").click()
    expect(check(page, "subscription")).to_have_attribute("data-state", "green")

    demo.messenger.faults()
    page.get_by_test_id("check-again").click()
    expect(check(page, "page")).to_have_attribute("data-state", "green")
    page.goto(f"{demo.url}/inbox/")
    expect(page.get_by_role("link", name="See what is wrong")).to_have_count(0)


def test_the_test_message_arrives_on_the_phone(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo
) -> None:
    vera = phone("Vera Quill")
    vera.ask("hello")
    page = signed_in(window(), demo, "as-admin")
    page.goto(demo.url + PAGE)

    page.get_by_label("Vera Quill").check()
    page.get_by_test_id("send-test").click()

    expect(check(page, "message")).to_have_attribute("data-state", "green")
    expect(vera.answers.last).to_contain_text("This is a test message.")
    expect(page.get_by_test_id("proof")).to_contain_text("Nothing is red.")


def test_the_page_has_its_place_in_the_menu_with_what_is_red_beside_it(
    window: Callable[..., Page], demo: Demo
) -> None:
    demo.messenger.faults(connection={"page": "unpublished"})
    page = signed_in(window(), demo, "as-admin")
    menu = page.get_by_role("navigation", name="Main")
    entry = menu.get_by_role("link", name="Connection")
    entry.click()
    page.get_by_test_id("check-again").click()
    expect(entry).to_contain_text("Red under Connect a Page: 1")
    expect(entry).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("size", "least"), [(NARROW, 44), (WIDE, 20)])
def test_the_page_fits_with_all_its_cures(
    window: Callable[..., Page], demo: Demo, size: Any, least: int, direction: str
) -> None:
    demo.messenger.faults(connection=BROKEN)
    page = signed_in(window(viewport=size), demo, "as-admin")
    page.goto(demo.url + PAGE)
    page.get_by_test_id("check-again").click()
    expect(check(page, "page")).to_have_attribute("data-state", "red")
    for path in (PAGE, "/inbox/"):
        page.goto(demo.url + path)
        page.locator("html").evaluate("(html, dir) => { html.dir = dir; }", direction)
        assert page.evaluate(WRONG, least) == [], path


def test_the_phone_shows_the_menu_and_a_tap_on_it_is_answered(
    phone: Callable[..., Phone],
) -> None:
    tom = phone("Tom Fell")
    tom.page.get_by_test_id("menu").click()
    tom.page.get_by_role("button", name="Track an order").click()
    expect(tom.answers.last).to_contain_text("order number")

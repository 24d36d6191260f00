"""Other words for what a flow says, in the browser: previewed, tried, saved."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo, Phone, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def edit(page: Page, demo: Demo, key: str = "utter_greet") -> None:
    page.goto(f"{demo.url}/admin/wording/{key}")


def test_what_is_typed_shows_on_the_phone_with_what_is_left_of_a_title(
    grace: Page, demo: Demo
) -> None:
    edit(grace, demo)
    preview, title = grace.locator("#preview"), grace.get_by_label("Button 1")
    title.fill("Follow my parcel")
    expect(preview.locator(".choice").first).to_have_text("Follow my parcel")
    expect(title).to_have_accessible_description(
        "What stands on each. What a tap does stays as it is. 16 of 20 characters"
    )
    title.fill("Follow my parcel for me")
    expect(title).to_have_accessible_description(
        "What stands on each. What a tap does stays as it is. Too long by 3 characters"
    )
    grace.get_by_label("What the assistant says").fill("Ahoy!")
    expect(preview.locator(".bubble")).to_have_text("Ahoy!")


def test_other_words_are_tried_by_keys_alone_then_saved(
    grace: Page, demo: Demo, phone: Callable[..., Phone]
) -> None:
    edit(grace, demo)
    grace.get_by_label("What the assistant says").fill("Ahoy! What can we do?")
    grace.get_by_label("Button 1").fill("Follow my parcel")
    field = grace.get_by_role("textbox", name="Try a message")
    draft = grace.get_by_role("log", name="With your draft")
    field.fill("hello")
    field.press("Enter")
    expect(draft).to_contain_text("Ahoy! What can we do?")
    expect(draft).to_be_in_viewport()
    expect(field).to_be_in_viewport()
    now = grace.get_by_role("group", name="Live now")
    expect(now).to_contain_text("Track an order")
    draft.get_by_role("button", name="Follow my parcel").press("Enter")
    expect(draft).to_contain_text("order number?")
    expect(draft.locator(".asked")).to_have_text(["hello", "Follow my parcel"])
    expect(grace).to_have_url(f"{demo.url}/admin/wording/utter_greet")

    grace.get_by_test_id("save").click()
    expect(grace.get_by_text("The assistant says it so")).to_be_visible()
    una = phone("Una Holm")
    expect(una.ask("hello")).to_contain_text("Ahoy!")
    expect(una.choices.first).to_have_text("Follow my parcel")


def test_another_language_is_tried_without_scripts(
    window: Callable[..., Page], demo: Demo
) -> None:
    page = signed_in(window(java_script_enabled=False), demo, "as-admin")
    page.goto(f"{demo.url}/admin/wording/utter_greet?language=es")
    text = page.get_by_label("What the assistant says")
    text.fill("¡Buenas! ¿Qué hacemos?")
    page.get_by_role("textbox", name="Try a message").fill("hola")
    page.get_by_test_id("try").click()
    draft = page.get_by_role("log", name="With your draft")
    expect(draft).to_contain_text("¡Buenas! ¿Qué hacemos?")
    expect(text).to_have_value("¡Buenas! ¿Qué hacemos?")
    draft.get_by_role("button", name="Seguir un pedido").click()
    expect(draft.locator(".asked")).to_have_text(["hola", "Seguir un pedido"])
    expect(page.locator("[aria-current=true]", has_text="Spanish")).to_be_visible()


def test_a_card_reads_otherwise_on_the_phone_beside_it_and_for_customers(
    grace: Page, demo: Demo, phone: Callable[..., Phone]
) -> None:
    edit(grace, demo, "utter_product_card")
    card, preview = grace.get_by_role("group", name="Card 1"), grace.locator("#preview")
    card.get_by_label("Subtitle").fill("Only {price}")
    expect(preview.locator(".bubble")).to_contain_text("Only {price}")
    button = card.get_by_label("Button 1")
    button.fill("Look at it")
    expect(preview.locator(".tap")).to_have_text("Look at it")
    expect(card).to_contain_text("10 of 20 characters")
    expect(card).to_contain_text("12 of 80 characters")
    grace.get_by_role("textbox", name="Try a message").fill("how much is the tote bag?")
    grace.get_by_test_id("try").click()
    draft = grace.get_by_role("log", name="With your draft")
    expect(draft.locator(".tap")).to_have_text("Look at it")
    expect(draft).to_contain_text("Only £9.50")
    now = grace.get_by_role("group", name="Live now")
    expect(now.locator(".tap")).to_have_text("See it in the shop")

    button.press("Enter")
    expect(grace.get_by_text("The assistant says it so")).to_be_visible()
    una = phone("Una Holm")
    una.ask("how much is the tote bag?")
    expect(una.page.get_by_text("Look at it", exact=True)).to_be_visible()

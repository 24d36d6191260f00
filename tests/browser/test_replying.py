"""What helps an agent to answer, in the browser, and what the customer gets of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.bot.inbox.test_pictures import PNG, png
from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: A picture comes by the clipboard, or is let go over the field.
GIVE = """(field, [kind, bytes]) => {
  const files = new DataTransfer();
  const content = [new Uint8Array(bytes)];
  files.items.add(new File(content, `${kind}.png`, { type: "image/png" }));
  const how = { bubbles: true, cancelable: true };
  field.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: files, ...how })
    : new DragEvent("drop", { dataTransfer: files, ...how }));
}"""

IS_AT_END = "box => box.scrollHeight - box.scrollTop - box.clientHeight < 80"


@pytest.fixture
def talk(phone: Callable[..., Phone], ada: Page) -> Callable[..., Phone]:
    """Let a customer ask for a person, and Ada claim the conversation."""

    def talk(name: str, *texts: str) -> Phone:
        customer = phone(name)
        lines = ada.locator(".line .name")
        before = lines.count()
        customer.ask("I want to talk to a person")
        expect(lines).to_have_count(before + 1)
        for text in texts:
            customer.write(text)
        ada.get_by_role("link", name=name).click()
        ada.get_by_test_id("claim").click()
        ada.get_by_test_id("composer").click()
        return customer

    return talk


def canned(
    grace: Page, demo: Demo, code: str, text: str, language: str = "Any language"
) -> None:
    """Let an admin add a canned reply."""
    grace.goto(f"{demo.url}/admin/canned/new")
    grace.get_by_label("Short code").fill(code)
    grace.get_by_label("Language", exact=True).select_option(language)
    grace.get_by_label("Text", exact=True).fill(text)
    grace.get_by_test_id("save").click()
    told = grace.get_by_role("link", name=f"/{code} {text}")
    expect(told).to_be_visible()


def test_a_slash_and_a_code_put_a_reply_in_and_its_open_places_are_named(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "hello", "Hello {customer_name}, {agent_name} here.")
    canned(grace, demo, "refund", "Order {order_number} is paid back.")
    dan = talk("Dan Reed")
    composer = ada.get_by_test_id("composer")

    composer.press_sequentially("/h")
    expect(ada.locator("#picks [aria-selected=true]")).to_contain_text("/hello")
    composer.press("Enter")
    expect(composer).to_have_value("Hello Dan Reed, Ada here.")

    composer.press_sequentially(" /refu")
    composer.press("Tab")
    expect(ada.locator("#places")).to_have_text(
        "Not known here: {order_number} (the order that the customer named). "
        "Fill it in before you send this."
    )
    ada.get_by_test_id("send").click()
    expect(ada.get_by_role("alert")).to_contain_text("Fill in {order_number}")
    composer.fill(composer.input_value().replace("{order_number}", "HB-1042"))
    expect(ada.locator("#places")).to_be_empty()
    ada.get_by_test_id("send").click()
    expect(dan.answers.last).to_have_text(
        "Hello Dan Reed, Ada here. Order HB-1042 is paid back."
    )


def test_a_slash_says_where_canned_replies_are_made_while_there_are_none(
    talk: Callable[..., Phone], ada: Page
) -> None:
    told = "There are no canned replies yet"
    talk("Dot Finch")
    composer = ada.get_by_test_id("composer")
    ada.route("**/canned", lambda route: route.fulfill(body=""))
    composer.press_sequentially("/")
    expect(ada.get_by_text(told)).to_be_visible()
    composer.press("Backspace")
    expect(ada.get_by_text(told)).to_have_count(0)
    ada.unroute("**/canned")


def test_a_reply_in_the_conversations_language_stands_above_one_in_another(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "pay", "Pague aqui.", "Spanish")
    canned(grace, demo, "pay", "Pay here.", "English")
    canned(grace, demo, "pa", "Un momento.", "Spanish")
    talk("Una Moss")
    composer = ada.get_by_test_id("composer")
    composer.press_sequentially("/pay")
    expect(ada.locator("#picks [role=option]")).to_have_text(
        ["/pay Pay here.English", "/pay Pague aqui.Spanish"]
    )
    composer.press("Enter")
    expect(composer).to_have_value("Pay here.")
    # In full, it is the code of one in another language, and no part of this one's.
    composer.fill("")
    composer.press_sequentially("/pa")
    marked = ada.locator("#picks [aria-selected=true]")
    expect(marked).to_have_text("/pa Un momento.Spanish")


def test_the_first_open_place_is_selected_and_typing_fills_it(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "where", "Your order {order_number} has left.")
    talk("Eve Park")
    composer = ada.get_by_test_id("composer")
    composer.press_sequentially("/where")
    expect(ada.get_by_role("listbox", name="Canned")).to_be_visible()
    composer.press("Enter")
    ada.keyboard.type("HB-7")
    expect(composer).to_have_value("Your order HB-7 has left.")


def test_enter_right_after_a_short_code_waits_for_the_list_and_sends_nothing(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "soon", "It comes tomorrow.")
    eli = talk("Eli Ward")
    before = eli.told()
    composer = ada.get_by_test_id("composer")
    held: list[Route] = []
    ada.route("**/canned", lambda route: held.append(route))
    composer.press_sequentially("/soon")
    composer.press("Enter")
    composer.press("Control+Enter")
    expect(ada.locator("#places")).to_have_text("Looking for it…")
    expect(composer).to_have_value("/soon")
    composer.press_sequentially(" Really.")
    held[0].continue_()
    expect(composer).to_have_value("It comes tomorrow. Really.")
    expect(ada.locator("#places")).to_be_empty()
    assert len(held) == 1
    assert eli.told() == before


def test_ctrl_enter_right_after_a_short_code_shows_the_reply_before_it_goes_out(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "late", "It comes a day late.")
    ella = talk("Ella Ross")
    before = ella.told()
    composer = ada.get_by_test_id("composer")
    held: list[Route] = []
    ada.route("**/canned", lambda route: held.append(route), times=1)
    composer.press_sequentially("Hello! /late")
    composer.press("Control+Enter")
    expect(ada.locator("#places")).to_have_text("Looking for it…")
    held[0].continue_()
    expect(composer).to_have_value("Hello! It comes a day late.")
    expect(composer).to_be_focused()
    composer.press_sequentially(" /lat")
    expect(ada.locator("#picks")).to_be_visible()
    composer.press("Control+Enter")
    expect(composer).to_have_value("Hello! It comes a day late. It comes a day late.")
    assert ella.told() == before
    composer.press("Control+Enter")
    expect(ella.answers.last).to_contain_text("Hello! It comes a day late.")
    expect(composer).to_have_value("")

    composer.press_sequentially("/nothing of ours/")
    composer.press("Control+Enter")
    expect(ella.answers.last).to_have_text("/nothing of ours/")
    expect(composer).to_have_value("")
    composer.press_sequentially("/zzz")
    composer.press("Control+Enter")
    expect(ella.answers.last).to_have_text("/zzz")


def test_the_button_sends_no_short_code_either_but_what_one_insists_on(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "early", "It comes a day early.")
    edna = talk("Edna Cole")
    composer = ada.get_by_test_id("composer")
    composer.fill("/early")
    ada.get_by_test_id("send").click()
    expect(ada.get_by_role("alert")).to_contain_text("“/early” is a short code")
    expect(composer).to_have_value("It comes a day early.")
    # What comes meanwhile changes nothing of what was asked.
    canned(grace, demo, "besides", "And this besides.")
    grace.goto(re.sub(r"\?.*", "?write=note", ada.url))
    grace.get_by_label("A private note").fill("The parcel was early.")
    grace.get_by_label("A private note").press("Control+Enter")
    expect(ada.get_by_test_id("note")).to_contain_text("The parcel was early.")
    composer.fill("/early")
    ada.get_by_test_id("send").click()
    expect(edna.answers.last).to_have_text("/early")


def test_enter_after_what_is_no_short_code_is_a_new_line_once_the_list_is_there(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "bye", "Goodbye.")
    talk("Elsa Wynn")
    composer = ada.get_by_test_id("composer")
    composer.press_sequentially("/nothing")
    composer.press("Enter")
    expect(composer).to_have_value("/nothing\n")


def test_a_reply_is_chosen_from_the_list_with_the_mouse_and_escape_closes_it(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    canned(grace, demo, "thanks", "Thank you for waiting.")
    talk("Fay Lund")
    composer = ada.get_by_test_id("composer")
    composer.press_sequentially("/tha")
    expect(ada.get_by_role("listbox", name="Canned")).to_be_visible()
    composer.press("Escape")
    expect(ada.get_by_role("listbox", name="Canned")).to_be_hidden()
    composer.press_sequentially("n")
    ada.locator("#picks").get_by_role("option", name="/thanks").click()
    expect(composer).to_have_value("Thank you for waiting.")
    expect(composer).to_be_focused()


def test_without_script_a_select_does_the_same(
    talk: Callable[..., Phone],
    ada: Page,
    grace: Page,
    demo: Demo,
    window: Callable[..., Page],
) -> None:
    canned(grace, demo, "sorry", "We are sorry.")
    talk("Gus Holt")
    plain = window(java_script_enabled=False, storage_state=ada.context.storage_state())
    plain.goto(ada.url)
    plain.get_by_test_id("composer").fill("Hello Gus.")
    plain.get_by_title("Canned replies").click()
    plain.get_by_label("Canned reply").select_option(label="/sorry · We are sorry.")
    plain.get_by_role("button", name="Insert").click()
    expect(plain.get_by_test_id("composer")).to_have_value(
        "Hello Gus.\n\nWe are sorry."
    )


def test_alt_and_a_number_put_in_what_the_faq_says_and_nothing_is_sent(
    talk: Callable[..., Phone], ada: Page
) -> None:
    hal = talk("Hal Moss", "do you sell gift cards?")
    composer = ada.get_by_test_id("composer")
    first = ada.locator(".suggestion").first
    expect(first).to_contain_text("gift cards", ignore_case=True)
    told = str(first.get_attribute("data-insert"))
    before = hal.answers.count()

    composer.press_sequentially("Yes!")
    ada.keyboard.press("Alt+1")

    expect(composer).to_have_value(f"Yes!\n\n{told}")
    expect(composer).to_be_focused()
    assert hal.answers.count() == before
    composer.fill("")
    first.click()
    expect(composer).to_have_value(told)
    ada.get_by_test_id("send").click()
    expect(hal.answers.last).to_have_text(told)


def test_a_quick_reply_that_an_agent_offers_is_tapped_and_stands_in_the_thread(
    talk: Callable[..., Phone], ada: Page
) -> None:
    ivy = talk("Ivy Hart")
    ada.get_by_test_id("composer").fill("Shall I send a new one?")
    ada.get_by_title("Quick replies").click()
    choices = ada.get_by_label("Quick replies, one a line")
    choices.press_sequentially("Yes, please\nNo, pay me back")
    expect(ada.locator("#offered .choice")).to_have_text(
        ["Yes, please", "No, pay me back"]
    )
    ada.get_by_test_id("send").click()

    expect(ivy.answers.last).to_have_text("Shall I send a new one?")
    expect(ivy.choices).to_have_text(["Yes, please", "No, pay me back"])
    ivy.choices.last.click()

    tapped = ada.locator("[data-testid=bubble]").last
    expect(tapped).to_contain_text("No, pay me back")
    expect(tapped.get_by_role("img", name="Tapped:")).to_be_visible()
    expect(ada.locator("#offered")).to_be_empty()
    expect(choices).to_have_value("")


def test_the_customer_sees_that_an_agent_writes_and_not_that_they_note(
    talk: Callable[..., Phone], ada: Page
) -> None:
    jan = talk("Jan Beck")
    dots = jan.page.get_by_test_id("typing")
    ada.get_by_role("link", name="Private note").click()
    ada.get_by_label("A private note").press_sequentially("He is a regular.")
    ada.wait_for_timeout(2500)
    expect(dots).to_be_hidden()

    ada.get_by_role("link", name="Reply").click()
    ada.get_by_test_id("composer").press_sequentially("Dear Jan, ")
    expect(dots).to_be_visible()
    ada.get_by_test_id("composer").fill("")
    expect(dots).to_be_hidden()


def test_a_draft_is_there_after_a_reload_and_on_another_machine(
    talk: Callable[..., Phone], ada: Page, window: Callable[..., Page]
) -> None:
    talk("Kai Lund")
    composer = ada.get_by_test_id("composer")
    with ada.expect_response("**/draft"):
        composer.press_sequentially("Dear Kai, I have")
    ada.reload()
    expect(composer).to_have_value("Dear Kai, I have")

    other = window(storage_state=ada.context.storage_state())
    other.goto(ada.url)
    theirs = other.get_by_test_id("composer")
    expect(theirs).to_have_value("Dear Kai, I have")
    with other.expect_response("**/draft"):
        theirs.press_sequentially(" found it")
    with ada.expect_response("**/draft"):
        composer.press_sequentially(" asked")
    expect(ada.locator("#otherwise")).to_contain_text("on another screen")
    ada.get_by_role("button", name="Put it in here").click()
    expect(composer).to_have_value(
        "Dear Kai, I have asked\n\nDear Kai, I have found it"
    )


def test_a_send_survives_a_lost_line_and_is_never_doubled(
    talk: Callable[..., Phone], ada: Page
) -> None:
    lea = talk("Lea Voss")
    composer = ada.get_by_test_id("composer")
    composer.fill("Your parcel is on its way.")
    number = ada.locator("#form").input_value()
    ada.context.set_offline(True)
    ada.get_by_test_id("send").click()
    expect(ada.get_by_text("No connection to Frontdesk")).to_be_visible()
    expect(composer).to_have_value("Your parcel is on its way.")

    expect(ada.locator(".htmx-request")).to_have_count(0)
    ada.context.set_offline(False)
    expect(ada.locator("#form")).to_have_value(number)
    ada.get_by_test_id("send").click()
    expect(lea.answers.last).to_have_text("Your parcel is on its way.")
    expect(ada.locator("#form")).not_to_have_value(number)


def test_an_answer_whose_receipt_is_lost_is_sent_again_and_counts_once(
    talk: Callable[..., Phone], ada: Page
) -> None:
    max_ = talk("Max Roth")
    taken = []

    def lose_the_answer(route: Route) -> None:
        taken.append(route.fetch(max_redirects=0).status)
        route.abort()

    ada.route("**/reply?*", lose_the_answer, times=1)
    ada.get_by_test_id("composer").fill("It is paid back.")
    ada.get_by_test_id("send").click()
    expect(ada.get_by_text("No connection to Frontdesk")).to_be_visible()
    assert taken == [303]

    ada.get_by_test_id("send").click()
    expect(max_.answers.last).to_have_text("It is paid back.")
    expect(ada.get_by_test_id("composer")).to_have_value("")
    ada.wait_for_timeout(1500)
    assert max_.told().count("It is paid back.") == 1


def test_an_emoji_is_found_by_its_name_and_put_in_without_a_mouse(
    talk: Callable[..., Phone], ada: Page
) -> None:
    nia = talk("Nia Cole")
    composer = ada.get_by_test_id("composer")
    composer.press_sequentially("Thank you ")
    expect(composer).to_have_value("Thank you ")
    ada.get_by_title("Emoji").press("Enter")
    expect(ada.get_by_label("Search emoji by name")).to_be_focused()
    ada.keyboard.type("heart")
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("ArrowRight")
    ada.keyboard.press("Enter")
    expect(composer).to_have_value("Thank you ❤️")
    expect(composer).to_be_focused()

    ada.get_by_title("Emoji").click()
    ada.get_by_label("Search emoji by name").fill("parcel")
    ada.keyboard.press("Enter")
    expect(composer).to_have_value("Thank you ❤️📦")
    ada.get_by_test_id("send").click()
    expect(nia.answers.last).to_have_text("Thank you ❤️📦")


def test_pictures_are_chosen_pasted_and_dropped_and_reach_the_phone(
    talk: Callable[..., Phone], ada: Page
) -> None:
    pia = talk("Pia Wood")
    picture = {"name": "label.png", "mimeType": "image/png", "buffer": PNG}
    ada.locator("input[name=picture]").set_input_files([picture])
    ada.get_by_test_id("composer").evaluate(GIVE, ["paste", [*PNG]])
    ada.get_by_test_id("composer").evaluate(GIVE, ["drop", [*PNG]])
    lines = ada.locator("#attaching li")
    expect(lines).to_have_count(3)
    ada.get_by_role("button", name="Take out label.png").click()
    expect(lines).to_have_count(2)
    ada.get_by_test_id("composer").fill("This is the label.")
    ada.get_by_test_id("send").click()

    expect(pia.answers.last).to_have_text("This is the label.")
    expect(pia.page.get_by_role("img", name="A picture")).to_have_count(2)
    shown = ada.locator(".sent-picture img")
    expect(shown).to_have_count(2)
    assert shown.last.evaluate("image => image.decode().then(() => image.width > 0)")
    expect(lines).to_have_count(0)


def test_a_tall_picture_that_comes_late_leaves_one_where_one_was(
    talk: Callable[..., Phone], ada: Page
) -> None:
    talk("Ines Bell")
    for height in (800, 801, 802):
        tall = {"name": "a.png", "mimeType": "image/png", "buffer": png(400, height)}
        ada.locator("input[name=picture]").set_input_files([tall])
        ada.get_by_test_id("send").click()
        expect(ada.locator(".sent-picture img")).to_have_count(height - 799)
    ada.get_by_role("link", name="Private note").click()
    ada.get_by_label("A private note").fill("See the label above.")
    ada.get_by_test_id("keep-note").click()
    note = ada.get_by_test_id("note").last
    expect(note).to_be_visible()

    held: list[Route] = []
    ada.route("**/pictures/*", lambda route: held.append(route))
    for address in (ada.url, f"{ada.url}#{note.get_attribute('id')}"):
        ada.goto("about:blank")
        ada.goto(address, wait_until="domcontentloaded")
        expect(note).to_be_in_viewport(ratio=1)
        while held:
            held.pop().continue_()
            ada.wait_for_timeout(100)
        expect(note).to_be_in_viewport(ratio=1)
    assert ada.locator("[data-thread]").evaluate(IS_AT_END)


def press_enter(page: Page) -> None:
    """Press it as people do, who are slower than a page that has just come."""
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")


def test_one_key_sends_and_resolves_and_the_next_is_at_hand(
    talk: Callable[..., Phone], phone: Callable[..., Phone], ada: Page
) -> None:
    kim, lou = talk("Kim Vance"), phone("Lou Berry")
    lou.ask("I want to talk to a person")
    composer = ada.get_by_test_id("composer")
    composer.fill("It is on its way. Goodbye!")
    composer.press("Control+Shift+Enter")
    expect(kim.answers.last).to_have_text("It is on its way. Goodbye!")
    expect(ada.get_by_text("Resolved. The assistant answers")).to_be_visible()
    following = ada.locator("#next")
    expect(following).to_be_focused()
    leads = following.get_attribute("href")
    press_enter(ada)
    if leads == "/inbox/?view=waiting":  # of her own Ada may have one to answer
        expect(ada.locator("#view-waiting")).to_have_attribute("aria-current", "true")
        expect(following).to_be_focused()
        press_enter(ada)
    expect(ada.locator("#who")).to_be_visible()


def test_quick_replies_are_written_at_once_and_cover_nothing_that_comes_of_them(
    talk: Callable[..., Phone], ada: Page
) -> None:
    mia = talk("Mia Frost")
    ada.get_by_test_id("composer").fill("Shall I send a new one?")
    ada.get_by_title("Quick replies").click()
    choices = ada.get_by_label("Quick replies, one a line")
    expect(choices).to_be_focused()
    ada.keyboard.type("Yes, please\nNo, I would rather be paid back")
    ada.keyboard.press("Control+Enter")
    expect(ada.get_by_role("alert")).to_contain_text("too long for a quick reply")
    expect(choices).to_be_hidden()
    ada.get_by_title("Quick replies").click()
    choices.fill("Yes, please")
    ada.keyboard.press("Control+Enter")
    expect(mia.choices).to_have_text(["Yes, please"])
    expect(choices).to_be_hidden()
    expect(ada.get_by_test_id("composer")).to_be_focused()


def test_a_canned_reply_brings_its_picture_which_can_be_taken_out(
    talk: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    grace.goto(f"{demo.url}/admin/canned/new")
    grace.get_by_label("Short code").fill("sizes")
    grace.get_by_label("Text").fill("These are our sizes.")
    chart = {"name": "chart.png", "mimeType": "image/png", "buffer": PNG}
    grace.get_by_label("Picture", exact=True).set_input_files([chart])
    expect(grace.get_by_role("img", name="The picture, as it is kept")).to_be_visible()
    grace.get_by_test_id("save").click()
    expect(grace.get_by_text("/sizes", exact=True)).to_be_visible()

    ike = talk("Ike Bond")
    composer = ada.get_by_test_id("composer")
    for _ in range(2):
        composer.press_sequentially("/sizes")
        expect(ada.locator("#picks li")).to_have_count(1)
        composer.press("Enter")
        lines = ada.locator("#attaching li")
        expect(lines).to_have_count(1)
        expect(composer).to_have_value("These are our sizes.")
        ada.get_by_role("button", name="Take out Picture of the reply").click()
        expect(lines).to_have_count(0)
        composer.fill("")
    composer.press_sequentially("/sizes")
    composer.press("Enter")
    expect(lines).to_have_count(1)
    ada.get_by_test_id("send").click()
    expect(ike.answers.last).to_have_text("These are our sizes.")
    expect(ike.page.get_by_role("img", name="A picture")).to_have_count(1)

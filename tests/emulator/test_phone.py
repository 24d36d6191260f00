"""The phone in a real browser: what a person sees, taps and types."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import launched
from tests.emulator.conftest import Emulator, Webhook

pytestmark = pytest.mark.browser
Json = dict[str, Any]
PICTURES = Path(__file__).parents[2] / "test-results" / "phone"
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def phone(browser: Browser, emulator: Emulator) -> Iterator[Page]:
    """A page at phone width; nothing may go wrong on it, and nothing leave the host."""
    context = browser.new_context(viewport=NARROW, locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(emulator.url)] == []


def open_as(phone: Page, emulator: Emulator, psid: str) -> None:
    phone.goto(f"{emulator.url}/?customer={psid}")
    expect(phone.get_by_test_id("composer")).to_be_visible()


def bubbles(phone: Page, author: str) -> Locator:
    return phone.locator(f"[data-testid=bubble][data-author={author}]")


def write(phone: Page, text: str) -> None:
    phone.get_by_test_id("composer").fill(text)
    phone.get_by_test_id("send").click()


def template(kind: str, **payload: object) -> Json:
    payload["template_type"] = kind
    return {"attachment": {"type": "template", "payload": payload}}


def choice(title: str, payload: str) -> Json:
    return {"content_type": "text", "title": title, "payload": payload}


def act(emulator: Emulator, psid: str, action: str) -> None:
    body = {"recipient": {"id": psid}, "sender_action": action}
    assert emulator.graph("POST", "me/messages", json=body).status_code == 200


def test_what_is_typed_reaches_the_webhook(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer(says=None)
    open_as(phone, emulator, psid)

    write(phone, "where is my order?")

    expect(bubbles(phone, "customer")).to_have_text("where is my order?")
    (event,) = webhook.wait_for("message")
    assert event["message"]["text"] == "where is my order?"
    expect(phone.get_by_test_id("composer")).to_have_value("")


def test_a_message_is_sent_then_delivered_then_seen(
    phone: Page, emulator: Emulator
) -> None:
    psid = emulator.customer(says=None)
    emulator.faults(webhook={"silence": "hold"})
    open_as(phone, emulator, psid)
    mark = phone.get_by_test_id("read-mark")

    write(phone, "hello?")
    expect(mark).to_have_text("Sent")
    emulator.faults()
    expect(mark).to_have_text("Delivered")
    act(emulator, psid, "mark_seen")
    expect(mark).to_have_text("Seen")


def test_enter_sends_and_shift_enter_breaks_the_line(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    open_as(phone, emulator, emulator.customer(says=None))
    composer = phone.get_by_test_id("composer")

    composer.press_sequentially("first")
    composer.press("Shift+Enter")
    composer.press_sequentially("second")
    composer.press("Enter")

    (event,) = webhook.wait_for("message")
    assert event["message"]["text"] == "first\nsecond"


def test_an_answer_appears_and_the_page_learns_that_it_was_read(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer(reads="shown")
    open_as(phone, emulator, psid)

    emulator.sent(psid, "On its way")

    expect(bubbles(phone, "page")).to_have_text("On its way")
    webhook.wait_for("read")


def test_quick_replies_are_offered_until_one_is_tapped(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer(says=None)
    emulator.say(psid, text="hi")
    choices = [choice("Track", "ORDER:TRACK"), choice("Return", "ORDER:RETURN")]
    emulator.sent(psid, {"text": "What about it?", "quick_replies": choices})
    open_as(phone, emulator, psid)
    offered = phone.get_by_test_id("quick-reply")
    expect(offered).to_have_text(["Track", "Return"])

    offered.first.click()

    expect(offered).to_have_count(0)
    message = webhook.wait_for("message", 2)[1]["message"]
    assert message["quick_reply"] == {"payload": "ORDER:TRACK"}
    expect(bubbles(phone, "customer").last).to_have_text("Track")


def test_quick_replies_go_when_the_next_message_comes(
    phone: Page, emulator: Emulator
) -> None:
    psid = emulator.customer()
    emulator.sent(psid, {"text": "Well?", "quick_replies": [choice("Yes", "Y")]})
    open_as(phone, emulator, psid)
    expect(phone.get_by_test_id("quick-reply")).to_have_count(1)

    emulator.sent(psid, "Never mind")

    expect(phone.get_by_test_id("quick-reply")).to_have_count(0)


def test_a_button_sends_a_postback_and_a_link_is_a_link(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    offered = [
        {"type": "postback", "title": "Remind me", "payload": "REMIND:7"},
        {"type": "web_url", "title": "Track", "url": "https://shop.example/t"},
        {"type": "phone_number", "title": "Call", "payload": "+4930123456"},
        {"type": "web_url", "title": "Odd", "url": "javascript:alert(1)"},
    ]
    emulator.sent(psid, template("button", text="Shall I?", buttons=offered[:3]))
    odd = [{"title": "Odd", "subtitle": "link", "buttons": offered[3:]}]
    emulator.sent(psid, template("generic", elements=odd))
    open_as(phone, emulator, psid)

    buttons = phone.get_by_test_id("button")
    expect(buttons).to_have_count(4)
    remind, track, call, never = buttons.all()
    expect(track).to_have_attribute("href", "https://shop.example/t")
    expect(track).to_have_attribute("rel", "noopener")
    expect(call).to_have_attribute("href", "tel:+4930123456")
    assert never.get_attribute("href") is None
    remind.click()

    (event,) = webhook.wait_for("postback")
    assert event["postback"]["payload"] == "REMIND:7"
    assert event["postback"]["title"] == "Remind me"
    expect(bubbles(phone, "customer").last).to_have_text("Remind me")


def test_an_address_in_a_text_is_a_link(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    emulator.sent(psid, "See https://shop.example/t?id=1&b=2. Not javascript:alert(1)")
    open_as(phone, emulator, psid)

    link = bubbles(phone, "page").get_by_role("link")

    expect(link).to_have_text("https://shop.example/t?id=1&b=2")
    expect(link).to_have_attribute("href", "https://shop.example/t?id=1&b=2")
    expect(link).to_have_attribute("rel", "noopener")


def test_cards_stand_in_a_row_that_scrolls(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    cards = [{"title": f"Mug {number}", "subtitle": "Blue"} for number in range(5)]
    emulator.sent(psid, template("generic", elements=cards))
    open_as(phone, emulator, psid)

    carousel = phone.get_by_test_id("carousel")

    expect(carousel.locator(".title")).to_have_text([f"Mug {n}" for n in range(5)])
    inside, shown = carousel.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inside > shown
    assert overflow(phone) == 0


def test_dots_are_shown_until_the_message_comes(
    phone: Page, emulator: Emulator
) -> None:
    psid = emulator.customer()
    open_as(phone, emulator, psid)
    dots = phone.get_by_test_id("typing")
    expect(dots).to_be_hidden()

    act(emulator, psid, "typing_on")
    expect(dots).to_be_visible()
    emulator.sent(psid, "Here you are")

    expect(dots).to_be_hidden()


def test_a_new_customer_is_greeted_and_can_get_started(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    profile = {
        "get_started": {"payload": "GO"},
        "greeting": [{"locale": "default", "text": "Hi {{user_first_name}}!"}],
    }
    emulator.graph("POST", "me/messenger_profile", json=profile)
    open_as(phone, emulator, emulator.customer(says=None, name="Ada Meier"))
    expect(phone.get_by_text("Hi Ada!")).to_be_visible()

    phone.get_by_test_id("get-started").click()

    (event,) = webhook.wait_for("postback")
    assert event["postback"]["payload"] == "GO"
    expect(phone.get_by_test_id("get-started")).to_be_hidden()
    expect(phone.get_by_text("Hi Ada!")).to_be_hidden()


def test_the_menu_of_the_page_can_be_used(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    action = {"type": "postback", "title": "My orders", "payload": "ORDERS"}
    menu = [{"locale": "default", "call_to_actions": [action]}]
    profile = {"get_started": {"payload": "GO"}, "persistent_menu": menu}
    emulator.graph("POST", "me/messenger_profile", json=profile)
    open_as(phone, emulator, emulator.customer())

    phone.get_by_test_id("menu").click()
    phone.get_by_role("button", name="My orders").click()

    (event,) = webhook.wait_for("postback")
    assert event["postback"]["payload"] == "ORDERS"


def test_a_thumbs_up_a_picture_and_a_place_can_be_sent(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    open_as(phone, emulator, emulator.customer(says=None))
    picture = f"{emulator.url}/static/thumbs-up.svg"

    phone.get_by_test_id("like").click()
    phone.get_by_test_id("attach").click()
    phone.get_by_role("button", name="A picture").click()
    phone.get_by_label("Address of the file").fill(picture)
    phone.get_by_test_id("attach-send").click()
    expect(phone.locator(".picture")).to_be_visible()
    phone.get_by_test_id("attach").click()
    phone.get_by_role("button", name="A location").click()
    phone.get_by_label("Latitude").fill("48.14")
    phone.get_by_test_id("attach-send").click()

    events = webhook.wait_for("message", 3)
    like, image, location = (e["message"]["attachments"][0] for e in events)
    assert like["payload"]["sticker_id"] == 369239263222822
    assert image == {"type": "image", "payload": {"url": picture}}
    place = {"lat": 48.14, "long": 13.405}
    assert location == {"type": "location", "payload": {"coordinates": place}}


def test_a_picture_that_does_not_load_says_so(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    gone = {"type": "image", "payload": {"url": f"{emulator.url}/static/gone.png"}}
    emulator.sent(psid, {"attachment": gone})

    open_as(phone, emulator, psid)

    expect(phone.get_by_text("This picture could not be loaded")).to_be_visible()


def test_customers_are_added_and_switched(
    browser: Browser, phone: Page, emulator: Emulator
) -> None:
    ada = emulator.customer(name="Ada Meier", says="I am Ada")
    bruno = emulator.customer(name="Bruno Costa", says="I am Bruno", reads="shown")
    phone.set_viewport_size(WIDE)
    open_as(phone, emulator, ada)
    emulator.sent(bruno, "Hello Bruno")
    people = phone.get_by_test_id("customer-switch")
    expect(people.filter(has_text="Bruno Costa").locator(".unread")).to_have_text("1")

    expect(people.first).to_contain_text("Bruno Costa")
    emulator.sent(ada, "Hello Ada")
    expect(people.first).to_contain_text("Ada Meier")

    people.filter(has_text="Bruno Costa").click()
    expect(bubbles(phone, "customer")).to_have_text("I am Bruno")
    expect(people.first).to_contain_text("Ada Meier")
    expect(phone.locator(".unread")).to_have_count(0)
    assert f"customer={bruno}" in phone.url

    phone.get_by_test_id("new-customer").click()
    expect(people).to_have_count(3)
    expect(bubbles(phone, "customer")).to_have_count(0)


def test_an_empty_messenger_says_what_to_do(phone: Page, emulator: Emulator) -> None:
    phone.goto(emulator.url)
    expect(phone.get_by_text("Nobody is here yet")).to_be_visible()
    expect(phone.get_by_test_id("composer")).to_be_hidden()

    phone.locator("main").get_by_role("button", name="Add a customer").click()

    expect(phone.get_by_test_id("composer")).to_be_focused()
    assert len(emulator.get("customers")["customers"]) == 1


def test_the_clock_is_shown_and_moved(phone: Page, emulator: Emulator) -> None:
    emulator.post("clock", {"now": "2027-01-31T09:00:00Z"})
    psid = emulator.customer()
    phone.set_viewport_size(WIDE)
    open_as(phone, emulator, psid)
    clock, window = phone.get_by_test_id("clock"), phone.get_by_test_id("window")
    expect(clock).to_have_text("09:00")
    expect(window).to_have_text(re.compile("Open for 23 h"))

    phone.get_by_test_id("clock-hour").click()
    expect(clock).to_have_text("10:00")
    phone.get_by_test_id("clock-day").click()
    expect(window).to_have_text("Closed")
    phone.get_by_test_id("clock-moment").fill("2027-03-01T07:30")
    phone.get_by_test_id("clock-set").click()

    expect(clock).to_have_text("07:30")
    assert emulator.get("clock")["now"].startswith("2027-03-01T07:30")


def test_blocking_the_page_is_a_box_to_tick(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    phone.set_viewport_size(WIDE)
    open_as(phone, emulator, psid)

    phone.get_by_test_id("blocked").check()
    write(phone, "hello?")

    expect(phone.locator("#trouble")).to_contain_text("unblock")
    assert emulator.send(psid, "hi").json()["error"]["code"] == 551


def test_what_is_written_is_never_markup(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    text = "<img src=x onerror=alert(1)><b>bold</b>"
    emulator.sent(psid, text)

    open_as(phone, emulator, psid)

    expect(bubbles(phone, "page")).to_have_text(text)
    assert phone.locator("#thread img, #thread b").count() == 0


def test_longer_titles_are_cut_as_the_platform_does(
    phone: Page, emulator: Emulator
) -> None:
    phone.goto(emulator.url)
    cut = phone.evaluate(
        "async () => { const { cut } = await import('/static/thread.js');"
        "return [cut('x'.repeat(20), 20), cut('👍'.repeat(21), 20), cut(null, 20)]; }"
    )

    assert cut == ["x" * 20, "👍" * 20 + "…", None]


def test_a_long_utility_message_is_shown_whole(phone: Page, emulator: Emulator) -> None:
    text = "Hello, your order has left us. " * 8
    parts = [
        {"type": "HEADER", "format": "TEXT", "text": "Order 4711"},
        {"type": "BODY", "text": text.strip()},
    ]
    new = {"name": "shipped", "language": "en", "category": "UTILITY"}
    emulator.graph("POST", "me/message_templates", json=new | {"components": parts})
    psid = emulator.customer()
    wish = {"name": "shipped", "language": {"code": "en"}, "components": []}
    emulator.sent(psid, {"template": wish}, messaging_type="UTILITY")

    open_as(phone, emulator, psid)

    expect(phone.locator(".subtitle")).to_have_text(text.strip())


def test_trouble_is_told_and_passes(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    open_as(phone, emulator, psid)
    phone.route("**/thread?*", lambda route: route.abort())
    emulator.sent(psid, "one")  # ends the poll that was already on its way
    trouble = phone.get_by_text("The emulator does not answer")
    expect(trouble).to_be_visible()

    phone.unroute("**/thread?*")

    expect(trouble).to_be_hidden()
    expect(bubbles(phone, "page")).to_have_text("one")


def test_a_reader_of_old_messages_is_not_moved(phone: Page, emulator: Emulator) -> None:
    psid = emulator.customer()
    for number in range(40):
        emulator.sent(psid, f"no. {number}")
    open_as(phone, emulator, psid)
    expect(bubbles(phone, "page")).to_have_count(40)
    phone.evaluate("document.getElementById('scroller').scrollTop = 0")

    emulator.sent(psid, "and one more")

    newer = phone.get_by_role("button", name="New messages")
    expect(newer).to_be_visible()
    assert phone.evaluate("document.getElementById('scroller').scrollTop") == 0
    newer.click()
    expect(bubbles(phone, "page").last).to_be_in_viewport()


def test_everything_can_be_done_with_the_keyboard(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    emulator.sent(psid, {"text": "Well?", "quick_replies": [choice("Yes", "Y")]})
    open_as(phone, emulator, psid)
    expect(phone.get_by_test_id("quick-reply")).to_be_visible()

    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")  # "Skip to the message field"
    expect(phone.get_by_test_id("composer")).to_be_focused()
    phone.keyboard.press("Shift+Tab")  # "Send something else"
    phone.keyboard.press("Shift+Tab")  # the quick reply
    phone.keyboard.press("Enter")

    message = webhook.wait_for("message", 2)[1]["message"]
    assert message["quick_reply"] == {"payload": "Y"}


def test_panels_open_over_a_narrow_phone_and_give_the_focus_back(
    phone: Page, emulator: Emulator
) -> None:
    open_as(phone, emulator, emulator.customer())
    opener = phone.get_by_role("button", name="Clock and window")

    opener.click()
    expect(phone.get_by_test_id("clock")).to_be_visible()
    phone.keyboard.press("Escape")

    expect(phone.get_by_test_id("clock")).to_be_hidden()
    expect(opener).to_be_focused()


def test_every_control_has_a_name(phone: Page, emulator: Emulator) -> None:
    phone.set_viewport_size(WIDE)
    open_as(phone, emulator, emulator.customer())

    nameless = phone.evaluate(
        "() => [...document.querySelectorAll('button, a, input, textarea')].filter("
        "e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length))"
        ".map(e => e.outerHTML)"
    )

    assert nameless == []


def overflow(page: Page) -> int:
    """How far the page can be scrolled to the side, which it should not."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_looks_like_a_phone_in_light_and_dark_and_arabic(
    browser: Browser, emulator: Emulator, size: Any, scheme: Any
) -> None:
    psid = emulator.customer(name="Dalia Haddad", says="مرحبا، أين طلبي رقم 4711؟")
    emulator.sent(psid, {"text": "أهلاً داليا!", "quick_replies": [choice("شكرا", "Y")]})
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    open_as(page, emulator, psid)
    expect(page.get_by_test_id("quick-reply")).to_have_text("شكرا")

    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{size['width']}-{scheme}.png")

    phone = page.locator("main").bounding_box()
    text = bubbles(page, "customer").locator("span")
    direction = text.evaluate("e => getComputedStyle(e).direction")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    sideways = overflow(page)
    context.close()
    assert phone is not None
    assert (phone["width"] == size["width"]) is (size is NARROW)
    assert phone["width"] <= 430
    assert direction == "rtl"
    assert sideways == 0
    brightness = sum(map(int, re.findall(r"\d+", background)[:3]))
    assert (brightness > 600) is (scheme == "light")


def test_the_switch_changes_light_and_dark(phone: Page, emulator: Emulator) -> None:
    phone.set_viewport_size(WIDE)
    open_as(phone, emulator, emulator.customer())

    def background() -> str:
        return str(phone.evaluate("getComputedStyle(document.body).backgroundColor"))

    before = background()
    phone.locator("#theme").click()
    after = background()
    phone.reload()

    assert after != before
    assert background() == after

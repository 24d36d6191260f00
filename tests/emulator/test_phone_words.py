"""The phone in the language of its browser, and what a customer says beside words."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import launched
from tests.emulator.conftest import Emulator, Webhook
from tests.emulator.test_phone import NARROW, PICTURES, WIDE, bubbles, choice, open_as

pytestmark = pytest.mark.browser
LONG = "أين طلبي رقم 48213 فقد انتظرت أسبوعين كاملين ولم يصل إلي حتى الآن شيء"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone in an Arabic browser."""
    context = browser.new_context(viewport=WIDE, locale="ar-EG", timezone_id="UTC")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_in_an_arabic_browser_the_phone_speaks_arabic_and_is_mirrored(
    phone: Page, emulator: Emulator
) -> None:
    psid = emulator.customer(says=LONG, name="Amira")
    open_as(phone, emulator, psid)
    assert phone.evaluate("[document.dir, document.documentElement.lang]") == [
        "rtl",
        "ar",
    ]
    expect(phone.get_by_role("heading", name="العملاء")).to_be_visible()
    expect(phone.get_by_test_id("composer")).to_have_attribute("placeholder", "رسالة")
    expect(phone.get_by_test_id("window")).to_contain_text("مفتوحة لمدة")
    phone.screenshot(path=PICTURES / "arabic.png")


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("es-ES", "Clientes"),
        ("fr-FR", "Clients"),
        ("zh-CN", "客户"),
        ("de", "Customers"),
    ],
)
def test_every_browser_gets_its_language_or_english(
    browser: Browser, emulator: Emulator, locale: str, told: str
) -> None:
    context = browser.new_context(viewport=WIDE, locale=locale)
    page = context.new_page()
    open_as(page, emulator, emulator.customer(says=None))
    expect(page.get_by_role("heading", name=told, exact=True)).to_be_visible()
    context.close()


def test_a_customer_has_the_language_of_the_phone_and_may_choose_another(
    phone: Page, emulator: Emulator
) -> None:
    phone.goto(emulator.url)
    phone.locator("#add:visible, #new:visible").first.click()
    expect(phone.get_by_test_id("locale")).to_have_value("ar_AR")
    (told,) = emulator.get("customers")["customers"]
    assert told["locale"] == "ar_AR"
    with phone.expect_response(f"**/api/customers/{told['psid']}"):
        phone.get_by_test_id("locale").select_option("fr_FR")
    assert emulator.get(f"customers/{told['psid']}")["locale"] == "fr_FR"


def test_in_the_list_the_beginning_of_what_was_said_is_seen(
    browser: Browser, emulator: Emulator
) -> None:
    context = browser.new_context(viewport=WIDE, locale="en-GB")
    page = context.new_page()
    open_as(page, emulator, emulator.customer(says=LONG))
    told = page.locator(".person .last bdi").first
    expect(told).to_have_text(LONG)
    assert told.evaluate("box => box.scrollWidth > box.clientWidth")
    assert told.evaluate(
        """box => {
          const range = document.createRange();
          range.setStart(box.firstChild, 0);
          range.setEnd(box.firstChild, 3);
          const [word, here] = [range, box].map((it) => it.getBoundingClientRect());
          return word.left >= here.left - 1 && word.right <= here.right + 1;
        }"""
    )
    context.close()


def test_no_quick_reply_runs_off_the_edge(phone: Page, emulator: Emulator) -> None:
    phone.set_viewport_size(NARROW)
    psid = emulator.customer()
    titles = ["Where is my parcel?", "Return what I bought", "Something else, yes"]
    choices = [choice(title, title) for title in titles]
    emulator.sent(psid, {"text": "Which one?", "quick_replies": choices})
    open_as(phone, emulator, psid)
    offered = phone.get_by_test_id("quick-reply")
    expect(offered).to_have_count(3)
    for number, title in enumerate(titles):
        expect(offered.nth(number)).to_be_in_viewport(ratio=1)
        expect(offered.nth(number)).to_have_text(title)


def test_a_message_is_replied_to_and_quoted(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    psid = emulator.customer()
    sent = emulator.sent(psid, "It is on its way.")
    open_as(phone, emulator, psid)
    row = phone.locator("#thread .row[data-author=page]").last
    row.get_by_test_id("more").click()
    row.get_by_test_id("reply").click()
    expect(phone.get_by_test_id("replying")).to_contain_text("It is on its way.")

    phone.get_by_test_id("composer").fill("since when?")
    phone.get_by_test_id("send").click()

    expect(bubbles(phone, "customer").last).to_have_text("since when?")
    expect(phone.get_by_test_id("quoted")).to_have_text("It is on its way.")
    expect(phone.get_by_test_id("replying")).to_be_hidden()
    message = webhook.wait_for("message", 2)[-1]["message"]
    assert message["reply_to"] == {"mid": sent}


def test_a_voice_message_is_sent_also_without_a_file(
    phone: Page, emulator: Emulator, webhook: Webhook
) -> None:
    open_as(phone, emulator, emulator.customer(says=None))
    phone.get_by_test_id("attach").click()
    phone.get_by_role("button", name="رسالة صوتية").click()
    phone.get_by_test_id("attach-send").click()
    expect(phone.locator("audio")).to_be_visible()
    length = phone.locator("audio").evaluate(
        """audio => new Promise((done) => {
          if (audio.duration) done(audio.duration);
          audio.addEventListener("loadedmetadata", () => done(audio.duration));
        })"""
    )
    assert length == pytest.approx(0.5)
    (event,) = webhook.wait_for("message")
    (audio,) = event["message"]["attachments"]
    assert audio["type"] == "audio"

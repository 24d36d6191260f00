"""What agents and admins do in the browser, and what the customer then gets."""

import re
from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

HANDED_OVER = "I've asked a colleague to take over"
LIVE_WITHIN = 2.0  # seconds


def test_a_person_answers_from_the_inbox_and_gives_back(
    phone: Callable[..., Phone], ada: Page
) -> None:
    dan = phone("Dan Vale")
    name = _asks_for_a_person(dan, ada)

    ada.get_by_role("link", name=name).click()
    expect(ada.get_by_role("region", name="Messages")).to_contain_text(HANDED_OVER)
    ada.get_by_test_id("claim").click()
    _answer(ada, "Hello Dan, Ada here. What can I do?")
    expect(dan.answers.last).to_have_text("Hello Dan, Ada here. What can I do?")

    dan.write("when are you open?")
    expect(_bubbles(ada).last).to_have_text("when are you open?")
    _answer(ada, "For you: always.")
    expect(dan.answers.last).to_have_text("For you: always.")

    expect(_bubbles(ada).last).to_contain_text("For you: always.")  # her page, too
    ada.get_by_test_id("more").click()
    ada.get_by_test_id("give-back").click()
    expect(ada.get_by_text("The assistant answers again.")).to_be_visible()
    expect(dan.ask("when are you open?")).to_contain_text("10 am to 6 pm")
    expect(_bubbles(ada).last).to_contain_text("10 am to 6 pm")


def test_who_waits_appears_in_the_inbox_by_itself_and_is_announced(
    phone: Callable[..., Phone], ada: Page
) -> None:
    name = _asks_for_a_person(phone("Finn Lowe"), ada)

    # Their name is asked for meanwhile, and they are announced once.
    called = re.compile(rf"({re.escape(name)}|Customer \d+) waits for a person")
    expect(ada.locator("#announcer")).to_contain_text(called)
    expect(ada).to_have_title(re.compile(r"^(@\d+ )?\(\d+\) Inbox"))


def test_of_two_who_claim_at_once_one_wins(
    phone: Callable[..., Phone], ada: Page, grace: Page, demo: Demo
) -> None:
    name = _asks_for_a_person(phone("Grace Shaw"), ada)
    grace.goto(f"{demo.url}/inbox/")
    for agent in (ada, grace):
        agent.get_by_role("link", name=name).click()
        expect(agent.get_by_test_id("claim")).to_be_visible()

    for agent in (ada, grace):
        agent.get_by_test_id("claim").evaluate("button => button.click()")

    won = ada.get_by_text("This conversation is yours.")
    lost = ada.get_by_text("Grace was faster")
    expect(won.or_(lost)).to_be_visible()
    winner, loser = (ada, grace) if won.is_visible() else (grace, ada)
    expect(winner.get_by_test_id("composer")).to_be_visible()
    expect(loser.get_by_text("was faster")).to_be_visible()
    expect(loser.get_by_test_id("composer")).to_have_count(0)


def test_what_is_half_written_outlives_news_and_a_look_elsewhere(
    phone: Callable[..., Phone], ada: Page
) -> None:
    hugo = phone("Hugo Dane")
    other = _asks_for_a_person(phone("Iris Fell"), ada)
    name = _asks_for_a_person(hugo, ada)
    ada.get_by_role("link", name=name).click()
    ada.get_by_test_id("claim").click()
    composer = ada.get_by_test_id("composer")
    composer.fill("Dear Hugo, I am")

    hugo.write("are you there?")

    expect(_bubbles(ada).last).to_have_text("are you there?")
    expect(composer).to_have_value("Dear Hugo, I am")
    expect(composer).to_be_focused()
    expect(ada.get_by_text("Something new came since you began")).to_be_visible()
    ada.get_by_role("link", name=re.compile("^Waiting")).click()
    ada.get_by_role("link", name=other).click()
    expect(ada.get_by_role("heading", level=1)).to_have_text(other)
    ada.evaluate("history.back()")
    expect(ada.get_by_role("heading", name="Nothing is open")).to_be_visible()
    ada.get_by_role("link", name=re.compile("^Mine")).click()
    ada.get_by_role("link", name=name).click()
    expect(composer).to_have_value("Dear Hugo, I am")


def test_an_answer_that_an_admin_changed_reaches_the_phone_and_so_does_the_old_one(
    phone: Callable[..., Phone], grace: Page
) -> None:
    jon = phone("Jon Kerr")
    old = jon.ask("do you sell gift cards?").inner_text().split("\n\n")[-1]
    new = "Gift cards are sold out until the spring."

    grace.get_by_label("Search questions, phrasings and answers").fill("gift card")
    grace.keyboard.press("Enter")
    # The phone beside the editor hears what is written once the page's scripts run.
    with grace.expect_navigation():
        grace.get_by_role("link", name="gift cards").first.click()
    grace.get_by_label("Answer in English").fill(new)
    expect(grace.locator("#preview")).to_contain_text(new)
    grace.get_by_test_id("save").click()
    expect(grace.locator("main").get_by_role("status").first).to_contain_text("Saved")
    _arrives(jon, new)

    grace.get_by_role("link", name="See all versions").click()
    grace.get_by_role("button", name="Restore version 1").click()
    expect(grace.locator("main").get_by_role("status").first).to_contain_text(
        "is restored"
    )
    _arrives(jon, old)


def _arrives(customer: Phone, words: str) -> None:
    """What has just been saved is what is said to whoever asks two seconds later."""
    live = monotonic() + LIVE_WITHIN
    while True:
        # Who asks from then on is answered so, however long the answer takes.
        must, before = monotonic() >= live, len(customer.told())
        customer.ask("do you sell gift cards?")
        said = customer.told()[before:]
        if any(words in one for one in said):
            return
        assert not must, said


def _asks_for_a_person(customer: Phone, agent: Page) -> str:
    """The name of somebody who has come to wait in the inbox just now."""
    expect(customer.ask("I want to talk to a person")).to_contain_text(HANDED_OVER)
    # At first without a name: Messenger is asked for it meanwhile.
    expect(agent.get_by_role("link", name=customer.name)).to_be_visible()
    return customer.name


def _answer(agent: Page, text: str) -> None:
    agent.get_by_test_id("composer").fill(text)
    agent.get_by_test_id("send").click()


def _bubbles(agent: Page) -> Locator:
    return agent.locator("[data-testid=bubble]")

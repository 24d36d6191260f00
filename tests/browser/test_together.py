"""The moment with everybody in it: two agents, an admin and three phones, at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from benchmarks import moment
from benchmarks.moment import Scene
from bot.demo.moment import script
from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

OPEN = "Until six, see you then!"
THEIRS = "Omar here: your poster is at the door, Lina."


@pytest.fixture
def omar(grace: Page, window: Callable[..., Page], demo: Demo) -> Page:
    """The inbox of a second agent, whom the admin has invited."""
    grace.goto(f"{demo.url}/admin/people")
    grace.get_by_label("Login, such as").fill("omar@example.com")
    grace.get_by_role("radio", name="Agent").check()
    grace.get_by_role("button", name="Make an invitation").click()
    page = window()
    page.goto(grace.locator("#link").input_value())
    page.get_by_label("Your name, as colleagues see it").fill("Omar")
    page.get_by_label("Choose a password").fill("grey herons wade in tall reeds")
    page.get_by_role("button", name="Join").click()
    page.goto(f"{demo.url}/inbox/")
    return page


def test_two_agents_an_admin_and_three_phones(
    phone: Callable[..., Phone], ada: Page, omar: Page, grace: Page, demo: Demo
) -> None:
    says = script()
    maya, lina, tom = phone("Maya Ellis"), phone("Lina Berg"), phone("Tom Fell")
    expect(maya.ask(says.asked)).to_contain_text("colleague")
    expect(lina.ask("I want a person")).to_contain_text("colleague")

    # Both agents want her; one gets her, the other is told who, and takes the next.
    winner, loser = _both_claim(maya.name, ada, omar)
    _say(winner, says.answer)
    expect(maya.answers.last).to_have_text(says.answer)
    _open(loser, lina.name, demo)
    loser.get_by_test_id("claim").click()
    _say(loser, THEIRS)
    expect(lina.answers.last).to_have_text(THEIRS)
    maya.write("thank you, until when are you open today?")
    expect(_bubbles(winner).last).to_contain_text("until when")
    _say(winner, OPEN)

    # The admin is called, comes, and teaches what the agent has answered.
    winner.get_by_role("link", name="Private note").click()
    winner.get_by_label("A private note").fill("@Grace this is asked all the time")
    winner.get_by_test_id("keep-note").click()
    _open(grace, maya.name, demo, "?view=mentions")
    expect(grace.get_by_test_id("note")).to_contain_text("asked all the time")
    scene = Scene(
        first=maya.page, second=tom.page, desk=grace, url=demo.url, name=maya.name
    )
    moment.teach(scene)
    answered = re.search(r"Would have answered (\d+) of", moment.check(scene))
    assert answered is not None
    assert int(answered[1]) >= 10
    moment.publish(scene)

    # A third phone asks in other words; whom people have, nobody talks over.
    expect(tom.ask(says.again)).to_contain_text(says.answer)
    maya.write(says.again)
    expect(_bubbles(winner).last).to_have_text(says.again)
    assert maya.told()[-1] == OPEN
    _open(winner, maya.name, demo, "?view=mine")
    winner.get_by_test_id("more").click()
    winner.get_by_test_id("give-back").click()
    expect(maya.answers.last).to_contain_text(says.answer)
    assert lina.told()[-1] == THEIRS


def _both_claim(name: str, *agents: Page) -> tuple[Page, Page]:
    """Let both press Claim at once; return who has the customer, and who has not."""
    for agent in agents:
        agent.get_by_role("link", name=name).click()
        expect(agent.get_by_test_id("claim")).to_be_visible()
    for agent in agents:
        agent.get_by_test_id("claim").evaluate("button => button.click()")
    one, other = agents
    won = one.get_by_text("This conversation is yours.")
    expect(won.or_(one.get_by_text("was faster"))).to_be_visible()
    winner, loser = (one, other) if won.is_visible() else (other, one)
    expect(loser.get_by_text("was faster")).to_be_visible()
    expect(loser.get_by_test_id("composer")).to_have_count(0)
    return winner, loser


def _open(agent: Page, name: str, demo: Demo, view: str = "") -> None:
    agent.goto(f"{demo.url}/inbox/{view}")
    agent.locator(".line", has_text=name).click()
    expect(agent.get_by_role("heading", level=1)).to_have_text(name)


def _say(agent: Page, words: str) -> None:
    agent.get_by_test_id("composer").fill(words)
    agent.get_by_test_id("send").click()
    expect(_bubbles(agent).last).to_contain_text(words)


def _bubbles(page: Page) -> Locator:
    return page.get_by_test_id("bubble")

"""Where pages have nothing to listen to, they ask by themselves: see docs/run.md."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.alike import equals_a_fresh_load
from tests.browser.conftest import Demo, running_demo

pytestmark = pytest.mark.browser

ASKED = 6_000  # ms; they ask every two seconds


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo without a port for events."""
    with running_demo(tmp_path_factory.mktemp("demo"), FRONTDESK_EVENTS_PORT="0") as on:
        yield on


def test_without_a_port_for_events_a_message_comes_all_the_same(
    ada: Page, demo: Demo
) -> None:
    asked: list[str] = []
    ada.on("request", lambda request: asked.append(request.url))
    psid = demo.messenger.customer(says="I want a person", name="Una Reed")
    line = ada.locator(".line", has_text="Una Reed")
    expect(line).to_be_visible(timeout=ASKED)
    line.click()
    ada.get_by_test_id("claim").click()
    expect(ada.get_by_test_id("composer")).to_be_visible()
    demo.messenger.say(psid, text="are you there?")
    theirs = ada.locator("li.said.them").last
    expect(theirs).to_contain_text("are you there?", timeout=ASKED)
    ada.goto(ada.url.split("&note")[0])
    demo.messenger.say(psid, text="and now?")
    expect(theirs).to_contain_text("and now?", timeout=ASKED)
    equals_a_fresh_load(ada)
    assert ada.locator(".news").get_attribute("data-events") == ""
    assert [url for url in asked if "/events" in url] == []

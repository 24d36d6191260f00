"""The line on which a page listens is lost: once it is back, nothing is missing.

Page and listener are reached through proxies on another address of this machine, as
through a network that can break, and break they do. Customers and a colleague go on.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from benchmarks.proxy import Proxy
from bot.commands.environment import free_port
from tests.browser.alike import equals_a_fresh_load
from tests.browser.conftest import Demo, running_demo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

HERE, THERE = "127.0.0.1", "127.0.0.2"
AT_ONCE = 10_000  # ms; else a page asks every thirty seconds
TWO_HOURS = 2 * 3600 * 1000


@dataclass(frozen=True)
class Ways:
    """How one gets there: a demo at its own address, and two lines that can break."""

    demo: Demo
    pages: Proxy
    events: Proxy

    def cut(self) -> None:
        self.pages.cut()
        self.events.cut()

    def mend(self) -> None:
        self.pages.mend()
        self.events.mend()


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    home, port = tmp_path_factory.mktemp("demo"), free_port(HERE, 0)
    with running_demo(home, FRONTDESK_EVENTS_PORT=str(port)) as demo:
        shown = urlsplit(demo.url).port or 0
        pages = Proxy(HERE, shown, at=(THERE, shown))
        events = Proxy(HERE, port, at=(THERE, port))
        yield Ways(demo, pages, events)
        pages.close()
        events.close()


@pytest.fixture(scope="module")
def demo(ways: Ways) -> Demo:
    """The demo as it is reached by the lines that can break."""
    return replace(ways.demo, url=f"http://{THERE}:{ways.pages.port}")


class Colleague:
    """Somebody at the machine itself, where the demo lets everybody in."""

    def __init__(self, url: str, role: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.csrf_token = self._token("/")
        self.press(f"/demo/sign-in/{role}")
        self.csrf_token = self._token("/inbox/")

    def press(self, path: str, **fields: str) -> None:
        form = {"csrf_token": self.csrf_token, **fields}
        assert self.session.post(self.url + path, data=form).status_code == 200, path

    def _token(self, path: str) -> str:
        page = self.session.get(self.url + path).text
        return re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]


@pytest.fixture
def grace(ways: Ways) -> Iterator[Colleague]:
    """A colleague whose line never breaks."""
    colleague = Colleague(ways.demo.url, "admin")
    yield colleague
    colleague.session.close()


@pytest.fixture
def ada(window: Callable[..., Page], demo: Demo, ways: Ways) -> Page:
    """An agent who comes from elsewhere; the clock of her page can be moved."""
    ways.mend()
    page = window()
    with Colleague(ways.demo.url, "agent").session as session:
        cookies = [*session.cookies]
    page.context.add_cookies(
        [{"name": c.name, "value": c.value or "", "url": demo.url} for c in cookies]
    )
    page.clock.install()
    return page


@dataclass(frozen=True)
class Scene:
    """What Ada has before her, and what becomes of it while her line is lost."""

    page: Page
    demo: Demo
    grace: Colleague
    numbers: dict[str, str]
    psid: str
    label: str

    def goes_on(self, said: str) -> None:
        """Customers write, one is new, a colleague claims, a label is put on."""
        self.demo.messenger.say(self.psid, text=said)
        self.demo.messenger.customer(says="I want a person", name=f"Zoe {said}")
        self.grace.press(f"/inbox/{self.numbers['Bea']}/claim")
        self.grace.press(f"/inbox/{self.numbers['Ada']}/labels", label=self.label)

    def is_whole(self, said: str, within: float = AT_ONCE) -> None:
        """The page has it all soon, and in nothing differs from a fresh load."""
        thread = self.page.locator("[data-thread]")
        expect(thread).to_contain_text(said, timeout=within)
        expect(self.line(f"Zoe {said}")).to_be_visible(timeout=within)
        expect(self.line("Bea Cole")).to_have_count(0, timeout=within)
        expect(self.page.locator(".about-them .labels li")).to_have_count(1)
        equals_a_fresh_load(self.page)

    def line(self, name: str) -> Locator:
        return self.page.locator(".line", has_text=name)


@pytest.fixture
def scene(ada: Page, grace: Colleague, demo: Demo) -> Iterator[Scene]:
    """A conversation that Ada answers, beside the list of who waits, Bea among them."""
    psid = demo.messenger.customer(says="I want a person", name="Adam Moss")
    demo.messenger.customer(says="I want a person", name="Bea Cole")
    ada.goto(f"{demo.url}/inbox/?view=waiting")
    numbers = {
        "Ada": number(ada, "Adam Moss"),
        "Bea": number(ada, "Bea Cole"),
    }
    ada.goto(f"{demo.url}/inbox/{numbers['Ada']}?view=waiting")
    ada.get_by_test_id("claim").click()
    expect(ada.get_by_test_id("composer")).to_be_visible()
    label = ada.locator(".about-them select[name=label] option").first.get_attribute(
        "value"
    )
    assert label
    with ada.expect_request("**/events?*"):
        ada.goto(f"{demo.url}/inbox/{numbers['Ada']}?view=waiting")
    ada.wait_for_timeout(3000)  # it listens, and has had its first news
    yield Scene(ada, demo, grace, numbers, psid, label)
    for one in numbers.values():
        grace.press(f"/inbox/{one}/take-over")
        grace.press(f"/inbox/{one}/resolve")


def number(page: Page, name: str) -> str:
    """The number of a conversation, from its line in the list."""
    line = page.locator(".line", has_text=name).first
    return re.findall(r"/inbox/(\d+)", line.get_attribute("href") or "")[0]


def test_a_line_that_was_lost_for_a_second_leaves_nothing_out(
    scene: Scene, ways: Ways
) -> None:
    ways.events.cut()
    scene.goes_on("a second")
    scene.page.wait_for_timeout(1000)
    ways.events.mend()
    scene.is_whole("a second")


def test_a_page_that_slept_for_two_hours_is_at_once_what_it_would_be_afresh(
    scene: Scene, ways: Ways
) -> None:
    clock = scene.page.clock
    clock.pause_at(scene.page.evaluate("Date.now()") + 1000)
    ways.cut()
    scene.goes_on("sleep")
    ways.mend()
    clock.fast_forward(TWO_HOURS)
    clock.resume()
    scene.is_whole("sleep")

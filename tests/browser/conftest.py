"""The demo as it is started by anybody, and people in front of real browsers."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bot.permissions import every_route
from tests.bot.web.addresses import address
from tests.chromium import launched
from tests.emulator.conftest import Emulator

COMMAND = Path(sys.executable).with_name("frontdesk")
SAMPLES = Path(__file__).parents[2] / "data" / "demo"
PATIENCE = 300_000  # ms; publishing is checked first, however long that takes
EVENTS = re.compile(r"http://127\.0\.0\.\d:\d+/events\?")
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
#: What shows no page: it leads elsewhere, is a part of one or a file.
NO_PAGES = (
    "/static/",
    "/healthz",
    "/inbox/news",
    "/admin/audit.csv",
    "/admin/faq/en.yml",
    "/admin/satisfaction.csv",
    "/admin/checks/",
    "/admin/learning",
    "/admin/pictures/",
    "/admin/playing",
    "/admin/undertakings/news",
    "/inbox/1/canned",
    "/inbox/colleagues",
    "/inbox/emoji",
    "/demo/steps",
)


def _pages(*, for_staff: bool) -> tuple[str, ...]:
    """The address of every page there is."""
    found = (
        address(route.path)
        for route in every_route()
        if route.method == "GET" and (route.needs is not None) is for_staff
    )
    return tuple(path for path in found if not path.startswith(NO_PAGES))


FOR_ANYBODY = (*_pages(for_staff=False), "/nowhere")
FOR_STAFF = (
    *_pages(for_staff=True),
    *("/inbox/?view=mine", "/inbox/1?write=note", "/admin/faq/?q=zebra"),
    *("/inbox/?q=delivery", "/inbox/?q=zebra", "/inbox/1?q=delivery"),
)

Json = dict[str, Any]


@dataclass(frozen=True)
class Demo:
    """A running demo: where it is, its Messenger, and where it keeps all."""

    url: str
    messenger: Emulator
    home: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@contextmanager
def running_demo(home: Path, *words: str, **settings: str) -> Iterator[Demo]:
    """`frontdesk demo`, on a free port; it may log no error until it ends."""
    log = home / "log"
    with log.open("w") as errors, _started(home, errors, words, settings) as process:
        try:
            yield from _ready(process, home)
        finally:  # also of one that did not begin in time: it is waited for
            process.terminate()
        assert process.wait(30) == 0
    assert _went_wrong(log) == []


def _ready(process: subprocess.Popen[str], home: Path) -> Iterator[Demo]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, (home / "log").read_text()
    facts = json.loads(line)
    emulator = Emulator(facts["emulator"])
    yield Demo(facts["app"], emulator, home)
    emulator.session.close()


def _started(
    home: Path, errors: IO[str], words: Sequence[str], settings: Mapping[str, str]
) -> subprocess.Popen[str]:
    ours = ("FACEBOOK_", "FRONTDESK_", "GRAPH_", "BROKER_", "DATABASE_")
    env = {name: told for name, told in os.environ.items() if not name.startswith(ours)}
    env |= {"FRONTDESK_HOME": str(home), "FRONTDESK_PORT": "0", **settings}
    return subprocess.Popen(  # noqa: S603 - our own command
        [COMMAND, "demo", *words],
        env=env,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )


def _went_wrong(log: Path) -> list[str]:
    lines = log.read_text().splitlines()
    return [line for line in lines if '"level": "error"' in line or "Traceback" in line]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with launched() as browser:
        yield browser


@pytest.fixture
def window(chromium: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own; no script fails in it, nothing leaves the machine."""
    opened: list[BrowserContext] = []
    errors: list[str] = []
    asked: list[str] = []

    def window(**how: Any) -> Page:
        how = {"viewport": WIDE, "locale": "en-GB", "timezone_id": "UTC"} | how
        opened.append(chromium.new_context(**how))
        page = opened[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        return page

    yield window
    for context in opened:
        context.close()
    assert errors == []
    ours = (f"{demo.url}/", f"{demo.messenger.url}/")
    # The page listens for news on a port beside, of the same host.
    elsewhere = [url for url in asked if not url.startswith(ours)]
    assert [url for url in elsewhere if not EVENTS.match(url)] == []


class Phone:
    """A customer with a phone."""

    def __init__(self, page: Page, demo: Demo, psid: str, name: str) -> None:
        self.page, self.psid, self.name = page, psid, name
        page.goto(f"{demo.messenger.url}/?customer={psid}")
        self.answers = page.locator("[data-testid=bubble][data-author=page]")
        self.choices = page.get_by_test_id("quick-reply")

    def write(self, text: str) -> None:
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("send").click()

    def ask(self, text: str) -> Locator:
        """Write *text* and return the answer to it."""
        before = self.answers.count()
        self.write(text)
        expect(self.answers).not_to_have_count(before)
        return self.answers.last

    def told(self) -> list[str]:
        """All that the Page has said."""
        return self.answers.all_inner_texts()


@pytest.fixture
def phone(window: Callable[..., Page], demo: Demo) -> Callable[..., Phone]:
    """Hand somebody a phone; their name is what the inbox shows."""

    def phone(name: str) -> Phone:
        psid = demo.messenger.customer(says=None, name=name, reads="shown")
        return Phone(window(viewport=NARROW), demo, psid, name)

    return phone


@pytest.fixture
def ada(window: Callable[..., Page], demo: Demo) -> Page:
    """The inbox of an agent, who came by the start page."""
    return signed_in(window(), demo, "as-agent")


@pytest.fixture
def grace(window: Callable[..., Page], demo: Demo) -> Page:
    """The FAQ of an admin, who came by the start page."""
    return signed_in(window(), demo, "as-admin")


def signed_in(page: Page, demo: Demo, button: str) -> Page:
    """Sign in by a button of the start page."""
    page.goto(f"{demo.url}/")
    page.get_by_test_id(button).click()
    expect(page).not_to_have_url(f"{demo.url}/")
    return page


def sample(name: str, **wanted: str) -> dict[str, str]:
    """The last row of a file of the demo's shop with these values."""
    with (SAMPLES / f"{name}.csv").open(newline="") as file:
        rows = [*csv.DictReader(file)]
    return [row for row in rows if wanted.items() <= row.items()][-1]

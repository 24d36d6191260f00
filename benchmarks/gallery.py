"""Every page as it looks: at a desk and on a phone, by day, by night, and in Arabic.

    python -m benchmarks.gallery [--out docs/pages] [--only /inbox/] [--json]

A demo is started, a customer asks for a person, and each page, which come from the
routes, is opened in a browser; so is what shows only once something was done. A page
becomes one picture of its six looks, and a line in docs/pages.md; what leads elsewhere,
or is not there, has none.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.crowd import Emulator
from benchmarks.footprint import demo
from benchmarks.scenes import SCENES, Desk, Scene
from tests.browser.conftest import FOR_ANYBODY, FOR_STAFF
from tests.chromium import launched

ROOT = Path(__file__).parents[1]
DESK, PHONE = (1280, 800), (390, 800)
HEIGHT, GAP, GROUND = 480, 12, "#8b8781"
QUALITY = 72
SETTLES = 400  # ms until what slides in has arrived
PATIENCE = 60_000  # ms for the customer to be in the queue
CUSTOMER = "Anna Archer"
#: Of the sample shop in data/demo; the agent sees the order, and why they are wanted.
SAYS = (
    "where is my order?",
    "41976",
    "grace.shaw@example.com",
    "can I talk to a person please?",
)
#: Where a look of a page stands in its picture.
LOOKS = (
    ("at a desk", DESK, "light", "en-GB"),
    ("at night", DESK, "dark", "en-GB"),
    ("in Arabic", DESK, "light", "ar"),
    ("on a phone", PHONE, "light", "en-GB"),
    ("on a phone at night", PHONE, "dark", "en-GB"),
    ("on a phone in Arabic", PHONE, "light", "ar"),
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """A browser that shows pages in one way, signed in or not."""

    page: Page
    url: str

    def has(self, address: str) -> bool:
        """Whether there is a page, which leads nowhere else."""
        found = self.page.request.get(self.url + address, max_redirects=0)
        is_page = "text/html" in found.headers.get("content-type", "")
        return is_page and (found.ok or address in FOR_ANYBODY and found.status >= 400)

    def shot(self, address: str) -> Image.Image:
        """Return what a page looks like."""
        self.page.goto(self.url + address)
        return self._now()

    def scene(self, scene: Scene, address: str) -> Image.Image:
        """Return what a page looks like once something was done there."""
        scene.show(self.page, self.url + address)
        return self._now()

    def _now(self) -> Image.Image:
        self.page.wait_for_timeout(SETTLES)
        return Image.open(BytesIO(self.page.screenshot())).convert("RGB")


def main() -> int:
    """Take all pictures, and write the page that shows them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pages")
    parser.add_argument("--only", help="pages whose address begins so")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sizes = {}
    with demo() as on, launched() as browser:
        _talk(on.facts["emulator"])
        for address, picture in _pictures(browser, on.facts, options.only or "/"):
            path = options.out / f"{named(address)}.webp"
            picture.save(path, quality=QUALITY, method=6)
            sizes[address] = path.stat().st_size
    if not options.only:
        (options.out.parent / "pages.md").write_text(_listed(sizes, options.out.name))
    print(json.dumps(sizes) if options.json else f"{len(sizes)} pages")
    return 0


def named(address: str) -> str:
    """Return the name of a page's picture, from its address."""
    words = "".join(sign if sign.isalnum() else " " for sign in address).split()
    return "-".join(words) or "start"


def _pictures(
    browser: Browser, facts: Mapping[str, Any], only: str
) -> Iterator[tuple[str, Image.Image]]:
    """Yield each page with its picture; those of the staff as an admin sees them."""
    url = facts["app"]
    anybody = [_look(browser, url, look, None) for look in LOOKS]
    staff = [_look(browser, url, look, "as-admin") for look in LOOKS]
    waiting = _prepared(staff)
    for addresses, looks in ((FOR_ANYBODY, anybody), ((*FOR_STAFF, waiting), staff)):
        for address in addresses:
            if address.startswith(only) and looks[0].has(address):
                yield address, _beside([look.shot(address) for look in looks])
    desk = Desk(
        browser=browser,
        page=staff[0].page,
        url=url,
        emulator=facts["emulator"],
        waiting=waiting,
    )
    for scene in SCENES:
        if scene.name.startswith(only):
            address = scene.address(desk)
            looks = staff if scene.for_staff else anybody
            yield scene.name, _beside([look.scene(scene, address) for look in looks])


def _talk(emulator: str) -> None:
    """Let a customer ask after an order, and then for a person."""
    with closing(Emulator(emulator)) as say:
        psid = say("POST", "/api/customers", {"name": CUSTOMER})["psid"]
        heard = 0
        for text in SAYS:
            say("POST", f"/api/customers/{psid}/say", {"text": text})
            news = f"/api/customers/{psid}/messages?after={heard}&wait=20"
            heard += len(say("GET", news)["messages"])


def _prepared(looks: list[Look]) -> str:
    """Make what has a page of its own; return where the customer waits."""
    page, url = looks[0].page, looks[0].url
    page.goto(f"{url}/account/")
    page.click("form[action$=begin] button")
    page.goto(f"{url}/inbox/?view=waiting")
    line = page.locator("a.line", has_text=CUSTOMER).first
    line.wait_for(timeout=PATIENCE)
    return str(line.get_attribute("href")).partition("?")[0]


def _look(
    browser: Browser,
    url: str,
    look: tuple[str, tuple[int, int], str, str],
    button: str | None,
) -> Look:
    _, (width, height), scheme, locale = look
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if button:
        page.goto(url)
        page.get_by_test_id(button).click()
        page.wait_for_load_state()
    return Look(page=page, url=url)


def _beside(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures of one height side by side."""
    scaled = [
        one.resize((one.width * HEIGHT // one.height, HEIGHT), Image.Resampling.LANCZOS)
        for one in pictures
    ]
    width = sum(one.width for one in scaled) + GAP * (len(scaled) + 1)
    whole = Image.new("RGB", (width, HEIGHT + 2 * GAP), GROUND)
    at = GAP
    for one in scaled:
        whole.paste(one, (at, GAP))
        at += one.width + GAP
    return whole


def _listed(sizes: dict[str, int], folder: str) -> str:
    looks = ", ".join(look[0] for look in LOOKS)
    lines = [
        "# The pages",
        "",
        f"Each as it looks {looks}.",
        "Made by `python -m benchmarks.gallery` from the",
        "demo; what stands in the conversations there was written by us.",
    ]
    for address in sizes:
        where, _, done = address.partition(", ")
        title = f"`{where}`, {done}" if done else f"`{where}`"
        lines += ["", f"## {title}", "", f"![]({folder}/{named(address)}.webp)"]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())

"""Every page as it looks: at a desk and on a phone, by day, by night, and in Arabic.

    python -m benchmarks.gallery [--out docs/pages] [--only /inbox/] [--json]

A demo is started and each of its pages, which come from the routes, is opened in a
browser. A page becomes one picture of its six looks, and a line in docs/pages.md.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.footprint import demo
from tests.browser.conftest import FOR_ANYBODY, FOR_STAFF
from tests.chromium import launched

ROOT = Path(__file__).parents[1]
DESK, PHONE = (1280, 800), (390, 800)
HEIGHT, GAP, GROUND = 480, 12, "#8b8781"
QUALITY = 72
SETTLES = 400  # ms until what slides in has arrived
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

    def shot(self, address: str) -> Image.Image:
        """Return what a page looks like."""
        self.page.goto(self.url + address)
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
        for address, picture in _pictures(browser, on.facts["app"], options.only):
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
    browser: Browser, url: str, only: str | None
) -> Iterator[tuple[str, Image.Image]]:
    """Yield each page with its picture; those of the staff as an admin sees them."""
    for addresses, button in ((FOR_ANYBODY, None), (FOR_STAFF, "as-admin")):
        looks = [_look(browser, url, look, button) for look in LOOKS]
        for address in addresses:
            if address.startswith(only or "/"):
                yield address, _beside([look.shot(address) for look in looks])
        for look in looks:
            look.page.context.close()


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
        lines += ["", f"## `{address}`", "", f"![]({folder}/{named(address)}.webp)"]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())

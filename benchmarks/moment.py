"""The moment, played in a browser and taken down in pictures.

    python -m benchmarks.moment [--out docs/pictures] [--json]

A demo is started. A customer asks something the assistant does not know; a person
answers and teaches it; the check counts; it is published; another phone asks in other
words. Each step is kept as a small picture, and all of them as one animated picture.
"""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.album import Album
from benchmarks.crowd import Emulator
from benchmarks.footprint import demo
from bot.demo.moment import Script, script
from tests.chromium import launched

ROOT = Path(__file__).parents[1]
PHONE = {"width": 390, "height": 720}
DESK = {"width": 1120, "height": 720}
STEP, PATIENCE = 20_000, 240_000  # ms; training shares the machine with all the rest
NAMES = ("Maya Ellis", "Tomás Reyes")

#: A word of what is said when a person is fetched.
FETCHED = {"en": "colleague", "es": "compañero", "ar": "الزملاء"}
LANGUAGES = {"en": "English", "es": "Spanish", "ar": "Arabic"}

Shown = Callable[[str, Page, Page], None]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Two phones, a desk, and whoever looks on: called with what was just shown."""

    first: Page
    second: Page
    desk: Page
    url: str
    name: str
    shown: Shown = lambda name, phone, desk: None
    says: Script = field(default_factory=script)


def play(scene: Scene) -> str:
    """Play the moment; return what the check said."""
    says = scene.says
    _write(scene.first, says.asked)
    expect(_answers(scene.first).last).to_contain_text(FETCHED[says.language])
    scene.desk.goto(f"{scene.url}/inbox/")
    scene.shown("1-asked", scene.first, scene.desk)
    _answer(scene, says.answer)
    scene.shown("2-answered", scene.first, scene.desk)
    teach(scene)
    scene.shown("3-taught", scene.first, scene.desk)
    checked = check(scene)
    scene.shown("4-checked", scene.first, scene.desk)
    publish(scene)
    _write(scene.second, says.again)
    expect(_answers(scene.second).last).to_contain_text(says.answer)
    scene.shown("5-known", scene.second, scene.desk)
    return checked


def _answer(scene: Scene, words: str) -> None:
    desk = scene.desk
    desk.get_by_role("link", name=scene.name).click()
    desk.get_by_test_id("claim").click()
    desk.get_by_test_id("composer").fill(words)
    desk.get_by_test_id("send").click()
    expect(_answers(scene.first).last).to_have_text(words)
    expect(desk.get_by_test_id("bubble").last).to_contain_text(words)


def teach(scene: Scene) -> None:
    """Open the editor with question and answer, and add how others ask it."""
    desk = scene.desk
    desk.get_by_test_id("teach").first.click()
    desk.get_by_test_id("new-question").click()
    question = desk.get_by_label(f"Question in {LANGUAGES[scene.says.language]}")
    expect(question).to_have_value(scene.says.asked)
    asked = desk.get_by_label("How customers ask it")
    asked.fill("\n".join((scene.says.asked, *scene.says.ways)))
    asked.evaluate("box => box.scrollIntoView({ block: 'start' })")
    desk.mouse.wheel(0, -120)


def check(scene: Scene) -> str:
    """Check what is in the editor; return how many messages it would answer."""
    desk = scene.desk
    desk.get_by_test_id("check").click()
    checked = desk.get_by_test_id("checked")
    expect(checked).to_contain_text("Would have answered", timeout=PATIENCE)
    checked.evaluate("card => card.scrollIntoView()")
    desk.mouse.wheel(0, -90)
    return checked.locator("p", has_text="Would have answered").first.inner_text()


def publish(scene: Scene) -> None:
    """Publish what is in the editor, and wait until customers get it."""
    scene.desk.get_by_test_id("save").click()
    learned = scene.desk.get_by_text("Saved, and learned.")
    expect(learned).to_be_visible(timeout=PATIENCE)


def _write(phone: Page, words: str) -> None:
    before = _answers(phone).count()
    phone.get_by_test_id("composer").fill(words)
    phone.get_by_test_id("send").click()
    expect(_answers(phone)).not_to_have_count(before)


def _answers(phone: Page) -> Locator:
    return phone.locator("[data-testid=bubble][data-author=page]")


def main() -> int:
    """Play it, keep the pictures, and print what the check said."""
    options = _options()
    expect.set_options(timeout=STEP)
    album = Album(options.out)
    with demo() as on, launched() as browser:
        with closing(Emulator(on.facts["emulator"])) as emulator:
            phones = [_phone(emulator, name) for name in NAMES]
        desk = _desk(browser, on.facts["sign_in"]["admin"])
        first, second = (_opened(browser, on.facts["emulator"], one) for one in phones)
        scene = Scene(
            first=first,
            second=second,
            desk=desk,
            url=on.facts["app"],
            name=NAMES[0],
            shown=album.keep,
        )
        checked = play(scene)
    sizes = album.close()
    print(json.dumps({"checked": checked, "bytes": sizes}) if options.json else checked)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _phone(emulator: Emulator, name: str) -> str:
    about = {"name": name, "reads": "shown"}
    psid: str = emulator("POST", "/api/customers", about)["psid"]
    return psid


def _opened(browser: Browser, url: str, psid: str) -> Page:
    page = browser.new_page(viewport=PHONE, locale="en-GB")
    page.goto(f"{url}/?customer={psid}")
    return page


def _desk(browser: Browser, link: str) -> Page:
    """Sign in by a link, as an admin does."""
    page = browser.new_page(viewport=DESK, locale="en-GB")
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/**")
    return page


if __name__ == "__main__":
    sys.exit(main())

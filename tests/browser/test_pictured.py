"""The picture of an answer: chosen, pasted or dropped, seen, and what customers get."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.bot.inbox.test_pictures import PNG
from tests.browser.conftest import Demo, Phone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

SAVED_WITHIN = 300_000  # ms: what must hold is tried first
#: A picture comes by the clipboard, or is let go over the page.
GIVE = """(field, [how, bytes, kind]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], "it", { type: kind }));
  const told = { bubbles: true, cancelable: true };
  field.dispatchEvent(how === "paste"
    ? new ClipboardEvent("paste", { clipboardData: files, ...told })
    : new DragEvent("drop", { dataTransfer: files, ...told }));
}"""
SHOWN = "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"


def drawn(colour: str, size: tuple[int, int] = (320, 200), kind: str = "PNG") -> bytes:
    """Return a picture of one colour."""
    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, kind)
    return held.getvalue()


def noise() -> bytes:
    """Return a picture that is larger than Messenger takes, as a camera's."""
    size = (2600, 1300)
    held = io.BytesIO()
    seen = os.urandom(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, seen).save(held, "PNG")
    return held.getvalue()


def edit(page: Page, demo: Demo, name: str = "gift_cards") -> None:
    page.goto(f"{demo.url}/admin/faq/{name}")


def kept(page: Page) -> str:
    """Return the name of the picture that the form holds."""
    return page.locator("[name=kept-picture]").input_value()


def test_a_picture_is_chosen_pasted_and_dropped_seen_and_taken_out(
    grace: Page, demo: Demo
) -> None:
    edit(grace, demo)
    answer = grace.get_by_label("Answer in English")
    answer.fill("My careful words.")
    seen = grace.locator("#preview").get_by_role("img", name="Picture")
    thumb = grace.get_by_role("img", name="The picture, as it is kept")
    chosen = {"name": "red.png", "mimeType": "image/png", "buffer": drawn("red")}
    grace.get_by_label("Picture", exact=True).set_input_files(chosen)
    expect(thumb).to_be_visible()
    expect(seen).to_be_visible()
    assert seen.evaluate(SHOWN) == [320, 200]
    expect(grace.locator("#announcer")).to_have_text("The picture is in.")
    red = kept(grace)

    answer.evaluate(GIVE, ["paste", [*drawn("green")], "image/png"])
    expect(grace.locator(f"[name=kept-picture]:not([value='{red}'])")).to_have_count(1)
    green = kept(grace)
    expect(seen).to_have_attribute("src", f"/admin/pictures/{green}")

    grace.locator("body").evaluate(GIVE, ["drop", [*drawn("blue")], "image/png"])
    expect(grace.locator(f"[name=kept-picture][value='{green}']")).to_have_count(0)
    expect(seen).not_to_have_attribute("src", f"/admin/pictures/{green}")

    grace.get_by_role("button", name="Take the picture out").press("Enter")
    expect(thumb).to_have_count(0)
    expect(seen).to_have_count(0)
    expect(grace.get_by_label("Picture", exact=True)).to_be_focused()
    expect(answer).to_have_value("My careful words.")


def test_what_messenger_does_not_take_is_made_fit_or_said(
    grace: Page, demo: Demo
) -> None:
    edit(grace, demo)
    seen = grace.locator("#preview").get_by_role("img", name="Picture")
    body = grace.locator("body")
    body.evaluate(GIVE, ["drop", [*drawn("red", kind="WEBP")], "image/webp"])
    expect(seen).to_be_visible()
    assert kept(grace).endswith(".jpg")
    large = noise()
    assert len(large) > 8 * 2**20
    camera = {"name": "camera.png", "mimeType": "image/png", "buffer": large}
    grace.get_by_label("Another picture").set_input_files(camera)
    expect(grace.locator("#announcer")).to_have_text("The picture is in.")
    expect(seen).not_to_have_attribute("src", "")
    grace.wait_for_function(
        "() => document.querySelector('#preview img')?.naturalWidth === 2048"
    )
    before = kept(grace)

    page = {"name": "it.png", "mimeType": "image/png", "buffer": b"<!doctype html>"}
    grace.get_by_label("Another picture").set_input_files(page)
    problem = grace.locator("#picture-problems")
    expect(problem).to_have_text(
        "This is no picture that Messenger takes: send PNG, JPEG or GIF."
    )
    expect(grace.get_by_label("Another picture")).to_have_attribute(
        "aria-invalid", "true"
    )
    assert kept(grace) == before


def test_words_that_are_pasted_with_a_picture_of_themselves_stay_words(
    grace: Page, demo: Demo
) -> None:
    edit(grace, demo)
    grace.get_by_label("Answer in English").evaluate(
        """(field, bytes) => {
          const held = new DataTransfer();
          const content = [new Uint8Array(bytes)];
          held.items.add(new File(content, "it", { type: "image/png" }));
          held.setData("text/plain", "A cell of a table");
          const told = { bubbles: true, cancelable: true, clipboardData: held };
          const event = new ClipboardEvent("paste", told);
          field.dataset.let = String(field.dispatchEvent(event));
        }""",
        [*PNG],
    )
    expect(grace.locator("[data-let=true]")).to_have_count(1)
    assert kept(grace) == ""


def test_a_customer_gets_the_picture_of_a_published_answer(
    grace: Page,
    ada: Page,
    demo: Demo,
    phone: Callable[..., Phone],
    tmp_path: Path,
) -> None:
    file = tmp_path / "card.png"
    file.write_bytes(drawn("orange", (480, 300)))
    edit(grace, demo)
    grace.get_by_label("Picture", exact=True).set_input_files(file)
    expect(grace.locator("#preview").get_by_role("img", name="Picture")).to_be_visible()
    grace.get_by_test_id("save").click(timeout=SAVED_WITHIN)
    expect(grace.locator(".note").first).to_contain_text("Saved", timeout=SAVED_WITHIN)
    name = kept(grace)
    assert (demo.home / "pictures" / name).read_bytes() == file.read_bytes()
    kim = phone("Kim Vance")
    kim.ask("How do gift cards work?")
    shown = kim.page.get_by_role("img", name="A picture")
    expect(shown).to_be_visible()
    assert shown.evaluate(SHOWN) == [480, 300]

    lou = phone("Lou Berry")
    lou.ask("How do gift cards work?")
    expect(lou.page.get_by_role("img", name="A picture")).to_be_visible()
    uploads = [
        one for one in demo.messenger.requests() if "message_attachments" in one["path"]
    ]
    assert len(uploads) == 1  # for the Page, and not for each customer
    ada.goto(f"{demo.url}/inbox/?view=everybody&q=gift")
    ada.get_by_role("link", name="Kim Vance").first.click()
    thread = ada.locator(".sent-picture img").first
    expect(thread).to_be_visible()
    assert thread.evaluate(SHOWN) == [480, 300]


def test_without_a_script_the_file_comes_with_the_next_button(
    grace: Page, demo: Demo, window: Callable[..., Page], tmp_path: Path
) -> None:
    file, other = tmp_path / "front.png", tmp_path / "front.html"
    file.write_bytes(drawn("purple"))
    other.write_text("<!doctype html><p>Not a picture")
    state = grace.context.storage_state()
    plain = window(java_script_enabled=False, storage_state=state)
    edit(plain, demo)
    plain.get_by_label("Answer in English").fill("My careful words.")
    plain.locator("#picture").set_input_files(other)
    plain.get_by_role("button", name="Take this file in").click()
    expect(plain.locator("#picture-problems")).to_contain_text("no picture")
    plain.locator("#picture").set_input_files(file)
    plain.get_by_role("button", name="Take this file in").click()
    thumb = plain.get_by_role("img", name="The picture, as it is kept")
    expect(thumb).to_be_visible()
    expect(plain.get_by_label("Answer in English")).to_have_value("My careful words.")
    plain.get_by_test_id("keep").click(timeout=SAVED_WITHIN)
    expect(thumb).to_be_visible()
    plain.get_by_role("button", name="Take the picture out").click()
    expect(thumb).to_have_count(0)

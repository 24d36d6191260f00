"""Voice messages and videos are played where they stand, from our own copy."""

import base64
import io
import math
import struct
import wave
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import wrong
from tests.browser.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: Let a browser record a second of a square that turns; its file as base64.
RECORD = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [320, 180];
  const draw = canvas.getContext("2d");
  const stream = canvas.captureStream(20);
  const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const over = new Promise((done) => { recorder.onstop = done; });
  recorder.start();
  for (let step = 0; step < 20; step++) {
    draw.fillStyle = `hsl(${step * 18} 80% 50%)`;
    draw.fillRect(0, 0, 320, 180);
    await new Promise((done) => setTimeout(done, 50));
  }
  recorder.stop();
  await over;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}"""
PLAYS = """player => new Promise((done) => {
  player.ontimeupdate = () => player.currentTime > 0.2 && !player.paused && done(true);
})"""


def spoken(seconds: int = 20) -> bytes:
    """A tone, as long as somebody talks."""
    file = io.BytesIO()
    with wave.open(file, "wb") as tone:
        tone.setparams((1, 2, 8000, 0, "NONE", ""))
        levels = (int(8000 * math.sin(n / 4)) for n in range(8000 * seconds))
        tone.writeframes(b"".join(struct.pack("<h", level) for level in levels))
    return file.getvalue()


@pytest.fixture
def customer(demo: Demo, ada: Page) -> str:
    """Somebody whom Ada answers."""
    psid = demo.messenger.customer(says="I want to talk to a person", name="Mira Voss")
    ada.get_by_role("link", name="Mira Voss").click()
    ada.get_by_test_id("claim").click()
    expect(ada.get_by_test_id("composer")).to_be_visible()
    return psid


@pytest.fixture
def sends(customer: str, demo: Demo) -> Callable[[str, bytes], None]:
    def send(kind: str, content: bytes) -> None:
        data = base64.b64encode(content).decode()
        file = {"type": kind, "data": data, "content_type": "video/mp4"}
        demo.messenger.say(customer, attachment=file)

    return send


def test_a_voice_message_is_played_with_the_keyboard_and_goes_on_while_news_come(
    sends: Callable[[str, bytes], None], customer: str, ada: Page, demo: Demo
) -> None:
    sends("audio", spoken())
    player = ada.locator("audio")
    expect(player).to_have_accessible_name("Voice message that was sent")
    assert player.evaluate(
        "player => player.readyState > 0 || new Promise(done => {"
        " player.onloadedmetadata = () => done(true) })"
    )
    assert 19 < player.evaluate("player => player.duration") < 21
    player.focus()
    ada.keyboard.press("Space")
    assert player.evaluate(PLAYS)
    # In the middle: the rest of the file is fetched, and not what is before it.
    player.evaluate("player => { player.currentTime = 10 }")
    player.evaluate("player => { player.isTheSame = true }")
    demo.messenger.say(customer, text="did you hear it?")
    expect(ada.locator(".thread")).to_contain_text("did you hear it?")
    assert player.evaluate("player => player.isTheSame && player.currentTime >= 10")
    assert player.evaluate("player => !player.paused")


def test_a_video_is_played_and_nothing_of_it_is_fetched_before(
    sends: Callable[[str, bytes], None], ada: Page
) -> None:
    asked: list[str] = []
    sends("video", base64.b64decode(ada.evaluate(RECORD)))
    ada.on("request", lambda request: asked.append(request.url))
    player = ada.locator("video")
    expect(player).to_have_accessible_name("Video that was sent")
    ada.wait_for_timeout(500)
    assert [url for url in asked if "/attachments/" in url] == []
    before = player.bounding_box()
    player.evaluate("player => { player.loop = true; return player.play() }")
    assert player.evaluate(PLAYS)
    assert player.evaluate("player => player.videoWidth") == 320
    assert player.bounding_box() == before
    assert wrong(ada) == []


def test_a_file_without_a_name_is_called_one_on_either_side(
    sends: Callable[[str, bytes], None], customer: str, ada: Page, demo: Demo
) -> None:
    sends("file", b"%PDF-1.4")
    expect(ada.locator(".attached b")).to_have_text("File")
    ada.goto(f"{demo.messenger.url}/?customer={customer}")
    expect(ada.locator(".attached")).to_have_text("File")
    url = "https://shop.example/bills/bill%20of%20may.pdf?a=1"
    demo.messenger.say(customer, attachment={"type": "file", "url": url})
    expect(ada.locator(".attached").last).to_have_text("bill of may.pdf")


def test_on_a_phone_they_are_no_wider_than_the_thread(
    sends: Callable[[str, bytes], None], ada: Page
) -> None:
    ada.set_viewport_size({"width": 320, "height": 700})
    sends("audio", spoken(1))
    sends("video", base64.b64decode(ada.evaluate(RECORD)))
    for player in (ada.locator("audio"), ada.locator("video")):
        expect(player).to_be_visible()
        box = player.bounding_box()
        assert box is not None
        assert 200 < box["width"] <= 320
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    wide = "() => document.documentElement.scrollWidth"
    assert ada.evaluate(wide) == 320


def test_what_is_no_video_though_it_says_so_is_a_download(
    sends: Callable[[str, bytes], None], ada: Page
) -> None:
    sends("video", b"<!doctype html><script>alert(1)</script>")
    expect(ada.locator(".thread a.attached")).to_contain_text("Video")
    expect(ada.locator("video")).to_have_count(0)

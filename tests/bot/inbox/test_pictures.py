"""Pictures that agents send: checked by what they hold, kept, shown, never doubled."""

import io
import zlib

import pytest

from bot import pictures
from bot.store.models import OutgoingMessage
from tests.bot.visiting import messages, rows, visitor, words

FORM = "a-form-with-a-number-1"


def chunk(kind, content):
    code = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + code


def png(width, height):
    """A black picture of so many pixels."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + bytes([8, 2, 0, 0, 0]))
        + chunk(b"IDAT", zlib.compress(bytes(height * (1 + 3 * width))))
        + chunk(b"IEND", b"")
    )


PNG = png(1, 1)
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF"
    + bytes(10)
    + b"\xff\xc0\x00\x11\x08\x00\x02\x00\x03\x03"
    + bytes(20)
)


@pytest.fixture
def sends(agent, mine):
    """Let Ada send these files, with a text if she likes."""

    def sends(*contents, text="", **more):
        files = [(io.BytesIO(content), "a.png") for content in contents]
        form = {"text": text, "form": FORM, "picture": files, **more}
        return closed(agent.post(f"/inbox/{mine}/reply", **form))

    return sends


def closed(answer):
    """The answer; what the client has sent lay in a file, if it was large."""
    answer.request.environ["wsgi.input"].close()
    return answer


def files_of(parts):
    """The names of what is owed, None for a text."""
    payloads = [owed.payload for owed in rows(parts, OutgoingMessage)]
    return [p.get("attachment", {}).get("payload", {}).get("file") for p in payloads]


def test_pictures_go_before_the_text_and_stand_in_the_thread(parts, agent, mine, sends):
    answer = sends(PNG, JPEG, text="Like these?", choices="Yes\nNo")
    assert answer.status_code == 303
    png, jpeg, text = files_of(parts)
    assert (png[-4:], jpeg[-4:], text) == (".png", ".jpg", None)
    assert "quick_replies" in rows(parts, OutgoingMessage)[-1].payload
    assert agent.page(answer.location).count('alt="Picture"') == 2


def test_a_picture_needs_no_text_and_is_shown_to_who_may_look(
    app, parts, agent, mine, sends
):
    answer = sends(PNG)
    page = agent.page(answer.location)
    (where,) = {w for w in page.split('"') if f"/inbox/{mine}/pictures/" in w}
    shown = visitor(app, "viewer").get(where)
    assert (shown.data, shown.mimetype) == (PNG, "image/png")
    assert "Picture" in agent.words("/inbox/?view=mine")


@pytest.mark.parametrize(
    ("size", "shown"),
    [((400, 800), (160, 320)), ((800, 400), (320, 160)), ((10, 20), (10, 20))],
)
def test_the_page_says_how_large_it_will_be_before_it_is_there(
    agent, sends, size, shown
):
    page = agent.page(sends(png(*size)).location)
    assert 'width="{}" height="{}" alt="Picture"'.format(*shown) in page


def test_sent_twice_it_is_owed_once(parts, sends):
    sends(PNG, text="Here")
    sends(PNG, text="Here")
    assert len(rows(parts, OutgoingMessage)) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no picture"),
        (b"MZ" + bytes(50), "This is no picture"),
        (PNG + bytes(pictures.LARGEST), "This picture is too large: 8 MB"),
    ],
)
def test_what_is_no_picture_or_too_large_is_said_and_the_text_kept(
    parts, mine, sends, content, told
):
    answer = sends(content, text="My careful words")
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert "My careful words" in answer.text
    assert messages(parts, mine) == ["I need a person"]
    assert not (parts.settings.home / "pictures").exists()


def test_more_pictures_than_five_are_refused(sends):
    answer = sends(*[PNG] * 6)
    assert "At most 5 pictures go out at once" in words(answer.text)


def test_no_other_form_takes_as_much(app, agent, mine):
    large = {"text": "x" * 3_000_000, "form": FORM}
    assert agent.post(f"/inbox/{mine}/draft", **large).status_code == 413
    viewer = visitor(app, "viewer")
    files = [(io.BytesIO(PNG + bytes(3_000_000)), "a.png")]
    answer = viewer.post(f"/inbox/{mine}/reply", picture=files, text="", form=FORM)
    closed(answer)
    assert answer.status_code == 413


def test_a_message_without_a_picture_and_one_elsewhere_show_none(agent, mine, sends):
    sends(PNG)
    assert agent.get(f"/inbox/{mine}/pictures/1").status_code == 404
    assert agent.get(f"/inbox/{mine + 1}/pictures/2").status_code == 404

"""Files of customers as agents have them: pictures shown, all else to download."""

import re

import pytest

from bot.attachments import keeper
from bot.store import attachments
from bot.store.attachments import Attachment
from bot.web.headers import SANDBOX
from tests.bot.attachments.test_content import png
from tests.bot.inbox.test_news import poll
from tests.bot.visiting import add, converse, row, says, stranger, visitor

NAME = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def conversation(parts):
    return converse(parts, "1", "hello")


@pytest.fixture
def sent(parts, conversation):
    """A message with one attachment, and what became of it."""

    def send(content=None, kind="image", **about):
        url = "https://scontent.fbcdn.net/a"
        shown = {"attachments": [{"type": kind, "url": url, "title": "a<b>.png"}]}
        message = says(parts, conversation, None, parts=shown)
        usual = {"state": "owed", "tries": 1, "due": 0.0, "is_shown": False}
        if content is not None:
            folder = keeper.folder(parts.settings)
            folder.mkdir(exist_ok=True)
            (folder / NAME).write_bytes(content)
            usual |= {"state": "kept", "name": NAME, "size": len(content)}
        values = {**usual, **about}
        values["state"] = attachments.AttachmentState(values["state"])
        moment = parts.clock()
        where = {"message_id": message, "position": 0, "url": url, "at": moment}
        add(parts, Attachment, kind=kind, **where, **values)
        return row(parts, Attachment, message_id=message).id

    return send


def test_a_picture_stands_in_the_thread(agent, conversation, sent):
    number = sent(png(), content_type="image/png", is_shown=True)
    page = agent.page(f"/inbox/{conversation}")
    assert f'<img src="/inbox/attachments/{number}"' in page
    answer = agent.get(f"/inbox/attachments/{number}")
    assert (answer.data, answer.content_type) == (png(), "image/png")
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_all_else_is_a_labelled_download(agent, conversation, sent):
    number = sent(b"<script>", "file", content_type="text/html")
    page = agent.page(f"/inbox/{conversation}")
    assert "<img src" not in page.split('class="thread"')[1]
    assert "a&lt;b&gt;.png" in page
    answer = agent.get(f"/inbox/attachments/{number}")
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


WAV = b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(range(100))


@pytest.mark.parametrize(
    ("kind", "content_type", "player", "label"),
    [
        ("audio", "audio/wav", "audio", "Voice message"),
        # As Messenger keeps what was spoken: in a file that may be a video.
        ("audio", "video/mp4", "audio", "Voice message"),
        ("video", "video/mp4", "video", "Video"),
        ("video", "video/webm", "video", "Video"),
        ("file", "audio/mpeg", "audio", "File"),
    ],
)
def test_what_is_to_be_heard_or_watched_has_a_player_and_a_download(
    agent, conversation, sent, kind, content_type, player, label
):
    number = sent(WAV, kind, content_type=content_type)
    page = agent.page(f"/inbox/{conversation}")
    (found,) = re.findall(r"<(?:audio|video) [^>]*>", page)
    assert found.startswith(f"<{player} ")
    assert f'src="/inbox/attachments/{number}"' in found
    assert " controls" in found
    assert f'aria-label="{label} that was sent"' in found
    assert "autoplay" not in found
    if player == "video":
        assert 'preload="none"' in found
    assert f'<a class="attached" href="/inbox/attachments/{number}"' in page
    answer = agent.get(f"/inbox/attachments/{number}")
    assert (answer.data, answer.content_type) == (WAV, content_type)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "content_type",
    ["application/octet-stream", "text/html", "video/quicktime", "image/svg+xml", None],
)
@pytest.mark.parametrize("kind", ["audio", "video"])
def test_what_our_own_look_did_not_find_playable_is_a_download_alone(
    agent, conversation, sent, kind, content_type
):
    number = sent(b"<script>", kind, content_type=content_type)
    page = agent.page(f"/inbox/{conversation}")
    assert not re.search(r"<(audio|video)", page)
    answer = agent.get(f"/inbox/attachments/{number}")
    assert answer.content_type == "application/octet-stream"


def test_pages_play_only_what_we_keep(agent, conversation):
    policy = agent.get(f"/inbox/{conversation}").headers["Content-Security-Policy"]
    assert "media-src 'self'" in policy.split("; ")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 115),
        ("bytes=10-19", 10, 19),
        ("bytes=-16", 100, 115),
        ("bytes=100-9999", 100, 115),
    ],
)
def test_a_player_gets_a_file_piece_by_piece(agent, sent, asked, first, last):
    number = sent(WAV, "audio", content_type="audio/wav")
    answer = agent.get(f"/inbox/attachments/{number}", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.data == WAV[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(WAV)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.content_type == "audio/wav"
    assert answer.headers["Content-Security-Policy"] == SANDBOX


def test_the_whole_file_says_that_pieces_can_be_had(agent, sent):
    number = sent(WAV, "audio", content_type="audio/wav")
    answer = agent.get(f"/inbox/attachments/{number}")
    assert (answer.status_code, answer.headers["Accept-Ranges"]) == (200, "bytes")
    where = f"/inbox/attachments/{number}"
    for since, status in ((answer.headers["ETag"], 206), ('"another"', 200)):
        asked = {"Range": "bytes=0-3", "If-Range": since}
        assert agent.get(where, headers=asked).status_code == status


@pytest.mark.parametrize("asked", ["bytes=116-", "bytes=5000-6000"])
def test_a_piece_that_there_is_not_is_refused(agent, sent, asked):
    number = sent(WAV, "audio", content_type="audio/wav")
    answer = agent.get(f"/inbox/attachments/{number}", headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(WAV)}"
    assert WAV[:8] not in answer.data


@pytest.mark.parametrize(
    "asked", ["lines=1-2", "bytes", "bytes=9-3", "bytes=a-b", "bytes=0-3,5-7"]
)
def test_what_is_not_one_stretch_gets_the_whole(agent, sent, asked):
    number = sent(WAV, "audio", content_type="audio/wav")
    answer = agent.get(f"/inbox/attachments/{number}", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, WAV)


def test_a_piece_is_for_who_is_signed_in_alone(app, sent):
    number = sent(WAV, "audio", content_type="audio/wav")
    where = f"/inbox/attachments/{number}"
    answer = stranger(app).get(where, headers={"Range": "bytes=0-3"})
    assert "/sign-in" in answer.location


def test_a_strangers_file_may_do_nothing(agent, sent):
    number = sent(png(), content_type="image/png", is_shown=True)
    headers = agent.get(f"/inbox/attachments/{number}").headers
    assert headers["Content-Security-Policy"] == SANDBOX
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_nobody_gets_it_who_is_not_signed_in(app, sent):
    number = sent(png(), content_type="image/png", is_shown=True)
    answer = stranger(app).get(f"/inbox/attachments/{number}")
    assert "/sign-in" in answer.location


@pytest.mark.parametrize("state", ["owed", "failed", "gone"])
def test_what_is_not_kept_is_not_there(agent, sent, state):
    number = sent(None, state=state)
    assert agent.get(f"/inbox/attachments/{number}").status_code == 404


def test_a_copy_that_was_removed_from_the_disk_is_not_there(agent, parts, sent):
    number = sent(png(), content_type="image/png", is_shown=True)
    (keeper.folder(parts.settings) / NAME).unlink()
    assert agent.get(f"/inbox/attachments/{number}").status_code == 404


def test_agents_try_again_what_could_not_be_fetched(agent, conversation, parts, sent):
    number = sent(None, state="failed", tries=5, reason="its server answered 404")
    again = f"/inbox/{conversation}/attachments/{number}/again"
    assert f'action="{again}?' in agent.page(f"/inbox/{conversation}")
    assert "It is being fetched again" in agent.words(agent.post(again).location)
    assert row(parts, Attachment, id=number).state == "owed"
    assert "Being fetched" in agent.words(f"/inbox/{conversation}")


def test_who_tries_too_late_is_told(agent, conversation, sent):
    number = sent(png(), content_type="image/png", is_shown=True)
    again = f"/inbox/{conversation}/attachments/{number}/again"
    told = agent.words(agent.post(again).location)
    assert "This has been fetched, or is being fetched" in told


def test_viewers_and_what_is_no_use_have_no_try_again(app, agent, conversation, sent):
    sent(None, state="failed", tries=1, reason="it leads on and on")
    assert "Try again" not in agent.words(f"/inbox/{conversation}")
    sent(None, state="failed", tries=5, reason="its server answered 404")
    assert "Try again" in agent.words(f"/inbox/{conversation}")
    viewer = visitor(app, "viewer", "Vera")
    assert "Try again" not in viewer.words(f"/inbox/{conversation}")


def test_news_tell_of_it_while_it_is_fetched(agent, conversation, sent):
    number = sent(None, state="failed", tries=5, reason="its server answered 404")
    page = agent.page(f"/inbox/{conversation}")
    agent.post(f"/inbox/{conversation}/attachments/{number}/again")
    news = agent.get(poll(page))
    assert "Being fetched" in news.text


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"state": "owed"}, "Being fetched"),
        ({"state": "owed", "reason": "its server answered 500"}, "It is tried again"),
        ({"state": "failed", "reason": "it is empty"}, "Could not be fetched: it is"),
        ({"state": "gone"}, "is not kept any more"),
    ],
)
def test_what_became_of_a_file_is_said(agent, conversation, sent, about, told):
    sent(None, **about)
    assert told in agent.words(f"/inbox/{conversation}")

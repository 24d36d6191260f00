"""Files of customers as agents have them: pictures shown, all else to download."""

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

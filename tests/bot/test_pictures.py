"""What becomes of a picture that we owe: uploaded, then sent by its number."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import pictures
from bot.delivery import Sender
from bot.messenger.client import Graph
from bot.store import arrivals, outbox, uploads
from tests.bot.inbox.test_pictures import PNG
from tests.emulator.conftest import APP_SECRET as SECRET
from tests.emulator.conftest import PAGE
from tests.floor import NOW, Floor, planned


@pytest.fixture
def line(database, messenger, tmp_path):
    """A Frontdesk whose messages go to the emulator, with a picture that it owes."""
    line = Floor(database, graph=Graph(messenger.url, "v25.0"))
    line.sender = Sender(database, line.graph, line.seal, SECRET, line.clock, tmp_path)
    psid = messenger.customer(says="hello")
    line.clock.now = NOW
    line.hears("hello", psid)
    line.answers()
    line.psid = psid
    return line


PAST = NOW + timedelta(days=81)


def uploads_of(messenger):
    """How often the emulator was asked to keep a picture."""
    asked = messenger.requests()
    return sum("message_attachments" in one["path"] for one in asked)


def png(width, height):
    """A picture that says it is as large as this, with next to nothing in it."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return PNG[:16] + size + PNG[24:]


def owes(line, name):
    message = {"attachment": {"type": "image", "payload": {"file": name}}}
    row = replace(planned("", author="agent"), message=message)
    found = line.conversation(line.psid)
    line.write(lambda c: outbox.plan(c, found, line.clock(), [row]))


def test_a_picture_is_uploaded_and_seen_on_the_phone(line, messenger, tmp_path):
    owes(line, pictures.keep(tmp_path, PNG))
    line.delivers()
    shown = messenger.messages(line.psid)[-1]["attachment"]
    assert shown["type"] == "image"
    found = messenger.session.get(shown["payload"]["url"])
    assert (found.content, found.headers["Content-Type"]) == (PNG, "image/png")
    assert line.states(line.psid)[-1] == "sent"


def test_a_picture_that_is_gone_is_said(line):
    owes(line, "0" * 64 + ".png")
    line.delivers()
    assert line.states(line.psid)[-1] == "failed"
    told = line.one("SELECT reason FROM outgoing_message ORDER BY id DESC LIMIT 1")
    assert told == "the picture is not kept here any more"


def test_a_picture_that_messenger_refuses_is_failed_in_its_words(
    line, messenger, tmp_path
):
    messenger.faults(
        graph={"on": "upload", "do": "error", "code": 100, "subcode": 2018047}
    )
    owes(line, pictures.keep(tmp_path, PNG))
    line.delivers()
    assert line.states(line.psid)[-1] == "failed"


def test_an_upload_of_unknown_fate_is_tried_again_and_shown_once(
    line, messenger, tmp_path
):
    messenger.faults(graph={"on": "upload", "do": "reset_after_accept", "count": 1})
    owes(line, pictures.keep(tmp_path, PNG))
    line.delivers()
    assert line.states(line.psid)[-1] == "pending"
    line.leases_end()
    line.delivers()
    assert line.states(line.psid)[-1] == "sent"
    shown = [one for one in messenger.messages(line.psid) if "attachment" in one]
    assert len(shown) == 1


def test_what_nobody_has_sent_for_half_a_year_is_deleted(tmp_path):
    old, new = pictures.keep(tmp_path, PNG), pictures.keep(tmp_path, PNG + b"x")
    then = (NOW - timedelta(days=1)).timestamp()
    os.utime(tmp_path / "pictures" / old, (then, then))
    os.utime(tmp_path / "pictures" / new, (NOW.timestamp(), NOW.timestamp()))
    pictures.forget(tmp_path, NOW, set)
    assert pictures.find(tmp_path, old) is None
    assert pictures.find(tmp_path, new) is not None


def test_what_an_answer_says_is_kept_however_old_and_not_asked_for_again(tmp_path):
    name = pictures.keep(tmp_path, PNG)
    then = (NOW - timedelta(days=200)).timestamp()
    os.utime(tmp_path / "pictures" / name, (then, then))
    asked = []

    def used():
        asked.append(True)
        return {name}

    for _ in range(2):
        pictures.forget(tmp_path, NOW - timedelta(days=180), used)
    assert pictures.find(tmp_path, name) is not None
    assert len(asked) == 1


def test_a_picture_is_uploaded_once_and_again_when_its_id_may_have_ended(
    line, messenger, tmp_path
):
    name = pictures.keep(tmp_path, PNG)
    for _ in range(3):
        owes(line, name)
        line.delivers()
    assert uploads_of(messenger) == 1
    line.write(lambda c: arrivals.heard(c, line.conversation(line.psid), PAST))
    line.clock.now = PAST
    owes(line, name)
    line.delivers()
    assert uploads_of(messenger) == 2
    assert line.states(line.psid)[-4:] == ["sent"] * 4


def test_an_id_that_messenger_has_forgotten_is_got_anew_and_nothing_is_doubled(
    line, messenger, tmp_path
):
    name = pictures.keep(tmp_path, PNG)
    line.write(lambda c: uploads.note(c, PAGE, name, "404", line.clock()))
    owes(line, name)
    line.delivers()
    assert line.states(line.psid)[-1] == "sent"
    assert uploads_of(messenger) == 1
    shown = [one for one in messenger.messages(line.psid) if "attachment" in one]
    assert len(shown) == 1


def test_an_id_that_was_just_got_and_is_not_known_fails_and_is_not_got_for_ever(
    line, messenger, tmp_path
):
    messenger.faults(
        graph={"on": "send", "do": "error", "code": 100, "subcode": 2018074}
    )
    owes(line, pictures.keep(tmp_path, PNG))
    line.delivers()
    assert line.states(line.psid)[-1] == "failed"
    assert uploads_of(messenger) == 1


def test_ids_that_have_ended_are_forgotten(database):
    for days, name in ((10, "new"), (90, "old")):
        then = NOW - timedelta(days=days)
        database.write(lambda c, n=name, t=then: uploads.note(c, PAGE, n, "1", t))
    assert database.write(lambda c: uploads.forget(c, NOW)) == 1
    with database.read() as connection:
        assert uploads.known(connection, PAGE, "new", NOW) == "1"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (png(30_000, 30_000), "30000 × 30000 pixels"),
        (png(0, 5), "damaged"),
        (PNG[:20], "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "damaged"),
        (b"<!doctype html><script>alert(1)</script>", "no picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(20), "no picture"),
    ],
)
def test_what_would_harm_who_looks_at_it_is_no_picture(content, told):
    assert told in pictures.problem(content)


@pytest.mark.parametrize("name", ["../secrets.json", "x", "0" * 64 + ".svg", ""])
def test_only_names_of_ours_are_looked_for(tmp_path, name):
    (tmp_path / "secrets.json").write_text("{}")
    assert pictures.find(tmp_path, name) is None

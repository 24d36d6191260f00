"""What becomes of a picture that we owe: uploaded, then sent by its number."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import pictures
from bot.delivery import Sender
from bot.messenger.client import Graph
from bot.store import outbox
from tests.bot.inbox.test_pictures import PNG
from tests.emulator.conftest import APP_SECRET as SECRET
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
    pictures.forget(tmp_path, NOW)
    assert pictures.find(tmp_path, old) is None
    assert pictures.find(tmp_path, new) is not None


@pytest.mark.parametrize("name", ["../secrets.json", "x", "0" * 64 + ".svg", ""])
def test_only_names_of_ours_are_looked_for(tmp_path, name):
    (tmp_path / "secrets.json").write_text("{}")
    assert pictures.find(tmp_path, name) is None

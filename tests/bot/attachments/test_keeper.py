"""Files of customers, from their message to our copy of them."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.attachments.fetch import Fetcher
from bot.attachments.keeper import Keeper
from bot.store import attachments, retention
from tests.bot.attachments.test_content import png
from tests.bot.attachments.test_fetch import saying, serving
from tests.bot.test_wording import unsend
from tests.floor import PSID, between

MID = "m_file"
PAGE = "102030405060708"


def sends(floor, *urls, kind="image", said=None, mid=MID):
    parts = [{"type": kind, "payload": {"url": url}} for url in urls]
    told = {"mid": mid, "attachments": parts, **({"text": said} if said else {})}
    floor.receives({**between(PSID, PAGE, floor.clock()), "message": told})
    floor.answers()


def states(floor):
    rows = floor.all("SELECT state, reason, tries FROM attachment ORDER BY position")
    return [(row["state"], row["reason"], row["tries"]) for row in rows]


def due_again(floor):
    floor.run("UPDATE attachment SET due = due - 10000")


def asks_again(floor):
    return floor.write(lambda c: attachments.try_again(c, floor.conversation(), 1))


@pytest.fixture
def keeper(floor, tmp_path):
    """Return a keeper of files from a server at this address."""

    def made(url):
        return Keeper(floor.database, Fetcher(folder=tmp_path / "kept", emulator=url))

    return made


@pytest.fixture
def kept(tmp_path):
    return lambda: sorted(path.name for path in (tmp_path / "kept").iterdir())


def test_a_picture_is_fetched_once(floor, keeper, kept):
    asked = []

    def answer(handler):
        asked.append(handler.path)
        saying(png())(handler)

    with serving(answer) as url:
        sends(floor, f"{url}/a", f"{url}/b")
        for _ in range(3):
            keeper(url).fetch_now()
            due_again(floor)
    assert sorted(asked) == ["/a", "/b"]
    assert states(floor) == [("kept", None, 1)] * 2
    assert len(kept()) == 2


def test_a_failure_is_tried_again_and_not_for_ever(floor, keeper):
    with serving(saying(b"gone", 404)) as url:
        sends(floor, f"{url}/a", said="where is this?")
        keeper(url).fetch_now()
        assert states(floor) == [("owed", "its server answered 404", 1)]
        for _ in range(9):
            due_again(floor)
            keeper(url).fetch_now()
    assert states(floor) == [("failed", "its server answered 404", 5)]
    assert floor.thread()[0] == ("customer", "where is this?")


def test_what_failed_for_good_is_fetched_once_somebody_asks_again(floor, keeper, kept):
    with serving(saying(b"gone", 404)) as url:
        sends(floor, f"{url}/a")
        for _ in range(5):
            keeper(url).fetch_now()
            due_again(floor)
    seen = floor.one("SELECT revision FROM conversation")
    assert asks_again(floor)
    assert states(floor) == [("owed", None, 0)]
    assert floor.one("SELECT revision FROM conversation") > seen
    with serving(saying(png())) as url:
        floor.run("UPDATE attachment SET url = :url", url=f"{url}/a")
        keeper(url).fetch_now()
    assert states(floor) == [("kept", None, 1)]
    assert len(kept()) == 1
    assert not asks_again(floor)


def test_of_two_who_ask_again_at_once_one_does(floor, keeper):
    sends(floor, "https://scontent.fbcdn.net/a")
    floor.run("UPDATE attachment SET state = 'failed', tries = 5")
    assert [asks_again(floor), asks_again(floor)] == [True, False]


def test_what_will_never_be_fetched_is_not_asked_for_again(floor, keeper):
    sends(floor, "https://evil.example/a.jpg")
    keeper(None).fetch_now()
    assert not asks_again(floor)
    assert states(floor)[0][0] == "failed"


def test_a_file_of_another_conversation_is_not_asked_for_again(floor):
    sends(floor, "https://scontent.fbcdn.net/a")
    floor.run("UPDATE attachment SET state = 'failed', tries = 5")
    assert not floor.write(lambda c: attachments.try_again(c, 999, 1))


def test_an_address_that_is_not_messengers_is_not_tried_twice(floor, keeper):
    sends(floor, "https://evil.example/a.jpg")
    keeper(None).fetch_now()
    assert states(floor) == [("failed", "its address is not one of Messenger's", 1)]


@pytest.mark.parametrize("kind", ["fallback", "location", "reel", "template"])
def test_what_is_no_file_of_messengers_is_not_fetched(floor, kind):
    sends(floor, "https://scontent.fbcdn.net/a", kind=kind)
    assert states(floor) == []


def test_whoever_looks_sees_when_a_picture_came(floor, keeper):
    with serving(saying(png())) as url:
        sends(floor, f"{url}/a")
        before = floor.one("SELECT revision FROM conversation")
        keeper(url).fetch_now()
    assert floor.one("SELECT revision FROM conversation") > before


def test_what_is_unsent_is_removed_from_the_disk(floor, keeper, kept):
    with serving(saying(png())) as url:
        sends(floor, f"{url}/a")
        keeper(url).fetch_now()
        floor.receives(unsend(floor, mid=MID))
        keeper(url).remove()
    assert kept() == []
    assert floor.one("SELECT name FROM attachment") is None
    assert floor.one("SELECT url FROM attachment") == ""


def test_what_was_unsent_before_it_was_fetched_never_is(floor, keeper):
    with serving(saying(png())) as url:
        sends(floor, f"{url}/a")
        floor.receives(unsend(floor, mid=MID))
        keeper(url).fetch_now()
    assert states(floor) == [("gone", None, 0)]


def test_files_are_forgotten_after_three_months(floor, keeper, kept):
    with serving(saying(png())) as url:
        sends(floor, f"{url}/a")
        keeper(url).fetch_now()
        later = floor.clock() + timedelta(days=89)
        floor.write(lambda c: retention.forget(c, later))
        keeper(url).remove()
        assert len(kept()) == 1
        floor.write(lambda c: retention.forget(c, later + timedelta(days=2)))
        keeper(url).remove()
    assert kept() == []
    with floor.database.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM message")) >= 1

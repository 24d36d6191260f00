"""Who answers the news of an order speaks of that order, whatever came since."""

import pytest

from bot.shop import news
from tests.bot.shop.notices.conftest import on_sqlite
from tests.bot.shop.test_news import ON_ITS_WAY, OTHER, SENT, shop
from tests.floor import PAGE, PSID
from tests.shops.senders import described_order

__all__ = ["shop"]  # a fixture

LATER = described_order("48999", placed_on="2026-11-22")


@pytest.fixture
def told(shop):
    """The mid of the news of order 48213; another order was spoken of since."""
    shop.tells(LATER)
    shop.watches()
    assert shop.tells(SENT) == [ON_ITS_WAY]
    mid = shop.floor.one(
        "SELECT mid FROM message JOIN outgoing_message ON message_id = message.id"
        " WHERE purpose = 'update'"
    )
    shop.floor.says("where is my parcel?")
    shop.floor.says("48999")
    shop.floor.says("no")
    return mid


def spoken_of(shop, text, **about):
    """The orders that the assistant names where a customer says this."""
    told = " ".join(shop.floor.says(text, **about))
    return {number for number in ("48213", "48999") if number in told}


@on_sqlite
def test_it_is_the_order_of_the_news(shop, told):
    assert spoken_of(shop, "where is it?") == {"48999"}
    assert spoken_of(shop, "where is it?", reply_to={"mid": told}) == {"48213"}


@on_sqlite
def test_also_long_after_it_was_spoken_of(shop, told):
    shop.floor.clock.advance(hours=2)
    assert spoken_of(shop, "where is it?", reply_to={"mid": told}) == {"48213"}


@on_sqlite
def test_its_number_proves_nothing(shop, told):
    shop.floor.run("DELETE FROM lookup_proof")
    shop.floor.clock.advance(hours=2)
    (asked,) = shop.floor.says("where is it?", reply_to={"mid": told})
    assert "e-mail" in asked
    assert ON_ITS_WAY in shop.floor.says("anna@example.com")[0]


@on_sqlite
def test_who_speaks_of_another_order_there_means_that(shop, told):
    text = "48999"
    assert spoken_of(shop, text, reply_to={"mid": told}) == {"48999"}


@on_sqlite
def test_an_answer_to_anything_else_is_of_no_order(shop, told):
    hello = shop.floor.hears("hello")
    shop.floor.answers()
    for mid in (hello, "m_nobody_knows"):
        with shop.floor.database.read() as connection:
            assert news.order_of(connection, PAGE, 1, mid) is None
    assert spoken_of(shop, "where is it?", reply_to={"mid": hello}) == {"48999"}


def test_it_is_nobody_elses(shop):
    shop.watches()
    shop.tells(SENT)
    shop.floor.says("hello", OTHER)
    mid = shop.floor.one(
        "SELECT mid FROM message JOIN outgoing_message ON message_id = message.id"
        " WHERE purpose = 'update'"
    )
    query = (
        "SELECT conversation.customer_id FROM conversation JOIN customer"
        " ON customer.id = customer_id WHERE psid = :psid"
    )
    mine, theirs = (shop.floor.one(query, psid=psid) for psid in (PSID, OTHER))
    with shop.floor.database.read() as connection:
        assert news.order_of(connection, PAGE, mine, mid) == "48213"
        assert news.order_of(connection, PAGE, theirs, mid) is None
        assert news.order_of(connection, "another", mine, mid) is None


@on_sqlite
def test_what_the_shop_had_us_forget_is_not_spoken_of(shop, told):
    shop.floor.run("DELETE FROM order_watch")
    with shop.floor.database.read() as connection:
        assert news.order_of(connection, PAGE, 1, told) is None

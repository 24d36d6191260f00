"""News of an order: told once to who wanted it, the newest, and never over a person."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.guard import Guard
from bot.messenger import templates
from bot.messenger.client import Access, Graph
from bot.quiet import Quiet
from bot.shop import news
from bot.shop.orders import GuardedOrders
from bot.shop.tables import TableOrders
from bot.store import order_states, pages, threads, watches
from bot.store.order_states import Part
from tests.bot.shop.notices.conftest import Desk, after, on_sqlite, served
from tests.dialogue import RESPONSES, SPOKEN, assistants
from tests.emulator.conftest import APP_SECRET, TOKEN
from tests.floor import PAGE, PSID, Floor, Understanding
from tests.shops.senders import (
    OrdersSender,
    ShopifySender,
    WooCommerceSender,
    described_order,
    shopify_fulfillment,
    shopify_order,
    woocommerce_order,
)

ASKED = "Shall I tell you here when order 48213 moves?"
PARCEL = {"tracking_number": "JD3", "courier": "DHL"}
PROCESSING = described_order()
SENT = after(PROCESSING, 60, status="shipped", parcels=[{**PARCEL}])
OUT = after(
    PROCESSING,
    120,
    status="shipped",
    parcels=[{**PARCEL, "status": "out_for_delivery"}],
)
THERE = after(
    PROCESSING, 180, status="delivered", parcels=[{**PARCEL, "status": "delivered"}]
)
ON_ITS_WAY = "Good news: your order 48213 is on its way."
OTHER = "8400112233445566"
NIGHT = (time(22), time(8))
#: A Friday evening; in London, where the shop is, it is the same.
EVENING = datetime(2026, 11, 27, 21, 50, tzinfo=UTC)


class Shop:
    """A Frontdesk whose shop tells of its orders over HTTP."""

    def __init__(self, database, desk):
        self.house = news.House(language="fr", quiet=Quiet(NIGHT, "Europe/London"))
        guard = Guard("order", database, "a-key-of-tests")
        orders = GuardedOrders(TableOrders(database), guard, has_news=True)
        self.floor = Floor(
            database, understanding=Understanding(assistants(orders=orders))
        )
        self.desk = desk
        desk.follow = lambda c, number, _: news.follow(c, number, self.floor.clock())
        self.sender = desk.sender(OrdersSender)
        self.tells(PROCESSING)

    def tells(self, *orders):
        """Let the shop tell of orders, and do what comes of it; return what is sent."""
        for order in orders:
            assert self.sender.send(order) == 200
        self.desk.works()
        return self.due()

    def due(self, **span):
        """Let time pass, and do what is due; return what is sent."""
        before = len(self.floor.graph.taken)
        self.floor.clock.advance(**span)
        self.fires()
        self.floor.delivers()
        return self.floor.graph.texts[before:]

    def fires(self):
        """Let all timers that are due begin."""

        def fire(connection, timer):
            spoken = threads.language(connection, timer.conversation_id)
            responses = self.floor.understanding.responses(spoken)
            news.fire(connection, timer, responses, self.house, self.floor.clock())

        self.floor.new_sweep(**{news.KIND: fire}).sweep()

    def asks(self, psid=PSID, number="48213"):
        """Let a customer prove their order; return the last that they are told."""
        self.floor.says("where is my parcel?", psid)
        self.floor.says(number, psid)
        return self.floor.says("anna@example.com", psid)

    def watches(self, psid=PSID):
        self.asks(psid)
        return self.floor.says("yes", psid)

    def approves(self, **states):
        """Let Messenger approve the template in some languages."""
        abilities = {"templates": {"order_update": states}}
        self.floor.write(lambda c: pages.able(c, PAGE, abilities))

    def sent(self):
        rows = self.floor.all(
            "SELECT state FROM outgoing_message WHERE purpose = 'update' ORDER BY id"
        )
        return [row["state"] for row in rows]


@pytest.fixture
def shop(database):
    desk = Desk(database)
    with served(lambda *asked: desk.receiver(*asked)) as desk.url:
        yield Shop(database, desk)


class TestTheOffer:
    def test_comes_with_the_answer_and_yes_accepts_it(self, shop):
        assert shop.asks()[-1] == ASKED
        assert "I'll write to you here" in shop.floor.says("yes")[-1]
        assert shop.due() == []

    @on_sqlite
    def test_a_tap_accepts_it_too(self, shop):
        shop.asks()
        replies = shop.floor.graph.taken[-1]["message"]["quick_replies"]
        assert [one["title"] for one in replies] == ["Yes, please", "No, thanks"]
        shop.floor.says("Yes, please", quick_reply={"payload": replies[0]["payload"]})
        assert shop.tells(SENT) == [ON_ITS_WAY]

    @on_sqlite
    def test_no_is_no(self, shop):
        shop.asks()
        assert shop.floor.says("no") == [RESPONSES.plain("utter_all_right")]
        assert shop.tells(SENT) == []

    @on_sqlite
    def test_what_is_no_answer_is_heard_as_if_nothing_had_been_asked(self, shop):
        shop.asks()
        assert shop.floor.says("hello") == [RESPONSES.plain("utter_greet")]
        assert shop.tells(SENT) == []

    @on_sqlite
    def test_is_made_once_for_an_order(self, shop):
        shop.asks()
        shop.floor.says("no")
        shop.floor.says("where is my parcel?")
        assert ASKED not in shop.floor.says("48213")

    @on_sqlite
    def test_is_not_made_for_what_moves_no_more(self, shop):
        shop.tells(THERE)
        assert ASKED not in shop.asks()

    @on_sqlite
    def test_is_not_made_where_the_shop_tells_nothing(self, floor):
        floor.says("where is my parcel?")
        floor.says("48213")
        assert "Shall I tell you" not in str(floor.says("anna@example.com"))

    @on_sqlite
    def test_is_not_made_in_the_middle_of_something_else(self, shop):
        shop.floor.says("when is the concert?")
        assert ASKED not in shop.asks()


class TestNews:
    def test_each_state_is_told_once_in_the_words_of_look_ups(self, shop):
        shop.watches()
        assert shop.tells(SENT) == [ON_ITS_WAY]
        assert shop.tells(SENT, after(SENT, 5)) == []
        (told,) = shop.tells(OUT)
        assert told.startswith("There's news of your order 48213.\nIt's out for deliv")
        (told,) = shop.tells(THERE)
        assert "The courier says it's been delivered." in told
        assert shop.tells(after(THERE, 60, status="refunded")) == []
        assert shop.sent() == ["sent"] * 3

    def test_who_did_not_ask_for_it_is_told_nothing(self, shop):
        shop.watches()
        shop.asks(OTHER)
        shop.floor.says("no", OTHER)
        shop.tells(SENT)
        assert {one["recipient"]["id"] for one in shop.floor.graph.taken[-1:]} == {PSID}
        assert shop.sent() == ["sent"]

    def test_several_changes_at_once_are_one_message_and_the_newest(self, shop):
        shop.watches()
        (told,) = shop.tells(THERE, SENT, OUT)
        assert "delivered" in told
        assert "out for delivery" not in told

    @on_sqlite
    def test_what_the_answer_had_said_is_no_news(self, shop):
        shop.tells(SENT)
        shop.watches()
        assert shop.tells(after(SENT, 30)) == []

    @on_sqlite
    def test_what_came_before_the_yes_is_told_at_once(self, shop):
        shop.asks()
        assert shop.tells(SENT) == []
        shop.floor.says("yes")
        assert shop.due() == [ON_ITS_WAY]

    def test_waits_while_a_person_answers(self, shop):
        shop.watches()
        shop.floor.takes_over()
        assert shop.tells(SENT) == []
        assert shop.tells(OUT) == []
        assert shop.due(minutes=1) == []
        shop.floor.run("UPDATE conversation SET status = 'bot', assignee_id = NULL")
        (told,) = shop.due(minutes=1)
        assert told.startswith(ON_ITS_WAY)
        assert "It's out for delivery." in told

    def test_stop_ends_it(self, shop):
        shop.watches()
        shop.floor.says("stop writing to me")
        assert shop.tells(SENT) == []
        with shop.floor.database.read() as connection:
            assert watches.of_order(connection, "48213") == []

    @on_sqlite
    def test_after_the_window_it_needs_a_template_that_is_approved(self, shop):
        shop.watches()
        shop.floor.clock.advance(hours=25)
        assert shop.tells(SENT) == []
        assert shop.sent() == ["pending"]
        shop.approves(en="APPROVED")
        shop.floor.leases_end()
        shop.due()
        message = shop.floor.graph.taken[-1]
        assert message["messaging_type"] == "UTILITY"
        assert message["message"]["template"]["name"] == "order_update"
        assert "on its way" in str(message)

    @on_sqlite
    @pytest.mark.parametrize(
        ("language", "reviews", "code", "state"),
        [
            ("es", {"es": "APPROVED", "fr": "APPROVED"}, "es", "en camino"),
            ("zh", {"zh_CN": "APPROVED", "fr": "APPROVED"}, "zh_CN", "已在路上"),
            ("es", {"es": "PENDING", "fr": "APPROVED"}, "fr", "en route"),
            ("ar", {"fr": "REJECTED", "en": "APPROVED"}, "en", "on its way"),
        ],
    )
    def test_after_the_window_it_speaks_the_best_language_that_is_approved(
        self, shop, language, reviews, code, state
    ):
        shop.watches()
        shop.floor.run("UPDATE conversation SET language = :code", code=language)
        shop.approves(**reviews)
        shop.floor.clock.advance(hours=25)
        shop.tells(SENT)
        template = shop.floor.graph.taken[-1]["message"]["template"]
        assert template["language"] == {"code": code}
        assert template["components"][0]["parameters"][1]["text"] == state

    @on_sqlite
    def test_what_has_not_gone_out_is_overtaken(self, shop):
        shop.watches()
        shop.floor.clock.advance(hours=25)
        shop.tells(SENT)
        shop.tells(THERE)
        assert shop.sent() == ["cancelled", "pending"]

    @on_sqlite
    def test_is_no_news_after_three_days(self, shop):
        shop.watches()
        shop.floor.clock.advance(hours=25)
        shop.tells(SENT)
        shop.floor.leases_end()
        shop.due(days=3)
        assert shop.sent() == ["expired"]

    @on_sqlite
    @pytest.mark.parametrize("language", ["ar", "es", "fr", "zh"])
    def test_is_told_in_the_language_of_the_conversation(self, shop, language):
        shop.watches()
        shop.floor.run("UPDATE conversation SET language = :code", code=language)
        (told,) = shop.tells(SENT)
        assert told == SPOKEN[language].plain("utter_order_shipped").replace(
            "{number}", "48213"
        )

    @on_sqlite
    def test_comes_from_shopify_by_its_own_name_of_the_order(self, shop):
        shop.watches()
        shopify = shop.desk.sender(ShopifySender)
        parcel = shopify_fulfillment("out_for_delivery")
        shopify.send("fulfillments/update", parcel)
        sent = {"fulfillment_status": "fulfilled", "fulfillments": [parcel]}
        shopify.send("orders/updated", shopify_order(**sent))
        shop.desk.works()
        (told,) = shop.due()
        assert told.startswith(f"{ON_ITS_WAY}\nIt's out for delivery.\nFollow it here")
        there = after(shopify_fulfillment("delivered"), 60)
        shopify.send("fulfillments/update", there)
        shop.desk.works()
        (told,) = shop.due()
        assert told.endswith("The courier says it's been delivered.")
        whole = {**sent, "fulfillments": [there]}
        shopify.send("orders/updated", after(shopify_order(**whole), 61))
        shop.desk.works()
        assert shop.due() == []

    @on_sqlite
    def test_comes_from_woocommerce(self, shop):
        shop.watches()
        woocommerce = shop.desk.sender(WooCommerceSender)
        woocommerce.send("order.updated", woocommerce_order(status="completed"))
        shop.desk.works()
        assert shop.due() == [ON_ITS_WAY]

    @on_sqlite
    def test_two_who_share_an_order_are_both_told(self, shop):
        shop.watches()
        shop.watches(OTHER)
        assert shop.tells(SENT) == [ON_ITS_WAY, ON_ITS_WAY]


class TestQuietHours:
    @pytest.fixture
    def shop(self, shop):
        shop.floor.clock.now = EVENING
        shop.watches()
        return shop

    def due_at(self, shop):
        query = "SELECT due_at FROM timer WHERE kind = 'order_news'"
        return str(shop.floor.one(query))[:16].replace("T", " ")

    def test_what_comes_in_them_waits_and_is_one_message_when_they_end(self, shop):
        shop.floor.clock.now = EVENING.replace(hour=22)
        assert shop.tells(SENT) == []
        assert shop.due(hours=2) == []
        assert shop.tells(OUT) == []
        shop.floor.clock.now = EVENING.replace(day=28, hour=7, minute=59)
        assert shop.due() == []
        assert self.due_at(shop) == "2026-11-28 08:00"
        (told,) = shop.due(minutes=1)
        assert told.startswith(ON_ITS_WAY)
        assert "It's out for delivery." in told
        assert shop.due(hours=24) == []
        assert shop.sent() == ["sent"]

    @on_sqlite
    def test_the_last_minute_before_them_is_not_quiet(self, shop):
        shop.floor.clock.now = EVENING.replace(minute=59, second=59)
        assert shop.tells(SENT) == [ON_ITS_WAY]

    @on_sqlite
    def test_what_is_over_by_their_end_is_not_told(self, shop):
        shop.due(hours=1)
        assert shop.tells(SENT, OUT) == []
        assert shop.tells(THERE) == []
        (told,) = shop.due(hours=12)
        assert "delivered" in told
        assert "out for delivery" not in told

    def test_they_go_by_the_customers_clock_where_it_is_known(self, shop):
        shop.floor.run("UPDATE customer SET zone = 'America/New_York'")
        shop.due(hours=1)
        assert shop.tells(SENT) == [ON_ITS_WAY]  # ten minutes to six there
        shop.due(hours=6)
        assert shop.tells(OUT) == []
        assert self.due_at(shop) == "2026-11-28 13:00"

    @on_sqlite
    def test_a_stop_meanwhile_counts(self, shop):
        shop.due(hours=1)
        assert shop.tells(SENT) == []
        shop.floor.says("stop writing to me")
        assert shop.due(hours=12) == []

    @on_sqlite
    def test_a_shop_may_keep_none(self, shop):
        shop.house = news.House(language="en", quiet=Quiet(None))
        shop.due(hours=3)
        assert shop.tells(SENT) == [ON_ITS_WAY]


def test_after_a_day_messenger_shows_it_in_the_customers_language(database, messenger):
    """Over HTTP on both sides: the shop's notice comes in, the template goes out."""
    graph, access = Graph(messenger.url, "v25.0"), Access(PAGE, TOKEN, APP_SECRET)
    found = templates.look(graph, access, [templates.ORDER_UPDATE])
    found = templates.make(graph, access, found, ["en", "es"])
    psid = messenger.customer()
    desk = Desk(database)
    with served(lambda *asked: desk.receiver(*asked)) as desk.url:
        shop = Shop(database, desk)
        shop.watches(psid)
        shop.floor.run("UPDATE conversation SET language = 'es'")
        shop.floor.write(lambda c: pages.able(c, PAGE, {"templates": found}))
        shop.floor.clock.advance(hours=25)
        messenger.pass_time(hours=25)
        shop.floor.graph = graph
        shop.floor.sender = shop.floor.new_sender()
        assert shop.sender.send(SENT) == 200
        shop.desk.works()
        shop.fires()
        shop.floor.delivers()
    (message,) = messenger.messages(psid)
    assert message["text"] == (
        "Hay novedades de su pedido 48213. Su estado ahora: en camino. Si no quiere "
        "recibir más novedades, responda STOP."
    )


class TestWhatIsNews:
    @pytest.fixture
    def of(self, database):
        def of(*parts, told=()):
            row = [Part(part=part, word=word) for part, word in parts]
            at = Floor(database).clock()

            def job(connection):
                order_states.remove_all(connection)
                order_states.note(connection, "1", at, row, "")
                return news.news(order_states.of(connection, "1"), told)

            return [(one.part, one.word) for one in database.write(job)]

        return of

    pytestmark = on_sqlite

    def test_of_a_cancelled_order_no_parcel_is_told(self, of):
        assert of(("", "cancelled"), ("a", "delivered")) == [("", "cancelled")]

    def test_arrival_is_told_by_parcel_where_each_is_there(self, of):
        there = ("", "delivered"), ("a", "delivered"), ("b", "delivered")
        assert of(*there, told=["a:delivered"]) == [("b", "delivered")]

    def test_arrival_of_the_whole_counts_whatever_a_parcel_said_last(self, of):
        assert of(("", "delivered"), ("a", "in_transit")) == [("", "delivered")]

    def test_what_is_only_being_prepared_is_none(self, of):
        assert of(("", "processing"), ("a", "info_received")) == []


@on_sqlite
def test_watches_are_forgotten_after_ninety_days(shop):
    shop.watches()
    later = shop.floor.clock() + timedelta(days=91)
    assert shop.floor.write(lambda c: watches.forget(c, later)) == 1

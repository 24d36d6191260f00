"""What is in an order, and what it came to: told to whoever reads its owner's mail."""

import re
import textwrap
from decimal import Decimal

import pytest

from bot.guard import Guard
from bot.pace import Pace
from bot.shop import contents
from bot.shop.csv_file import import_orders
from bot.shop.orders import GuardedOrders
from bot.shop.own import OwnOrders
from bot.shop.tables import TableOrders
from bot.store.lookups import DAY
from flows.contents import Contents, Item, Money
from flows.ports import PortError, TooManyTriesError
from tests.bot.shop.conftest import KINDS, LONDON, opened, source
from tests.bot.shop.test_codes import KEY, codes, later, server  # noqa: F401
from tests.dialogue import FLOWS, Conversation, assistant, said, words
from tests.shops.server import Sold

MINE = "anna@example.com"
TRAIN, MUG = "Secret Blue Train - Vinyl", "Secret Mug"
WHOLE = Contents(
    number="48213",
    items=(Item(name=TRAIN, quantity=2), Item(name=MUG)),
    total=Money(amount=Decimal("59.8"), currency="GBP"),
)
ROWS = f"""number,email,postcode,status,item,quantity,total,currency
48213,{MINE},SW1A 1AA,processing,{TRAIN}|{MUG},2|1,59.80,gbp
60002,ben@example.com,EH3 3BR,processing,{MUG},,5,GBP
"""
OWN = f"""
def order(number):
    sold = {{
        "48213": (
            "{MINE}",
            [{{"name": "{TRAIN}", "quantity": 2}}, {{"name": "{MUG}"}}],
        ),
        "60002": ("ben@example.com", [{{"name": "{MUG}", "quantity": 1}}]),
    }}
    if number not in sold:
        return None
    email, items = sold[number]
    total = {{"amount": 59.8, "currency": "GBP"}}
    found = {{"number": number, "email": email, "status": "processing"}}
    return found | {{"postcode": "SW1A 1AA", "items": items, "total": total}}


def orders_of(email):
    return [one for one in map(order, ["48213", "60002"]) if one["email"] == email]
"""
SOLD = (Sold(number="48213"), Sold(number="60002", email="ben@example.com"))
NAMES = ["tables", "own", *(one.__name__ for one in KINDS)]
#: Every goal that asks for an order.
GOALS = [
    flow.id
    for flow in FLOWS.by_id.values()
    if any(step.slot == "order_number" for step in FLOWS.questions(flow))
]
#: What must be nowhere in what is told to somebody who has only a number and a proof.
SECRETS = ("Secret", "Vinyl", "Mug", "59", "GBP", "presentment", "line_items")


@pytest.fixture(params=NAMES)
def kept(request, database, tmp_path):
    """The same two orders, in each of the places where a shop may have them."""
    if request.param == "tables":
        path = tmp_path / "orders.csv"
        path.write_text(ROWS)
        import_orders(path, database)
        yield TableOrders(database)
        return
    if request.param == "own":
        path = tmp_path / "orders.py"
        path.write_text(textwrap.dedent(OWN))
        yield OwnOrders(path, LONDON)
        return
    kind = next(one for one in KINDS if one.__name__ == request.param)
    with opened(kind, *SOLD) as shop:
        yield source(shop)


@pytest.fixture
def orders(database, kept, codes):  # noqa: F811
    return GuardedOrders(kept, Guard("order", database, KEY, Pace(least=0)), codes)


@pytest.fixture
def proves(orders, server):  # noqa: F811
    """Let a customer read a code out of a mailbox."""

    def proves(address=MINE, who="anna"):
        orders.mail_code(address, who, "en")
        assert orders.prove(server.code, who)

    return proves


def test_who_reads_the_mail_of_an_order_is_told_what_is_in_it(orders, proves):
    proves()
    assert orders.contents("48213", "anna") == WHOLE
    assert orders.knows("48213", "anna")


class TestNobodyElse:
    def test_who_has_a_number_and_a_proof(self, orders):
        assert orders.find("48213", MINE, "anna")
        assert orders.find("48213", "SW1A 1AA", "anna")
        assert orders.contents("48213", "anna") is None

    def test_who_was_mailed_a_code_that_has_not_come_back(
        self,
        orders,
        server,  # noqa: F811
    ):
        orders.mail_code(MINE, "anna", "en")
        assert server.received
        assert orders.contents("48213", "anna") is None

    def test_who_proved_another_address_hears_what_they_hear_of_no_order(
        self, orders, proves
    ):
        proves("ben@example.com", "eve")
        assert orders.find("48213", MINE, "eve")
        for number in ("48213", "99999", "48213' OR 1=1", ""):
            assert orders.contents(number, "eve") is None
        assert orders.contents("60002", "eve").number == "60002"

    def test_another_customer(self, orders, proves):
        proves()
        assert orders.contents("48213", "eve") is None

    def test_who_proved_it_more_than_a_day_ago(self, orders, proves, later):  # noqa: F811
        proves()
        later(DAY - 60)
        assert orders.contents("48213", "anna") == WHOLE
        later(120)
        assert orders.contents("48213", "anna") is None


def test_an_order_that_strangers_guess_at_is_open_to_its_owner(orders, proves):
    for guess in range(10):
        assert orders.find("48213", f"e{guess}@example.com", f"eve{guess}") is None
    with pytest.raises(TooManyTriesError):
        orders.find("48213", MINE, "anna")
    proves()
    assert orders.contents("48213", "anna") == WHOLE


def test_what_is_told_of_an_order_holds_no_item_and_no_price(orders, proves):
    """Of every source: neither with number and proof, nor in a list."""
    with_proof = orders.find("48213", MINE, "anna")
    proves()
    listed = orders.mine("anna")
    assert with_proof.number == listed[0].number == "48213"
    for secret in SECRETS:
        assert secret not in repr([with_proof, listed])


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestConversation:
    @pytest.fixture
    def talk(self, orders):
        return Conversation(assistant(orders=orders))

    def everything(self, talk):
        return " ".join(map(words, talk.turns))

    @pytest.mark.parametrize("goal", GOALS)
    def test_no_goal_tells_it_to_who_has_a_number_and_a_proof(self, talk, goal):
        for _ in range(2):
            talk.hear("tap", "Go on", f"/{goal}")
            for text in ("48213", "SW1A 1AA", "yes", MINE, "000000", "yes"):
                talk.say(text)
        assert "48213" in self.everything(talk)
        for secret in SECRETS:
            assert secret not in self.everything(talk)

    def test_one_tells_it_to_who_reads_the_mail(self, talk, server):  # noqa: F811
        talk.say("which items are in 48213?")
        talk.say(MINE)
        turn = talk.say(server.code)
        assert said(turn) == [
            "utter_order_contents",
            "utter_order_item",
            "utter_order_item",
            "utter_order_total",
        ]
        assert f"2 × {TRAIN}" in words(turn)
        assert "£59.80" in words(turn)

    def test_a_stranger_hears_of_an_order_what_they_hear_of_none(
        self,
        talk,
        orders,
        server,  # noqa: F811
    ):
        other = Conversation(assistant(orders=orders))
        for one, number in (talk, "48213"), (other, "99999"):
            one.say(f"which items are in {number}?")
            one.say("ben@example.com")
            one.say(server.code)
        heard = [
            re.sub("48213|99999", "N", self.everything(one)) for one in (talk, other)
        ]
        assert heard[0] == heard[1]
        assert "Secret" not in heard[0]


@pytest.mark.parametrize("kind", KINDS)
def test_no_shop_is_asked_for_items_before_an_address_is_proved(
    database,
    kind,
    codes,  # noqa: F811
    server,  # noqa: F811
):
    with opened(kind, *SOLD) as shop:
        guard = Guard("order", database, KEY, Pace(least=0))
        orders = GuardedOrders(source(shop), guard, codes)
        orders.find("48213", MINE, "anna")
        orders.mail_owner("48213", "anna", "en")
        assert orders.contents("48213", "anna") is None
        asked = str([(one.query, one.body) for one in shop.asked])
        assert "line" not in asked
        assert "presentment" not in asked
        assert "currency" not in asked
        assert orders.prove(server.code, "anna")
        before = len(shop.asked)
        assert orders.contents("48213", "anna") == WHOLE
        assert len(shop.asked) == before + 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_order_takes_as_long_as_another_s_and_as_many_calls(
    database,
    kind,
    codes,  # noqa: F811
    server,  # noqa: F811
):
    slept = []
    pace = Pace(least=1.0, sleep=slept.append)
    with opened(kind, *SOLD) as shop:
        orders = GuardedOrders(source(shop), Guard("order", database, KEY, pace), codes)
        orders.mail_code("ben@example.com", "eve", "en")
        assert orders.prove(server.code, "eve")
        assert orders.contents("48213", "eve") is None
        assert orders.contents("99999", "eve") is None
        assert len(shop.asked) == len(slept) == 2
        assert min(slept) > 0.5


def test_a_shop_that_says_nothing_of_it_has_an_order_without():
    with opened(KINDS[2], Sold(number="48213", about={"items": None, "total": 5})) as s:
        (found,) = source(s).contents("48213")
        assert found.tell() == Contents(number="48213")


class TestShopify:
    @pytest.fixture
    def shop(self):
        with opened(KINDS[0], Sold(number="#48213")) as shop:
            yield shop

    def line(self, name, quantity, current):
        return {"name": name, "quantity": quantity, "currentQuantity": current}

    def read(self, shop, *lines, **about):
        shop.sold[0].about = {"lineItems": {"nodes": [*lines]}, **about}
        return source(shop).contents("48213")[0].tell()

    def test_what_went_back_is_left_out_with_its_money(self, shop):
        less = {"presentmentMoney": {"amount": "19.9", "currencyCode": "EUR"}}
        lines = self.line("Hat - Blue", 1, 0), self.line("Mug", 3, 2)
        found = self.read(shop, *lines, currentTotalPriceSet=less)
        assert found.items == (Item(name="Mug", quantity=2),)
        assert found.total == Money(amount=Decimal("19.9"), currency="EUR")

    def test_an_order_of_which_all_went_back_is_told_as_it_was(self, shop):
        less = {"presentmentMoney": {"amount": "0.0", "currencyCode": "GBP"}}
        found = self.read(shop, self.line("Hat", 1, 0), currentTotalPriceSet=less)
        assert found.items == (Item(name="Hat"),)
        assert found.total == Money(amount=Decimal("59.8"), currency="GBP")

    def test_an_app_that_may_see_no_orders_is_a_port_error(self, shop):
        shop.scopes = []
        with pytest.raises(PortError, match="ACCESS_DENIED"):
            source(shop).contents("48213")


@pytest.mark.parametrize(
    ("value", "currency", "found"),
    [
        ("59.80", "GBP", Money(amount=Decimal("59.80"), currency="GBP")),
        (59.8, "eur ", Money(amount=Decimal("59.8"), currency="EUR")),
        (60, "JPY", Money(amount=Decimal(60), currency="JPY")),
        ("0.00", "GBP", Money(amount=Decimal("0.00"), currency="GBP")),
        ("-5", "GBP", None),
        ("NaN", "GBP", None),
        ("Infinity", "GBP", None),
        ("1e12", "GBP", None),
        ("59,80", "GBP", None),
        (True, "GBP", None),
        (None, "GBP", None),
        ("5", None, None),
        ("5", "<b>", None),
        ({"amount": 5}, "GBP", None),
    ],
)
def test_money_is_an_amount_and_a_currency_that_there_is(value, currency, found):
    assert contents.money(value, currency) == found


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ({"name": "Mug"}, (Item(name="Mug"),)),
        ({"name": " Mug ", "quantity": "3"}, (Item(name="Mug", quantity=3),)),
        ({"name": "Mug", "quantity": 2.0}, (Item(name="Mug", quantity=2),)),
        ({"name": "Mug", "quantity": 0}, ()),
        ({"name": "Mug", "quantity": -1}, ()),
        ({"name": "Mug", "quantity": 0.5}, ()),
        ({"name": "Mug", "quantity": "lots"}, ()),
        ({"name": "", "quantity": 1}, ()),
        ({"quantity": 1}, ()),
        ({"name": {"en": "Mug"}}, ()),
        ({"name": "M" * 500}, (Item(name="M" * 200),)),
    ],
)
def test_an_item_has_a_name_and_a_count(line, items):
    assert contents.of_list({"items": [line, "nothing"]}, "items") == items


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestFile:
    HEAD = "number,email,postcode,status,item,quantity,total,currency"
    WHO = f"48213,{MINE},SW1A 1AA,shipped"

    @pytest.fixture
    def imported(self, database, tmp_path):
        def imported(cells):
            path = tmp_path / "orders.csv"
            path.write_text(f"{self.HEAD}\n{self.WHO},{cells}\n")
            return list(import_orders(path, database).lines())

        return imported

    @pytest.mark.parametrize(
        ("cells", "cure"),
        [
            ("Hat|Mug,1,5,GBP", "item holds 2 values and quantity 1"),
            ("Hat,0,5,GBP", "quantity is '0'; write a whole number"),
            ("Hat,two,5,GBP", "quantity is 'two'"),
            ("Hat||Mug,,5,GBP", "an item has no name"),
            ("Hat,,5 pounds,GBP", "total is '5 pounds'; write a number such as 59.80"),
            ('Hat,,"59,80",GBP', "total is '59,80'"),
            ("Hat,,5,", "currency is ''; write its code, such as GBP"),
            ("Hat,,5,£", "currency is '£'"),
            (f"{'H' * 201},,5,GBP", "item has 201 characters"),
            (f"{'|'.join(['Hat'] * 51)},,5,GBP", "holds 51 items; at most 50"),
        ],
    )
    def test_a_bad_row_is_named_with_its_cure(self, imported, cells, cure):
        told = imported(cells)
        assert told[0] == "0 rows imported, 1 refused"
        assert told[1].startswith("orders.csv, line 2: ")
        assert cure in told[1]

    def test_the_next_file_counts(self, imported, database):
        imported("Hat|Mug,,5,GBP")
        (found,) = TableOrders(database).contents("48213")
        assert [one.quantity for one in found.tell().items] == [1, 1]
        imported(",,,")
        (found,) = TableOrders(database).contents("48213")
        assert found.tell() == Contents(number="48213")

"""Which of your orders? Only of an e-mail address that a mailed code has proved."""

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.content import DATA
from bot.guard import ALARM, NOBODY, Guard
from bot.mail import Mail, load
from bot.shop.codes import MailedCodes, digits
from bot.shop.csv_file import import_orders
from bot.shop.orders import MOST_OF_ONE, GuardedOrders
from bot.shop.tables import TableOrders
from bot.store.lookups import DAY, HOUR
from bot.store.retention import forget
from flows.ports import PortError, TooManyTriesError
from tests.dialogue import assistants
from tests.floor import NOW, Floor, Understanding
from tests.shops.mail import SENDER, MailServer

KEY = "a-key-of-tests"
ORDERS = """number,email,postcode,status,placed_on
48213,anna@example.com,SW1A 1AA,shipped,2026-11-20
48100,anna@example.com,SW1A 1AA,delivered,2026-10-02
50001,Anna@Example.com,SW1A 1AA,processing,2026-11-23
60002,ben@example.com,EH3 3BR,processing,2026-11-21
"""


@pytest.fixture
def server():
    with MailServer().open() as server:
        yield server


@pytest.fixture
def codes(database, server):
    mail = Mail(server.url, SENDER, longest=2.0)
    return MailedCodes(database, KEY, mail, load("code", [DATA]))


@pytest.fixture
def orders(database, codes, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    import_orders(path, database)
    guard = Guard("order", database, KEY)
    return GuardedOrders(TableOrders(database), guard, codes)


@pytest.fixture
def later(database):
    """Let seconds pass, by the database's clock."""

    def later(seconds):
        def job(connection):
            for moved in (
                "UPDATE mailed_code SET mailed_at = mailed_at - :s",
                "UPDATE mailed_code SET proved_at = proved_at - :s",
                "UPDATE lookup_count SET since = since - :s",
                "UPDATE lookup_proof SET at = at - :s",
            ):
                connection.execute(text(moved), {"s": seconds})

        database.write(job)

    return later


def proves(orders, server, address="anna@example.com", who="anna"):
    orders.mail_code(address, who, "en")
    assert orders.prove(server.code, who)


def numbers(orders, who="anna"):
    mine = orders.mine(who)
    return mine if mine is None else [one.number for one in mine]


class TestList:
    def test_has_the_orders_of_the_address_that_was_proved_the_newest_first(
        self, orders, server
    ):
        proves(orders, server, " ANNA@example.com")
        assert numbers(orders) == ["50001", "48213", "48100"]
        assert numbers(orders, "eve") is None

    def test_is_nobodys_who_has_proved_an_order_of_it_by_number(self, orders):
        assert orders.find("48213", "anna@example.com", "anna")
        assert numbers(orders) is None

    def test_is_nobodys_while_the_code_has_not_come_back(self, orders, server):
        orders.mail_code("anna@example.com", "anna", "en")
        assert numbers(orders) is None
        assert not orders.prove("000000" if server.code != "000000" else "1", "anna")
        assert numbers(orders) is None

    def test_opens_what_it_lists_and_nothing_else(self, orders, server):
        proves(orders, server)
        numbers(orders)
        assert orders.knows("48213", "anna")
        assert orders.find("48213", "", "anna").number == "48213"
        assert not orders.knows("60002", "anna")
        assert orders.find("60002", "", "anna") is None

    def test_is_forgotten_after_a_day(self, orders, server, later):
        proves(orders, server)
        later(DAY - 60)
        assert numbers(orders)
        later(120)
        assert numbers(orders) is None
        assert not orders.knows("48213", "anna")

    def test_is_of_the_address_that_was_proved_last(self, orders, server):
        proves(orders, server)
        proves(orders, server, "ben@example.com")
        assert numbers(orders) == ["60002"]

    def test_is_as_long_as_one_can_read(self, orders, server, database, tmp_path):
        rows = [f"{n},anna@example.com,SW1A 1AA,shipped,," for n in range(70001, 70020)]
        path = tmp_path / "more.csv"
        path.write_text("\n".join([ORDERS.splitlines()[0], *rows]))
        import_orders(path, database)
        proves(orders, server)
        assert len(numbers(orders)) == MOST_OF_ONE


class TestCode:
    def test_is_mailed_to_an_address_without_orders_too(self, orders, server):
        proves(orders, server, "eve@example.com", "eve")
        assert numbers(orders, "eve") == []

    def test_of_one_customer_is_worth_nothing_to_another(self, orders, server):
        orders.mail_code("anna@example.com", "anna", "en")
        assert not orders.prove(server.code, "eve")
        orders.mail_code("eve@example.com", "eve", "en")
        code = server.code
        orders.mail_code("anna@example.com", "eve", "en")
        if code != server.code:
            assert not orders.prove(code, "eve")

    def test_counts_for_ten_minutes(self, orders, server, later):
        orders.mail_code("anna@example.com", "anna", "en")
        later(601)
        assert not orders.prove(server.code, "anna")

    def test_is_worth_nothing_after_five_tries(self, orders, server):
        orders.mail_code("anna@example.com", "anna", "en")
        wrong = f"{(int(server.code) + 1) % 10**6:06}"
        for _ in range(5):
            assert not orders.prove(wrong, "anna")
        with pytest.raises(TooManyTriesError):
            orders.prove(server.code, "anna")
        assert numbers(orders) is None

    def test_may_be_sent_once_more_where_a_turn_is_played_again(self, orders, server):
        proves(orders, server)
        assert orders.prove(server.code, "anna")

    def test_is_mailed_five_times_an_hour_to_a_customer(self, orders, server, later):
        for count in range(5):
            orders.mail_code(f"a{count}@example.com", "eve", "en")
        with pytest.raises(TooManyTriesError):
            orders.mail_code("a9@example.com", "eve", "en")
        assert len(server.received) == 5
        later(HOUR + 1)
        orders.mail_code("a9@example.com", "eve", "en")

    def test_is_mailed_five_times_a_day_to_an_address(self, orders, server):
        for count in range(5):
            orders.mail_code("anna@example.com", f"eve {count}", "en")
        with pytest.raises(TooManyTriesError):
            orders.mail_code("anna@example.com", "eve 9", "en")
        assert len(server.received) == 5

    def test_that_is_on_its_way_does_where_no_more_are_mailed(
        self, orders, server, later
    ):
        orders.mail_code("anna@example.com", "anna", "en")
        code = server.code
        for count in range(4):
            orders.mail_code("anna@example.com", f"eve {count}", "en")
        # Strangers have used up what the address gets: hers counts all the same.
        orders.mail_code("anna@example.com", "anna", "en")
        assert len(server.received) == 5
        assert orders.prove(code, "anna")
        later(601)
        with pytest.raises(TooManyTriesError):
            orders.mail_code("anna@example.com", "anna", "en")

    def test_that_is_on_its_way_elsewhere_does_not(self, orders, server):
        orders.mail_code("ben@example.com", "anna", "en")
        for count in range(5):
            orders.mail_code("anna@example.com", f"eve {count}", "en")
        with pytest.raises(TooManyTriesError):
            orders.mail_code("anna@example.com", "anna", "en")

    def test_that_was_guessed_at_too_often_does_not(self, orders, server):
        for _ in range(5):
            orders.mail_code("anna@example.com", "eve", "en")
        wrong = f"{(int(server.code) + 1) % 10**6:06}"
        for _ in range(5):
            assert not orders.prove(wrong, "eve")
        with pytest.raises(TooManyTriesError):
            orders.mail_code("anna@example.com", "eve", "en")

    def test_can_be_guessed_at_25_times_an_hour_by_a_customer(self, orders, server):
        tried = 0
        for _ in range(7):
            try:
                orders.mail_code("anna@example.com", "eve", "en")
                wrong = f"{(int(server.code) + 1) % 10**6:06}"
                for _ in range(7):
                    assert not orders.prove(wrong, "eve")
                    tried += 1
            except TooManyTriesError:
                continue
        assert tried == 25

    def test_is_its_owners_again_a_day_after_strangers_used_them_up(
        self, orders, server, later
    ):
        for _ in range(3):
            for count in range(5):
                orders.mail_code("anna@example.com", f"eve {count}", "en")
            with pytest.raises(TooManyTriesError):
                orders.mail_code("anna@example.com", "anna", "en")
            later(DAY + 1)
        proves(orders, server)

    def test_that_the_server_did_not_take_is_not_counted(self, orders, server):
        server.fault = "busy"
        for _ in range(6):
            with pytest.raises(PortError):
                orders.mail_code("anna@example.com", "anna", "en")
        server.fault = None
        proves(orders, server)

    def test_is_mailed_in_the_customers_language(self, orders, server):
        orders.mail_code("anna@example.com", "anna", "fr")
        assert "Votre code" in server.received[-1][1]["Subject"]

    def test_is_mailed_to_nobody_who_only_rehearses(self, orders, server):
        orders.mail_code("anna@example.com", NOBODY, "en")
        assert server.received == []

    def test_that_the_server_did_not_take_proves_nothing(self, orders, server):
        server.fault = "busy"
        with pytest.raises(PortError):
            orders.mail_code("anna@example.com", "anna", "en")
        assert not orders.prove("123456", "anna")

    @pytest.mark.parametrize("written", ["001234", "001 234", "001-234", "٠٠١٢٣٤"])
    def test_is_read_however_it_is_written(self, written):
        assert digits(written) == "001234"

    def test_stands_in_no_table_and_neither_does_the_address(
        self, orders, server, database
    ):
        proves(orders, server)
        with database.read() as connection:
            rows = connection.execute(text("SELECT * FROM mailed_code")).all()
        assert len(rows) == 1
        assert not any(told in str(rows) for told in ("anna", server.code))

    def test_goes_with_a_key_that_is_changed(self, orders, server, database, codes):
        proves(orders, server)
        other = MailedCodes(database, "another-key-of-tests", codes._mail, codes._mails)
        assert other.proved("anna") is None

    def test_is_forgotten_with_what_it_proved(self, orders, server, database, later):
        proves(orders, server)
        assert database.write(lambda c: forget(c, NOW)) == 0
        later(9 * DAY)
        database.write(lambda c: forget(c, NOW))
        with database.read() as connection:
            count = connection.scalar(text("SELECT count(*) FROM mailed_code"))
        assert count == 0


def test_a_hundred_mails_an_hour_are_an_alarm(codes, monkeypatch):
    monkeypatch.setattr(codes, "_mail", type("Mute", (), {"send": lambda *_: None})())
    with capture_logs() as logs:
        for count in range(ALARM + 2):
            codes.send(f"a{count}@example.com", f"c{count}", "en")
    assert [one["log_level"] for one in logs if one["event"] == "codes_mailed"] == [
        "error"
    ]


@pytest.fixture
def floor(database, orders):
    return Floor(database, understanding=Understanding(assistants(orders=orders)))


class TestConversation:
    def asks(self, floor, server):
        floor.says("where is my parcel?")
        floor.says("i don't have it")
        floor.says("anna@example.com")
        return " ".join(floor.says(f"it is {server.code}"))

    def test_who_lacks_the_number_chooses_from_the_list(self, floor, server):
        told = self.asks(floor, server)
        assert "1. 50001" in told
        assert "being prepared" in told
        assert "SW1A" not in told
        assert "48213 is on its way" in " ".join(floor.says("the second one"))

    def test_who_comes_back_within_a_day_has_the_list_at_once(self, floor, server):
        self.asks(floor, server)
        assert "50001 is being prepared" in " ".join(floor.says("the latest"))
        floor.says("start over")
        assert "2. 48213" in " ".join(floor.says("where is my parcel?"))
        assert "48100 has been delivered" in " ".join(floor.says("3"))

    def test_who_gives_a_wrong_code_hears_no_more_than_that(self, floor, server):
        floor.says("where is my parcel?")
        floor.says("i don't have it")
        floor.says("anna@example.com")
        wrong = f"{(int(server.code) + 1) % 10**6:06}"
        told = " ".join(floor.says(wrong))
        assert "isn't the code" in told
        assert "48213" not in told

    def test_the_person_who_comes_is_not_told_the_code(self, floor, server):
        self.asks(floor, server)
        floor.says("i want a person")
        with floor.database.read() as connection:
            told = connection.scalar(text("SELECT handoff_summary FROM conversation"))
        assert server.code not in told

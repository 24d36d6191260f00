"""Who may see a record, and what a stopwatch sees of it."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.guard import ALARM, NOBODY, Guard, Record, failed, proved
from bot.pace import Pace
from bot.store import lookups
from bot.store.lookups import DAY, HOUR, Limit
from bot.store.retention import forget
from flows.ports import PortError, TooManyTriesError
from tests.floor import NOW


def record(number="48213", email="anna@example.com", postcode="SW1A 1AA"):
    return Record(number=number, email=email, postcode=postcode, tell=lambda: number)


@pytest.mark.parametrize("proof", ["ANNA@example.com", " anna@example.com", "sw1a 1aa"])
def test_a_record_is_opened_by_what_is_its_own(proof):
    assert proved([record()], "#48213", proof).tell() == "48213"


@pytest.mark.parametrize("empty", ["", " ", "-", "\0"])
def test_nothing_opens_what_has_no_proof(empty):
    assert proved([record(email="", postcode="")], "48213", empty) is None
    assert proved([], "", empty) is None
    assert proved([record(number="")], "", "anna@example.com") is None


@pytest.mark.parametrize("disguised", ["SW1A@1AA", "s@w1a1.aa", "sw1a 1aa@"])
def test_a_postcode_with_an_at_sign_is_no_postcode(disguised):
    # It counts as an e-mail address: ten tries a day, where a postcode has three.
    assert proved([record()], "48213", disguised) is None


class Watch:
    """A clock, and a sleep that moves it."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def missed(watch):
    """How long a miss takes whose look-up took so long."""
    pace = Pace(1.0, watch, watch.sleep)

    def measured(seconds):
        began = pace.began()
        watch.now += seconds
        pace.missed(began)
        return pytest.approx(watch.now - began)

    return measured


def test_every_miss_takes_a_second_however_fast_the_shop_was(missed):
    assert [missed(took) for took in (0.0, 0.1, 0.9)] == [1.0, 1.0, 1.0]


def test_or_as_long_as_the_slowest_answer_of_this_hour_and_the_last(watch, missed):
    assert [missed(took) for took in (1.5, 0.1, 2.0, 0.1)] == [1.5, 1.5, 2.0, 2.0]
    watch.now += HOUR
    assert missed(0.1) == 2.0
    watch.now += HOUR
    assert missed(0.1) == 1.0


MINE = "anna@example.com"
KEY = "a-key-of-tests"


class Shop:
    """Holds one order, counts what it is asked, and may be down."""

    def __init__(self):
        self.held = [record()]
        self.asked = 0
        self.down = False

    def look_up(self):
        self.asked += 1
        if self.down:
            raise PortError("orders: down")
        return self.held


@pytest.fixture
def shop():
    return Shop()


@pytest.fixture
def guard(database):
    return Guard("order", database, KEY)


@pytest.fixture
def find(guard, shop):
    def find(proof=MINE, number="48213", customer="anna"):
        held = shop.look_up if number == "48213" else list
        return guard.find(number, proof, customer, held)

    return find


@pytest.fixture
def refused(find):
    def refused(*about, **more):
        try:
            find(*about, **more)
        except TooManyTriesError:
            return True
        return False

    return refused


@pytest.fixture
def later(database):
    """Let seconds pass, by the database's clock."""

    def later(seconds):
        def job(connection):
            for moved in (
                "UPDATE lookup_count SET since = since - :s",
                "UPDATE lookup_proof SET at = at - :s",
            ):
                connection.execute(text(moved), {"s": seconds})

        database.write(job)

    return later


def guesses(count, who="guess"):
    return [f"{who}{number}@example.com" for number in range(count)]


class TestClaim:
    """Of who has proved an e-mail address by a code."""

    @pytest.fixture
    def claim(self, guard, shop):
        def claim(number="48213", address=MINE, at=None):
            held = shop.look_up if number == "48213" else list
            proved_at = time.time() if at is None else at
            return guard.claim(number, (address, proved_at), "anna", held)

        return claim

    def test_opens_what_guesses_have_closed(self, claim, find, refused):
        for count, proof in enumerate(guesses(10)):
            find(proof, customer=f"stranger {count}")
        assert refused(MINE)
        assert claim()
        assert find("") == "48213"
        assert refused(MINE, customer="somebody else")

    def test_opens_nothing_under_another_address(self, claim, guard):
        assert not claim(address="eve@example.com")
        assert not claim("99999")
        assert not guard.knows("48213", "anna")

    def test_is_no_guess_that_counts(self, claim, database):
        for _ in range(20):
            claim(address="eve@example.com")
        assert failed(database, "order") == 0

    def test_lasts_no_longer_than_the_proof(self, claim, guard, later):
        assert claim()
        later(DAY + 1)
        assert not guard.knows("48213", "anna")

    def test_takes_as_long_where_it_fails_whatever_there_is(self, database, watch):
        guard = Guard("order", database, KEY, Pace(1.0, watch, watch.sleep))

        def took(found, seconds):
            def asks():
                watch.now += seconds
                return found

            began = watch.now
            assert not guard.claim("48213", ("eve@example.com", 0.0), "eve", asks)
            return pytest.approx(watch.now - began)

        assert took([record()], 0.3) == took([], 0.1) == 1.0


class TestCustomer:
    def test_fails_five_times_an_hour_and_is_then_not_answered(self, find, refused):
        for number, proof in enumerate(guesses(5)):
            assert find(proof, str(number)) is None
        assert refused("eve@example.com", "6")
        # Not even what is right: who guesses must not learn it from the sixth.
        assert refused(MINE)
        assert find(MINE, customer="somebody else")

    def test_may_try_again_after_an_hour(self, find, refused, later):
        for number, proof in enumerate(guesses(5)):
            find(proof, str(number))
        later(HOUR - 60)
        assert refused(MINE)
        later(120)
        assert find(MINE)

    def test_waits_twice_as_long_each_time(self, database, later):
        limit = Limit(key="k", most=1, seconds=HOUR, longest=5 * HOUR)

        def begins():
            return database.write(lambda c: lookups.begin(c, [limit])) is not None

        waits, waited = [], 0.0
        assert begins()
        while len(waits) < 4:
            later(HOUR / 4)
            waited += HOUR / 4
            if begins():
                waits.append(waited / HOUR)
                waited = 0.0
        assert waits == [1, 2, 4, 5]

    def test_who_proves_something_has_not_failed(self, find):
        for _ in range(20):
            assert find()

    def test_a_success_gives_no_new_tries(self, find, refused):
        for number, proof in enumerate(guesses(4)):
            find(proof, str(number))
        assert find()
        find("eve@example.com", "7")
        assert refused("sam@example.com", "8")


class TestNumber:
    @pytest.mark.parametrize("number", ["48213", "50001"])
    def test_is_tried_ten_times_a_day_by_all_together(self, find, refused, number):
        for count, proof in enumerate(guesses(10)):
            assert find(proof, number, customer=f"c{count}") is None
        assert refused("eve@example.com", number, customer="c11")

    @pytest.mark.parametrize("number", ["48213", "50001"])
    def test_is_tried_three_times_with_a_postcode(self, find, refused, number):
        for count in range(3):
            assert find(f"AB{count} 1AA", number, customer=f"c{count}") is None
        assert refused("AB9 1AA", number, customer="c4")
        assert find("sam@example.com", number, customer="c5") is None

    def test_under_attack_still_shows_itself_to_who_proved_it(
        self, find, refused, later
    ):
        assert find()
        for count, proof in enumerate(guesses(10)):
            find(proof, customer=f"c{count}")
        assert refused(customer="another of hers")
        assert find(proof="") == find(MINE)
        later(DAY)
        assert refused(MINE, customer="c11") is False


def test_an_address_is_tried_ten_times_a_day(find, refused):
    for number in range(10):
        assert find("eve@example.com", str(number), customer=f"c{number}") is None
    assert refused("EVE@example.com ", "11", customer="c11")


def test_a_shop_that_is_down_is_no_failure_of_the_customers(find, shop):
    shop.down = True
    for _ in range(12):
        with pytest.raises(PortError):
            find("eve@example.com")
    shop.down = False
    assert find()


def test_a_hundred_at_once_are_a_hundred(guard, refused):
    with ThreadPoolExecutor(16) as pool:
        tries = [
            pool.submit(refused, proof, f"n{number}")
            for number, proof in enumerate(guesses(40))
        ]
    assert Counter(one.result() for one in tries) == {False: 5, True: 35}


class TestMemory:
    def test_who_proved_it_need_not_again_for_a_day(self, guard, find, later):
        assert not guard.knows("48213", "anna")
        find()
        assert guard.knows("#48213", "anna")
        assert not guard.knows("48213", "eve")
        assert find(proof="")
        assert find("eve@example.com") is None
        later(DAY)
        assert not guard.knows("48213", "anna")
        assert find(proof="") is None

    def test_holds_only_for_the_order_that_was_proved(self, find, shop):
        find()
        other = Record(number="48213", email="ben@example.com", tell=lambda: "Ben's")
        shop.held = [other]
        assert find(proof="") is None
        shop.held = [other, record()]
        assert find(proof="") == "48213"


def test_nobody_finds_nothing_and_counts_for_nothing(find, shop, database):
    assert find(customer=NOBODY) is None
    assert shop.asked == 0
    assert rows(database) == []


def test_an_attack_is_counted_and_logged_once(find, database):
    with capture_logs() as logs:
        for number in range(ALARM + 5):
            find(f"g{number}@example.com", str(number), customer=f"c{number}")
    assert failed(database, "order") == ALARM + 5
    attacks = [one for one in logs if one["event"] == "lookups_attacked"]
    assert [(one["failures"], one["log_level"]) for one in attacks] == [
        (ALARM, "error")
    ]


def rows(database):
    with database.read() as connection:
        counts = (
            connection.execute(text("SELECT key FROM lookup_count")).scalars().all()
        )
        proofs = connection.execute(text("SELECT key, record FROM lookup_proof")).all()
    return [*counts, *map(str, proofs)]


def test_the_tables_tell_neither_who_nor_what(find, database):
    find("eve@example.com")
    find()
    kept = " ".join(rows(database))
    assert kept
    assert not any(told in kept for told in ("48213", "anna", "eve"))


def test_what_means_nothing_any_more_is_forgotten(find, later, database):
    find("eve@example.com")
    find()
    database.write(lambda c: forget(c, NOW))
    assert rows(database)
    later(9 * DAY)
    assert database.write(lambda c: forget(c, NOW)) >= 5
    assert rows(database) == []


def test_no_answer_while_we_cannot_count(find, shop, database):
    database.write(lambda c: c.execute(text("ALTER TABLE lookup_count RENAME TO gone")))
    try:
        with pytest.raises(PortError):
            find()
        assert shop.asked == 0
    finally:
        back = text("ALTER TABLE gone RENAME TO lookup_count")
        database.write(lambda c: c.execute(back))

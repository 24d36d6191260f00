"""The sample shop: as fresh as on its day, and beside what somebody imported."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.calendar.csv_file import import_events
from bot.demo import shop
from bot.shop.csv_file import import_orders
from bot.shop.products_csv import import_products
from bot.store import faq, knowledge
from bot.store.shop import CalendarEvent, Shipment, ShopOrder, ShopProduct
from bot.wiring import prepare

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ORDERS = "number,email,postcode,status,placed_on,parcel_status,expected_on\n"


@pytest.fixture
def demo(parts):
    return replace(parts, settings=replace(parts.settings, demo=True, demo_past=False))


@pytest.fixture
def rows(demo):
    def rows(*columns):
        with demo.database.read() as connection:
            return connection.execute(select(*columns)).all()

    return rows


@pytest.fixture
def imported(demo, tmp_path):
    def imported(*lines):
        path = tmp_path / "orders.csv"
        path.write_text(ORDERS + "\n".join(lines))
        import_orders(path, demo.database)

    return imported


def test_what_is_past_in_the_samples_is_past_in_the_demo(demo, rows):
    shop.fill(demo)
    today = demo.clock().date()
    orders = rows(ShopOrder.placed_on, ShopOrder.refunded_on)
    arrived = rows(Shipment.expected_on, Shipment.status)
    past = [day for row in orders for day in row if day]
    past += [day for day, how in arrived if how in ("delivered", "returned")]
    assert max(past) == today - timedelta(days=1)


def test_orders_that_were_imported_before_stay_as_they_are(demo, rows, imported):
    imported("70001,anna@example.com,SW1A 1AA,shipped,2026-11-20,in_transit,2026-12-02")
    shop.fill(demo)
    found = dict(rows(ShopOrder.number, ShopOrder.placed_on))
    assert found["70001"] == date(2026, 11, 20)
    assert len(found) == 61
    assert rows(Shipment.expected_on)[0] == (date(2026, 12, 2),)


def test_an_imported_order_that_has_a_number_of_the_samples_stays(demo, rows, imported):
    imported("47867,anna@example.com,SW1A 1AA,shipped,2026-11-20,in_transit,2026-12-02")
    shop.fill(demo)
    emails = dict(rows(ShopOrder.number, ShopOrder.email))
    assert emails["47867"] == "anna@example.com"
    assert len(emails) == 60


def test_a_later_start_finds_the_orders_as_they_were(demo, rows, imported):
    shop.fill(demo)
    imported("70001,anna@example.com,SW1A 1AA,shipped,2027-01-20,in_transit,2027-01-27")
    before = rows(ShopOrder.number, ShopOrder.placed_on)
    shop.fill(demo)
    assert rows(ShopOrder.number, ShopOrder.placed_on) == before


def test_products_and_events_that_were_imported_before_stay(demo, rows, tmp_path):
    products, events = tmp_path / "products.csv", tmp_path / "events.csv"
    products.write_text("id,name,stock\nmug,Mug,in_stock\n")
    import_products(products, demo.database, demo.clock())
    sample = (shop.SAMPLES / "events.csv").read_text(encoding="utf-8")
    events.write_text(sample.replace("The Old Chapel", "The New Chapel"))
    import_events(events, demo.database, lambda *_changed: None)
    shop.fill(demo)
    assert rows(ShopProduct.name) == [("Mug",)]
    venues = {venue for (venue,) in rows(CalendarEvent.venue)}
    assert not any("The Old Chapel" in venue for venue in venues)


class TestFaq:
    """Of a home that was used before its first demo: the samples wait as drafts."""

    @pytest.fixture
    def live(self, demo):
        def live():
            with demo.database.read() as connection:
                return {one.name: one.live for one in knowledge.faq(connection)}

        return live

    def test_the_demo_publishes_its_sample_answers_there_too(self, demo, live):
        assert not any(live().values())
        prepare(demo)
        assert len(live()) >= 20
        assert all(live().values())

    def test_what_somebody_edited_stays_a_draft(self, demo, live):
        with demo.database.read() as connection:
            one = faq.entry(connection, "opening_hours")
        edited = replace(one.entry(), question="When?", live=False)
        demo.database.write(
            lambda connection: knowledge.save(connection, edited, now=demo.clock())
        )
        prepare(demo)
        assert [name for name, is_live in live().items() if not is_live] == [one.name]

    def test_what_somebody_deleted_stays_deleted(self, demo, live):
        demo.database.write(
            lambda connection: knowledge.delete(
                connection, "opening_hours", demo.clock()
            )
        )
        prepare(demo)
        assert "opening_hours" not in live()

    def test_what_somebody_took_back_in_the_demo_stays_taken_back(self, demo, live):
        prepare(demo)
        with demo.database.read() as connection:
            one = faq.entry(connection, "opening_hours")
        demo.database.write(
            lambda connection: knowledge.save(
                connection, replace(one.entry(), live=False), now=demo.clock()
            )
        )
        prepare(demo)
        assert not live()["opening_hours"]

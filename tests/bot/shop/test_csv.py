"""Orders from a file: the good rows go in, the others are named with their cure."""

from datetime import date

import pytest

from bot.content import DATA, patterns_of
from bot.shop.csv_file import import_orders
from bot.shop.tables import TableOrders
from bot.store.tables import MOST_NAMED, FileError
from tests.bot.shop.conftest import Unguarded

HEAD = (
    "number,email,postcode,status,"
    "placed_on,courier,tracking_number,parcel_status,expected_on"
)
GOOD = (
    "48213,anna@example.com,SW1A 1AA,shipped,"
    "2026-11-20,Royal Mail,RM1,in_transit,2026-11-27"
)

OWN_PATTERN = r"""
nlu:
- regex: order_number
  examples: |
    - (?<!\w)abc-\d{1,6}(?!\w)
"""

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def imported(database, tmp_path):
    """Import these lines, and return the report as a person reads it."""

    def read(*lines, head=HEAD, encoding="utf-8", patterns=()):
        path = tmp_path / "orders.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding=encoding)
        return list(import_orders(path, database, patterns).lines())

    return read


@pytest.fixture
def orders(database):
    return Unguarded(TableOrders(database))


def test_of_two_rows_of_one_number_the_second_is_refused(imported, orders):
    told = imported(GOOD, GOOD.replace("shipped", "cancelled"))
    assert told == [
        "1 row imported, 1 refused",
        "orders.csv, line 3: '48213' stands in line 2 already, which counts; keep one "
        "of the two",
    ]
    assert orders.find("48213", "anna@example.com").status == "shipped"


def test_an_order_is_found_with_either_proof_and_with_no_other(imported, orders):
    assert imported(GOOD) == ["1 row imported, 0 refused"]
    order = orders.find("48213", "anna@example.com")
    assert order == orders.find("48213", "sw1a1aa")
    assert order.status == "shipped"
    (parcel,) = order.parcels
    assert (parcel.courier, parcel.tracking_number) == ("Royal Mail", "RM1")
    assert parcel.tracking_url.endswith("/RM1")
    assert parcel.expected == date(2026, 11, 27)
    for number, proof in [("48213", "eve@example.com"), ("48214", "anna@example.com")]:
        assert orders.find(number, proof) is None
    assert orders.find("48213", "") is None


def test_the_same_file_again_changes_in_place(imported, orders):
    imported(GOOD)
    imported("48213,anna@example.com,SW1A 1AA,delivered,,,,,")
    order = orders.find("48213", "anna@example.com")
    assert (order.status, order.parcels) == ("delivered", ())


@on_sqlite
class TestRow:
    def test_bad_rows_are_named_and_the_rest_goes_in(self, imported, orders):
        report = imported(
            "4 4,anna@example.com,SW1A 1AA,shipped,,,,,",
            GOOD,
            "50001,,SW1A 1AA,shipped,,,,,",
            "50002,anna@example.com,SW1A 1AA,lost,,,,,",
            "50003,anna@example.com,SW1A 1AA,shipped,20.11.2026,,,,",
            "50004,anna@example.com,SW1A 1AA,shipped,,,,teleported,",
            "50005,anna@example.com,SW1A 1AA,shipped,,DHL|DPD,D1|D2|D3,,",
        )
        assert report[0] == "1 row imported, 6 refused"
        assert [line.split(": ", 1)[0] for line in report[1:]] == [
            f"orders.csv, line {number}" for number in (2, 4, 5, 6, 7, 8)
        ]
        cures = [
            "letters, digits and - only",
            "email is empty",
            "it must be unpaid, processing",
            "not a date such as 2026-12-24",
            "it must be pending, info_received",
            "do not hold 3 values each",
        ]
        for line, cure in zip(report[1:], cures, strict=True):
            assert cure in line
        assert orders.find("48213", "anna@example.com")

    def test_an_order_that_no_customer_could_ask_for_is_refused(
        self, imported, orders, tmp_path
    ):
        patterns = patterns_of(tmp_path)
        row = GOOD.replace("48213", "{}")
        report = imported(row.format("ABC-1"), GOOD, patterns=patterns)
        assert report[0] == "1 row imported, 1 refused"
        assert "line 2: customers can't give 'ABC-1'" in report[1]
        assert "docs/imports.md" in report[1]

    def test_a_shops_own_pattern_lets_its_numbers_in_as_customers_give_them(
        self, imported, orders, tmp_path
    ):
        own = tmp_path / "data" / "nlu" / "entities.yml"
        own.parent.mkdir(parents=True)
        own.write_text(OWN_PATTERN)
        row = GOOD.replace("48213", "abc-1")
        report = imported(row, patterns=patterns_of(tmp_path))
        assert report == ["1 row imported, 0 refused"]
        assert orders.find("ABC-1", "anna@example.com")

    @pytest.mark.parametrize("email", ["anna", "anna@", "anna@shop", "a b@example.com"])
    def test_what_is_no_address_is_refused(self, imported, email):
        report = imported(GOOD.replace("anna@example.com", email))
        assert report[0] == "0 rows imported, 1 refused"
        assert "write an address such as ada@example.com" in report[1]

    @pytest.mark.parametrize(
        ("parcels", "named"),
        [
            ("DHL|DPD,D1,in_transit|delivered,", "tracking_number holds 1"),
            ("DHL|DPD,D1|D2,in_transit|delivered|pending,", "courier holds 2"),
        ],
    )
    def test_parcels_that_lack_a_value_of_their_own_are_refused(
        self, imported, parcels, named
    ):
        report = imported(f"48213,anna@example.com,SW1A 1AA,shipped,,{parcels}")
        assert report[0] == "0 rows imported, 1 refused"
        assert f"{named}; write one for each parcel, with | between them" in report[1]

    def test_a_report_stays_short(self, imported):
        report = imported(*["x y,,,,,,,,"] * 30)
        assert len(report) == MOST_NAMED + 2
        assert report[-1] == "... and 10 more"

    def test_parcels_stand_side_by_side(self, imported, orders):
        imported(
            "48213,anna@example.com,SW1A 1AA,partially_shipped,,"
            "DHL,D1|D2,delivered|in_transit,|2026-11-27"
        )
        found = orders.find("48213", "anna@example.com").parcels
        assert [
            (p.courier, p.tracking_number, p.status, p.expected) for p in found
        ] == [
            ("DHL", "D1", "delivered", None),
            ("DHL", "D2", "in_transit", date(2026, 11, 27)),
        ]

    def test_a_shop_writes_as_it_likes(self, imported, orders):
        row = '#48213, Anna@Example.COM ,"sw1a 1aa",Partially Shipped,,,,,'
        assert imported(row)[0] == "1 row imported, 0 refused"
        order = orders.find("48213", "ANNA@example.com ")
        assert order.status == "partially_shipped"

    def test_a_row_may_end_early_and_lines_count_as_an_editor_shows_them(
        self, imported
    ):
        report = imported('48213,anna@example.com,"SW1A\n1AA",shipped', "x y,a,b,c")
        assert report[0] == "1 row imported, 1 refused"
        assert report[1].startswith("orders.csv, line 4: ")


@on_sqlite
class TestFile:
    def test_the_columns_may_be_in_any_order_and_others_beside_them(
        self, imported, orders
    ):
        head = "\ufeffstatus,note,postcode,email,number"
        imported("shipped,!,SW1A 1AA,anna@example.com,48213", head=head)
        assert orders.find("48213", "anna@example.com").parcels == ()

    def test_a_column_that_is_not_read_is_named_with_what_was_meant(self, imported):
        head = "number,email,postcode,status,note,traking_number"
        report = imported("48213,anna@example.com,SW1A 1AA,shipped,!,RM1", head=head)
        assert report == [
            "1 row imported, 0 refused",
            "column note is not read",
            "column traking_number is not read; did you mean tracking_number?",
        ]

    @pytest.mark.parametrize(("between", "said"), [(";", "semicolons"), ("\t", "tabs")])
    def test_another_separator_is_found_and_told(self, imported, orders, between, said):
        row = GOOD.replace(",", between)
        report = imported(row, head=HEAD.replace(",", between))
        assert report == [
            "1 row imported, 0 refused",
            f"columns are taken to stand between {said}",
        ]
        assert orders.find("48213", "anna@example.com")

    def test_a_missing_column_is_named(self, imported):
        with pytest.raises(FileError, match="missing: email, status"):
            imported(head="number,postcode")

    def test_another_encoding_is_refused_with_its_cure(self, imported):
        with pytest.raises(FileError, match="export it as UTF-8 CSV"):
            imported("1,\xe9@example.com,SW1A 1AA,shipped", encoding="latin-1")

    def test_what_is_no_csv_is_refused_with_its_line(self, imported):
        with pytest.raises(FileError, match="line 2: not CSV"):
            imported('48213,"anna"@example.com,SW1A 1AA,shipped')

    def test_a_file_that_is_not_there_is_named(self, database, tmp_path):
        with pytest.raises(FileError, match="orders.csv can't be read: No such file"):
            import_orders(tmp_path / "orders.csv", database)

    def test_our_own_sample_is_good(self, database):
        report = import_orders(DATA / "demo" / "orders.csv", database)
        assert (report.imported, report.refused) == (60, [])


def test_how_refund_and_return_stand_is_read_where_there_are_columns(imported, orders):
    head = "number,email,postcode,status,refund,refunded_on,return"
    who = "anna@example.com,SW1A 1AA"
    told = imported(
        f"48213,{who},delivered,partial,2026-11-20,received",
        f"48214,{who},refunded,,,",
        f"48215,{who},delivered,,,",
        f"48216,{who},delivered,paid,,",
        head=head,
    )
    assert told[0] == "3 rows imported, 1 refused"
    assert "it must be none, pending" in told[1]
    found = [orders.find(str(n), "anna@example.com") for n in range(48213, 48216)]
    assert [(one.refund, one.refunded, one.returned) for one in found] == [
        ("partial", date(2026, 11, 20), "received"),
        ("full", None, None),
        (None, None, None),
    ]
    imported(GOOD)
    assert orders.find("48213", "anna@example.com").refund is None

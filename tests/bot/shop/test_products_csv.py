"""Products from a CSV file: what is kept, and what is told of bad rows."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.shop.own_products import OwnProducts
from bot.shop.products_csv import import_products
from bot.shop.shelf import OF_TABLES, Shelf
from bot.shop.table_products import TableProducts
from bot.store.tables import FileError
from flows.files import DataError
from flows.ports import PortError
from flows.products import Variant

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
GOOD = """id,name,variant,stock,price,url,image
jacket,Blue Rain Jacket,M,3,£59.00,https://shop.example/jacket,
jacket,Blue Rain Jacket,L,out_of_stock,£62.00,,https://shop.example/jacket.jpg
bag,Canvas Tote Bag,,120,£9.50,,
lp,Paper Foxes LP,,Backorder,,,
"""


@pytest.fixture
def put(database, tmp_path):
    def put(text, now=NOW):
        path = tmp_path / "products.csv"
        path.write_text(text)
        return import_products(path, database, now)

    return put


@pytest.fixture
def products(database):
    return TableProducts(database, ZoneInfo("Europe/London"))


def test_a_product_has_all_its_rows(put, products):
    assert [*put(GOOD).lines()] == ["4 rows imported, 0 refused"]
    assert [one.name for one in products.names()] == [
        "Blue Rain Jacket",
        "Canvas Tote Bag",
        "Paper Foxes LP",
    ]
    jacket = products.product("jacket")
    assert jacket.variants == (
        Variant(name="M", stock="few", price="£59.00"),
        Variant(name="L", stock="out_of_stock", price="£62.00"),
    )
    assert (jacket.stock, jacket.price) == ("few", "£59.00 / £62.00")
    assert jacket.url == "https://shop.example/jacket"
    assert jacket.image == "https://shop.example/jacket.jpg"
    assert jacket.as_of == NOW.date()
    assert products.product("lp").stock == "backorder"
    assert products.product("nothing") is None


def test_each_bad_row_is_told_with_its_line(put, products):
    told = put(
        GOOD
        + "mug,Mug,,plenty,,,\n"
        + ",Cap,,1,,,\n"
        + "jacket,Red Rain Jacket,S,1,,,\n"
        + "bag,Canvas Tote Bag,,4,,,\n"
        + "a b,Pin,,1,,,\n"
        + "pin,Pin,,1,,javascript:x,\n"
    )
    assert (told.imported, told.refused) == (
        4,
        [
            "products.csv, line 6: stock is 'plenty'; it must be in_stock, few, "
            "out_of_stock, backorder",
            "products.csv, line 7: id is empty",
            "products.csv, line 8: jacket is called 'Blue Rain Jacket' above, and "
            "'Red Rain Jacket' here",
            "products.csv, line 9: 'bag' stands in line 4 already, which counts; keep "
            "one of the two",
            "products.csv, line 10: id is 'a b'; letters, digits and . _ - only, 64 at "
            "most",
            "products.csv, line 11: url is 'javascript:x'; write an address with "
            "https://",
        ],
    )
    assert len(products.names()) == 3


def test_a_file_takes_the_place_of_the_one_before(put, products):
    put(GOOD)
    put("id,name,stock\nmug,Mug,1\n")
    assert [one.name for one in products.names()] == ["Mug"]


def test_a_file_without_a_good_row_changes_nothing(put, products):
    put(GOOD)
    assert put("id,name,stock\nmug,Mug,plenty\n").imported == 0
    with pytest.raises(FileError, match="missing: stock"):
        put("id,name\nmug,Mug\n")
    assert len(products.names()) == 3


def test_names_of_the_tables_are_known_within_two_seconds(put, products):
    now = [0.0]
    shelf = Shelf(products, OF_TABLES, now=lambda: now[0])
    assert not shelf.are_known()
    put(GOOD)
    now[0] += OF_TABLES
    assert shelf.are_known()
    assert shelf.meant("any tote bags?").products[0].key == "bag"


def test_a_file_of_python_does_as_well(tmp_path):
    path = tmp_path / "products.py"
    path.write_text(
        "def names():\n    return [{'id': 'bag', 'name': 'Tote Bag'}]\n"
        "def product(key):\n"
        "    if key == 'bad':\n        raise ValueError('anna@example.com')\n"
        "    return {'name': 'Tote Bag', 'stock': 2} if key == 'bag' else None\n"
    )
    own = OwnProducts(path)
    assert [one.key for one in own.names()] == ["bag"]
    assert (own.product("bag").key, own.product("bag").stock) == ("bag", "few")
    assert own.product("cap") is None
    assert [*own.search(["tote"])] == []
    assert own.diagnosis().well
    with pytest.raises(PortError, match=r"products\.py: product: ValueError") as error:
        own.product("bad")
    assert "anna" not in str(error.value)


def test_a_file_that_is_not_there_or_lacks_its_function_stops_the_start(tmp_path):
    path = tmp_path / "products.py"
    with pytest.raises(DataError, match="FRONTDESK_PRODUCTS=own needs it"):
        OwnProducts(path)
    path.write_text("x = 1\n")
    with pytest.raises(DataError, match=r"has no function 'names\(\)'"):
        OwnProducts(path)

"""What holds of the products of every shop on the network, over real HTTP."""

import time

import pytest

from bot.shop.rest_products import RestProducts
from bot.shop.shelf import AGAIN, FRESH, Shelf
from bot.shop.shopify_products import ShopifyProducts
from bot.shop.woocommerce_products import WooCommerceProducts
from flows.ports import PortError
from flows.products import Variant
from tests.bot.shop.conftest import opened
from tests.shops import rest, shopify, woocommerce
from tests.shops.server import Stocked

FAULTS = ["throttled", "broken", "html", "missing", "redirect", "null", "silent"]


@pytest.fixture
def shop(shop):
    shop.stocked = [
        Stocked(key="501", name="Blue Rain Jacket", counts={"S": 9, "M": 2, "L": 0}),
        Stocked(key="502", name="Quayside Turntable", counts={"": 0}),
        Stocked(key="503", name="Moonlit Kiosk LP"),
        Stocked(key="504", name="Not yet", public=False),
    ]
    return shop


@pytest.fixture
def products(shop):
    if isinstance(shop, shopify.Shopify):
        return ShopifyProducts(shop.url, shopify.TOKEN, "2026-10")
    if isinstance(shop, woocommerce.WooCommerce):
        return WooCommerceProducts(shop.url, woocommerce.KEYS)
    return RestProducts(shop.url, rest.TOKEN)


def test_all_names_are_listed_page_by_page_and_nothing_that_is_not_public(products):
    found = [(one.key, one.name) for one in products.names()]
    assert found == [
        ("501", "Blue Rain Jacket"),
        ("502", "Quayside Turntable"),
        ("503", "Moonlit Kiosk LP"),
    ]


def test_a_product_is_told_with_its_sizes_price_and_page(products):
    products.names()
    found = products.product("501")
    assert (found.key, found.name, found.stock) == (
        "501",
        "Blue Rain Jacket",
        "in_stock",
    )
    assert found.price in ("59.0 GBP", "59 GBP", "£59.00")
    assert found.url == "https://shop.example/501"
    assert found.variants == (
        Variant(name="S", stock="in_stock"),
        Variant(name="M", stock="few"),
        Variant(name="L", stock="out_of_stock"),
    )


def test_one_that_has_no_sizes(products):
    found = products.product("502")
    assert (found.stock, found.variants) == ("out_of_stock", ())
    assert products.product("503").stock == "in_stock"


@pytest.mark.parametrize("key", ["999", "504", "../orders/1", "501/", "", "501 OR 1"])
def test_what_is_not_sold_is_none(products, key):
    assert products.product(key) is None


def test_a_search_finds_by_words(products):
    found = [one.name for one in products.search(["rain", "jacket"])]
    assert found == ["Blue Rain Jacket"]
    assert [*products.search(["purple", "jacket"])] == []


@pytest.mark.parametrize(
    "words", [["title:*"], ["*"], ["OR", "*"], ["jacket'", "OR", "title:*"], ['"']]
)
def test_what_a_customer_writes_is_no_syntax_of_a_search(shop, products, words):
    found = {one.name for one in products.search(words)}
    assert found <= {"Blue Rain Jacket"}
    asked = [a.body["variables"]["query"] for a in shop.asked if a.body]
    assert not any(sign in one for one in asked for sign in "'\"(")
    assert not any("title:*" in one or " OR " in one for one in asked)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_shop_that_does_not_answer_is_no_product_that_is_not_there(
    shop, products, fault
):
    shop.fault = fault
    with pytest.raises(PortError):
        products.product("501")
    with pytest.raises(PortError):
        products.names()
    assert not products.diagnosis().well
    shop.fault = None
    assert products.product("501")
    assert products.diagnosis().well


def test_nobody_waits_longer_than_three_seconds_for_all_of_it(shop, products):
    shop.fault, began = "slow", time.monotonic()
    with pytest.raises(PortError, match="no answer in 3"):
        products.product("501")
    assert time.monotonic() - began < 3.4


def wait_for(claim):
    end = time.monotonic() + 5
    while not claim() and time.monotonic() < end:
        time.sleep(0.01)
    assert claim()


def test_names_are_learned_beside_whoever_asks_and_kept_when_the_shop_is_gone(
    shop, products
):
    now = [1000.0]
    shelf = Shelf(products, now=lambda: now[0])
    wait_for(shelf.are_known)
    assert [one.key for one in shelf.meant("the turntable?").products] == ["502"]
    shop.fault = "broken"
    now[0] += 601
    asked = len(shop.asked)
    shelf.names()
    wait_for(lambda: len(shop.asked) > asked)
    assert shelf.are_known()
    shop.fault = None
    shop.stocked.append(Stocked(key="505", name="Harbour Hoodie"))
    time.sleep(0.1)
    now[0] += AGAIN + 1
    wait_for(lambda: bool(shelf.names().of("505").products))


def test_what_no_name_fits_is_searched_for_in_the_shop(shop, products):
    shelf = Shelf(products)
    wait_for(shelf.are_known)
    shop.stocked.append(Stocked(key="506", name="Purple Umbrella"))
    found = shelf.meant("do you have purple umbrellas?")
    if isinstance(products, ShopifyProducts):  # whose search takes beginnings of words
        assert [*found.products] == []
    found = shelf.meant("do you have the purple umbrella?")
    assert ([one.key for one in found.products], found.sure) == (["506"], False)


def test_what_is_told_is_a_minute_old_at_most(shop, products):
    now = [0.0]
    shelf = Shelf(products, now=lambda: now[0])
    assert shelf.find("503").stock == "in_stock"
    shop.stocked[2].counts = {"": 0}
    now[0] += FRESH - 1
    assert shelf.find("503").stock == "in_stock"
    now[0] += 2
    assert shelf.find("503").stock == "out_of_stock"


def test_shopify_tells_what_it_does_not_count_and_what_can_be_ordered():
    with opened(shopify.Shopify) as shop:
        products = ShopifyProducts(shop.url, shopify.TOKEN, "2026-10")
        for about, stock in [
            ({"availableForSale": True}, "in_stock"),
            ({"availableForSale": True, "inventoryPolicy": "CONTINUE"}, "backorder"),
            ({"availableForSale": False}, "out_of_stock"),
        ]:
            shop.stocked = [Stocked(key="1", name="Pin", counts={"": 0}, about=about)]
            assert products.product("1").stock == stock


def test_an_app_without_the_scope_is_told_so():
    with opened(shopify.Shopify) as shop:
        shop.scopes.remove("read_products")
        seen = ShopifyProducts(shop.url, shopify.TOKEN, "2026-10").diagnosis()
        assert (seen.well, seen.said) == (False, "shopify: ACCESS_DENIED")
        assert "read_products" in seen.cure


def test_woocommerce_has_its_own_idea_of_few_and_words_that_nobody_knows():
    with opened(woocommerce.WooCommerce) as shop:
        products = WooCommerceProducts(shop.url, woocommerce.KEYS)
        for about, stock in [
            ({"low_stock_amount": 10}, "few"),
            ({"stock_quantity": None}, "in_stock"),
            ({"stock_status": "onbackorder"}, "backorder"),
        ]:
            shop.stocked = [Stocked(key="1", name="Pin", about=about)]
            assert products.product("1").stock == stock
        shop.stocked = [Stocked(key="1", name="Pin", about={"stock_status": "soon"})]
        with pytest.raises(PortError):
            products.product("1")


def test_a_shop_of_ones_own_that_says_what_nobody_knows_is_a_port_error():
    with opened(rest.Rest) as shop:
        shop.stocked = [Stocked(key="1", name="Pin", about={"stock": "plenty"})]
        with pytest.raises(PortError):
            RestProducts(shop.url, rest.TOKEN).product("1")

"""Whether the shop's own system tells us of its orders, as it says itself."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest

from bot.shop.notices import subscribed
from tests.shops.shopify import TOKEN, Shopify
from tests.shops.woocommerce import KEYS, WooCommerce

ADDRESS = "https://desk.example.com"
SHOPIFY, WOO = f"{ADDRESS}/webhook/shopify", f"{ADDRESS}/webhook/woocommerce"
TOPICS = (
    "ORDERS_CREATE",
    "ORDERS_UPDATED",
    "ORDERS_CANCELLED",
    "ORDERS_FULFILLED",
    "FULFILLMENTS_CREATE",
    "FULFILLMENTS_UPDATE",
)
SECRET = "a-secret-of-the-shop"
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@on_sqlite
class TestShopify:
    @pytest.fixture
    def shop(self):
        with Shopify().open() as shop:
            yield shop

    @pytest.fixture
    def seen(self, shop, settings):
        asked = replace(
            settings.shop,
            kind="shopify",
            shopify_url=shop.url,
            shopify_token=TOKEN,
            shopify_signing=(SECRET,),
        )
        whole = replace(settings, shop=asked, public_url=ADDRESS)
        return lambda heard=False: subscribed.diagnosis(whole, heard=heard)

    def test_all_that_lead_here_are_well(self, shop, seen):
        shop.subscriptions = [(topic, SHOPIFY) for topic in TOPICS]
        shop.subscriptions += [("PRODUCTS_UPDATE", "https://other.example/hook")]
        assert (seen().well, seen().said) == (True, "all 6 of the app's lead here")

    def test_those_that_are_missing_are_named(self, shop, seen):
        shop.subscriptions = [(topic, f"{SHOPIFY}/") for topic in TOPICS[:4]]
        found = seen()
        assert not found.well
        assert found.said == ("the app lacks fulfillments/create, fulfillments/update")
        assert SHOPIFY in found.cure

    def test_of_none_that_is_listed_nothing_is_proved(self, seen):
        found = seen()
        assert found.well
        assert "is not listed" in found.notes[0]
        assert SHOPIFY in found.notes[0]

    def test_those_that_lead_elsewhere_are_wrong_if_none_ever_came(self, shop, seen):
        shop.subscriptions = [(topic, "https://old.example/hook") for topic in TOPICS]
        found = seen()
        assert not found.well
        assert "lead to https://old.example/hook, and none ever came here" in found.said
        assert SHOPIFY in found.cure
        assert seen(heard=True).well

    @pytest.mark.parametrize("fault", ["throttled", "broken", "html", "null"])
    def test_a_shop_that_does_not_say_is_not_called_wrong(self, shop, seen, fault):
        shop.fault = fault
        assert seen().well
        assert seen().said in ("not known", "shopify lists none of the app's own")


@on_sqlite
class TestWooCommerce:
    @pytest.fixture
    def shop(self):
        with WooCommerce().open() as shop:
            yield shop

    @pytest.fixture
    def seen(self, shop, settings):
        asked = replace(
            settings.shop,
            kind="woocommerce",
            woocommerce_url=shop.url,
            woocommerce_key=KEYS[0],
            woocommerce_secret=KEYS[1],
            woocommerce_signing=(SECRET,),
        )
        whole = replace(settings, shop=asked, public_url=ADDRESS)
        return lambda: subscribed.diagnosis(whole, heard=False)

    def test_both_that_are_active_are_well(self, shop, seen):
        shop.webhooks = (
            ("order.created", "active", WOO),
            ("order.updated", "disabled", WOO),
            ("order.updated", "active", WOO),
        )
        assert seen().well

    @pytest.mark.parametrize(
        ("webhooks", "said"),
        [
            ((), "order.created is missing, order.updated is missing"),
            (
                (("order.created", "active", WOO), ("order.updated", "disabled", WOO)),
                "order.updated is disabled",
            ),
            (
                (("order.created", "paused", WOO), ("order.updated", "active", WOO)),
                "order.created is paused",
            ),
            (
                (
                    ("order.created", "active", WOO),
                    ("order.updated", "active", "https://old.example/hook"),
                ),
                "order.updated is missing",
            ),
        ],
    )
    def test_what_is_wrong_is_named_with_its_cure(self, shop, seen, webhooks, said):
        shop.webhooks = webhooks
        found = seen()
        assert (found.well, found.said) == (False, said)
        assert WOO in found.cure
        assert "Settings, Advanced, Webhooks" in found.cure

    def test_a_key_that_may_not_see_them_is_noted(self, shop, seen):
        shop.manages = False
        found = seen()
        assert (found.well, found.said) == (True, "not known")
        assert "HTTP 403" in found.notes[0]


@on_sqlite
def test_a_shop_that_lists_none_is_not_asked(settings):
    signed = replace(settings.shop, orders_signing=(SECRET,))
    whole = replace(settings, shop=signed)
    assert subscribed.diagnosis(whole, heard=False) is None


def test_the_doctor_tells(tmp_path):
    with WooCommerce().open() as shop:
        ours = ("FACEBOOK_", "FRONTDESK_", "GRAPH_", "BROKER_", "DATABASE_")
        env = {k: v for k, v in os.environ.items() if not k.startswith(ours)} | {
            "FRONTDESK_HOME": str(tmp_path),
            "FRONTDESK_URL": ADDRESS,
            "FRONTDESK_ORDERS": "woocommerce",
            "FACEBOOK_APP_ID": "1517776481860111",
            "FACEBOOK_PAGE_ID": "102030405060708",
            "FACEBOOK_APP_SECRET": "shh",
            "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
            "WOOCOMMERCE_URL": shop.url,
            "WOOCOMMERCE_KEY": KEYS[0],
            "WOOCOMMERCE_SECRET": KEYS[1],
            "WOOCOMMERCE_WEBHOOK_SECRET": SECRET,
        }
        command = Path(sys.executable).with_name("frontdesk")

        def told(*words):
            done = run(  # noqa: S603 - our own command
                [command, *words], env=env, capture_output=True, text=True, timeout=60
            )
            assert "Traceback" not in done.stderr, done.stderr
            return done.stdout

        told("migrate")
        found = json.loads(told("doctor", "--json"))["local"]
    (seen,) = (one for one in found if one["name"] == "subscriptions")
    assert not seen["well"]
    assert seen["said"] == "order.created is missing, order.updated is missing"

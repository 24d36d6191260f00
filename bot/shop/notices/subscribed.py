"""Does the shop's own system tell us of its orders? Ask it for its subscriptions.

https://shopify.dev/docs/api/admin-graphql/latest/queries/webhookSubscriptions lists
what an app has subscribed to over the API for itself, and neither what stands in its
`shopify.app.toml` nor what somebody added by hand: that none is listed proves nothing.
https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/ lists all of a shop.
"""

from collections.abc import Mapping, Sequence

from bot.settings import Settings
from bot.shop.orders import Diagnosis
from bot.shop.reading import objects, text
from bot.shop.shopify_admin import ShopifyAdmin
from bot.shop.web import Web
from flows.ports import PortError

_SHOPIFY = (
    "ORDERS_CREATE",
    "ORDERS_UPDATED",
    "ORDERS_CANCELLED",
    "ORDERS_FULFILLED",
    "FULFILLMENTS_CREATE",
    "FULFILLMENTS_UPDATE",
)
_LISTED = """
query($topics: [WebhookSubscriptionTopic!]) {
  webhookSubscriptions(first: 100, topics: $topics) { nodes { topic uri } }
}
"""
_WOOCOMMERCE = ("order.created", "order.updated")
_MOST = 100  # that WooCommerce lists at once


def diagnosis(settings: Settings, *, heard: bool) -> Diagnosis | None:
    """Ask a shop that can tell; *heard*: whether a notice of it was ever taken."""
    shop = settings.shop
    try:
        if shop.shopify_signing:
            return _of_shopify(settings, heard=heard)
        if shop.woocommerce_signing:
            return _of_woocommerce(settings)
    except PortError as error:
        # That the shop does not answer at all is said of its orders already.
        return Diagnosis(
            well=True,
            said="not known",
            notes=(f"they could not be asked for ({error}); docs/orders.md has them",),
        )
    return None


def _of_shopify(settings: Settings, *, heard: bool) -> Diagnosis:
    shop, door = settings.shop, _door(settings, "shopify")
    url, token = shop.shopify_url or "", shop.shopify_token or ""
    admin = ShopifyAdmin(url, token, shop.shopify_version)
    content = admin.ask(_LISTED, {"topics": [*_SHOPIFY]})
    listed = objects(content, "webhookSubscriptions", "nodes")
    ours = {text(one, "topic") for one in listed if _leads(text(one, "uri"), door)}
    missing = [topic for topic in _SHOPIFY if topic not in ours]
    if not missing:
        return Diagnosis(well=True, said=f"all {len(ours)} of the app's lead here")
    if ours:
        return Diagnosis(
            well=False,
            said=f"the app lacks {', '.join(map(_in_words, missing))}",
            cure=f"Subscribe the app to these as well, with the address {door}.",
        )
    elsewhere = sorted({text(one, "uri") for one in listed} - {""})
    return _none_of_shopify(elsewhere, door, heard=heard)


def _none_of_shopify(elsewhere: Sequence[str], door: str, *, heard: bool) -> Diagnosis:
    if elsewhere and not heard:
        return Diagnosis(
            well=False,
            said=f"the app's lead to {', '.join(elsewhere)}, and none ever came here",
            cure=f"Give them the address {door}, or set FRONTDESK_URL to the one that "
            "they have.",
        )
    return Diagnosis(
        well=True,
        said="shopify lists none of the app's own",
        notes=(
            "what stands in shopify.app.toml, or was added under Settings, "
            f"Notifications, Webhooks, is not listed: see that it names {door}",
        ),
    )


def _of_woocommerce(settings: Settings) -> Diagnosis:
    door = _door(settings, "woocommerce")
    states = _states(settings, door)
    wrong = [
        f"{topic} is {states.get(topic, 'missing')}"
        for topic in _WOOCOMMERCE
        if states.get(topic) != "active"
    ]
    if not wrong:
        return Diagnosis(well=True, said="order.created and order.updated lead here")
    return Diagnosis(
        well=False,
        said=", ".join(wrong),
        cure="In WooCommerce, Settings, Advanced, Webhooks: add what is missing with "
        f"the delivery URL {door} and the secret of WOOCOMMERCE_WEBHOOK_SECRET, and "
        "set to Active what is paused or disabled: five failures in a row do that.",
    )


def _states(settings: Settings, door: str) -> Mapping[str, str]:
    """Return how each topic's webhook to us stands: an active one before others."""
    shop = settings.shop
    keys = shop.woocommerce_key or "", shop.woocommerce_secret or ""
    web = Web("woocommerce", {}, auth=keys)
    url = f"{shop.woocommerce_url}/wp-json/wc/v3/webhooks"
    answer = web.get(url, {"per_page": _MOST})
    if answer.status != 200 or not isinstance(answer.content, list):
        raise PortError(f"woocommerce: HTTP {answer.status}, no webhooks")
    ours = [
        (text(one, "topic"), text(one, "status"))
        for one in answer.content
        if _leads(text(one, "delivery_url"), door)
    ]
    return dict(sorted(ours, key=lambda one: one[1] == "active"))


def _door(settings: Settings, sender: str) -> str:
    return f"{settings.base_url}/webhook/{sender}"


def _leads(url: str, door: str) -> bool:
    return url.rstrip("/") == door


def _in_words(topic: str) -> str:
    """Return a topic as Shopify's pages write it: orders/create."""
    subject, _, event = topic.casefold().partition("_")
    return f"{subject}/{event}"

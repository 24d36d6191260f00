"""Whose notices do we take, by the settings, and how are they read?"""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot import content, shop_settings
from bot.settings import Settings
from bot.shop.notices.described import DescribedNotices
from bot.shop.notices.shopify import ShopifyNotices
from bot.shop.notices.told import Reader
from bot.shop.notices.woocommerce import WooCommerceNotices
from bot.shop.woocommerce import WooCommerceOrders


def readers(settings: Settings) -> Mapping[str, Reader]:
    """Return what reads the notices of each sender that has a secret."""
    return {sender: _reader(settings, sender) for sender in settings.shop.signing}


def _reader(settings: Settings, sender: str) -> Reader:
    shop, zone = settings.shop, ZoneInfo(settings.zone)
    if sender == "shopify":
        return ShopifyNotices(shop.shopify_url or "", zone)
    if sender == "woocommerce":
        url, tracking = shop.woocommerce_url or "", shop.woocommerce_tracking
        return WooCommerceNotices(WooCommerceOrders(url, ("", ""), tracking, zone))
    return DescribedNotices(
        zone,
        keeps=shop.kind == shop_settings.TABLES,
        patterns=content.patterns_of(settings.home),
    )

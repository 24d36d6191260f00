"""Which sources of orders and products were chosen in the settings?"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import mail, shop_settings
from bot.content import DATA
from bot.guard import Guard
from bot.mail import Mail
from bot.pace import Pace
from bot.settings import Settings
from bot.shop.cancelling import Cancelling
from bot.shop.codes import CODE, MailedCodes
from bot.shop.for_staff import StaffOrders
from bot.shop.orders import GuardedOrders, Remote, Source
from bot.shop.own import OwnOrders
from bot.shop.own_products import OwnProducts
from bot.shop.readdressing import Readdressing
from bot.shop.rest import RestOrders
from bot.shop.rest_products import RestProducts
from bot.shop.shelf import OF_TABLES, Shelf
from bot.shop.shelf import Remote as RemoteProducts
from bot.shop.shopify import ShopifyOrders
from bot.shop.shopify_products import ShopifyProducts
from bot.shop.table_products import TableProducts
from bot.shop.tables import TableOrders
from bot.shop.woocommerce import WooCommerceOrders
from bot.shop.woocommerce_products import WooCommerceProducts
from bot.store.database import Database

#: A miss of a shop on the network takes as long at least: most answers take less.
LEAST = 1.0  # seconds
ORDER = "order"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Where the shop's orders are, and who has proved which."""

    source: Source
    guard: Guard
    codes: MailedCodes | None


def kept(settings: Settings, database: Database) -> Kept:
    """Return where the orders are, as the settings say."""
    shop = remote(settings)
    pace = Pace(LEAST) if shop else None
    return Kept(
        source=shop or TableOrders(database),
        guard=Guard(ORDER, database, settings.secret_key, pace),
        codes=_codes(settings, database),
    )


def guarded_orders(
    settings: Settings, database: Database, orders: Kept | None = None
) -> GuardedOrders:
    """Return the orders of the shop, for whoever proves that one is theirs."""
    secret, orders = settings.secret_key, orders or kept(settings, database)
    cancelling = Cancelling(database, secret) if settings.shop.cancels else None
    readdressing = Readdressing(database) if settings.shop.address_changes else None
    return GuardedOrders(
        orders.source,
        orders.guard,
        orders.codes,
        cancelling,
        readdressing,
        has_news=bool(settings.shop.signing),
    )


def staff_orders(orders: Kept) -> StaffOrders:
    """Return the same orders for whoever works here."""
    return StaffOrders(orders.source, orders.guard, orders.codes)


def shelf(settings: Settings, database: Database) -> Shelf:
    """Return the products of the shop, for anybody."""
    shop = remote_products(settings)
    if shop is not None:
        return Shelf(shop)
    return Shelf(TableProducts(database, ZoneInfo(settings.zone)), OF_TABLES)


def mail_server(settings: Settings) -> Mail | None:
    """Return what sends mails, None if the settings name no server."""
    url, sender = settings.shop.mail_url, settings.shop.mail_from
    return Mail(url, sender) if url and sender else None


def _codes(settings: Settings, database: Database) -> MailedCodes | None:
    server = mail_server(settings)
    if server is None:
        return None
    mails = mail.load(CODE, [DATA, settings.home / "data"])
    return MailedCodes(database, settings.secret_key, server, mails)


def remote(settings: Settings) -> Remote | None:
    """Return the shop that is asked, None if orders are in our own tables."""
    shop, zone = settings.shop, ZoneInfo(settings.zone)
    match shop.kind:
        case shop_settings.SHOPIFY:
            url, token = shop.shopify_url or "", shop.shopify_token or ""
            return ShopifyOrders(url, token, shop.shopify_version, zone)
        case shop_settings.WOOCOMMERCE:
            keys = shop.woocommerce_key or "", shop.woocommerce_secret or ""
            return WooCommerceOrders(
                shop.woocommerce_url or "", keys, shop.woocommerce_tracking, zone
            )
        case shop_settings.REST:
            return RestOrders(shop.orders_url or "", shop.orders_token or "", zone)
        case shop_settings.OWN:
            return OwnOrders(settings.home / "orders.py", zone)
    return None


def remote_products(settings: Settings) -> RemoteProducts | None:
    """Return the shop that is asked for products, None if they are in our tables."""
    shop = settings.shop
    match shop.products:
        case shop_settings.SHOPIFY:
            url, token = shop.shopify_url or "", shop.shopify_token or ""
            return ShopifyProducts(url, token, shop.shopify_version)
        case shop_settings.WOOCOMMERCE:
            keys = shop.woocommerce_key or "", shop.woocommerce_secret or ""
            return WooCommerceProducts(shop.woocommerce_url or "", keys)
        case shop_settings.REST:
            return RestProducts(shop.orders_url or "", shop.orders_token or "")
        case shop_settings.OWN:
            return OwnProducts(settings.home / "products.py")
    return None

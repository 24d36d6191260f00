"""Where the shop keeps its orders and products, and what it takes to ask it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot import setting_values as values
from bot.setting_values import setting

TABLES, SHOPIFY, WOOCOMMERCE, REST = "tables", "shopify", "woocommerce", "rest"
OWN = "own"
KINDS = (TABLES, SHOPIFY, WOOCOMMERCE, REST, OWN)
#: What each kind can't do without, by attribute, and where it is found.
NEEDED = {
    TABLES: {},
    OWN: {},
    SHOPIFY: {
        "shopify_url": "the myshopify.com address of your shop",
        "shopify_token": "the Admin API access token of your app",
    },
    WOOCOMMERCE: {
        "woocommerce_url": "the address of your shop",
        "woocommerce_key": "WooCommerce, Settings, Advanced, REST API",
        "woocommerce_secret": "it was shown once, with the key",
    },
    REST: {
        "orders_url": "the address that serves what docs/orders.md says",
        "orders_token": "what it asks us to show",
    },
}
NAMES = {
    "shopify_url": "SHOPIFY_URL",
    "shopify_token": "SHOPIFY_ACCESS_TOKEN",
    "woocommerce_url": "WOOCOMMERCE_URL",
    "woocommerce_key": "WOOCOMMERCE_KEY",
    "woocommerce_secret": "WOOCOMMERCE_SECRET",
    "orders_url": "ORDERS_URL",
    "orders_token": "ORDERS_TOKEN",
}
#: What a shop's own system signs its notices with, and where orders then must be.
NOTICES = {
    "shopify_signing": ("SHOPIFY_WEBHOOK_SECRET", (SHOPIFY,)),
    "woocommerce_signing": ("WOOCOMMERCE_WEBHOOK_SECRET", (WOOCOMMERCE,)),
    "orders_signing": ("ORDERS_WEBHOOK_SECRET", (TABLES, REST, OWN)),
}
#: What mails codes by which customers prove their e-mail address: both or neither.
MAIL = {"mail_url": "MAIL_URL", "mail_from": "MAIL_FROM"}


@dataclass(frozen=True, kw_only=True)
class ShopSettings:
    """How the shop is asked for orders and products; .env.example explains each."""

    kind: str = setting("FRONTDESK_ORDERS", values.word(*KINDS), default=TABLES)
    products: str = setting("FRONTDESK_PRODUCTS", values.word(*KINDS), default=TABLES)
    shopify_url: str | None = setting("SHOPIFY_URL", values.safe_url, default=None)
    shopify_token: str | None = setting(
        "SHOPIFY_ACCESS_TOKEN", values.secret, default=None, repr=False
    )
    shopify_version: str = setting(
        "SHOPIFY_API_VERSION", values.month, default="2026-10"
    )
    woocommerce_url: str | None = setting(
        "WOOCOMMERCE_URL", values.safe_url, default=None
    )
    woocommerce_key: str | None = setting(
        "WOOCOMMERCE_KEY", values.secret, default=None, repr=False
    )
    woocommerce_secret: str | None = setting(
        "WOOCOMMERCE_SECRET", values.secret, default=None, repr=False
    )
    #: A key of `meta_data`, and the keys below it.
    woocommerce_tracking: tuple[str, ...] = setting(
        "WOOCOMMERCE_TRACKING", values.path, default=("_wc_shipment_tracking_items",)
    )
    orders_url: str | None = setting("ORDERS_URL", values.safe_url, default=None)
    orders_token: str | None = setting(
        "ORDERS_TOKEN", values.secret, default=None, repr=False
    )
    #: Several while one is replaced.
    shopify_signing: tuple[str, ...] = setting(
        "SHOPIFY_WEBHOOK_SECRET", values.secrets, default=(), repr=False
    )
    woocommerce_signing: tuple[str, ...] = setting(
        "WOOCOMMERCE_WEBHOOK_SECRET", values.keys, default=(), repr=False
    )
    orders_signing: tuple[str, ...] = setting(
        "ORDERS_WEBHOOK_SECRET", values.keys, default=(), repr=False
    )
    cancels: bool = setting("FRONTDESK_CANCELS", values.yes_or_no, default=False)
    address_changes: bool = setting(
        "FRONTDESK_ADDRESS_CHANGES", values.yes_or_no, default=False
    )
    mail_url: str | None = setting(
        "MAIL_URL", values.mail_url, default=None, repr=False
    )
    mail_from: str | None = setting("MAIL_FROM", values.mail_address, default=None)

    @property
    def signing(self) -> dict[str, tuple[str, ...]]:
        """Return the secrets of each sender of notices that may send us some."""
        found = {
            "shopify": self.shopify_signing,
            "woocommerce": self.woocommerce_signing,
            "orders": self.orders_signing,
        }
        return {sender: secrets for sender, secrets in found.items() if secrets}

    def lacking(self) -> Iterator[str]:
        """Yield a line for each setting that this kind of shop needs and lacks."""
        yield from self._lacked("FRONTDESK_ORDERS", self.kind)
        if self.products != self.kind:
            yield from self._lacked("FRONTDESK_PRODUCTS", self.products)
        yield from self._misplaced()
        given = {name: one for name, one in MAIL.items() if getattr(self, name)}
        if len(given) == 1:
            (missing,) = set(MAIL.values()) - set(given.values())
            yield f"{missing} is not set: {', '.join(given.values())} needs it too"
        for name, is_on in (
            ("FRONTDESK_CANCELS", self.cancels),
            ("FRONTDESK_ADDRESS_CHANGES", self.address_changes),
        ):
            if is_on and not given:
                yield (
                    f"MAIL_URL is not set: {name} needs it, for whoever changes an "
                    "order proves with a code by e-mail that it is theirs"
                )

    def _misplaced(self) -> Iterator[str]:
        """Yield a line for each secret of a sender that our orders are not with."""
        for attribute, (name, kinds) in NOTICES.items():
            if getattr(self, attribute) and self.kind not in kinds:
                yield (
                    f"{name} is set, but FRONTDESK_ORDERS is {self.kind}: take it out, "
                    f"or set FRONTDESK_ORDERS to {' or '.join(kinds)}"
                )

    def _lacked(self, where: str, kind: str) -> Iterator[str]:
        for name, cure in NEEDED[kind].items():
            if getattr(self, name) is None:
                yield f"{NAMES[name]} is not set: {where}={kind} needs it ({cure})"

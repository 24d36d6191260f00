"""The senders of notices, as the real ones are: what they sign, repeat, and give up.

Each makes real requests. Waits between tries are left out; everything else is as the
real one does it.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import requests

from tests.shops.server import Json

TIMEOUT = 5  # seconds, of Shopify and of WooCommerce
_numbers = count(1)


def signed(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).digest()


@dataclass
class Sending:
    """Whom one sends to, with what secret, and what came of it."""

    url: str
    secret: str
    statuses: list[int] = field(default_factory=list)
    answers: list[Json] = field(default_factory=list)

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(self.url, data=body, headers=headers, timeout=TIMEOUT)
        self.statuses.append(answer.status_code)
        is_json = answer.headers.get("Content-Type") == "application/json"
        self.answers.append(answer.json() if is_json else {})
        return answer.status_code


@dataclass
class ShopifySender(Sending):
    """Tries eight times more in four hours, then takes the subscription away."""

    domain: str = "harbour.myshopify.com"
    subscribed: bool = True

    def headers(self, topic: str, body: bytes, event: str = "") -> dict[str, str]:
        number = next(_numbers)
        return {
            "Content-Type": "application/json",
            "User-Agent": "Shopify-Captain-Hook",
            "X-Shopify-Topic": topic,
            "X-Shopify-Hmac-Sha256": base64.b64encode(
                signed(body, self.secret)
            ).decode(),
            "X-Shopify-Shop-Domain": self.domain,
            "X-Shopify-API-Version": "2026-10",
            "X-Shopify-Webhook-Id": f"b54557e4-bdd9-4b37-8a5f-{number:012d}",
            "X-Shopify-Event-Id": event or f"98880550-7158-44d4-b7cd-{number:012d}",
            "X-Shopify-Triggered-At": "2026-11-24T12:00:00.000000000Z",
        }

    def send(self, topic: str, content: Any, times: int = 1) -> int:
        body = json.dumps(content, separators=(",", ":")).encode()
        headers = self.headers(topic, body)
        for _ in range(times - 1):
            self.post(body, headers)
        for _ in range(9):
            if self.post(body, headers) == 200:
                return 200
        self.subscribed = False
        return self.statuses[-1]


@dataclass
class WooCommerceSender(Sending):
    """Never tries again, and after more than five failures in a row never at all."""

    failures: int = 0
    active: bool = True

    def ping(self) -> int:
        """Ask whether anybody is there, as saving the webhook does: unsigned."""
        agent = {"User-Agent": "WooCommerce/9.4.2 Hookshot (WordPress/6.7)"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.post(b"webhook_id=7", {**agent, **form})

    def send(self, topic: str, content: Any, times: int = 1) -> int:
        if not self.active:
            return 0
        body = json.dumps(content).encode()
        resource, _, event = topic.partition(".")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "WooCommerce/9.4.2 Hookshot (WordPress/6.7)",
            "X-WC-Webhook-Source": "https://shop.example/",
            "X-WC-Webhook-Topic": topic,
            "X-WC-Webhook-Resource": resource,
            "X-WC-Webhook-Event": event,
            "X-WC-Webhook-Signature": base64.b64encode(
                signed(body, self.secret)
            ).decode(),
            "X-WC-Webhook-ID": "7",
            "X-WC-Webhook-Delivery-ID": f"{next(_numbers):032x}",
        }
        for _ in range(times):
            status = self.post(body, headers)
        self.failures = 0 if 200 <= status < 400 else self.failures + 1
        self.active = self.failures <= 5
        return status


@dataclass
class OrdersSender(Sending):
    """A developer's, after docs/orders.md: tries again until told 200 or 422."""

    def send(self, content: Any, times: int = 1, name: str = "") -> int:
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Frontdesk-Signature": f"sha256={signed(body, self.secret).hex()}",
            "X-Frontdesk-Delivery": name or f"d-{next(_numbers)}",
        }
        for _ in range(times - 1):
            self.post(body, headers)
        for _ in range(9):
            if self.post(body, headers) in (200, 422):
                break
        return self.statuses[-1]


def shopify_order(number: str = "48213", **about: Any) -> Json:
    """An order as Shopify's REST API writes it, far from complete."""
    return {
        "id": 820982911946154508 + int(number),
        "admin_graphql_api_id": f"gid://shopify/Order/{number}",
        "name": f"#{number}",
        "email": "anna@example.com",
        "created_at": "2026-11-20T10:00:00+00:00",
        "updated_at": "2026-11-24T12:00:00+00:00",
        "cancelled_at": None,
        "financial_status": "paid",
        "fulfillment_status": None,
        "total_price": "42.00",
        "customer": {"id": 115310627314723954, "first_name": "Anna"},
        "shipping_address": {"name": "Anna Secret", "zip": "SW1A 1AA"},
        "fulfillments": [],
        "refunds": [],
        **about,
    }


def shopify_fulfillment(
    word: str | None, number: str = "48213", place: int = 1, **about: Any
) -> Json:
    """A fulfilment as Shopify writes it, alone or in its order."""
    return {
        "id": 255858046 + place,
        "order_id": 820982911946154508 + int(number),
        "name": f"#{number}.{place}",
        "status": "success",
        "shipment_status": word,
        "tracking_company": "Royal Mail",
        "tracking_number": f"RM{place}GB",
        "tracking_numbers": [f"RM{place}GB"],
        "tracking_url": f"https://track.example/RM{place}GB",
        "tracking_urls": [f"https://track.example/RM{place}GB"],
        "created_at": "2026-11-24T11:00:00+00:00",
        "updated_at": "2026-11-24T12:00:00+00:00",
        **about,
    }


def woocommerce_order(number: str = "48213", **about: Any) -> Json:
    """An order as WooCommerce's REST API v3 writes it, far from complete."""
    return {
        "id": 727,
        "number": number,
        "status": "processing",
        "date_created_gmt": "2026-11-20T10:00:00",
        "date_modified_gmt": "2026-11-24T12:00:00",
        "total": "42.00",
        "billing": {"email": "anna@example.com", "postcode": "SW1A 1AA"},
        "shipping": {"postcode": "SW1A 1AA"},
        "refunds": [],
        "meta_data": [],
        **about,
    }


def described_order(number: str = "48213", **about: Any) -> Json:
    """An order as docs/orders.md describes it, with when it changed."""
    return {
        "number": number,
        "email": "anna@example.com",
        "postcode": "SW1A 1AA",
        "status": "processing",
        "placed_on": "2026-11-20",
        "updated_at": "2026-11-24T12:00:00Z",
        **about,
    }

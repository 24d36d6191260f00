"""The requests of a shop's own system: an order has changed.

As Messenger's, they are taken in front of the application: read up to a limit, held
against their signature, written down, answered. A sender waits five seconds, and
takes the subscription away from whoever is late or fails too often.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson

from webhooks import shop_signature
from webhooks.receiver import NotStoredError, read
from webhooks.shop_signature import Sign
from webhooks.signature import SignatureError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: An order of five hundred lines, as Shopify writes it, has more than a million bytes.
MAX_BODY = 4_000_000
JSON = [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff")]
Said: TypeAlias = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """How one kind of shop signs what it sends and names it: headers as WSGI has them.

    Of *ids* the first that is there counts.
    """

    name: str
    signature: str
    sign: Sign
    ids: tuple[str, ...]
    topic: str | None = None
    shop: str | None = None
    #: A body that is sent unsigned, to see whether anybody is there.
    ping: re.Pattern[bytes] | None = None


SHOPIFY = Sender(
    name="shopify",
    signature="HTTP_X_SHOPIFY_HMAC_SHA256",
    sign=shop_signature.in_base64,
    ids=("HTTP_X_SHOPIFY_EVENT_ID", "HTTP_X_SHOPIFY_WEBHOOK_ID"),
    topic="HTTP_X_SHOPIFY_TOPIC",
    shop="HTTP_X_SHOPIFY_SHOP_DOMAIN",
)
WOOCOMMERCE = Sender(
    name="woocommerce",
    signature="HTTP_X_WC_WEBHOOK_SIGNATURE",
    sign=shop_signature.in_base64,
    ids=("HTTP_X_WC_WEBHOOK_DELIVERY_ID",),
    topic="HTTP_X_WC_WEBHOOK_TOPIC",
    shop="HTTP_X_WC_WEBHOOK_SOURCE",
    ping=re.compile(rb"webhook_id=\d{1,20}"),
)
ORDERS = Sender(
    name="orders",
    signature="HTTP_X_FRONTDESK_SIGNATURE",
    sign=shop_signature.in_hex,
    ids=("HTTP_X_FRONTDESK_DELIVERY",),
)
SENDERS: Mapping[str, Sender] = {
    one.name: one for one in (SHOPIFY, WOOCOMMERCE, ORDERS)
}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A genuine body, with what its headers say; they themselves are not signed."""

    sender: str
    #: The same for whatever is sent again, and for nothing else.
    key: str
    topic: str
    shop: str
    body: bytes


class ShopReceiver:
    """Answers for `/webhook/<sender>` of those with secrets, and leaves the rest.

    *on_notice* is called with each genuine body and returns what to answer once it is
    stored for good, or raises NotStoredError. *on_refusal* hears whom we turned away,
    and why; the sender only sees that.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        on_notice: Callable[[Notice], Said],
        *,
        secrets: Mapping[str, Sequence[str]],
        on_refusal: Callable[[str, str], None] = lambda sender, reason: None,
    ) -> None:
        self._app = app
        self._on_notice = on_notice
        self._on_refusal = on_refusal
        self._secrets = secrets
        self._doors = {f"/webhook/{name}": SENDERS[name] for name in secrets}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        sender = self._doors.get(environ["PATH_INFO"])
        if sender is None:
            return self._app(environ, start_response)
        status, said = self._answer(sender, environ)
        body = orjson.dumps(said)
        start_response(status, [*JSON, ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, sender: Sender, environ: "WSGIEnvironment") -> Said:
        if environ["REQUEST_METHOD"] != "POST":
            return "405 Method Not Allowed", {"error": "post_only"}
        length = environ.get("CONTENT_LENGTH")
        body = read(environ["wsgi.input"], length, MAX_BODY)
        if body is None:
            self._on_refusal(sender.name, f"the body is larger than {MAX_BODY} bytes")
            return "413 Content Too Large", {"error": "too_large"}
        given = environ.get(sender.signature)
        if not given and sender.ping and sender.ping.fullmatch(body.strip()):
            return "200 OK", {"taken": False}
        try:
            shop_signature.verify(body, given, self._secrets[sender.name], sender.sign)
        except SignatureError as error:
            self._on_refusal(sender.name, str(error))
            return "401 Unauthorized", {"error": "signature"}
        try:
            return self._on_notice(_notice(sender, environ, body))
        except NotStoredError:
            return "503 Service Unavailable", {"error": "not_stored"}


def _notice(sender: Sender, environ: "WSGIEnvironment", body: bytes) -> Notice:
    named = next((environ[id] for id in sender.ids if environ.get(id)), "")
    topic = environ.get(sender.topic, "") if sender.topic else ""
    shop = environ.get(sender.shop, "") if sender.shop else ""
    return Notice(
        sender=sender.name,
        key=_key(sender.name, named, topic, body),
        topic=str(topic)[:64],
        shop=str(shop)[:255],
        body=body,
    )


def _key(sender: str, named: str, topic: str, body: bytes) -> str:
    """Return what tells a notice from others.

    Shopify names what happened, and may tell it under several topics; the body is in
    it because no header is signed, and a shop that uses a name twice must lose nothing.
    """
    told = hashlib.sha256(body)
    for one in (sender, named, topic):
        told.update(b"\0" + one.encode("utf-8", "surrogateescape"))
    return f"{sender}:{told.hexdigest()}"

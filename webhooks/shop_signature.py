"""Tell the requests of a shop's own system from forgeries.

All of them sign the untouched bytes of the body with HMAC-SHA256: Shopify and
WooCommerce write the digest in base64, a shop of one's own as Messenger does.
https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/
"""

import base64
import hmac
from collections.abc import Callable, Sequence
from typing import TypeAlias

from webhooks.signature import SignatureError, sign

#: Returns the header that goes with a body, by a secret.
Sign: TypeAlias = Callable[[bytes, str], str]


def in_base64(body: bytes, secret: str) -> str:
    """Return the signature as Shopify and WooCommerce write it."""
    digest = hmac.digest(secret.encode(), body, "sha256")
    return base64.b64encode(digest).decode()


def in_hex(body: bytes, secret: str) -> str:
    """Return the signature as docs/orders.md describes it."""
    return sign(body, secret)


def verify(body: bytes, header: str | None, secrets: Sequence[str], by: Sign) -> None:
    """Raise SignatureError unless one of *secrets* signed *body*.

    Several count, so that one can be replaced without a gap. Each is tried whatever
    came of the others, and compared in the same time whatever differs.
    """
    if not header:
        raise SignatureError("no signature")
    given = header.strip().encode("utf-8", "surrogateescape")
    matches = [
        hmac.compare_digest(by(body, secret).encode(), given) for secret in secrets
    ]
    if not any(matches):
        raise SignatureError("the signature does not match the body")

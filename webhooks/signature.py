"""Tell Messenger's requests from forgeries.

Messenger signs each request body with our app secret and sends the result as
``X-Hub-Signature-256: sha256=<hex digest>``.
https://developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads
"""

import hmac
from collections.abc import Sequence


class SignatureError(Exception):
    """The body was not signed with any of our app secrets."""


class ForeignSignatureError(SignatureError):
    """The body was signed with a secret that is not ours, or forged."""


def sign(body: bytes, app_secret: str) -> str:
    """Return the header value Messenger would send with *body*."""
    return "sha256=" + hmac.digest(app_secret.encode(), body, "sha256").hex()


def verify(body: bytes, header: str | None, app_secrets: Sequence[str]) -> None:
    """Raise SignatureError unless *header* is the signature of *body*.

    *body* must be the untouched bytes of the request: Messenger signs what it
    sends, and JSON parsed and written again is another text. Any of
    *app_secrets* will do, so that a secret can be replaced without a gap.
    """
    if header is None:
        raise SignatureError("no X-Hub-Signature-256 header")
    given = header.encode("utf-8", "surrogateescape")
    # Every secret is tried, and encoded first: compare_digest takes the same time
    # whatever differs, and raises TypeError on text that is not ASCII.
    matches = [
        hmac.compare_digest(sign(body, app_secret).encode(), given)
        for app_secret in app_secrets
    ]
    if not any(matches):
        raise ForeignSignatureError("X-Hub-Signature-256 does not match the body")

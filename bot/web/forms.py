"""Was this form ours, and sent from our page? Everything else changes nothing.

Two checks, each enough by itself: a secret token in the form, and the browser's
word on which page sent it.
https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from flask import Response, abort, g, request

from bot.tongue import _
from bot.web import cookies
from bot.web.current import parts, signed_in

FIELD = "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN = frozenset({"cross-site", "same-site"})


def token() -> str:
    """Return the token that a form on this page carries."""
    someone = signed_in()
    return someone.csrf_token if someone else _sealed(_visitor())


def refuse_foreign() -> None:
    """Answer 403 to a request that changes something and that another site sent."""
    if request.method not in SAFE and not from_our_page():
        abort(403, _("This request came from another site."))


def refuse_tokenless() -> None:
    """Answer 403 to a request that changes something and is not one of our forms."""
    if request.method in SAFE:
        return
    given = request.form.get(FIELD, "")
    if not hmac.compare_digest(given.encode(), token().encode()):
        abort(
            403, _("This form is too old. Go back, load the page anew and try again.")
        )


def from_our_page() -> bool:
    """Return whether the browser says that one of our pages sent this.

    A program says nothing about it, and is believed.
    """
    if request.headers.get("Sec-Fetch-Site") in FOREIGN:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc in _our_hosts()


def local_path(path: str | None) -> str | None:
    """Return *path* if it leads to a page of ours, whatever a browser makes of it."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return None
    return None if any(ord(character) < 0x21 for character in path) else path


def keep_visitor(response: Response) -> Response:
    """Let the browser of a visitor keep what their forms' token is made from."""
    if "new_visitor" in g:
        cookies.put(response, cookies.FORM, g.new_visitor)
    return response


def _our_hosts() -> set[str]:
    public_url = parts().settings.public_url
    return {request.host, urlsplit(public_url).netloc if public_url else request.host}


def _visitor() -> str:
    known = request.cookies.get(cookies.name(cookies.FORM))
    if known:
        return known
    if "new_visitor" not in g:
        g.new_visitor = secrets.token_urlsafe(32)
    made: str = g.new_visitor
    return made


def _sealed(visitor: str) -> str:
    key = hashlib.sha256(b"frontdesk form" + parts().settings.secret_key.encode())
    return hmac.digest(key.digest(), visitor.encode(), "sha256").hex()

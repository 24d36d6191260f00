"""The headers of every answer: what a browser may do with it, and what it may not."""

from flask import Response, request

from bot.web import cookies, events

POLICY = "; ".join(
    (
        "default-src 'self'",
        "media-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
#: For a file that a stranger sent: it may do nothing at all.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that, browsers send our own forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TWO_YEARS = "max-age=63072000"
YEAR = "public, max-age=31536000, immutable"


def always(*, is_secure: bool) -> dict[str, str]:
    """Return the headers of whatever we answer, a page or not."""
    if not is_secure:
        return ALWAYS
    return {**ALWAYS, "Strict-Transport-Security": TWO_YEARS}


def add(response: Response) -> Response:
    """Put our headers on an answer; called after every view and every error."""
    strangers = response.headers.get("Content-Security-Policy") == SANDBOX
    response.headers.update(always(is_secure=cookies.is_secure()))
    if strangers:
        response.headers["Content-Security-Policy"] = SANDBOX
    elif (beside := events.origin()) is not None:
        policy = f"{POLICY}; connect-src 'self' {beside}"
        response.headers["Content-Security-Policy"] = policy
    fixed = request.endpoint == "static" and "v" in request.args
    if fixed and response.status_code < 400:
        response.headers["Cache-Control"] = YEAR
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response

"""The cookies we set: no script reads them, no other site has them sent."""

from flask import current_app, request
from werkzeug import Response

from bot.settings import Settings

SESSION = "frontdesk"
KNOWN = "frontdesk-known"  # somebody has signed in here before
HALFWAY = "frontdesk-halfway"  # the password was right, the code is to come
FORM = "frontdesk-form"  # for forms of those who have not signed in
LANGUAGE = "frontdesk-language"  # of the pages, before anybody has signed in
THEME = "frontdesk-theme"  # light or dark; the page's own script sets it

WEEK = 7 * 86400
YEAR = 365 * 86400


def is_secure() -> bool:
    """Return whether our visitors come over HTTPS."""
    settings: Settings = current_app.extensions["parts"].settings
    return request.is_secure or settings.is_over_https


def name(kind: str) -> str:
    """Return what a cookie is called: `__Host-` binds it to this very host."""
    return f"__Host-{kind}" if is_secure() else kind


def put(response: Response, kind: str, value: str, seconds: int | None = None) -> None:
    """Let the browser keep *value*, for *seconds* or until it is closed."""
    response.set_cookie(
        name(kind),
        value,
        max_age=seconds,
        path="/",
        secure=is_secure(),
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, kind: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(
        name(kind), path="/", secure=is_secure(), httponly=True, samesite="Lax"
    )

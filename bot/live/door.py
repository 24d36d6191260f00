"""Who may listen: somebody who is signed in, from a page of ours."""

from urllib.parse import urlsplit

from bot.live.request import RefusedError, Request
from bot.settings import Settings
from bot.web import cookies

PATH = "/events"
ELSEWHERE = frozenset({"cross-site", "same-site"})


def origin(request: Request, settings: Settings) -> str | None:
    """Return the origin of the page that asks, None if the browser names none.

    Raise RefusedError if it is not ours. Behind a proxy page and events have one
    origin, which a browser does not name; without one they differ in the port.
    """
    given = request.fields.get("origin")
    if given is not None and given in _ours(request, settings):
        return given
    if given is None and request.fields.get("sec-fetch-site") not in ELSEWHERE:
        return None
    raise RefusedError("403 Forbidden", "This page is not ours.")


def token(request: Request, settings: Settings) -> str:
    """Return the token of the session, or raise RefusedError."""
    found = request.cookie(session_cookie(settings))
    if not found:
        raise RefusedError("401 Unauthorized", "Sign in first.")
    return found


def session_cookie(settings: Settings) -> str:
    """Return what the session's cookie is called; see bot/web/cookies.py."""
    over_https = settings.is_over_https
    return f"__Host-{cookies.SESSION}" if over_https else cookies.SESSION


def _ours(request: Request, settings: Settings) -> set[str]:
    direct = {f"http://{request.host}:{settings.port}"}
    if settings.port == 80:
        direct.add(f"http://{request.host}")
    if settings.public_url is None:
        return direct
    public = urlsplit(settings.public_url)
    return {f"{public.scheme}://{public.netloc}"}

"""What the listener answers: a line that stays open, or why there is none."""

from bot.live.request import RefusedError
from bot.settings import Settings
from bot.web import headers


def welcome(origin: str | None, settings: Settings) -> bytes:
    """Return the head of a stream, for a page of this origin."""
    fields = {
        **_always(settings),
        "Content-Type": "text/event-stream",
        "X-Accel-Buffering": "no",  # nginx would collect what we send
        "Vary": "Origin",
    }
    if origin is not None:
        fields["Access-Control-Allow-Origin"] = origin
        fields["Access-Control-Allow-Credentials"] = "true"
    return _head("200 OK", fields)


def refused(refusal: RefusedError, settings: Settings) -> bytes:
    """Return the answer to a request that is refused."""
    body = f"{refusal.words}\n".encode()
    fields = {
        **_always(settings),
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        **refusal.headers,
    }
    return _head(refusal.status, fields) + body


def _always(settings: Settings) -> dict[str, str]:
    common = headers.always(is_secure=settings.is_over_https)
    return {**common, "Cache-Control": "no-store", "Connection": "close"}


def _head(status: str, fields: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {fields[name]}" for name in fields)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")

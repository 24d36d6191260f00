"""The two requests Messenger makes: prove you own this URL, and take these events.

One small WSGI callable in front of the application. It is not a Flask route
because the route costs thirty times what the work does, and Messenger takes an
app's subscription away when answers are late.
"""

import hmac
from collections.abc import Callable, Iterable, Sequence
from typing import IO, TYPE_CHECKING
from urllib.parse import parse_qs

from webhooks.signature import ForeignSignatureError, SignatureError, verify

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 1024 * 1024  # real bodies of 300 kB have been seen; 1 MiB is room for more
TEXT = [("Content-Type", "text/plain; charset=utf-8")]


class NotStoredError(Exception):
    """The body is not safely on disk; Messenger must send it again."""


class Receiver:
    """Answers for one path and leaves every other to *app*.

    *on_body* is called with each genuine body and returns once it is stored for
    good; it raises NotStoredError when it cannot. It must do nothing else:
    Messenger wants its 200 within five seconds, and repeats what it doubts.
    *on_refusal* hears why a request was turned away; the sender never does.
    *on_foreign*, if given, hears it in its place, and with the body, where somebody
    else's secret signed.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        on_body: Callable[[bytes], None],
        *,
        on_refusal: Callable[[str], None] = lambda reason: None,
        on_foreign: Callable[[str, bytes], None] | None = None,
        app_secrets: Sequence[str],
        verify_token: str,
        path: str = "/webhook",
    ) -> None:
        self._app = app
        self._on_body = on_body
        self._on_refusal = on_refusal
        self._on_foreign = on_foreign or (lambda reason, body: on_refusal(reason))
        self._app_secrets = app_secrets
        self._verify_token = verify_token.encode()
        self._path = path

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] != self._path:
            return self._app(environ, start_response)
        status, body = self._answer(environ)
        length = ("Content-Length", str(len(body)))
        start_response(status, [*TEXT, length, ("X-Content-Type-Options", "nosniff")])
        return [body]

    def _answer(self, environ: "WSGIEnvironment") -> tuple[str, bytes]:
        match environ["REQUEST_METHOD"]:
            case "POST":
                return self._receive(environ)
            case "GET":
                return self._subscribe(environ.get("QUERY_STRING", ""))
            case _:
                return "405 Method Not Allowed", b""

    def _subscribe(self, query: str) -> tuple[str, bytes]:
        given = parse_qs(query, errors="replace")
        token = given.get("hub.verify_token", [""])[0].encode()
        if not hmac.compare_digest(token, self._verify_token):
            return "403 Forbidden", b""
        return "200 OK", given.get("hub.challenge", [""])[0].encode()

    def _receive(self, environ: "WSGIEnvironment") -> tuple[str, bytes]:
        body = read(environ["wsgi.input"], environ.get("CONTENT_LENGTH"))
        if body is None:
            self._on_refusal(f"the body is larger than {MAX_BODY} bytes")
            return "413 Content Too Large", b""
        try:
            verify(body, environ.get("HTTP_X_HUB_SIGNATURE_256"), self._app_secrets)
        except ForeignSignatureError as error:
            self._on_foreign(str(error), body)
            return "403 Forbidden", b""
        except SignatureError as error:
            self._on_refusal(str(error))
            return "403 Forbidden", b""
        try:
            self._on_body(body)
        except NotStoredError:
            return "503 Service Unavailable", b""
        return "200 OK", b"EVENT_RECEIVED"


def read(
    stream: IO[bytes], content_length: str | None, most: int = MAX_BODY
) -> bytes | None:
    """Return the body, or None when it is larger than *most* bytes.

    A stated length that is too large is believed before anything is read; one
    that is missing (a chunked body) or wrong never makes us hold more than the
    limit.
    """
    if content_length and content_length.isdigit():
        if int(content_length) > most:
            return None
        return stream.read(int(content_length))
    body = stream.read(most + 1)
    return body if len(body) <= most else None

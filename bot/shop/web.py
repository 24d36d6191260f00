"""Ask a shop over HTTP: one try, three seconds in all, and JSON or an error."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import orjson
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as TimeoutOfSocket

from bot.clock import monotonic
from flows.ports import PortError

LONGEST = 3.0  # seconds
MOST_BYTES = 4_000_000
AT_ONCE = 16  # calls; more wait, and hang only when the shop does


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a shop answered; *content* is None unless it was JSON."""

    status: int
    content: Any


class Web:
    """One shop's HTTP interface; safe to share between threads.

    Each call has a thread of its own, for no time-out of a socket covers the name
    server, or a shop that sends a byte a second. Nothing is taken from the
    environment: no proxy, no .netrc, nothing that might read along.
    """

    def __init__(
        self,
        port: str,
        headers: dict[str, str],
        auth: tuple[str, str] | None = None,
        longest: float = LONGEST,
    ) -> None:
        self._port = port
        self._headers = {"Accept": "application/json", **headers}
        self._auth = auth
        self._longest = longest
        self._session = _new_session()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def get(self, url: str, params: dict[str, Any] | None = None) -> Answer:
        """Return the answer to a GET; raise PortError if there is none in time."""
        return self._in_time(lambda: self._call("GET", url, params=params))

    def post(self, url: str, body: Any) -> Answer:
        """Return the answer to a POST; raise PortError if there is none in time."""
        return self._in_time(lambda: self._call("POST", url, json=body))

    def put(self, url: str, body: Any) -> Answer:
        """Return the answer to a PUT; raise PortError if there is none in time."""
        return self._in_time(lambda: self._call("PUT", url, json=body))

    def _in_time(self, call: Callable[[], Answer]) -> Answer:
        began = monotonic()
        if not self._free.acquire(timeout=self._longest):
            raise PortError(f"{self._port}: {AT_ONCE} calls hang already")
        answer: Future[Answer] = Future()
        threading.Thread(
            target=self._run, args=(call, answer), name="shop", daemon=True
        ).start()
        try:
            return answer.result(max(0.0, began + self._longest - monotonic()))
        except (TimeoutError, requests.Timeout, TimeoutOfSocket):
            raise PortError(f"{self._port}: no answer in {self._longest} s") from None
        except (requests.RequestException, HTTPError, OSError) as error:
            # Its words may hold the address, and so what was asked for.
            raise PortError(f"{self._port}: {type(error).__name__}") from None

    def _run(self, call: Callable[[], Answer], answer: "Future[Answer]") -> None:
        try:
            answer.set_result(call())
        except Exception as error:  # noqa: BLE001 - the rim of a thread: handed on
            answer.set_exception(error)
        finally:
            self._free.release()

    def _call(self, method: str, url: str, **options: Any) -> Answer:
        with self._session.request(
            method,
            url,
            headers=self._headers,
            auth=self._auth,
            timeout=self._longest,
            allow_redirects=False,
            stream=True,
            **options,
        ) as response:
            body = response.raw.read(MOST_BYTES + 1, decode_content=True)
        if len(body) > MOST_BYTES:
            raise requests.exceptions.ContentDecodingError
        return Answer(status=response.status_code, content=_json(body))


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _new_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=AT_ONCE, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session

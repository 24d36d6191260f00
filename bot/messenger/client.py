"""Messenger's Graph API, over HTTP, as one Page."""

import hmac
import json
import threading
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)

from bot.clock import monotonic
from bot.messenger.errors import Fate, SendError, from_response
from bot.store.types import Payload

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 30.0  # above Messenger's slowest: what times out has an unknown fate
IDLE = 4.0  # a server closes what is idle; to write into that looks like a lost send
NOT_SENT = (NewConnectionError, NameResolutionError, ConnectTimeoutError, SSLError)


@dataclass(frozen=True)
class Access:
    """Who we are to Messenger for one Page."""

    page_id: str
    token: str
    app_secret: str

    @property
    def proof(self) -> str:
        """Return the appsecret_proof that shows we hold more than a stolen token."""
        secret, token = self.app_secret.encode(), self.token.encode()
        return hmac.digest(secret, token, "sha256").hex()


class Graph:
    """Calls the Graph API; safe to share between threads."""

    def __init__(
        self, url: str, version: str, read_timeout: float = READ_TIMEOUT
    ) -> None:
        self._base = f"{url}/{version}"
        self._read_timeout = read_timeout
        self._local = threading.local()

    def send(self, access: Access, body: Payload) -> str | None:
        """Send one message and return its mid.

        None: Messenger took it and did not say under which id. Raise SendError
        for anything but success; its fate says whether it may have been sent.
        """
        response = self._post(access, f"{access.page_id}/messages", body)
        content = _content(response)
        if response.status_code != 200:
            raise from_response(response.status_code, content)
        if isinstance(content, dict) and "error" in content:
            raise from_response(response.status_code, content)
        mid = content.get("message_id") if isinstance(content, dict) else None
        return mid if isinstance(mid, str) else None

    def get(self, access: Access, path: str, **params: str) -> Any:
        """Return the answer to a GET; raise SendError when it is an error."""
        response = self._call("GET", access, path, params=params)
        content = _content(response)
        if response.status_code != 200:
            raise from_response(response.status_code, content)
        return content

    def post(self, access: Access, path: str, body: Payload) -> Any:
        """Return the answer to any POST but a send."""
        response = self._post(access, path, body)
        content = _content(response)
        if response.status_code != 200:
            raise from_response(response.status_code, content)
        return content

    def upload(self, access: Access, name: str, kind: str, content: bytes) -> str:
        """Let Messenger keep a picture for the Page; return its attachment id."""
        attachment = {"type": "image", "payload": {"is_reusable": True}}
        response = self._call(
            "POST",
            access,
            f"{access.page_id}/message_attachments",
            data={"message": json.dumps({"attachment": attachment})},
            files={"filedata": (name, content, kind)},
        )
        found = _content(response)
        known = found.get("attachment_id") if isinstance(found, dict) else None
        if response.status_code != 200 or known is None:
            raise from_response(response.status_code, found)
        return str(known)

    def _post(self, access: Access, path: str, body: Payload) -> requests.Response:
        return self._call("POST", access, path, json=body)

    def _call(
        self, method: str, access: Access, path: str, **options: Any
    ) -> requests.Response:
        # The token goes into a header, not the URL: URLs end up in logs.
        params = {**options.pop("params", {}), "appsecret_proof": access.proof}
        try:
            return self._session().request(
                method,
                f"{self._base}/{path}",
                params=params,
                headers={"Authorization": f"Bearer {access.token}"},
                timeout=(CONNECT_TIMEOUT, self._read_timeout),
                allow_redirects=False,
                **options,
            )
        except requests.RequestException as error:
            raise _broken(error) from error

    def _session(self) -> requests.Session:
        """Return this thread's session, without connections that sat idle."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = _new_session()
        elif monotonic() - self._local.used_at > IDLE:
            session.close()
        self._local.used_at = monotonic()
        return session


def _new_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no look into environment and netrc for each call
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=2, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _content(response: requests.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def _broken(error: requests.RequestException) -> SendError:
    """Tell a call that never reached Messenger from one of unknown fate."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    kind = type(cause or error).__name__
    if isinstance(cause, NOT_SENT) or isinstance(error, requests.ConnectTimeout):
        return SendError(f"Messenger can't be reached ({kind})", Fate.RETRY)
    return SendError(f"the connection broke ({kind})", Fate.UNKNOWN)

"""Post bodies to a webhook as Messenger does: signed, one after the other."""

from collections.abc import Iterable, Iterator, Mapping

import requests

from webhooks.signature import sign

TIMEOUT = 30.0  # seconds for one answer
NO_ANSWER = 0


class Poster:
    """Posts to the webhook of one server."""

    def __init__(self, session: requests.Session, url: str) -> None:
        self._session = session
        self._webhook = f"{url.rstrip('/')}/webhook"

    def post_signed(self, bodies: Iterable[bytes], app_secret: str) -> list[int]:
        """Return the status of each answer."""
        return [
            self.post(body, {"X-Hub-Signature-256": sign(body, app_secret)})
            for body in bodies
        ]

    def post(self, body: bytes | Iterator[bytes], headers: Mapping[str, str]) -> int:
        """Return the status of the answer; an iterator is sent in chunks."""
        kind = {"Content-Type": "application/json"}
        try:
            answer = self._session.post(
                self._webhook,
                data=body,
                headers={**kind, **headers},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException:
            return NO_ANSWER
        return answer.status_code

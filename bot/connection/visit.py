"""Call our own address, as Facebook would: strictly over HTTPS, without redirects."""

import socket
from dataclasses import dataclass

import requests

from bot.connection.line import Line
from bot.tongue import english

CONNECT_TIMEOUT = 5.0
DEADLINE = 5.0  # seconds: Facebook waits no longer either


@dataclass(frozen=True)
class Answer:
    """What was said at our address."""

    status: int
    body: bytes


class VisitError(Exception):
    """Nobody answered; *finding* says why not, in the words of the checks."""

    def __init__(self, finding: str, reason: str) -> None:
        super().__init__(reason)
        self.finding = finding


def get(line: Line, query: dict[str, str]) -> Answer:
    """Return the answer to a GET of our webhook, or raise VisitError."""
    return _ask(line, "GET", params=query)


def post(line: Line, body: bytes, signature: str) -> Answer:
    """Return the answer to a signed POST to our webhook, or raise VisitError."""
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Signature-256": signature,
    }
    return _ask(line, "POST", data=body, headers=headers)


def _ask(line: Line, method: str, **what: object) -> Answer:
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.request(
                method,
                line.url,
                timeout=(CONNECT_TIMEOUT, DEADLINE),
                allow_redirects=False,
                verify=line.authorities or True,
                **what,  # type: ignore[arg-type]
            )
        except requests.RequestException as error:
            raise _not_answered(error) from error
    return Answer(answer.status_code, answer.content)


def _not_answered(error: requests.RequestException) -> VisitError:
    if isinstance(error, requests.exceptions.SSLError):
        return VisitError("address_untrusted", _innermost(error))
    if _unresolved(error):
        return VisitError("address_unknown", english("no such name"))
    if isinstance(error, requests.Timeout):
        return VisitError("address_silent", english("no answer in time"))
    return VisitError("address_silent", _innermost(error))


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error and all that it came of, the innermost last."""
    found: list[BaseException] = []
    nested: BaseException | None = error
    while nested is not None and nested not in found:
        found.append(nested)
        nested = nested.__cause__ or nested.__context__
    return found


def _unresolved(error: requests.RequestException) -> bool:
    return any(isinstance(one, socket.gaierror) for one in _causes(error))


def _innermost(error: requests.RequestException) -> str:
    """Return the plainest words there are: those of the system."""
    system = (one for one in reversed(_causes(error)) if isinstance(one, OSError))
    words = (getattr(one, "verify_message", "") or one.strerror for one in system)
    return next((found for found in words if found), type(error).__name__)

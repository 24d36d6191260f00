"""What Messenger's errors mean for a message that was to be sent.

Decided by code and subcode alone: Meta rewords and translates its messages.
https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
"""

from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """What became of a message, and so what to do with it."""

    RETRY = "retry"  # surely not sent; try again by itself
    WAIT = "wait"  # surely not sent; the whole Page must slow down
    FINAL = "final"  # refused for good
    PARK = "park"  # nothing of this Page will go out until somebody acts
    UNKNOWN = "unknown"  # it may have been sent


class SendError(Exception):
    """Messenger did not confirm a message; ``fate`` says what that means."""

    def __init__(
        self,
        reason: str,
        fate: Fate,
        *,
        code: int | None = None,
        subcode: int | None = None,
        unreachable: bool = False,
        window_closed: bool = False,
    ) -> None:
        super().__init__(reason)
        self.fate = fate
        #: As Messenger numbers it; None if it did not say.
        self.code = code
        self.subcode = subcode
        self.unreachable = unreachable
        self.window_closed = window_closed


RETRY = {(1200, 2018024), (1200, None)}
WAIT_CODES = {4, 17, 32, 341, 613, 80001, 80002, 80006, 80008}
# An error of these can follow a message that was sent, so Meta's own table says.
UNKNOWN_CODES = {-1, 1, 2}
PARK_CODES = {102, 190, 230, 368, 2022}
PARK_WITHOUT_SUBCODE = {3, 10, 200}
# Restricted for breaches of policy, or for tagged messages to one person.
PARK = {(10, 1893063), (613, 2018338)}
UNREACHABLE = {(551, None), (551, 1545041), (200, 1545041), (10, 2018108)}
UNREACHABLE_BUGS = {(100, 2018001)}
WINDOW_CLOSED = {(10, 2018278), (10, 2018065), (10, 2534022)}


def from_response(status: int, content: Any) -> SendError:
    """Return the error for a response that is not a success."""
    error = content.get("error") if isinstance(content, dict) else None
    if not isinstance(error, dict):
        return SendError(f"HTTP {status} without a reason", _by_status(status))
    pair = (_number(error.get("code")), _number(error.get("error_subcode")))
    return SendError(
        _reason(status, pair, error),
        _fate(pair, status, transient=error.get("is_transient") is True),
        code=pair[0],
        subcode=pair[1],
        unreachable=pair in UNREACHABLE | UNREACHABLE_BUGS,
        window_closed=pair in WINDOW_CLOSED,
    )


def _fate(pair: tuple[int | None, int | None], status: int, *, transient: bool) -> Fate:
    code, subcode = pair
    if code is None:
        return _by_status(status)
    shut = subcode is None and (code in PARK_WITHOUT_SUBCODE or 200 < code < 300)
    rules = (
        (pair in RETRY, Fate.RETRY),
        (pair in PARK, Fate.PARK),
        (code in WAIT_CODES, Fate.WAIT),
        (code in UNKNOWN_CODES or transient, Fate.UNKNOWN),
        (code in PARK_CODES or shut, Fate.PARK),
    )
    return next((fate for holds, fate in rules if holds), Fate.FINAL)


def _by_status(status: int) -> Fate:
    if status == 429:
        return Fate.WAIT
    return Fate.UNKNOWN if status >= 500 or status < 400 else Fate.FINAL


def _number(content: Any) -> int | None:
    return content if isinstance(content, int) else None


def _reason(
    status: int, pair: tuple[int | None, int | None], error: dict[str, Any]
) -> str:
    """Say what Messenger said; its words name no customer and no token."""
    code = "/".join(str(part) for part in pair if part is not None)
    said = str(error.get("message") or "no reason given")[:200]
    trace = error.get("fbtrace_id")
    return f"{code or status}: {said}" + (f" (trace {trace})" if trace else "")

"""How many pages are made at a time, so that Messenger never waits behind them.

One interpreter makes them all: twenty at once are done no sooner than six, and each of
them takes it from an ack. So few are made, others stand in line, and with those that
stand there threads are left over: where all wait for pages, no webhook is answered.
"""

import threading
from collections import Counter, deque
from collections.abc import Mapping
from enum import StrEnum

from flask import Flask, current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from bot.web import errors, tongues
from bot.web.access import OPEN_ENDPOINTS, QUIET

AT_ONCE = 6
PLACES = 40  # with those who stand in line; of the 64 threads of `commands.serve`
AGAIN = "2"  # seconds


class Kind(StrEnum):
    """Who stands before the turnstile: not all are as easily put off."""

    PAGE = "page"  # somebody clicked, and waits
    NEWS = "news"  # a page asks by itself what is new on it, and asks again
    NUMBERS = "numbers"  # the same, for how long the lists are alone


#: Of the places, those that some may take: people complain, pages ask again. Of a new
#: message somebody must hear before the numbers are right.
MOST = {Kind.NEWS: 20, Kind.NUMBERS: 3}


class Turnstile:
    """Hands out places, and turns to those who have one, first come, first served."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        places: int = PLACES,
        most: Mapping[Kind, int] = MOST,
    ) -> None:
        self._free = at_once
        self._places = places
        self._most = most
        self._taken: Counter[Kind] = Counter()
        self._line: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def enter(self, kind: Kind) -> bool:
        """Take a place; return False if there is none, which is told at once."""
        with self._lock:
            is_full = self._taken.total() >= self._places
            if is_full or self._taken[kind] >= self._most.get(kind, self._places):
                return False
            self._taken[kind] += 1
        return True

    def leave(self, kind: Kind) -> None:
        """Give the place back."""
        with self._lock:
            self._taken[kind] -= 1

    def wait(self) -> None:
        """Return when it is one's turn."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = threading.Event()
            self._line.append(turn)
        turn.wait()

    def done(self) -> None:
        """Let the next have a turn."""
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self._free += 1


def prepare(app: Flask) -> None:
    """Put a turnstile before the pages of *app*: before anything else is done."""
    app.extensions["turnstile"] = Turnstile()
    app.before_request(_enter)
    app.teardown_request(_leave)


def _turnstile() -> Turnstile:
    found: Turnstile = current_app.extensions["turnstile"]
    return found


def _enter() -> ResponseReturnValue | None:
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    kind = _kind()
    if not _turnstile().enter(kind):
        return _full(kind)
    g.place = kind
    # A form has a body, which may come slowly: it takes no turn.
    if request.method == "GET":
        _turnstile().wait()
        g.has_turn = True
    return None


def _leave(_: BaseException | None) -> None:
    if g.pop("has_turn", False):
        _turnstile().done()
    if "place" in g:
        _turnstile().leave(g.pop("place"))


def _kind() -> Kind:
    view = current_app.view_functions.get(request.endpoint or "")
    if not hasattr(view, QUIET):
        return Kind.PAGE
    return Kind.NUMBERS if request.args.get("only") == "counts" else Kind.NEWS


def _full(kind: Kind) -> ResponseReturnValue:
    if kind is not Kind.PAGE:
        return "", 503, {"Retry-After": AGAIN}
    # Without a look at who asks: that would wait for the database.
    tongues.speak_as_browser()
    response = make_response(errors.page(503))
    response.headers["Retry-After"] = AGAIN
    if request.method == "GET" and "HX-Request" not in request.headers:
        response.headers["Refresh"] = AGAIN
    return response

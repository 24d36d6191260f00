"""How many pages are made at a time, so that Messenger never waits behind them.

One interpreter makes them all: twenty at once are done no sooner than six, and each of
them takes it from an ack. So few are made, others stand in line, and with those that
stand there threads are left over: where all wait for pages, no webhook is answered.
"""

import threading
from collections import deque

from flask import Flask, current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from bot.web import errors, tongues
from bot.web.access import OPEN_ENDPOINTS, QUIET

AT_ONCE = 6
PLACES = 40  # with those who stand in line; of the 64 threads of `commands.serve`
#: Of them, those for what pages ask by themselves: they ask again, people complain.
QUIET_PLACES = 12
AGAIN = "2"  # seconds


class Turnstile:
    """Hands out places, and turns to those who have one, first come, first served."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        places: int = PLACES,
        quiet_places: int = QUIET_PLACES,
    ) -> None:
        self._free = at_once
        self._places = places
        self._quiet_places = quiet_places
        self._taken = {True: 0, False: 0}  # by whether it is quiet
        self._line: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def enter(self, *, is_quiet: bool) -> bool:
        """Take a place; return False if there is none, which is told at once."""
        with self._lock:
            is_full = sum(self._taken.values()) >= self._places
            if is_full or (is_quiet and self._taken[True] >= self._quiet_places):
                return False
            self._taken[is_quiet] += 1
        return True

    def leave(self, *, is_quiet: bool) -> None:
        """Give the place back."""
        with self._lock:
            self._taken[is_quiet] -= 1

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
    is_quiet = _is_quiet()
    if not _turnstile().enter(is_quiet=is_quiet):
        return _full()
    g.place = is_quiet
    # A form has a body, which may come slowly: it takes no turn.
    if request.method == "GET":
        _turnstile().wait()
        g.has_turn = True
    return None


def _leave(_: BaseException | None) -> None:
    if g.pop("has_turn", False):
        _turnstile().done()
    if "place" in g:
        _turnstile().leave(is_quiet=g.pop("place"))


def _is_quiet() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return hasattr(view, QUIET)


def _full() -> ResponseReturnValue:
    if _is_quiet():
        return "", 503, {"Retry-After": AGAIN}
    # Without a look at who asks: that would wait for the database.
    tongues.speak_as_browser()
    response = make_response(errors.page(503))
    response.headers["Retry-After"] = AGAIN
    if request.method == "GET" and "HX-Request" not in request.headers:
        response.headers["Refresh"] = AGAIN
    return response

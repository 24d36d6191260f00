"""What we can put right ourselves: the subscriptions, and what the Page shows."""

from collections.abc import Callable, Iterable, Mapping

from bot.connection import profile, subscription
from bot.connection.line import Line
from bot.connection.results import Mend
from bot.connection.subscription import NEEDED, WELCOME
from bot.messenger.errors import SendError


def subscribe(line: Line) -> None:
    """Have all events come to us, unless they go to another address.

    What is subscribed already stays so. Raise SendError if Facebook refuses.
    """
    known = subscription.of_app(line)
    if known is None or known.url == line.url:
        _point_here(line)
    offering(subscription.of_page(line), lambda f: subscription.subscribe_page(line, f))


def move(line: Line) -> None:
    """Have all events come to us, wherever they go now."""
    _point_here(line)
    subscribe(line)


MENDS: Mapping[Mend, Callable[[Line], None]] = {
    Mend.SUBSCRIBE: subscribe,
    Mend.MOVE: move,
    Mend.PROFILE: profile.set_up,
}


def _point_here(line: Line) -> None:
    known = subscription.of_app(line)
    offering(known.fields if known else (), lambda f: subscription.point_here(line, f))


def offering(known: Iterable[str], ask: Callable[[set[str]], None]) -> None:
    """Ask for all we would like to hear, and if that is too much, for less of it."""
    needed = {*known, *NEEDED}
    for count in range(len(WELCOME), -1, -1):
        try:
            ask(needed.union(WELCOME[:count]))
        except SendError as error:
            if error.code != 100 or needed.issuperset(WELCOME[:count]):
                raise
        else:
            return

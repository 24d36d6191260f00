"""Places at which a test may end this process as a power cut would.

``CRASHPOINT=after_commit:17`` kills it at the seventeenth pass of that
place. Unset, as everywhere but in the kill harness, a pass costs one comparison.
"""

import os
import signal
import threading
from types import MappingProxyType

#: Each place, and what has just happened there.
PLACES = MappingProxyType(
    {
        "parsed": "bodies are verified and parsed; nothing is written",
        "inserted": "its events are written; nothing is committed",
        "before_commit": "any transaction is about to be committed",
        "after_commit": "any transaction has been committed; nobody knows",
        "stored": "a body's events are committed; nobody was woken",
        "woken": "the conversations are woken; 200 is not said",
        "claimed": "a conversation is claimed for its oldest event",
        "loaded": "its state is read; no thought was given to it",
        "thought": "the flows have run; nothing is written",
        "settling": "state, log, replies and the event are written, not committed",
        "settled": "a turn is committed; the sender was not woken",
        "send_claimed": "a message is claimed; Messenger was not called",
        "send_answered": "Messenger has answered; its answer is not written down",
        "send_settled": "its answer is committed; the next message is claimed",
        "timer_due": "a timer is due; nobody has taken it",
        "timer_fired": "its message is written; nothing is committed",
        "timer_done": "it is committed; the sender was not woken",
    }
)

_name, _, _pass = os.environ.get("CRASHPOINT", "").partition(":")
_left = int(_pass or 1)
_lock = threading.Lock()


def reach(name: str) -> None:
    """Pass the place called *name*, perhaps for the last time."""
    if name == _name:
        _count_down()


def _count_down() -> None:
    global _left
    with _lock:
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

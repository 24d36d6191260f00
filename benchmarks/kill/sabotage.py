"""Start Frontdesk with one of its guards taken out: the books must then not agree.

`python -m benchmarks.kill.sabotage SWITCH[,SWITCH...] run`. The switches live here
and nowhere in the product: each puts another function in the place of one guard.
`hurry` and `ponder` take no guard out: they shorten leases, and let a turn take
longer, so that a short storm meets what a long one would.
"""

import secrets
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot import answer, cli, delivery, intake
from bot.store import claims, owed, sending

HURRY = 6.0  # seconds of a lease; a send of the emulator takes half a second at most
PONDER = 0.3


def dedupe() -> None:
    """Let each repetition of an event count as a new one."""
    row = intake._row

    def with_another_key(*given: Any) -> dict[str, Any]:
        made = row(*given)
        return {**made, "key": f"{made['key']}|{secrets.token_hex(8)}"}

    intake._row = with_another_key


def commit() -> None:
    """Answer 200 first, and store a moment later."""
    accept = intake.Intake.accept

    def later(self: intake.Intake, body: bytes) -> None:
        threading.Timer(0.3, accept, (self, body)).start()

    intake.Intake.accept = later  # type: ignore[method-assign]


def epoch() -> None:
    """Let a turn commit although somebody took over while it was thinking."""
    holds = claims.holds

    def whoever_answers(*given: Any, **more: Any) -> bool:
        return holds(*given, **{**more, "epoch": None})

    claims.holds = whoever_answers
    ponder()


def outbox() -> None:
    """Let a sender send a message that it has not claimed."""
    begin = sending._begin

    def unclaimed(connection: Any, rows: Any, now: datetime) -> Any:
        begun = begin(connection, rows, now)
        for row in rows:
            _wait_no_longer(connection, row.id)
        return begun

    sending._begin = unclaimed
    sending.standing = lambda connection, owed: "due"


def _wait_no_longer(connection: Any, outgoing_id: int) -> None:
    """Put a row back as if nobody had claimed it."""
    connection.exec_driver_sql(
        "UPDATE outgoing_message SET state = 'pending', lease_until = NULL"  # noqa: S608
        f" WHERE id = {int(outgoing_id)}"
    )


def hurry() -> None:
    """Let leases end soon."""
    claims.LEASE = sending.LEASE = HURRY
    sending.ECHO_WAIT = owed.ECHO_WAIT = delivery.STALE = HURRY / 2


def ponder() -> None:
    """Let every turn take longer."""
    take_turn = answer.take_turn

    def slowly(*given: Any, **more: Any) -> Any:
        time.sleep(PONDER)
        return take_turn(*given, **more)

    answer.take_turn = slowly


SWITCHES: Mapping[str, Callable[[], None]] = {
    "dedupe": dedupe,
    "commit": commit,
    "epoch": epoch,
    "outbox": outbox,
    "hurry": hurry,
    "ponder": ponder,
}


def main() -> None:
    """Throw the switches that are named first, then be `frontdesk`."""
    for name in sys.argv.pop(1).split(","):
        SWITCHES[name]()
    cli.main()


if __name__ == "__main__":
    main()

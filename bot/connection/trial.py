"""Does a message go out? The newest whose end is known says so, or a test message."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import monotonic
from bot.connection.line import Line
from bot.connection.results import Result, Step, green, not_run, red
from bot.messenger.send_policy import BOT_WINDOW
from bot.store import health, outbox, parking, threads
from bot.store.database import Database
from bot.store.models import UNSETTLED, OutgoingState
from bot.store.outbox import Planned
from bot.store.types import AnyRow
from bot.tongue import _, kept

PURPOSE = "test"
NOT_A_TESTER = "200/2018028"
LOOK_BACK = 20
WAIT = 8.0  # seconds for a test message to go out
LOOK_EVERY = 0.1
SLOW = timedelta(minutes=1)
OFFERED = 8  # customers
#: How a reason begins that is Facebook's: with its number.
_FACEBOOKS = re.compile(r"\d+(/\d+)?\b")


def check(line: Line) -> Result:
    """Look how the newest message ended that tells anything of the connection."""
    page_id = line.page_id
    with line.database.read() as connection:
        test = health.newest_of(connection, page_id, PURPOSE)
        ended = health.sendings(connection, page_id, LOOK_BACK)
    newer = [row for row in ended if test is None or row.id >= test.id]
    told = next(_told(line, newer), None)
    if told is None and test is not None and test.state in UNSETTLED:
        told = _waiting(line, test)
    if told is None:
        told = next(_told(line, ended), None)
    return told or not_run(Step.MESSAGE, "message_none", page_id=page_id)


def owe(
    connection: Connection, conversation_id: int, line: Line, text: str
) -> str | None:
    """Owe somebody the test message, or return why it would not go out now.

    One that waits would come when nobody expects it any more, and with all others
    that were asked for meanwhile.
    """
    threads.lock(connection, [conversation_id])  # of two who press, one goes first
    held = _held(connection, line.page_id)
    if held is None:
        plan(connection, conversation_id, text, line.now)
    return held


def plan(
    connection: Connection, conversation_id: int, text: str, now: datetime
) -> None:
    """Owe somebody the test message; it goes the way of every message."""
    message = Planned(
        message={"text": text},
        text=text,
        author="system",
        purpose=PURPOSE,
        send_class="park",
    )
    outbox.plan(connection, conversation_id, now, [message])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the newest test message, in words."""

    is_sent: bool
    said: str
    #: What Facebook said of it, with its numbers.
    raw: str = ""


def outcome(connection: Connection, page_id: str) -> Outcome:
    """Return whether Messenger took the newest test message, and what it said."""
    test = health.newest_of(connection, page_id, PURPOSE)
    reason = kept(test.reason) if test and test.reason else ""
    raw = reason if _FACEBOOKS.match(reason) else ""
    if test is None or test.state in UNSETTLED:
        return Outcome(is_sent=False, said=_still_waits(reason, raw), raw=raw)
    if test.state is OutgoingState.SENT:
        said = _("The test message was sent, and all was checked again.")
        return Outcome(is_sent=True, said=said)
    if test.state is OutgoingState.UNCONFIRMED:
        return Outcome(
            is_sent=False, said=red(Step.MESSAGE, "message_unconfirmed").said
        )
    if reason.startswith(NOT_A_TESTER):
        said = red(Step.MESSAGE, "message_not_tester").said
        # Facebook's words name a review: whoever reads them goes and asks for one.
        no_review = _(
            "Facebook's words name a review, but for a Page of your own Live mode is "
            "enough."
        )
        return Outcome(is_sent=False, said=f"{said} {no_review}", raw=raw)
    if raw:
        said = _("The test message did not go out: Facebook refused it.")
    else:
        said = _("The test message did not go out: %(reason)s", reason=reason)
    return Outcome(is_sent=False, said=said, raw=raw)


def _still_waits(reason: str, raw: str) -> str:
    """Return what a test message waits for, as far as it is known in words."""
    if raw:
        return _(
            "The test message has not gone out yet: Facebook does not take it now."
        )
    return _(
        "The test message has not gone out yet; it waits: %(reason)s",
        reason=reason or _("no answer yet"),
    )


def await_end(database: Database, page_id: str) -> None:
    """Wait until the test message has gone out or not, but not for long."""
    until = monotonic() + WAIT
    while monotonic() < until:
        with database.read() as connection:
            test = health.newest_of(connection, page_id, PURPOSE)
        if test is None or test.state not in UNSETTLED:
            return
        time.sleep(LOOK_EVERY)


def testers(connection: Connection, page_id: str, now: datetime) -> Sequence[AnyRow]:
    """Return the Page's conversations to which a test message may go."""
    return health.recent(connection, page_id, now - BOT_WINDOW, OFFERED)


def _held(connection: Connection, page_id: str) -> str | None:
    """Return why a test message would only wait; where nothing does, it may try."""
    stop = parking.stop(connection, page_id)
    if stop is not None and (stop.seconds > 0 or stop.waits):
        return _(
            "Sending is stopped: %(reason)s. It will not go out, so no test message "
            "was queued.",
            reason=kept(stop.reason).rstrip("."),
        )
    test = health.newest_of(connection, page_id, PURPOSE)
    if test is not None and test.state in UNSETTLED:
        return _(
            "The last test message is still on its way, so no other one was queued."
        )
    return None


def _told(line: Line, rows: Sequence[AnyRow]) -> Iterator[Result]:
    for row in rows:
        reason = row.reason or ""
        if row.state is OutgoingState.SENT:
            yield green(Step.MESSAGE, "message_ok", when=_when(row.at))
        elif reason.startswith(NOT_A_TESTER):
            yield red(Step.MESSAGE, "message_not_tester")
        elif row.purpose == PURPOSE:
            yield _failed(row.state, reason)


def _failed(state: OutgoingState, reason: str) -> Result:
    if state is OutgoingState.UNCONFIRMED:
        return red(Step.MESSAGE, "message_unconfirmed")
    if state is OutgoingState.REFUSED:
        return red(Step.MESSAGE, "message_refused", reason=reason)
    return red(Step.MESSAGE, "message_failed", reason=reason)


def _waiting(line: Line, test: AnyRow) -> Result:
    waited = line.now - test.created_at
    if waited < SLOW:
        return not_run(Step.MESSAGE, "message_under_way")
    minutes = str(int(waited / timedelta(minutes=1)))
    return red(Step.MESSAGE, "message_waiting", minutes=minutes)


def _when(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")

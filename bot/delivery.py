"""Send what we owe: one message of a conversation after the other.

A message is claimed, sent and settled before the next one is looked at, so that
parts arrive in order. No transaction is open while Messenger takes its time.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import structlog
from sqlalchemy import Connection, update
from sqlalchemy.exc import SQLAlchemyError

from bot import crashpoints, endings, handoff
from bot.clock import Clock, monotonic
from bot.endings import Job
from bot.messenger import mark, templates
from bot.messenger.client import Access, Graph
from bot.messenger.errors import Fate, SendError
from bot.messenger.pacing import Paces
from bot.messenger.send_policy import (
    AS_RESPONSE,
    QUIETENED,
    WINDOW,
    Refusal,
    Way,
    Wish,
    decide,
)
from bot.quiet import Quiet
from bot.store import arrivals, pages, parking, sending, settling, taken, threads
from bot.store.database import Database
from bot.store.models import Customer, OutgoingState
from bot.store.sealing import Seal, SealError
from bot.store.sending import Sending
from bot.store.taken import Taken
from bot.store.types import Payload
from bot.tongue import english
from bot.uploading import Ready, Uploading

log = structlog.get_logger()


@dataclass(frozen=True)
class Accepted:
    """How to settle what Messenger took: together with what else it took."""

    page_id: str
    taken: Taken
    #: What it says, where a template went out in its place.
    instead: str | None = None


Settle: TypeAlias = Job | Accepted

LONGEST_BACK_OFF = 300.0  # tries go on until the customer's window closes
SLOW_DOWN = 30.0  # seconds of silence after Messenger says "too many calls"
TEMPLATE_WAIT = timedelta(minutes=10).total_seconds()
STALE = sending.LEASE / 2  # a sender that slept so long may have lost its lease
NOTE_AGAIN = 0.5
BAD_PARAMETER = 100  # what Messenger says to a template that is not approved, too


@dataclass(frozen=True)
class Step:
    """What became of a message, before the next of its conversation is claimed."""

    conversation_id: int
    settle: Settle


class Sender:
    """Sends what is owed in a conversation; safe to share between threads."""

    def __init__(
        self,
        database: Database,
        graph: Graph,
        seal: Seal,
        app_secret: str,
        clock: Clock,
        home: Path | None = None,
        quiet: Quiet = Quiet(None),  # noqa: B008 - it never changes
    ) -> None:
        self._database = database
        self._graph = graph
        self._uploading = Uploading(database, graph, clock, home)
        self._seal = seal
        self._app_secret = app_secret
        self._clock = clock
        self._quiet = quiet
        self._paces = Paces()
        self._batch = self._claim_all  # one object: writers group by it

    def deliver(self, conversation_id: int) -> None:
        """Send all that may go out now."""
        owed = self._claim(conversation_id, endings.let_be)
        while owed is not None:
            crashpoints.reach("send_claimed")
            settle = self._send(owed, monotonic())
            crashpoints.reach("send_answered")
            owed = self._note(conversation_id, settle)
            crashpoints.reach("send_settled")

    def _note(self, conversation_id: int, settle: Settle) -> Sending | None:
        """Settle and claim the next, also if the database is not to be had for a while.

        What Messenger took and we forget is sent again when the lease ends.
        """
        until = monotonic() + STALE
        while True:
            try:
                return self._claim(conversation_id, settle)
            except SQLAlchemyError as error:
                if monotonic() > until:
                    raise
                log.warning("answer_not_noted_yet", reason=type(error).__name__)
                time.sleep(NOTE_AGAIN)

    def _claim(self, conversation_id: int, settle: Settle) -> Sending | None:
        """Settle one message and claim the next, in one transaction."""
        return self._database.write_batched(self._batch, Step(conversation_id, settle))

    def _claim_all(
        self, connection: Connection, steps: Sequence[Step]
    ) -> list[Sending | None]:
        """Settle a message of each conversation, and claim the next."""
        whose = {step.conversation_id for step in steps}
        threads.lock(connection, whose)
        accepted = [one.settle for one in steps if isinstance(one.settle, Accepted)]
        taken.settle(connection, [one.taken for one in accepted])
        for one in accepted:
            if one.instead is not None:
                settling.say_instead(connection, one.taken.id, one.instead)
        for page_id in sorted({one.page_id for one in accepted}):
            parking.unpark(connection, page_id)
        for step in steps:
            if not isinstance(step.settle, Accepted):
                step.settle(connection)
        claimed = sending.claim(connection, whose, self._clock())
        # Of two who ask for the same one gets it.
        return [claimed.pop(step.conversation_id, None) for step in steps]

    def _send(self, owed: Sending, claimed_at: float) -> Settle:
        """Return how to settle *owed*, after it was sent or why it was not."""
        try:
            ready = self._ready(owed)
        except SealError as error:
            return endings.shut(owed, str(error), parking.PROBE)
        except Exception:
            # A message is data that anybody may write: this is a rim. It was not sent.
            log.exception("message_not_built", conversation=owed.conversation_id)
            return endings.wait(
                owed, english("it could not be built"), LONGEST_BACK_OFF
            )
        if isinstance(ready, Refusal):
            return self._refused(owed, ready)
        access, body = ready
        try:
            whole = self._uploading.ready(access, body)
        except SQLAlchemyError:
            return endings.wait(
                owed, english("the database did not say whether it may go"), 0
            )
        except SendError as error:
            return self._failed(owed, error)
        return self._post(owed, claimed_at, access, whole)

    def _post(
        self, owed: Sending, claimed_at: float, access: Access, ready: Ready
    ) -> Settle:
        try:
            self._paces.wait(owed.page_id)
            if (settle := self._held_back(owed, claimed_at)) is not None:
                return settle
            mid = self._graph.send(access, ready.body)
        except SendError as error:
            if self._uploading.is_forgotten(access, ready, error):
                return endings.wait(owed, str(error), 0)
            failed = self._failed(owed, error)
            is_unknown = error.fate is Fate.UNKNOWN
            return _saying(owed, failed, ready.body) if is_unknown else failed
        return _saying(owed, self._sent(owed, mid), ready.body)

    def _held_back(self, owed: Sending, claimed_at: float) -> Settle | None:
        """Look once more, as late as can be, whether *owed* may still go out."""
        if monotonic() - claimed_at > STALE:
            return endings.wait(owed, english("the sender was held up"), 0)
        try:
            with self._database.read() as connection:
                standing = sending.standing(connection, owed)
        except SQLAlchemyError:
            return endings.wait(
                owed, english("the database did not say whether it may go"), 0
            )
        if standing == "due":
            return None
        settle: Job = endings.let_be
        if standing == "overtaken":
            settle = endings.end(owed, OutgoingState.CANCELLED, sending.OVERTAKEN)
        return endings.probing_again(owed, settle) if owed.probes else settle

    def _ready(self, owed: Sending) -> tuple[Access, Payload] | Refusal:
        """Return what to call Messenger with, or why it must not be called."""
        now = self._clock()
        way = decide(replace(_wish(owed), quiet=self._is_quiet(owed, now)), now)
        if isinstance(way, Refusal):
            return way
        token = self._seal.open(owed.token)
        return Access(owed.page_id, token, self._app_secret), _body(owed, way)

    def _is_quiet(self, owed: Sending, now: datetime) -> bool:
        """Whether news is held back now: it was planned before, and waited since."""
        if owed.purpose not in QUIETENED:
            return False
        with self._database.read() as connection:
            return self._quiet.until(connection, owed.zone, now) is not None

    def _sent(self, owed: Sending, mid: str | None) -> Settle:
        if mid is None:
            return endings.await_echo(
                owed, english("Messenger took it without saying its id")
            )
        log.info("message_sent", conversation=owed.conversation_id, mid=mid)

        now, attempt = self._clock(), owed.attempt
        noted = Taken(id=owed.id, mid=mid, at=now, attempt=attempt)
        return Accepted(owed.page_id, noted)

    def _refused(self, owed: Sending, refusal: Refusal) -> Settle:
        log.warning(
            "message_refused",
            conversation=owed.conversation_id,
            purpose=owed.purpose,
            reason=refusal.reason,
        )
        if refusal.may_change:
            settle = endings.wait(owed, refusal.reason, TEMPLATE_WAIT)
        else:
            settle = endings.end(owed, OutgoingState.REFUSED, refusal.reason)
        return endings.probing_again(owed, settle) if owed.probes else settle

    def _failed(self, owed: Sending, error: SendError) -> Settle:
        log.warning(
            "message_not_sent",
            conversation=owed.conversation_id,
            fate=error.fate.value,
            reason=str(error),
        )
        match error.fate:
            case Fate.RETRY:
                return endings.wait(owed, str(error), back_off(owed.attempt))
            case Fate.WAIT:
                return endings.shut(owed, str(error), SLOW_DOWN)
            case Fate.PARK:
                return endings.shut(owed, str(error), parking.PROBE)
            case Fate.UNKNOWN:
                return endings.await_echo(owed, str(error))
            case _:
                return self._final(owed, error)

    def _final(self, owed: Sending, error: SendError) -> Settle:
        def settle(connection: Connection) -> None:
            if error.window_closed:
                self._closed(connection, owed, str(error))
            elif self._needs_another_language(owed, error):
                self._tried(connection, owed, str(error))
            else:
                endings.end(owed, OutgoingState.FAILED, str(error))(connection)
            if owed.probes:
                # It is about this message or customer: the Page itself is open.
                parking.unpark(connection, owed.page_id)
            if owed.author == "agent":
                handoff.open_again(connection, owed.conversation_id, self._clock())
            if error.unreachable:
                connection.execute(
                    update(Customer)
                    .where(Customer.page_id == owed.page_id, Customer.psid == owed.psid)
                    .values(unreachable_at=self._clock())
                )

        return settle

    def _needs_another_language(self, owed: Sending, error: SendError) -> bool:
        if error.code != BAD_PARAMETER or error.unreachable:
            return False
        way = decide(_wish(owed), self._clock())
        return isinstance(way, Way) and way.as_template

    def _tried(self, connection: Connection, owed: Sending, reason: str) -> None:
        """Let another language go out, or this one once it is approved again.

        Messenger may have paused it since we looked; it says so by the code of any
        parameter that is wrong. Until the next look it is not tried again.
        """
        endings.wait(owed, reason, 0)(connection)
        if (template := _template(owed)) is not None:
            known = templates.known(pages.abilities(connection, owed.page_id))
            reviews = templates.without(known, template)
            pages.able(connection, owed.page_id, {"templates": reviews})

    def _closed(self, connection: Connection, owed: Sending, reason: str) -> None:
        """Believe Messenger that the customer last wrote too long ago.

        What may go out all the same, as a template or from a person, goes out so.
        """
        now = self._clock()
        latest = now - WINDOW
        arrivals.window_closed(connection, owed.conversation_id, latest)
        wish = _wish(owed)
        otherwise = decide(replace(wish, last_heard_at=latest), now)
        if decide(wish, now) == AS_RESPONSE and isinstance(otherwise, Way):
            endings.wait(owed, reason, 0)(connection)
        else:
            endings.end(owed, OutgoingState.FAILED, reason)(connection)


def back_off(attempt: int) -> float:
    """Return the seconds to wait before the next attempt, never twice the same."""
    longest = min(2.0 ** min(attempt, 10), LONGEST_BACK_OFF)
    return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads load, hides nothing


def _wish(owed: Sending) -> Wish:
    return Wish(
        by_person=owed.author == "agent",
        purpose=owed.purpose,
        last_heard_at=owed.last_heard_at,
        opted_out=owed.opted_out_at is not None,
        may_use_human_agent=owed.abilities.get("human_agent") is True,
        template=owed.template["name"] if owed.template else None,
        template_status=templates.APPROVED if _template(owed) else None,
    )


def _template(owed: Sending) -> Payload | None:
    """Return what may go out in its place after the window, in the best language."""
    if owed.template is None:
        return None
    return templates.approved(owed.template, templates.known(owed.abilities))


def _saying(owed: Sending, settle: Settle, body: Payload) -> Settle:
    """Let agents read what went out, also where that was a template's words."""
    template = body["message"].get("template")
    said = templates.text(template) if template else None
    if said is None:
        return settle
    if isinstance(settle, Accepted):
        return replace(settle, instead=said)
    return endings.saying_instead(owed, settle, said)


def _body(owed: Sending, way: Way) -> Payload:
    body: Payload = {
        "recipient": {"id": owed.psid},
        "messaging_type": way.messaging_type,
    }
    if way.tag is not None:
        body["tag"] = way.tag
    said = {"template": _template(owed)} if way.as_template else owed.payload
    body["message"] = {**said, "metadata": mark.written(owed.id, owed.attempt)}
    return body

"""Answer a conversation: claim it, take its events in order, settle each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot import crashpoints, hearing, prompts, recalls
from bot.clock import Clock
from bot.gestures import Gestures
from bot.prompts import Prompt
from bot.settlement import Settle, Settlement
from bot.situation import Attendant
from bot.store import attendance, claims, threads
from bot.store.claims import Claim, Owed
from bot.store.database import Database
from bot.store.models import Status
from bot.turn import Heard, Turn, take_turn
from bot.understanding import Understanding
from flows.stack import State
from webhooks.events import Event
from webhooks.parser import parse_item

log = structlog.get_logger()

MAX_TRIES = 3
LATE = timedelta(minutes=10)  # an older message that comes late is only shown
LAPSE = timedelta(hours=24)  # after such a silence the disclosure is said again
ATTENDANTS: Mapping[Status, Attendant] = {
    Status.BOT: "assistant",
    Status.WAITING: "nobody_yet",
    Status.AGENT: "person",
}
#: What a customer can get from the assistant while a person answers.
EFFECTS = frozenset(["handoff_withdrawn", "opt_out"])


@dataclass(frozen=True)
class Outside:
    """What an answer needs besides the conversation."""

    database: Database
    clock: Clock
    understanding: Understanding
    answer_within: timedelta
    mark_seen: bool = False
    #: The shop's time zone, until somebody saves hours.
    zone: str = "UTC"
    #: Called after each answer with what was answered.
    answered: Callable[[Owed], object] = lambda owed: None
    #: The payloads of the Page's menu: offered always, to everybody.
    menu: frozenset[str] = frozenset()


class Answerer:
    """Answers one conversation at a time; safe to share between threads."""

    def __init__(
        self, outside: Outside, gestures: Gestures, deliver: Callable[[int], None]
    ) -> None:
        self._outside = outside
        self._gestures = gestures
        self._deliver = deliver

    def answer(self, conversation_id: int) -> None:
        """Handle all events of a conversation that nobody has handled."""
        database = self._outside.database
        held, owed = database.write(
            lambda connection: _claim(connection, conversation_id)
        )
        if held is None:
            return
        try:
            self._handle_all(held, owed)
        except BaseException:
            # Whoever tries again need not wait for the lease to end.
            database.write(lambda connection: claims.release(connection, held))
            raise

    def _handle_all(self, held: Claim, owed: Owed | None) -> None:
        while owed is not None:
            crashpoints.reach("claimed")
            settle = self._settle(held, owed)
            crashpoints.reach("thought")
            handled = owed
            owed = self._outside.database.write(_then_next(settle, held))
            crashpoints.reach("settled")
            self._deliver(held.conversation_id)
            self._outside.answered(handled)

    def _settle(self, held: Claim, owed: Owed) -> Settle:
        """Return how to settle an event; think about it if that is ours to do."""
        self._gestures.began(owed.conversation_id, owed.page_id, owed.psid)
        try:
            return self._consider(held, owed)
        except Exception:
            # A turn is data and scripts that anybody may write: this is a rim.
            log.exception("turn_failed", conversation=owed.conversation_id)
            return _again
        finally:
            self._gestures.ended(owed.conversation_id)

    def _consider(self, held: Claim, owed: Owed) -> Settle:
        event = parse_item(owed.raw, owed.page_id, owed.received_at)
        settlement = Settlement(
            held=held,
            owed=owed,
            event=event,
            prompt=prompts.read(owed),
            now=self._outside.clock(),
            answer_within=self._outside.answer_within,
        )
        if owed.tries > MAX_TRIES:
            log.error("event_quarantined", conversation=owed.conversation_id)
            # What can't even be shown is set aside without.
            shown = owed.tries == MAX_TRIES + 1
            return settlement.set_aside(f"failed {MAX_TRIES} times", shown=shown)
        if (outcome := _left(owed, event, settlement.now)) is not None:
            return settlement.left(outcome)
        if settlement.prompt is not None:
            return self._begin(settlement, settlement.prompt)
        heard = self._heard(owed, event)
        if self._outside.mark_seen:
            self._gestures.seen(owed.page_id, owed.psid)
        if heard is None:
            return settlement.left("silent")
        return self._turn(settlement, heard)

    def _begin(self, settlement: Settlement, prompt: Prompt) -> Settle:
        """Begin what was to be begun after a while, if nothing has come in between."""
        owed = settlement.owed
        if prompt.is_overtaken(owed):
            return settlement.left("silent")
        match prompt.kind:
            case "silence" | "satisfaction" | "given_back" as kind:
                heard = Heard(event_id=owed.event_id, kind=kind)
            case _:
                payload = recalls.short_cut(prompt.about)
                heard = Heard(event_id=owed.event_id, kind="tap", payload=payload)
        return self._turn(settlement, heard)

    def _heard(self, owed: Owed, event: Event) -> Heard | None:
        tapped = hearing.payload(event)
        if tapped is None or tapped in hearing.ALWAYS:
            offered = hearing.ALWAYS.get(tapped or "")
            return hearing.heard(event, owed.event_id, offered)
        if tapped in self._outside.menu:
            return hearing.heard(event, owed.event_id, tapped)
        with self._outside.database.read() as connection:
            ours = threads.was_offered(connection, owed.conversation_id, tapped)
        return hearing.heard(event, owed.event_id, tapped if ours else None)

    def _turn(self, settlement: Settlement, heard: Heard) -> Settle:
        owed, now = settlement.owed, settlement.now
        with self._outside.database.read() as connection:
            log_so_far = claims.history(connection, owed.conversation_id)
            set_now = attendance.current(connection, self._outside.answer_within)
        model = self._outside.understanding.model_name
        hours = set_now.hours_in(self._outside.zone)
        attendant = ATTENDANTS[owed.status]
        if attendant == "nobody_yet" and not hours.is_open(now):
            attendant = "after_hours"
        disclose = attendant == "assistant" and _must_disclose(owed, now)
        crashpoints.reach("loaded")
        spoken = self._outside.understanding.assistants.hearing(
            heard, owed.language, owed.customer_language or ""
        )
        settlement = replace(settlement, language=spoken.language, attendance=set_now)
        turn = take_turn(
            heard,
            State.from_json(owed.state),
            log_so_far,
            spoken.assistant,
            psid=owed.psid,
            now=now,
            disclose=disclose,
            attendant=attendant,
            hours=hours,
            country=owed.customer_country,
        )
        if _is_theirs(attendant, turn):
            return settlement.left("left_to_person")
        said = disclose and bool(turn.replies)
        return settlement.of_turn(turn, disclosed=said, model=model)


def _left(owed: Owed, event: Event, now: datetime) -> str | None:
    """Return why the assistant leaves an event unanswered, None if it does not."""
    overtaken = owed.handled_at is not None and event.at < owed.handled_at
    return "late" if overtaken and now - event.at > LATE else None


def _is_theirs(attendant: Attendant, turn: Turn) -> bool:
    """Whether a turn is left to the person who answers, or will."""
    speaks = attendant == "assistant" or attendant == "after_hours" and turn.replies
    return not speaks and not any(event["event"] in EFFECTS for event in turn.events)


def _must_disclose(owed: Owed, now: datetime) -> bool:
    """Whether the customer must hear that a program answers.

    At the start, after a long silence, and when a person gave them back to us.
    """
    if owed.disclosed_at is None or owed.status_at > owed.disclosed_at:
        return True
    return owed.handled_at is not None and owed.at - owed.handled_at > LAPSE


def _claim(
    connection: Connection, conversation_id: int
) -> tuple[Claim | None, Owed | None]:
    held = claims.claim(connection, conversation_id)
    if held is None:
        return None, None
    return held, claims.next_owed(connection, held)


def _then_next(settle: Settle, held: Claim) -> Callable[[Connection], Owed | None]:
    """Return a job that settles an event and, if that held, takes the next."""

    def job(connection: Connection) -> Owed | None:
        if not settle(connection):
            return None
        crashpoints.reach("settling")
        return claims.next_owed(connection, held)

    return job


def _again(connection: Connection) -> bool:
    """Settle nothing: the event is taken again, and its tries are counted."""
    return True

"""Answer a conversation: claim it, take its events in order, settle each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot import crashpoints, hearing, prompts, recalls, settling
from bot.clock import Clock
from bot.gestures import Gestures
from bot.prompts import Prompt
from bot.settlement import LEFT, Outcome, Settlement
from bot.shop import news
from bot.situation import Attendant
from bot.store import claims, threads, wording
from bot.store.attendance import Attendance
from bot.store.claims import Claim, Owed
from bot.store.database import Database
from bot.store.models import Status
from bot.turn import Heard, Turn, take_turn
from bot.understanding import Understanding
from flows.stack import State
from webhooks.events import Event, MessageReceived
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
EFFECTS = frozenset(["handoff_withdrawn", "opt_out", "reminders_off"])


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


@dataclass(frozen=True)
class Task:
    """An event to handle, and what admins had set when it was taken."""

    held: Claim
    owed: Owed
    attendance: Attendance


@dataclass(frozen=True)
class Done:
    """What came of a task; None: nothing yet, the event is taken again."""

    held: Claim
    outcome: Outcome | None


class Answerer:
    """Answers one conversation at a time; safe to share between threads."""

    def __init__(
        self, outside: Outside, gestures: Gestures, deliver: Callable[[int], None]
    ) -> None:
        self._outside = outside
        self._gestures = gestures
        self._deliver = deliver
        # One object each: writers group by it.
        self._claims, self._settles = self.claim_all, self.settle_all

    def answer(self, conversation_id: int) -> bool:
        """Handle all events of a conversation that nobody has handled.

        Return whether there was one: what it led to is on its way then.
        """
        database = self._outside.database
        task = database.write_batched(self._claims, conversation_id)
        if task is None:
            return False
        try:
            self._handle_all(task)
        except BaseException:
            # Whoever tries again need not wait for the lease to end.
            database.write(lambda connection: claims.release(connection, task.held))
            raise
        return True

    def _handle_all(self, first: Task) -> None:
        task: Task | None = first
        while task is not None:
            crashpoints.reach("claimed")
            done = Done(task.held, self.think(task))
            crashpoints.reach("thought")
            handled = task.owed
            task = self._outside.database.write_batched(self._settles, done)
            crashpoints.reach("settled")
            self._deliver(first.held.conversation_id)
            self._outside.answered(handled)

    def claim_all(
        self, connection: Connection, conversation_ids: Sequence[int]
    ) -> list[Task | None]:
        """Claim conversations, and take the oldest event of each."""
        held = claims.claim(connection, set(conversation_ids))
        tasks = self._next(connection, held)
        # Of two who ask for the same one gets it.
        return [
            tasks.pop(conversation_id, None) for conversation_id in conversation_ids
        ]

    def settle_all(
        self, connection: Connection, done: Sequence[Done]
    ) -> list[Task | None]:
        """Settle events and take the next of their conversations, where that held."""
        outcomes = [one.outcome for one in done if one.outcome is not None]
        owing = dict(
            zip(
                (outcome.of.held for outcome in outcomes),
                settling.settle(connection, outcomes),
                strict=True,
            )
        )
        for _ in done:
            crashpoints.reach("settling")
        # What was not settled is taken again.
        tasks = self._next(
            connection, [one.held for one in done if owing.get(one.held, True)]
        )
        return [tasks.get(one.held.conversation_id) for one in done]

    def _next(self, connection: Connection, held: Collection[Claim]) -> dict[int, Task]:
        """Return what is to be done next under claims, by conversation."""
        if not held:
            return {}
        within = self._outside.answer_within
        return {
            claim.conversation_id: Task(claim, owed, owed.attendance(within))
            for claim, owed in claims.next_owed(connection, held).items()
        }

    def think(self, task: Task) -> Outcome | None:
        """Return how an event is to be settled; think about it if that is ours to do.

        None: it is not, and taken again.
        """
        owed = task.owed
        self._gestures.began(owed.conversation_id, owed.page_id, owed.psid)
        try:
            return self._consider(task)
        except Exception:
            # A turn is data and scripts that anybody may write: this is a rim.
            log.exception("turn_failed", conversation=owed.conversation_id)
            return None
        finally:
            self._gestures.ended(owed.conversation_id)

    def _consider(self, task: Task) -> Outcome:
        owed = task.owed
        event = parse_item(owed.raw, owed.page_id, owed.received_at)
        settlement = Settlement(
            held=task.held,
            owed=owed,
            event=event,
            prompt=prompts.read(owed),
            now=self._outside.clock(),
            answer_within=self._outside.answer_within,
            attendance=task.attendance,
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
        settlement = self._reworded(settlement)
        heard = self._heard(owed, settlement.said)
        if self._outside.mark_seen:
            self._gestures.seen(owed.page_id, owed.psid)
        if heard is None:
            return settlement.left("silent")
        order = self._order(owed, event)
        return self._turn(settlement, replace(heard, order=order))

    def _order(self, owed: Owed, event: Event) -> str | None:
        """Return the number of the order whose news a message answers, if it does."""
        if not isinstance(event, MessageReceived) or event.reply_to is None:
            return None
        with self._outside.database.read() as connection:
            return news.order_of(
                connection, owed.page_id, owed.customer_id, event.reply_to
            )

    def _reworded(self, settlement: Settlement) -> Settlement:
        """Return it with what the customer has made of their message by now."""
        message = settlement.message
        if message is None or not settlement.owed.may_be_reworded(*message):
            return settlement
        with self._outside.database.read() as connection:
            newest = wording.newest(connection, *message)
        return replace(settlement, wording=newest)

    def _begin(self, settlement: Settlement, prompt: Prompt) -> Outcome:
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

    def _turn(self, settlement: Settlement, heard: Heard) -> Outcome:
        owed, now = settlement.owed, settlement.now
        model = self._outside.understanding.model_name
        hours = settlement.attendance.hours_in(self._outside.zone)
        attendant = ATTENDANTS[owed.status]
        if attendant == "nobody_yet" and not hours.is_open(now):
            attendant = "after_hours"
        disclose = attendant == "assistant" and _must_disclose(owed, now)
        crashpoints.reach("loaded")
        spoken = self._outside.understanding.assistants.hearing(
            heard, owed.language, owed.customer_language or ""
        )
        settlement = replace(settlement, language=spoken.language)
        turn = take_turn(
            heard,
            State.from_json(owed.state),
            list(owed.log),
            spoken.assistant,
            psid=owed.psid,
            now=now,
            disclose=disclose,
            attendant=attendant,
            hours=hours,
            country=owed.customer_country,
            page_id=owed.page_id,
        )
        if _is_theirs(attendant, turn):
            return settlement.left(LEFT)
        said = disclose and bool(turn.replies)
        return settlement.of_turn(turn, disclosed=said, model=model)


def _left(owed: Owed, event: Event, now: datetime) -> str | None:
    """Return why the assistant leaves an event unanswered, None if it does not."""
    overtaken = owed.handled_at is not None and event.at < owed.handled_at
    return "late" if overtaken and now - event.at > LATE else None


def _is_theirs(attendant: Attendant, turn: Turn) -> bool:
    """Whether a turn is left to the person who answers, or will."""
    # Who is waited for has not come yet: of the little that is said then all is wanted.
    speaks = attendant == "assistant" or attendant != "person" and turn.replies
    return not speaks and not any(event["event"] in EFFECTS for event in turn.events)


def _must_disclose(owed: Owed, now: datetime) -> bool:
    """Whether the customer must hear that a program answers.

    At the start, after a long silence, and when a person gave them back to us.
    """
    if owed.disclosed_at is None or owed.status_at > owed.disclosed_at:
        return True
    return owed.handled_at is not None and owed.at - owed.handled_at > LAPSE

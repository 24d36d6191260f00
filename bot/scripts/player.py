"""Play a script: the very turns that a customer would get, in the script's own world.

Pure: no table, no network, no clock. What is played against is handed in, so that a
draft is tried like the assistant that is live.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.assistants import Assistants
from bot.replies import Reply
from bot.scripts.lacking import Lack, lack
from bot.scripts.lines import SENDS, Script, Step, delay
from bot.scripts.supposing import Supposed, standing_in
from bot.scripts.world import ScriptedCalendar, ScriptedOrders
from bot.situation import Attendant
from bot.turn import Assistant, Heard, Turn, take_turn
from flows.actions import all_actions
from flows.executor import in_process
from flows.stack import State

#: Whoever plays is no customer of ours.
NOBODY = "script"


@dataclass(frozen=True, kw_only=True)
class Break:
    """Where a script does not hold: what it expects, and what came instead."""

    script: Script
    step: Step
    #: What came: names of responses, titles, words, as the line looks at them.
    came: tuple[str, ...]
    #: What the customer did last, and what that was taken for.
    heard: str = ""
    taken_for: str | None = None
    #: What the line names and there is not.
    lack: Lack | None = None

    def waits_for(self, entries: Collection[str]) -> bool:
        """Return whether it lacks just the answer of one of these, unpublished."""
        return self.lack is not None and self.lack.is_of(entries)


class Player:
    """One customer and the assistant, turn after turn."""

    def __init__(self, script: Script, assistants: Assistants) -> None:
        self.script = script
        self._orders = ScriptedOrders(script.world)
        self._calendar = ScriptedCalendar(script.world, script.now)
        own = assistants.own_actions
        actions = all_actions(self._orders, self._calendar, own)
        here = in_process(actions, assistants.domain.raw, rehearsed=True)
        run_action = standing_in(here, script.stand_ins)
        # Ours quote our words, which admins change: theirs quote what is said now.
        said = assistants.responses if script.path else assistants.as_written
        self._assistants = replace(
            assistants, run_action=run_action, responses=said or assistants.responses
        )
        self._now = script.now
        self._state, self._events = State(), list[Any]()
        self._turns: list[Turn] = []
        self._unread: list[str] = []
        self._means: dict[str, Mapping[str, float]] = {}
        self._attendant: Attendant = "assistant"
        self.language = ""

    @property
    def turn(self) -> Turn:
        """Return the last turn."""
        return self._turns[-1]

    def take(self, step: Step) -> Break | None:
        """Take a step; return where the script breaks, None if it holds."""
        match step.name:
            case "customer":
                if step.means is not None:
                    self._means[step.value] = step.means
                self._hear("text", step.value)
            case "taps":
                return self._tap(step)
            case "answers":
                self._answer(step.value)
            case "sends":
                self._hear(SENDS[step.value], "👍" if "thumbs" in step.value else "")
            case "later":
                self._now += delay(step.value)
                self._calendar.now = self._now
            case name if name in _HAPPENS:
                _HAPPENS[name](self)
            case name:
                came = CHECKS[name](self, step.value)
                return None if came is None else self._broken(step, came)
        return None

    def _tap(self, step: Step) -> Break | None:
        """Let the customer tap what was offered last under this title."""
        for turn in reversed(self._turns):
            for choice in reversed([c for r in turn.replies for c in tappable(r)]):
                if choice["title"] == step.value:
                    self._hear("tap", step.value, choice["payload"])
                    return None
        if not self._turns:
            return self._broken(step, ())
        return self._broken(step, _titles(self.turn))

    def _break_system(self) -> None:
        self._orders.is_down = self._calendar.is_down = True

    def _empty_calendar(self) -> None:
        self._calendar.tickets = {}

    def _answer(self, values: Mapping[str, Any]) -> None:
        """Answer each question for one of these slots, as a tap would."""
        for _ in values:
            asked = self._state.asked
            if asked is not None and asked in values:
                answer = str(values[asked])
                self._hear("tap", answer, f"/SetSlots({asked}={answer})")

    def _hear(self, kind: Any, text: str, payload: str | None = None) -> None:
        heard = Heard(
            event_id=len(self._turns) + 1, kind=kind, text=text, payload=payload
        )
        spoken = self._assistants.hearing(heard, self.language)
        turn = take_turn(
            heard,
            State.from_json(self._state.to_json()),
            self._events,
            self._supposing(spoken.assistant, text),
            psid=NOBODY,
            now=self._now,
            disclose=False,
            attendant=self._attendant,
        )
        self.language, self._state = spoken.language, turn.state
        self._attendant = _attendant(turn, self._attendant)
        self._events += turn.events
        self._turns.append(turn)
        self._unread = said(turn)

    def _supposing(self, assistant: Assistant, text: str) -> Assistant:
        """Return the assistant with what the script says that a text means."""
        if text not in self._means:
            return assistant
        model = Supposed(assistant.model, self._means[text])
        return replace(assistant, model=model)

    def _broken(self, step: Step, came: Sequence[str]) -> Break:
        return Break(
            script=self.script,
            step=step,
            came=tuple(came),
            heard=self.turn.trace["parse"]["text"] if self._turns else "",
            taken_for=_taken_for(self.turn) if self._turns else None,
            lack=lack(self.script, step, self._assistants),
        )

    def bot(self, expected: str) -> list[str] | None:
        """Look for a response among those not read yet, or for words in the turn."""
        if not _is_response(expected):
            return None if expected in words(self.turn) else [words(self.turn)]
        if expected not in self._unread:
            return said(self.turn)
        self._unread = self._unread[self._unread.index(expected) + 1 :]
        return None

    def not_said(self, unexpected: str) -> list[str] | None:
        """Look whether words are said that must not be."""
        return [words(self.turn)] if unexpected in words(self.turn) else None

    def choices(self, titles: Sequence[str]) -> list[str] | None:
        """Look at all that can be tapped now."""
        offered = _titles(self.turn)
        return None if offered == titles else offered

    def flow(self, expected: str) -> list[str] | None:
        """Look whether the turn began a flow, or goes on with it."""
        trace, open_now = self.turn.trace, [one.flow for one in self._state.stack]
        flows = {*open_now, trace["flow"], trace["command"].get("flow")} - {None}
        return None if expected in flows else sorted(flows)

    def action(self, expected: str) -> list[str] | None:
        """Look whether the turn ran an action."""
        ran = [e["name"] for e in self.turn.events if e["event"] == "action"]
        return None if expected in ran else ran

    def slots(self, expected: Mapping[str, Any]) -> list[str] | None:
        """Look at what is remembered."""
        kept = {name: self._state.slots.get(name) for name in expected}
        same = all(str(kept[name]) == str(expected[name]) for name in expected)
        return None if same else [f"{name}: {value}" for name, value in kept.items()]

    def handed_over(self, reason: str) -> list[str] | None:
        """Look whether a person is fetched, why, and that only this is said."""
        handoff = self.turn.handoff
        if handoff is None:
            return said(self.turn)
        purposes = [reply.purpose for reply in self.turn.replies]
        if handoff.reason == reason and purposes == ["handoff_notice"]:
            return None
        return [f"handed over: {handoff.reason}"]

    def summary(self, line: str) -> list[str] | None:
        """Look for words in what the person is told."""
        told = self.turn.handoff.summary if self.turn.handoff else ""
        return None if line in told else told.splitlines()

    def reminders(self, what: str) -> list[str] | None:
        """Look whether reminders went on or off."""
        came = [*filter(None, map(_reminders, self.turn.events))]
        return None if what in came else came

    def opted_out(self, _: None) -> list[str] | None:
        """Look whether nothing is sent unasked any more."""
        names = [event["event"] for event in self.turn.events]
        return None if "opt_out" in names else []

    def silent(self, _: None) -> list[str] | None:
        """Look whether nothing is said."""
        return None if self.turn.replies == () else said(self.turn)

    def nothing_open(self, _: None) -> list[str] | None:
        """Look whether no question waits for an answer."""
        state = self._state
        if state.stack == () and state.asked is None:
            return None
        return [f"open: {state.asked or state.top.flow}"]

    def speaks(self, code: str) -> list[str] | None:
        """Look at the language of the conversation."""
        return None if self.language == code else [self.language]


#: What happens in the world of a script.
_HAPPENS: Mapping[str, Callable[[Player], None]] = {
    "the shop's system is down": Player._break_system,
    "the calendar is empty": Player._empty_calendar,
}
#: What looks at a turn; None if it is as the line says, else what came.
CHECKS: Mapping[str, Callable[[Player, Any], list[str] | None]] = {
    "bot": Player.bot,
    "not said": Player.not_said,
    "choices": Player.choices,
    "flow": Player.flow,
    "action": Player.action,
    "slots": Player.slots,
    "handed over": Player.handed_over,
    "summary": Player.summary,
    "reminders": Player.reminders,
    "opted out": Player.opted_out,
    "the bot is silent": Player.silent,
    "nothing is open": Player.nothing_open,
    "speaks": Player.speaks,
}


def play(script: Script, assistants: Assistants) -> Break | None:
    """Return where a script breaks against an assistant, None if it holds."""
    player = Player(script, assistants)
    return next(filter(None, map(player.take, script.steps)), None)


def _attendant(turn: Turn, before: Attendant) -> Attendant:
    """Return who answers from now on: nobody, while a person has yet to come."""
    if any(event["event"] == "handoff_withdrawn" for event in turn.events):
        return "assistant"
    return "nobody_yet" if turn.handoff else before


def _taken_for(turn: Turn) -> str | None:
    """Return what a message was surely enough taken for."""
    intent, thresholds = turn.trace["parse"]["intent"], turn.trace["thresholds"]
    sure = turn.trace["chosen"] or intent["confidence"] >= thresholds["answer"]
    return intent["name"] if sure else None


def said(turn: Turn) -> list[str]:
    """Return the names of the responses of a turn, in order."""
    events = (one for one in turn.events if one["event"] == "bot")
    return [str((one["metadata"] or {}).get("utter_action")) for one in events]


def words(turn: Turn) -> str:
    """Return all that a turn says."""
    return "\n".join(reply.text for reply in turn.replies)


def tappable(reply: Reply) -> list[dict[str, Any]]:
    """Return the buttons and quick replies of a reply."""
    payload = reply.message.get("attachment", {}).get("payload", {})
    buttons = [one for one in payload.get("buttons", ()) if one["type"] == "postback"]
    return [*buttons, *reply.message.get("quick_replies", ())]


def _titles(turn: Turn) -> list[str]:
    return [choice["title"] for reply in turn.replies for choice in tappable(reply)]


def _is_response(expected: str) -> bool:
    return expected.startswith("utter_")


def _reminders(event: Mapping[str, Any]) -> str | None:
    match event:
        case {"event": "ticket_linked", "ticket": ticket}:
            return f"on {ticket}"
        case {"event": "reminders_off", "ticket": None}:
            return "off for all"
        case {"event": "reminders_off", "ticket": ticket}:
            return f"off {ticket}"
    return None

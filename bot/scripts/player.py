"""Play a script: the very turns that a customer would get, in the script's own world.

Pure: no table, no network, no clock. What is played against is handed in, so that a
draft is tried like the assistant that is live.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.assistants import Assistants
from bot.replies import replies
from bot.scripts import nobody
from bot.scripts.lacking import Lack, lack
from bot.scripts.lines import SENDS, Script, Step, delay, wall
from bot.scripts.looks import LOOKS, Seen, offered, said, stands_for, taken_for, titles
from bot.scripts.scene import SETS, Scene
from bot.scripts.supposing import known_before
from bot.turn import Heard, Turn, take_turn
from flows.ports import HISTORY
from flows.run import asks_by_the_way
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
        self._scene = Scene(script, assistants)
        self._around = self._scene.around
        self._state, self._events = State(), list[Any]()
        self._turns: list[Turn] = []
        self.language = ""

    @property
    def turn(self) -> Turn:
        """Return the last turn."""
        return self._turns[-1]

    @property
    def passed(self) -> frozenset[tuple[str, str]]:
        """Return the steps of flows that all turns went through."""
        steps = (one for turn in self._turns for one in turn.trace.get("steps", ()))
        return frozenset((one["flow"], one["step"]) for one in steps if "flow" in one)

    def take(self, step: Step) -> Break | None:
        """Take a step; return where the script breaks, None if it holds."""
        if step.name in LOOKS:
            came = LOOKS[step.name](self._seen, step.value)
            return None if came is None else self._broken(step, came)
        if step.name in SETS:
            SETS[step.name](self._scene)
            return None
        return self._do(step)

    def _do(self, step: Step) -> Break | None:
        match step.name:
            case "customer":
                self._scene.suppose(step)
                self._hear("text", step.value)
            case "taps":
                return self._tap(step)
            case "answers":
                self._answer(step.value)
            case "sends":
                self._hear(SENDS[step.value], "")
            case "edits" | "unsends":
                self._leave()
            case _:
                return self._pass_time(step)
        return None

    def _pass_time(self, step: Step) -> Break | None:
        match step.name:
            case "later":
                self._around.now += delay(step.value)
            case "the customer falls silent":
                self._fall_silent()
            case "country":
                self._around.country = step.value or None
            case "known before":
                return self._know(step)
            case "on" if not self._around.go_to(wall(step.value)):
                shown = self._around.on_the_wall()
                return self._broken(step, [f"on: {shown:%Y-%m-%d %H:%M}"])
            case "nobody comes":
                return self._nobody_comes(step)
        return None

    def _know(self, step: Step) -> Break | None:
        """Remember what was said before, in slots that there are."""
        if not step.value.keys() <= self._scene.assistants.domain.slots.keys():
            return self._broken(step, ())
        self._state, events = known_before(self._state, step.value)
        self._events += events
        return None

    def _nobody_comes(self, step: Step) -> Break | None:
        """Let time pass until a customer who waits is told something, if they are."""
        wait = self._around.wait
        if wait is None:
            return self._broken(step, said(self.turn))
        rung = self._around.go_on_waiting(wait)
        responses = self._scene.assistants.speaking(self.language).responses
        told = (
            nobody.told(rung, responses, wait.hours, self._around.now) if rung else {}
        )
        events = [{"event": "bot", "metadata": told["metadata"]}] if told else []
        self._leave()
        self._turns[-1] = replace(
            self.turn,
            events=tuple(events),
            replies=tuple(replies(told)) if told else (),
        )
        self._look()
        return None

    def _tap(self, step: Step) -> Break | None:
        """Let the customer tap what was offered last under this title, or entry."""
        for turn in reversed(self._turns):
            for choice in reversed(offered(turn)):
                if stands_for(choice, step.value, turn):
                    self._hear("tap", choice["title"], choice["payload"])
                    return None
        if not self._turns:
            return self._broken(step, ())
        return self._broken(step, titles(self.turn))

    def _answer(self, values: Mapping[str, Any]) -> None:
        """Answer each question for one of these slots, as a tap would."""
        for _ in values:
            asked = self._state.asked
            if asked is not None and asked in values:
                answer = str(values[asked])
                self._hear("tap", answer, f"/SetSlots({asked}={answer})")

    def _fall_silent(self) -> None:
        """Let so much time pass that the assistant begins by itself, if it does."""
        asks = self._state.asked is not None and not asks_by_the_way(self._state)
        self._hear("silence" if asks else "satisfaction", "")

    def _hear(self, kind: Any, text: str, payload: str | None = None) -> None:
        heard = Heard(
            event_id=len(self._turns) + 1, kind=kind, text=text, payload=payload
        )
        spoken = self._scene.reading(text).hearing(heard, self.language)
        turn = take_turn(
            heard,
            State.from_json(self._state.to_json()),
            self._events[-HISTORY:],
            spoken.assistant,
            psid=NOBODY,
            now=self._around.now,
            disclose=False,
            attendant=self._around.attendant,
            hours=self._around.hours,
            country=self._around.country,
        )
        self.language, self._state = spoken.language, turn.state
        self._around.take(turn)
        self._events += turn.events
        self._turns.append(turn)
        self._look()

    def _leave(self) -> None:
        """Take no turn: what was said before counts, whatever becomes of its words."""
        trace = {**self.turn.trace, "flow": None, "command": {}, "steps": []}
        silent = replace(self.turn, events=(), replies=(), handoff=None, trace=trace)
        self._turns.append(silent)
        self._look()

    def _look(self) -> None:
        self._seen = Seen(
            turn=self.turn,
            state=self._state,
            language=self.language,
            unread=said(self.turn),
        )

    def _broken(self, step: Step, came: Sequence[str]) -> Break:
        return Break(
            script=self.script,
            step=step,
            came=tuple(came),
            heard=self.turn.trace["parse"]["text"] if self._turns else "",
            taken_for=taken_for(self.turn) if self._turns else None,
            lack=lack(self.script, step, self._scene.assistants),
        )


@dataclass(frozen=True, kw_only=True)
class Performance:
    """What came of a script."""

    script: Script
    broken: Break | None
    #: The steps that it went through, each as a flow and a step of it.
    passed: frozenset[tuple[str, str]]


def play(script: Script, assistants: Assistants) -> Break | None:
    """Return where a script breaks against an assistant, None if it holds."""
    return perform(script, assistants).broken


def perform(script: Script, assistants: Assistants) -> Performance:
    """Play a script to its end, or to where it breaks."""
    player = Player(script, assistants)
    broken = next(filter(None, map(player.take, script.steps)), None)
    return Performance(script=script, broken=broken, passed=player.passed)

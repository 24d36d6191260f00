"""What do the rules look at? What the customer did, and where the dialogue stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias, cast

from bot import plainly
from bot.reading import Reading
from flows.domain import Slot
from flows.responses import Responses
from flows.run import offers_person
from flows.stack import State, asked_at, callers
from flows.steps import END, Collect, Flow, Flows
from intents import rejection
from intents.parse import Parse

#: Who answers the conversation; after hours nobody will come for a while.
Attendant: TypeAlias = Literal["assistant", "nobody_yet", "after_hours", "person"]
#: What the assistant begins by itself, and no customer has done.
PROMPTS = frozenset(["silence", "satisfaction", "given_back"])
#: What a tap sets a slot to that is to be asked for anew.
ANEW = "null"
#: How much surer we must be of another goal while a question is open.
SURER = 0.1
#: How likely what is meant must be among the likeliest for a yes or no to count.
LIKELY_ANSWER = 0.2


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the customer did, how sure we are of it, and where the dialogue stands."""

    event_id: int
    kind: str
    text: str
    reading: Reading
    thresholds: Mapping[str, float]
    state: State
    flows: Flows
    responses: Responses
    attendant: Attendant = "assistant"
    #: The questions of the FAQ that the shop itself has written.
    taught: frozenset[str] = frozenset()
    #: Since when the intent is answered only from a higher confidence on, and from
    #: which it usually is; None where it is.
    raised: Mapping[str, Any] | None = None
    #: What was sent in pieces, one soon after the other; the last is this message.
    pieces: tuple[str, ...] = ()
    #: What else, or what instead, a message of several questions likely asks.
    besides: tuple[str, ...] = ()
    #: Whether each of these questions is likely told by those: nothing else is asked.
    all_told: bool = False
    #: What was said by parts of the message that are dealt with already.
    told: frozenset[str] = frozenset()

    @property
    def intent(self) -> str:
        """Return the intent of the message, however sure we are of it."""
        return str(self.reading.parse["intent"]["name"] or "")

    @property
    def confidence(self) -> float:
        """Return the chance that it is this intent."""
        return float(self.reading.parse["intent"]["confidence"])

    @property
    def band(self) -> rejection.Outcome:
        """Return what such a confidence is good for: answer, offer or person."""
        return rejection.decide(cast(Parse, self.reading.parse), self.thresholds)

    @property
    def asked(self) -> Slot | None:
        """Return the slot that we asked for."""
        return self.flows.domain.slots.get(self.state.asked or "")

    @property
    def speaking(self) -> Flow | None:
        """Return the flow that asks."""
        for frame in reversed(self.state.stack):
            if frame.step != END:
                return self.flows.by_id.get(frame.flow)
        return None

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether yes or no is an answer to what we said last."""
        fillings = self.asked.fillings if self.asked is not None else ()
        takes_yes = any("affirm" in filling.intents for filling in fillings)
        return takes_yes or offers_person(self.state)

    def without_question(self) -> "Situation":
        """Return it as if what was asked last had not been, and its goal had ended."""
        stack, flow = self.state.stack[:-1], self.speaking
        asked = asked_at(stack, self.flows)
        ended = flow.id if flow and not flow.is_pattern else self.state.ended
        state = replace(self.state, stack=stack, asked=asked, misses=0, ended=ended)
        return replace(self, state=state)

    @property
    def tapped(self) -> dict[str, Any]:
        """Return the slots set by a tap, as far as the flow that asks knows them.

        None is to be asked for anew.
        """
        wanted = {slot.name: slot for slot in self.collected() if not slot.controlled}
        read = {
            name: None if text == ANEW else wanted[name].read(text)
            for name, text in self.reading.slots.items()
            if name in wanted
        }
        return {
            name: value
            for name, value in read.items()
            if value is not None or self.reading.slots[name] == ANEW
        }

    @property
    def chosen(self) -> bool:
        """Whether the customer chose something that we offer still."""
        stale = bool(self.reading.slots) and not self.tapped
        return self.reading.chosen and not stale

    @property
    def sure(self) -> bool:
        """Whether the intent may be acted upon."""
        return self.chosen or self.band == "answer"

    @property
    def asks_own(self) -> bool:
        """Whether a text surely asks what the shop has taught, or is its own words."""
        own = self.intent in self.taught or self.confidence >= rejection.CERTAIN
        said = self.kind == "text" and not self.chosen and self.sure
        return said and own and self._is_answered

    @property
    def likely(self) -> bool:
        """Whether a yes or no may be taken for an answer, in doubt of the rest."""
        parse = self.reading.parse
        chance = parse.get("among_three", self.confidence)
        return self.sure or float(chance) >= LIKELY_ANSWER

    @property
    def surer(self) -> bool:
        """Whether the intent is clear enough to leave an open question for it."""
        # A tenth more may be more than there is: then half of the way to certainty.
        threshold = self.thresholds["answer"]
        needed = min(threshold + SURER, (threshold + 1) / 2)
        return self.chosen or self.confidence >= needed

    @property
    def _is_answered(self) -> bool:
        return "/" in self.intent and f"utter_{self.intent}" in self.responses

    @property
    def asking(self) -> Collect | None:
        """Return the step that asks."""
        if self.asked is None or not self.state.stack:
            return None
        step = self.flows.step(self.state.top.flow, self.state.top.step)
        return step if isinstance(step, Collect) else None

    @property
    def is_forced(self) -> bool:
        """Whether the step that asks takes everything said for an answer."""
        return self.asking is not None and self.asking.forced

    @cached_property
    def plain(self) -> plainly.Plain:
        """Return what a text asks of the dialogue itself; a tap asks nothing."""
        return plainly.read(self.text if self.kind == "text" else "")

    def collected(self) -> list[Slot]:
        """Return the slots that the flow which asks collects, in its order.

        Before them stand those that a flow which called it has collected.
        """
        known = self.state.slots
        earlier = [
            step
            for frame in callers(self.state.stack)
            for step in self._questions(frame.flow)
            if known.get(step.slot) is not None
        ]
        own = self.speaking.collected() if self.speaking else []
        slots = self.flows.domain.slots
        names = dict.fromkeys(s.slot for s in [*earlier, *own] if s.slot in slots)
        return [slots[name] for name in names]

    def interrupted(self) -> list[Slot]:
        """Return the slots that are filled already of flows that wait below."""
        own = {slot.name for slot in self.collected()}
        slots, known = self.flows.domain.slots, self.state.slots
        names = dict.fromkeys(
            step.slot
            for frame in self.state.stack
            for step in self._questions(frame.flow)
            if step.slot not in own and known.get(step.slot) is not None
        )
        return [slots[name] for name in names]

    def _questions(self, flow_id: str) -> list[Collect]:
        flow = self.flows.by_id.get(flow_id)
        return flow.collected() if flow else []

    def around(self) -> tuple[list[Slot], list[Slot]]:
        """Return the slots collected before, and after, the one we ask for."""
        names = [slot.name for slot in self.collected()]
        asked = self.state.asked
        at = names.index(asked) if asked in names else len(names)
        slots = self.collected()
        return slots[:at], slots[at + 1 :]

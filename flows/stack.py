"""Where are we in the dialogue? The state between two turns, and its log.

A state changes by events alone (`apply`), so the log of a conversation, folded,
gives its state. Slots are Rasa's `slot` events and the stack is the `stack` event
of its CALM; `waiting` is ours: what we asked, and what a tap or a number may mean. So
is `interrupted`: a person dealt with what was under way.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal, TypeAlias, get_args

from rasa_sdk.events import EventType

from flows.files import Payload
from flows.steps import END, Collect, Flows
from flows.wishes import Wish, wishes

FrameKind: TypeAlias = Literal["regular", "interrupt", "call", "pattern"]
#: In the `context` of a flow that is about another order than what waits below it.
APART = "apart"
_KINDS: tuple[FrameKind, ...] = get_args(FrameKind)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One flow on the stack, and the step at which it stands."""

    flow: str
    step: str
    kind: FrameKind = "regular"
    #: Whether the question of this step was put, or the flow it calls was begun.
    asked: bool = False
    #: The slots that are put back when the flow ends, and what they held before.
    scope: Mapping[str, Any] = field(default_factory=dict)
    #: The flows that led here by a link.
    origins: tuple[str, ...] = ()
    #: What a pattern was started with: Rasa's `context`.
    context: Payload = field(default_factory=dict)
    #: Which edition of the flow was begun (flows/editions.py); empty if nobody knows.
    edition: str = ""

    def to_json(self) -> Payload:
        """Return the frame in the keys of Rasa's dialogue stack."""
        return {
            "type": self.flow if self.kind == "pattern" else "flow",
            "flow_id": self.flow,
            "step_id": self.step,
            "frame_type": self.kind,
            "asked": self.asked,
            "scope": dict(self.scope),
            "origins": list(self.origins),
            "context": self.context,
            "edition": self.edition,
        }

    @classmethod
    def from_json(cls, stored: Payload) -> "Frame":
        """Return the frame that was stored, by this version or another."""
        kind = stored.get("frame_type")
        return cls(
            flow=str(stored.get("flow_id", "")),
            step=str(stored.get("step_id", END)),
            kind=kind if kind in _KINDS else "regular",
            asked=bool(stored.get("asked")),
            scope=dict(stored.get("scope") or {}),
            origins=tuple(map(str, stored.get("origins") or ())),
            context=dict(stored.get("context") or {}),
            edition=str(stored.get("edition") or ""),
        )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something we offered: what it is called, and the payload of a tap on it."""

    title: str
    payload: str
    #: The intent behind a "did you mean"; None is "something else".
    intent: str | None = None
    #: By which number it may be taken; None if something was offered after it.
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All that the last turn offered; it expires with the next."""

    choices: tuple[Choice, ...] = ()
    #: Whether the choices show their numbers, so that a typed one counts anywhere.
    numbered: bool = False
    #: How many of the choices, the first ones, are a list with the newest first, so
    #: that "the latest" counts.
    listed: int = 0
    #: What the doubtful message named, for the goal that it turns out to mean.
    entities: tuple[Payload, ...] = ()

    def to_json(self) -> Payload:
        """Return the offer as the state keeps it."""
        return {
            "choices": [asdict(choice) for choice in self.choices],
            "numbered": self.numbered,
            "listed": self.listed,
            "entities": list(self.entities),
        }

    @classmethod
    def from_json(cls, stored: Payload) -> "Offer":
        """Return the offer that was stored."""
        return cls(
            choices=tuple(
                Choice(
                    title=str(choice.get("title", "")),
                    payload=str(choice.get("payload", "")),
                    intent=choice.get("intent"),
                    # Versions before had the number by the place.
                    number=choice.get("number", place),
                )
                for place, choice in enumerate(stored.get("choices") or (), start=1)
            ),
            numbered=bool(stored.get("numbered")),
            listed=int(stored.get("listed") or 0),
            entities=tuple(stored.get("entities") or ()),
        )


@dataclass(frozen=True, kw_only=True)
class Known:
    """A value that the customer gave, and when it was last said or used: seconds."""

    value: str
    at: float
    #: Whether the last look-up with it found nothing.
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class State:
    """What a conversation remembers between two turns."""

    slots: Mapping[str, Any] = field(default_factory=dict)
    #: The flows under way, the one that speaks last.
    stack: tuple[Frame, ...] = ()
    #: The slot we asked for and wait for.
    asked: str | None = None
    #: Answers in a row that did not fit the question.
    misses: int = 0
    #: Messages in a row that we can't read: pictures, voice.
    unreadable: int = 0
    offer: Offer | None = None
    #: What was asked besides, and waits until nothing is open.
    wishes: tuple[Wish, ...] = ()
    #: What was given in this conversation, by entity: it outlives its flow.
    known: Mapping[str, Known] = field(default_factory=dict)
    #: The goal that ended last, or that the last answer of the FAQ offers; and when,
    #: in seconds.
    ended: str | None = None
    ended_at: float = 0.0

    @property
    def top(self) -> Frame:
        """Return the frame that speaks; the stack must not be empty."""
        return self.stack[-1]

    def to_json(self) -> Payload:
        """Return the state as `conversation.state` keeps it."""
        return {
            "version": 1,
            "slots": dict(self.slots),
            "stack": [frame.to_json() for frame in self.stack],
            **_waiting(self),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "State":
        """Return the state that was stored; what is unknown or missing is let be."""
        return cls(
            slots=dict(stored.get("slots") or {}),
            stack=_frames(stored.get("stack") or ()),
            **_waited(stored),
        )


def apply(state: State, event: EventType) -> State:
    """Return the state after *event*; an event of another kind changes nothing."""
    changed: dict[str, Any] = {}
    match event:
        case {"event": "slot", "name": str(name), "value": value}:
            changed = {"slots": {**state.slots, name: value}}
        case {"event": "reset_slots"}:
            changed = {"slots": {}}
        case {"event": "restart"}:
            return State()
        case {"event": "interrupted"}:
            return _let_go(state)
        case {"event": "stack", "update": str(update)}:
            changed = {"stack": _patched(update)}
        case {"event": "waiting"}:
            changed = _waited(event)
    return replace(state, **changed)


def changes(before: State, after: State) -> Iterator[EventType]:
    """Yield the events that log how the stack and what we wait for have changed."""
    if before.stack != after.stack:
        frames = [frame.to_json() for frame in after.stack]
        patch = [{"op": "replace", "path": "", "value": frames}]
        yield {"event": "stack", "timestamp": None, "update": json.dumps(patch)}
    if _waiting(before) != _waiting(after):
        yield {"event": "waiting", "timestamp": None, **_waiting(after)}


def asked_at(stack: Sequence[Frame], flows: Flows) -> str | None:
    """Return the slot that is asked for where a stack stands, if any is."""
    step = flows.step(stack[-1].flow, stack[-1].step) if stack else None
    return step.slot if isinstance(step, Collect) else None


def callers(stack: Sequence[Frame]) -> Sequence[Frame]:
    """Return the frames that called the top one, and those that called them."""
    return list(_callers(stack))[::-1]


def _callers(stack: Sequence[Frame]) -> Iterator[Frame]:
    for above, below in pairwise(reversed(stack)):
        if above.kind != "call":
            return
        yield below


def put_back(
    ended: Frame, below: Iterable[Frame], initial: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """Yield what slots hold once a flow has ended.

    A slot of a flow below, which waits for its turn, gets its value back; if it
    had none, what was found out meanwhile need not be asked again, but for what was
    begun of another order or event than that.
    """
    owned = {name for frame in below for name in frame.scope}
    for name, before in ended.scope.items():
        if name not in owned:
            yield name, initial.get(name)
        elif before is not None or ended.context.get(APART):
            yield name, before


def _let_go(state: State) -> State:
    """Return the state as if nothing had been under way."""
    own = {name for frame in state.stack for name in frame.scope}
    return State(
        slots={name: value for name, value in state.slots.items() if name not in own},
        known=state.known,
        ended=state.ended,
        ended_at=state.ended_at,
    )


def _patched(update: str) -> tuple[Frame, ...]:
    """Return the stack after a JSON patch; ours replace all of it."""
    return _frames(json.loads(update)[-1]["value"])


def _frames(stored: Iterable[Any]) -> tuple[Frame, ...]:
    return tuple(
        Frame.from_json(frame)
        for frame in stored
        if isinstance(frame, dict) and frame.get("flow_id")
    )


def _waiting(state: State) -> Payload:
    return {
        "asked": state.asked,
        "misses": state.misses,
        "unreadable": state.unreadable,
        "offer": state.offer.to_json() if state.offer else None,
        "wishes": [wish.to_json() for wish in state.wishes],
        "known": {name: asdict(known) for name, known in state.known.items()},
        "ended": state.ended,
        "ended_at": state.ended_at,
    }


def _waited(stored: Mapping[str, Any]) -> dict[str, Any]:
    offer = stored.get("offer")
    return {
        "asked": stored.get("asked"),
        "misses": int(stored.get("misses") or 0),
        "unreadable": int(stored.get("unreadable") or 0),
        "offer": Offer.from_json(offer) if isinstance(offer, dict) else None,
        "wishes": wishes(stored.get("wishes")),
        "known": {
            name: Known(**known) for name, known in (stored.get("known") or {}).items()
        },
        "ended": stored.get("ended"),
        "ended_at": stored.get("ended_at", 0.0),
    }

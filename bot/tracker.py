"""What do actions see of a conversation? And is its log enough to know its state?"""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, TypeAlias, cast

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.types import TrackerState

from flows.stack import State, apply

Payload: TypeAlias = dict[str, Any]

#: An action sees so many events; more would only be copied about.
MOST_EVENTS = 50


def tracker_state(
    psid: str, state: State, parse: Payload, events: Sequence[EventType]
) -> Payload:
    """Return the conversation as rasa_sdk.types.TrackerState."""
    recent = list(events[-MOST_EVENTS:])
    ran = [event["name"] for event in recent if event.get("event") == "action"]
    return {
        "sender_id": psid,
        "slots": {**state.slots, "requested_slot": state.asked},
        "latest_message": parse,
        "events": recent,
        "paused": False,
        "followup_action": None,
        "active_loop": {"name": state.top.flow} if state.stack and state.asked else {},
        "latest_action_name": ran[-1] if ran else None,
        "stack": [frame.to_json() for frame in state.stack],
    }


def tracker(
    psid: str, state: State, parse: Payload, events: Sequence[EventType]
) -> Tracker:
    """Return the conversation as actions see it."""
    stored = cast(TrackerState, tracker_state(psid, state, parse, events))
    return Tracker.from_dict(stored)


def fold(events: Iterable[EventType], state: State | None = None) -> State:
    """Return the state that a log leads to, from *state* or from the beginning."""
    return reduce(apply, events, state or State())

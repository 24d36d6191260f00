"""How does a turn speak and act? Responses and actions by name, as events.

What is said becomes Rasa's `bot` event at the moment it is said: a flow may have
put its slots back before the turn is over.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import structlog
from rasa_sdk.events import ActionExecuted, BotUttered, EventType, SlotSet

from bot.tracker import tracker_state
from flows import attached
from flows.domain import Domain
from flows.ports import ActionError, RunAction
from flows.responses import SAID, Responses
from flows.spoken import LANGUAGE
from flows.stack import State
from flows.steps import TO_CONTINUE

log = structlog.get_logger()

Payload: TypeAlias = dict[str, Any]

#: Asks which of several goals to go on with.
WHICH = f"utter_ask_{TO_CONTINUE}"
#: How the responses are called that are titles of goals, before the goal's name.
TITLES = "utter_title_"
#: Keys of an action's message that fill no braces of a response.
_UNSAID = ("custom", "template", "response", "attachment")


class Voice:
    """Says responses and runs actions for one turn; see `perform`."""

    def __init__(
        self,
        responses: Responses,
        domain: Domain,
        run_action: RunAction,
        *,
        psid: str,
        parse: Payload,
        seed: int,
        history: Sequence[EventType],
        slots: Mapping[str, Any],
        around: Mapping[str, Any],
    ) -> None:
        self._responses, self._domain, self._run_action = responses, domain, run_action
        self._psid, self._parse, self._seed = psid, parse, seed
        self._events = list(history)
        #: What is the case, as actions and conditions of responses find it in slots.
        self._around = around
        #: What slots hold as far as the events tell.
        self._told = dict(slots)

    def perform(
        self, name: str, state: State, values: Mapping[str, Any]
    ) -> list[EventType]:
        """Say a response or run an action, and return what came of it."""
        self._tell(state)
        if name.startswith("utter_"):
            choices = self._to_continue(values) if name == WHICH else {}
            events = [self._say({"response": name, **values, **choices}, state)]
        else:
            events = self._act(name, state)
        self._remember(name, events)
        return events

    def _to_continue(self, context: Mapping[str, Any]) -> Payload:
        """Return the goals that wait, for a list in words and one to tap."""
        ids = context.get("interrupted_flow_ids", ())
        names = context.get("interrupted_flow_names", ())
        titles = [
            self._responses.plain(f"{TITLES}{one}") or name
            for one, name in zip(ids, names, strict=True)
        ]
        numbered = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
        return {
            "interrupted_flow_options": "\n".join(numbered),
            "last": len(titles) + 1,
            "quick_replies": [
                {"title": title, "payload": f"/SetSlots({TO_CONTINUE}={one})"}
                for one, title in zip(ids, titles, strict=True)
            ],
        }

    def _tell(self, state: State) -> None:
        """Tell which slots were set since: what validates looks at the last events."""
        for name, value in state.slots.items():
            if self._told.get(name) != value:
                self._events.append(SlotSet(name, value))
        self._told = dict(state.slots)

    def _remember(self, name: str, events: Sequence[EventType]) -> None:
        """Add an action to the events; what it has validated is not looked at again."""
        done = ActionExecuted(name)
        validated = name.startswith("validate_")
        self._events += [*events, done] if validated else [done, *events]
        self._told |= {e["name"]: e["value"] for e in events if e["event"] == "slot"}

    def _act(self, name: str, state: State) -> list[EventType]:
        slots = {**self._domain.initial, **state.slots}
        tracker = tracker_state(self._psid, state, self._parse, self._events)
        tracker["slots"] = {
            **slots,
            **self._around,
            "requested_slot": state.asked,
            LANGUAGE: self._responses.language,
        }
        result = self._run_action(name, tracker)
        said = [self._say(message, state) for message in result.responses]
        return [*said, *result.events]

    def _say(self, message: Mapping[str, Any], state: State) -> EventType:
        said = self._response(message, state)
        if message.get("response"):
            # Rasa: buttons of the call come on top; ours before, the last is the exit.
            for key in ("buttons", "quick_replies"):
                if message.get(key):
                    said[key] = [*message[key], *said.get(key, ())]
        data = {key: said[key] for key in SAID if key != "text" and said.get(key)}
        return BotUttered(said.get("text"), data, said.get("metadata"))

    def _response(self, message: Mapping[str, Any], state: State) -> Payload:
        name = message.get("response")
        if not name:
            whole = _plain(message)
            said = {key: whole[key] for key in SAID if whole.get(key)}
            return {**said, "metadata": {"class": "park"}}
        name = self._retrieved(name)
        if name not in self._responses:
            raise ActionError(name, "there is no response of this name")
        kept = (*SAID, *_UNSAID)
        values = {key: value for key, value in message.items() if key not in kept}
        slots = {**self._domain.initial, **state.slots, **self._around}
        return self._responses.fill(name, slots, values, seed=self._seed)

    def _retrieved(self, name: str) -> str:
        """Return the answer to the very question, for `utter_faq` and its like."""
        intent = str(self._parse["intent"]["name"] or "")
        if name not in self._responses and name == f"utter_{intent.partition('/')[0]}":
            return f"utter_{intent}"
        return str(name)


def _plain(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an action's message in our keys; what can't be said here is left out."""
    try:
        return attached.plain(message)
    except attached.ShapeError as error:
        log.warning("message_left_out", reason=str(error))
        return {
            key: value for key, value in message.items() if key not in attached.KEYS
        }

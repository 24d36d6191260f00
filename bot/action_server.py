"""Actions that run elsewhere: on a server of Rasa's protocol, such as rasa-sdk's own.

`python -m rasa_sdk --actions ...` serves them at http://localhost:5055/webhook.
https://rasa.com/docs/reference/api/pro/action-server-api
"""

from collections.abc import Collection
from typing import Any

import structlog

from bot.shop.web import Answer, Web
from flows.files import Payload
from flows.ports import (
    ActionError,
    ActionResult,
    PortError,
    RefusedError,
    RunAction,
)

log = structlog.get_logger()

LONGEST = 5.0  # seconds for an action, its way there and back
REFUSED = 400  # the action may not run now, or the question is none
#: What the other statuses of Rasa's server mean.
MEANINGS = {
    200: "the answer is no JSON object",
    404: "it has no such action (404)",
}


class ActionServer:
    """Runs actions over HTTP; safe to share between threads."""

    def __init__(self, url: str, domain: Payload, longest: float = LONGEST) -> None:
        self._url, self._domain = url, domain
        self._web = Web("action server", {}, longest=longest)

    def run(self, name: str, tracker: Payload) -> ActionResult:
        """Return what an action made of a tracker's state; raise ActionError."""
        call = {
            "next_action": name,
            "sender_id": tracker["sender_id"],
            "tracker": tracker,
            "domain": self._domain,
            "version": "3.1",
        }
        try:
            answer = self._web.post(self._url, call)
        except PortError as error:
            raise _failed(name, str(error)) from error
        if answer.status == REFUSED:
            log.info("action_refused", action=name)
            raise RefusedError(name, "may not run now")
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise _failed(name, _refusal(answer))
        return ActionResult(
            events=_mappings(name, answer.content, "events"),
            responses=_mappings(name, answer.content, "responses"),
        )


def beside(here: RunAction, names: Collection[str], server: ActionServer) -> RunAction:
    """Return what runs the actions of these *names* here, and all others there."""

    def run_action(name: str, tracker: Payload) -> ActionResult:
        return here(name, tracker) if name in names else server.run(name, tracker)

    return run_action


def _mappings(name: str, content: Payload, key: str) -> list[Any]:
    found = content.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _failed(name, f"action server: '{key}' is no list of objects")
    return found


def _refusal(answer: Answer) -> str:
    return f"action server: {MEANINGS.get(answer.status, f'status {answer.status}')}"


def _failed(name: str, reason: str) -> ActionError:
    log.warning("action_failed", action=name, reason=reason)
    return ActionError(name, reason)

"""How is a rasa-sdk action run without an action server?

``ActionExecutor.run`` is a coroutine, but our actions await nothing: one
``send(None)`` drives it to its end (10 microseconds, where ``asyncio.run`` takes
300). Those of a shop may await, and get a loop and ten seconds. An executor keeps the
last domain as its own state, so each thread has one.
"""

import asyncio
import copy
import logging
import threading
import traceback
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeAlias

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from rasa_sdk.interfaces import ActionExecutionRejection

from flows.files import Payload
from flows.ports import (
    ActionError,
    ActionResult,
    PortError,
    RefusedError,
    RunAction,
)

log = logging.getLogger(__name__)

#: The package of the actions that await nothing.
OURS = "flows.actions."
TIMEOUT = 10.0  # seconds for one that awaits

Running: TypeAlias = Coroutine[Any, Any, ActionExecutorRunResult | None]
Drive: TypeAlias = Callable[[Running], ActionExecutorRunResult]


def in_process(
    actions: Iterable[Action], domain: Payload, *, rehearsed: bool = False
) -> RunAction:
    """Return a function that runs these actions, in any thread.

    The actions are shared by all threads: they keep no state of their own. Where a
    dialogue is only *rehearsed*, a port that fails is meant to, and not logged.
    """
    shared, kept = {action.name(): action for action in actions}, threading.local()
    plain = {name for name, a in shared.items() if type(a).__module__.startswith(OURS)}

    def run_action(name: str, tracker: Payload) -> ActionResult:
        if not hasattr(kept, "executor"):
            kept.executor = ActionExecutor()
        # One by one: rasa-sdk looks at the signature of each, and few are ever run.
        if name in shared and name not in kept.executor.actions:
            kept.executor.register_action(shared[name])
        try:
            drive = _driven if name in plain else _awaited
            return _run(kept.executor, drive, name, tracker, domain)
        except PortError as error:
            if not rehearsed:
                extra = {"action": name, "reason": str(error)}
                log.warning("port_failed", extra=extra)
            raise ActionError(name, f"PortError: {error}") from error

    return run_action


def _run(
    executor: ActionExecutor, drive: Drive, name: str, tracker: Payload, domain: Payload
) -> ActionResult:
    call = {
        "next_action": name,
        "sender_id": tracker["sender_id"],
        "tracker": _copied(tracker),
        "domain": domain,
        "domain_digest": "",
    }
    try:
        result = drive(executor.run(call))
    except PortError:
        raise
    except ActionExecutionRejection:
        log.info("action_refused", extra={"action": name})
        raise RefusedError(name, "may not run now") from None
    except Exception as error:
        # An action is anybody's code: this is a rim. What the error says may be a
        # customer's words, so the log gets its kind and its place.
        extra = {"action": name, "error": type(error).__name__, "at": _place(error)}
        log.error("action_failed", extra=extra)
        raise ActionError(name, f"{type(error).__name__} at {_place(error)}") from error
    return ActionResult(events=result.events, responses=result.responses)


def _copied(tracker: Payload) -> Payload:
    """Return a copy, for an action may change what it is given."""
    slots = copy.deepcopy(tracker["slots"])
    return {**tracker, "slots": slots, "events": [dict(e) for e in tracker["events"]]}


def _awaited(running: Running) -> ActionExecutorRunResult:
    return asyncio.run(_in_time(running))


async def _in_time(running: Running) -> ActionExecutorRunResult:
    async with asyncio.timeout(TIMEOUT):
        result = await running
    if result is None:
        raise RuntimeError("rasa-sdk ran nothing")
    return result


def _driven(coroutine: Running) -> ActionExecutorRunResult:
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: ActionExecutorRunResult = done.value
        return result
    coroutine.close()
    raise RuntimeError("an action awaited something; ours must not")


def _place(error: Exception) -> str:
    """Return the line of code that raised."""
    innermost = traceback.extract_tb(error.__traceback__)[-1]
    return f"{innermost.name}:{innermost.lineno}"

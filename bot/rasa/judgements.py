"""What an end-to-end test case judges of an answer, as lines of a script.

https://rasa.com/docs/reference/testing/test-cases-format
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml.comments import CommentedMap

#: What has another name here.
_NAMED = {"flow_started": "flow", "action_executed": "action"}


class JudgementError(Exception):
    """Something is judged that has no counterpart; names it."""


def lines(assertions: Any) -> Iterator[CommentedMap]:
    """Yield a line for each assertion; raise JudgementError for what has none."""
    for one in assertions if isinstance(assertions, list) else [assertions]:
        if not isinstance(one, dict) or len(one) != 1:
            raise JudgementError(str(one))
        ((name, value),) = one.items()
        yield from _lines(str(name), value)


def _lines(name: str, value: Any) -> Iterator[CommentedMap]:
    match name, value:
        case "flow_started" | "action_executed", str():
            yield CommentedMap({_NAMED[name]: value})
        case "flow_completed", str() as flow:
            yield CommentedMap({"flow ended": flow})
        case "flow_completed", {"flow_id": str(flow)}:
            yield CommentedMap({"flow ended": flow})
        case (("slot_was_set" | "slot_was_not_set"), list()):
            for slot in value:
                yield _slot(slot, is_set=name == "slot_was_set")
        case "bot_uttered", dict():
            yield from _said(value)
        case _:
            raise JudgementError(name)


def unset(given: Any) -> Iterator[CommentedMap]:
    """Yield a line for each slot that must be empty."""
    for slot in given if isinstance(given, list) else [given]:
        yield _slot(slot, is_set=False)


def _slot(slot: Any, *, is_set: bool) -> CommentedMap:
    if isinstance(slot, dict) and "name" in slot:
        name, value = str(slot["name"]), slot.get("value")
    elif isinstance(slot, dict) and slot:
        ((name, value),) = [*slot.items()][:1]
    else:
        name, value = str(slot), None
    if not is_set:
        return CommentedMap(slots={name: None})
    if value is None:
        return CommentedMap(remembers=name)
    return CommentedMap(slots={name: value})


def _said(said: Mapping[str, Any]) -> Iterator[CommentedMap]:
    if "utter_name" in said:
        yield CommentedMap(bot=str(said["utter_name"]))
    if "text_matches" in said:
        yield CommentedMap({"bot like": str(said["text_matches"])})
    if "buttons" in said:
        titles = [str(one.get("title")) for one in said["buttons"]]
        yield CommentedMap(choices=titles)

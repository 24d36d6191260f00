"""Why the assistant did what it did, in the form in which `bot/trace.py` keeps it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.demo.past.story import Understood
from bot.store.types import Payload
from bot.summary import Brief

SOMETHING_ELSE = "Something else"
#: What the assistant begins by itself: the customer was asked how it was.
PROMPTED = "prompted"
FETCH = {
    "flow": "pattern_human_handoff",
    "step": "0_action_action_human_handoff",
    "does": "action_human_handoff",
}


def trace(
    text: str,
    language: str,
    read: Understood,
    event_id: int,
    thresholds: Mapping[str, float],
) -> Payload:
    """Return the trace of a turn; nothing is kept of one that was left to a person."""
    if read.outcome == "left_to_person":
        return {}
    is_prompt = read.rule == PROMPTED
    return {
        "heard": _heard(read),
        "parse": _parse("" if is_prompt else text, language, read),
        "chosen": read.is_tap,
        "thresholds": dict(thresholds),
        "band": _band(read.confidence, thresholds),
        "rule": read.rule,
        "why": read.why,
        "command": _command(read),
        "flow": None if is_prompt else read.flow,
        "steps": [*(read.steps or _steps(read))],
        "asked": read.asked,
        "found": read.found,
        "offer": offered(read, event_id),
        "handoff": read.handoff,
        **({"brief": _brief(read)} if read.handoff else {}),
        "outcome": read.outcome,
    }


def _heard(read: Understood) -> str:
    if read.rule == PROMPTED:
        return "satisfaction"
    return "tap" if read.is_tap else "text"


def offered(read: Understood, event_id: int) -> list[Payload]:
    """Return the choices that the turn offered, the last of which is none of them."""
    if read.offers:
        return [
            {"title": title, "payload": payload, "intent": None}
            for title, payload in read.offers
        ]
    titles = [*read.choices, *([(None, SOMETHING_ELSE)] if read.choices else [])]
    return [
        {"title": title, "payload": f"c:{event_id}:{at}", "intent": intent}
        for at, (intent, title) in enumerate(titles, start=1)
    ]


def _parse(text: str, language: str, read: Understood) -> Payload:
    best = {"name": read.intent, "confidence": read.confidence}
    ranking = [
        {"name": name, "confidence": confidence} for name, confidence in read.others
    ]
    return {
        "text": text,
        "intent": best,
        "intent_ranking": [best, *ranking] if read.intent else [],
        "entities": [],
        "language": language,
    }


def _band(confidence: float, thresholds: Mapping[str, float]) -> str:
    if confidence >= thresholds["answer"]:
        return "answer"
    return "offer" if confidence >= thresholds["offer"] else "person"


def _command(read: Understood) -> dict[str, Any]:
    if read.slots:
        return {"name": "SetSlots", "slots": dict(read.slots)}
    if read.outcome == "offered":
        return {"name": "Clarify"}
    if read.handoff == "unsure":
        return {"name": "HumanHandoff", "reason": "unsure"}
    if read.flow is not None:
        return {"name": "StartFlow", "flow": read.flow, "slots": {}}
    action = "action_withdraw_handoff" if read.intent == "cancel" else None
    return {
        "name": "Perform",
        "action": action or f"utter_{read.intent}",
        "ends": False,
    }


def _steps(read: Understood) -> Iterator[Payload]:
    does = {
        "faq": "utter_faq",
        "order_status": "action_order_status" if read.found else None,
    }.get(read.flow or "")
    if does:
        yield {"flow": read.flow, "step": f"0_action_{does}", "does": does}
    if read.asked:
        asked = f"collect {read.asked}"
        yield {"flow": read.flow, "step": f"0_collect_{read.asked}", "does": asked}
    if read.handoff:
        yield FETCH


def _brief(read: Understood) -> dict[str, Any]:
    wants = read.wants
    return asdict(
        Brief(
            wants=(wants,) if wants else (),
            not_meant=tuple(read.not_meant),
            slots={_label(name): value for name, value in read.slots.items()},
            said_before={},
            lookups_missed=0,
            lookups_closed=False,
            misses=0,
            offered_person=False,
            done=(),
        )
    )


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()

"""Utility templates: what may go out after the window has closed.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.messenger.client import Access, Graph
from bot.store.types import Payload

EVENT_REMINDER = "event_reminder"

ORDER_UPDATE = "order_update"
#: States of orders and parcels that are told in it; others as they are written.
STATES: Mapping[str, str] = {
    "shipped": "on its way",
    "partially_shipped": "partly on its way",
    "delayed": "delayed at the courier",
    "available_for_pickup": "waiting to be picked up",
    "attempt_failed": "not delivered at the first try",
    "returned": "on its way back",
    "exception": "held up at the courier",
}

TEMPLATES: tuple[Payload, ...] = (
    {
        "name": EVENT_REMINDER,
        "language": "en",
        "category": "UTILITY",
        "parameter_format": "NAMED",
        "components": [
            {
                "type": "BODY",
                "text": "Here is your reminder: {{event}} is on {{date}} at {{time}} "
                "(local time), at {{venue}}. If you want no more reminders, "
                "answer STOP.",
                "example": {
                    "body_text_named_params": [
                        {"param_name": "event", "example": "Harbour Sessions"},
                        {"param_name": "date", "example": "Saturday 5 December"},
                        {"param_name": "time", "example": "19:30"},
                        {"param_name": "venue", "example": "The Old Chapel"},
                    ]
                },
            }
        ],
    },
    {
        "name": ORDER_UPDATE,
        "language": "en",
        "category": "UTILITY",
        "parameter_format": "NAMED",
        "components": [
            {
                "type": "BODY",
                "text": "There is news of your order {{number}}: it is now "
                "{{state}}. If you want no more news of it, answer STOP.",
                "example": {
                    "body_text_named_params": [
                        {"param_name": "number", "example": "48213"},
                        {"param_name": "state", "example": "out for delivery"},
                    ]
                },
            }
        ],
    },
)


def event_reminder(words: Mapping[str, Any]) -> Payload:
    """Return the template that reminds of an event, filled in."""
    return _filled(EVENT_REMINDER, words)


def order_update(number: str, state: str) -> Payload:
    """Return the template that tells how an order stands, filled in."""
    spoken = STATES.get(state, state.replace("_", " "))
    return _filled(ORDER_UPDATE, {"number": number, "state": spoken})


def _filled(name: str, words: Mapping[str, Any]) -> Payload:
    return {
        "name": name,
        "language": {"code": "en"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": name, "text": _allowed(text)}
                    for name, text in words.items()
                ],
            }
        ],
    }


def _allowed(text: str) -> str:
    """Return *text* without the signs that Messenger refuses in a variable."""
    return "".join(letter for letter in text if letter not in "#$%").strip() or "-"


def states(
    graph: Graph, access: Access, wanted: Sequence[str] = (EVENT_REMINDER,)
) -> dict[str, str]:
    """Return the review state of each template *wanted*; create those missing."""
    path = f"{access.page_id}/message_templates"
    answer = graph.get(access, path)
    found = {
        item["name"]: str(item["status"])
        for item in answer.get("data", [])
        if item.get("language") == "en"
    }
    ours = [template for template in TEMPLATES if template["name"] in wanted]
    for template in ours:
        if template["name"] not in found:
            made = graph.post(access, path, template)
            found[template["name"]] = str(made.get("status"))
    return {name: state for name, state in found.items() if name in wanted}

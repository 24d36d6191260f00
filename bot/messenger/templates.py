"""Utility templates: what may go out after the window has closed.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages
"""

from collections.abc import Mapping
from typing import Any

from bot.messenger.client import Access, Graph
from bot.store.types import Payload

EVENT_REMINDER = "event_reminder"

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
)


def event_reminder(words: Mapping[str, Any]) -> Payload:
    """Return the template that reminds of an event, filled in."""
    return {
        "name": EVENT_REMINDER,
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


def states(graph: Graph, access: Access) -> dict[str, str]:
    """Return the review state of each of our templates; create those missing."""
    path = f"{access.page_id}/message_templates"
    answer = graph.get(access, path)
    found = {
        item["name"]: str(item["status"])
        for item in answer.get("data", [])
        if item.get("language") == "en"
    }
    for template in TEMPLATES:
        if template["name"] not in found:
            made = graph.post(access, path, template)
            found[template["name"]] = str(made.get("status"))
    ours = {template["name"] for template in TEMPLATES}
    return {name: state for name, state in found.items() if name in ours}

"""The rows of customers who were asked how it was, as `bot/prompts.py` makes them."""

from collections.abc import Mapping
from typing import Any

from bot.demo.past.story import Marked, Story
from bot.store.models import Author


def prompt(story: Story, staff: Mapping[str, int]) -> dict[str, Any]:
    """Return what was put among what the customer wrote, for the assistant to ask."""
    marked = _marked(story)
    wrote = [
        line.at
        for line in story.lines
        if line.author is Author.CUSTOMER and line.at < marked.asked_at
    ]
    return {
        "kind": "satisfaction",
        "about": {name: of for name, of in _about(marked, staff).items() if of},
        "after": wrote[-1].isoformat(),
    }


def satisfaction(
    story: Story, conversation_id: int, staff: Mapping[str, int]
) -> dict[str, Any]:
    """Return the row of the customer's mark, or that they gave none."""
    marked = _marked(story)
    return {
        "conversation_id": conversation_id,
        **_about(marked, staff),
        "asked_at": marked.asked_at,
        "score": marked.score,
        "reason": marked.reason,
        "answered_at": marked.answered_at,
    }


def _about(marked: Marked, staff: Mapping[str, int]) -> dict[str, Any]:
    """Return whose work it was."""
    by = marked.by
    return {"goal": marked.goal, "staff_id": staff[by] if by else None}


def _marked(story: Story) -> Marked:
    if story.marked is None:
        raise LookupError(story.psid)
    return story.marked

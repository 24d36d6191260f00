"""Which answers of the FAQ may fit what the customer wrote last, by the model."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content import PREFIX
from bot.guesses import title
from bot.inbox.timeline import Entry
from bot.store.models import Author
from bot.turn import Assistant
from flows.responses import Responses

MOST = 3
#: Of the likeliest question; a greeting is like none, and suggests nothing.
LEAST = 0.02


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A question of the FAQ with its answer, as an agent could send it."""

    name: str
    title: str
    text: str


def suggested(text: str, assistant: Assistant) -> Sequence[Suggestion]:
    """Return the answers to what *text* may ask, the likeliest first."""
    ranked = [
        entry
        for entry in assistant.classify(text)["intent_ranking"]
        if str(entry["name"]).startswith(PREFIX)
        and answer(str(entry["name"]).removeprefix(PREFIX), assistant.responses)
    ]
    if not ranked or ranked[0]["confidence"] < LEAST:
        return []
    return [_suggestion(str(one["name"]), assistant) for one in ranked[:MOST]]


def answer(name: str, responses: Responses) -> str | None:
    """Return the answer to a question; None unless it is live and has one."""
    known = responses.by_name.get(f"utter_{PREFIX}{name}")
    if not known:
        return None
    # Where an answer is a place for values, braces are doubled.
    text = str(known[0].said.get("text") or "")
    return text.replace("{{", "{").replace("}}", "}") or None


def asked(entries: Sequence[Entry]) -> str | None:
    """Return what the customer wrote last."""
    said = (one.bubble.said for one in reversed(entries) if one.bubble is not None)
    texts = (one.text for one in said if one.author is Author.CUSTOMER and one.text)
    return next(texts, None)


def _suggestion(intent: str, assistant: Assistant) -> Suggestion:
    name = intent.removeprefix(PREFIX)
    return Suggestion(
        name=name,
        title=title(intent, assistant.flows, assistant.responses),
        text=answer(name, assistant.responses) or "",
    )

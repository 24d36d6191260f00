"""Which answers of the FAQ may fit what the customer wrote last, by the model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice, takewhile
from typing import Any, TypeAlias

from bot.assistant import Assistant
from bot.bareness import is_bare
from bot.content import PREFIX
from bot.guesses import title
from bot.inbox.timeline import Entry
from bot.store.desk import Said
from bot.store.models import Author
from flows.responses import Responses

#: Gives what is the case; asked only where an answer depends on it.
Around: TypeAlias = Callable[[], Mapping[str, Any]]
MOST = 3
#: How likely the likeliest question must be, and each: an address, a complaint that
#: nobody comes are a little like many, and a list of what is not meant helps nobody.
LEAST = 0.2
LEAST_OF_EACH = 0.05
#: What somebody wrote before "hello?" may be what they ask.
MOST_TEXTS = 3


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A question of the FAQ with its answer, as an agent could send it."""

    name: str
    title: str
    text: str


def suggested(text: str, assistant: Assistant, around: Around) -> Sequence[Suggestion]:
    """Return the answers to what *text* may ask, the likeliest first.

    A number, or an address, asks nothing.
    """
    parse = assistant.classify(text)
    if parse["entities"] and is_bare(text, parse):
        return []
    ranked = [
        entry
        for entry in parse["intent_ranking"]
        if str(entry["name"]).startswith(PREFIX)
        and f"utter_{entry['name']}" in assistant.responses
    ]
    if not ranked or ranked[0]["confidence"] < LEAST:
        return []
    likely = [one for one in ranked[:MOST] if one["confidence"] >= LEAST_OF_EACH]
    found = [_suggestion(str(one["name"]), assistant, around) for one in likely]
    return [one for one in found if one.text]


def answer(name: str, responses: Responses, around: Around) -> str | None:
    """Return the answer to a question; None unless it is live and has one."""
    known = f"utter_{PREFIX}{name}"
    if known not in responses:
        return None
    slots = around() if len(responses.by_name[known]) > 1 else {}
    return str(responses.fill(known, slots, {}, seed=0).get("text") or "") or None


def asked(entries: Sequence[Entry]) -> Sequence[str]:
    """Return what the customer wrote since somebody answered them, the newest first.

    What was answered since is among it: one may say hello before one answers.
    """
    said = [one.bubble.said for one in reversed(entries) if one.bubble is not None]
    since = dropwhile(_answers, said)
    theirs = takewhile(lambda one: not _answers(one), since)
    texts = (one.text for one in theirs if one.author is Author.CUSTOMER and one.text)
    return [*islice(texts, MOST_TEXTS)]


def _answers(said: Said) -> bool:
    """Return whether it is an answer of ours, and not that somebody will come."""
    is_ours = said.author is not Author.CUSTOMER
    return is_ours and said.purpose in (None, "answer")


def _suggestion(intent: str, assistant: Assistant, around: Around) -> Suggestion:
    name = intent.removeprefix(PREFIX)
    return Suggestion(
        name=name,
        title=title(intent, assistant.flows, assistant.responses),
        text=answer(name, assistant.responses, around) or "",
    )

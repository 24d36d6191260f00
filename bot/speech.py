"""What does a turn say? The messages that come of what its flows said, and its taps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from rasa_sdk.events import EventType

from bot import closing
from bot.hours import Hours
from bot.replies import (
    Reply,
    choices,
    is_list,
    is_numbered,
    joined,
    listed_choices,
    replies,
)
from flows.responses import Responses
from flows.run import Outcome
from flows.stack import Choice, Offer

Payload: TypeAlias = dict[str, Any]

DISCLOSURE = "utter_disclosure"
#: To do without the person who comes.
WITHDRAW = "utter_withdraw"


def said(
    outcome: Outcome, responses: Responses, hours: Hours, now: datetime
) -> list[Payload]:
    """Return what was said, as the messages it will be."""
    said = [_message(e) for e in outcome.events if e["event"] == "bot"]
    if outcome.handed_over is None:
        return joined(said)
    # One message tells that a person comes; choices would lead nowhere any more, but
    # for the one to do without.
    texts = [text for one in said if (text := one.get("text"))]
    if not texts:
        name = f"utter_handoff_{outcome.handed_over.reason}"
        texts = [responses.fill(name, {}, {}, seed=0).get("text", "")]
    if not hours.is_open(now):
        texts.append(closing.words(responses, hours, now))
    metadata = {"purpose": "handoff_notice", "class": "repeatable"}
    if any(one["metadata"].get("class") == "park" for one in said):
        metadata["class"] = "park"
    notice = {"text": "\n\n".join(texts), "metadata": metadata}
    withdraw = responses.fill(WITHDRAW, {}, {}, seed=0)
    return [{**notice, "quick_replies": withdraw["quick_replies"]}]


def _message(event: EventType) -> Payload:
    said: Payload = {**event["data"], "metadata": event["metadata"] or {}}
    return {**said, "text": event["text"]} if event["text"] else said


def disclosed(said: list[Payload], responses: Responses) -> list[Payload]:
    """Let the first message begin with the words that a program answers."""
    if not said or DISCLOSURE not in responses:
        return said
    words = responses.fill(DISCLOSURE, {}, {}, seed=0)
    first, *others = said
    if not first.get("text"):
        return [words, *said]
    text = f"{words.get('text', '')}\n\n{first['text']}"
    return [{**first, "text": text.strip()}, *others]


def spoken(said: Sequence[Payload]) -> tuple[Reply, ...]:
    """Return what was said, in the messages that Messenger takes."""
    return tuple(reply for one in said for reply in replies(one))


def offer(
    said: Sequence[Payload],
    guesses: Sequence[str],
    event_id: int,
    entities: Sequence[Payload],
) -> Offer | None:
    """Return all that can be tapped, and the intents behind a "did you mean".

    *entities* are those of the message that *guesses* are about.
    """
    tappable = [choice for one in said for choice in choices(one)]
    if not tappable:
        return None
    guessed = {
        f"c:{event_id}:{number}": intent
        for number, intent in enumerate(guesses, start=1)
    }
    listed = sum(map(listed_choices, said))
    return Offer(
        choices=tuple(
            Choice(
                title=choice["title"],
                payload=choice["payload"],
                intent=guessed.get(choice["payload"]),
            )
            for choice in tappable
        ),
        numbered=bool(guessed) or any(is_list(one) or is_numbered(one) for one in said),
        listed=listed,
        entities=tuple(entities) if guessed else (),
    )

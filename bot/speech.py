"""What does a turn say? The messages that come of what its flows said, and its taps."""

from collections.abc import Mapping, Sequence
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
    purpose,
    replies,
)
from flows.responses import Responses
from flows.run import Outcome
from flows.stack import Choice, Offer

Payload: TypeAlias = dict[str, Any]

DISCLOSURE = "utter_disclosure"
#: The same to whom a person is fetched who asks for one: without how to ask.
WITH_PERSON = "utter_disclosure_and_person"
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


def disclosed(
    said: list[Payload], outcome: Outcome, responses: Responses
) -> list[Payload]:
    """Let the first message begin with the words that a program answers."""
    if not said or DISCLOSURE not in responses:
        return said
    fetched = outcome.handed_over
    asked = fetched is not None and fetched.reason == "asked"
    name = WITH_PERSON if asked and WITH_PERSON in responses else DISCLOSURE
    words = responses.fill(name, {}, {}, seed=0)
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
    offering = [one for one in said if choices(one)]
    if not offering:
        return None
    guessed = {
        f"c:{event_id}:{number}": intent
        for number, intent in enumerate(guesses, start=1)
    }
    shows = [one for one in offering if _shows_numbers(one, guessed)]
    counted = (shows or offering)[-1]
    return Offer(
        choices=tuple(
            Choice(
                title=choice["title"],
                payload=choice["payload"],
                intent=guessed.get(choice["payload"]),
                number=number if one is counted and _counts(one) else None,
            )
            for one in offering
            for number, choice in enumerate(choices(one), start=1)
        ),
        numbered=bool(shows),
        listed=sum(map(listed_choices, said)),
        entities=tuple(entities) if guessed else (),
    )


def _shows_numbers(one: Payload, guessed: Mapping[str, str]) -> bool:
    """Whether the choices of a message can be read with their numbers."""
    is_guess = any(choice["payload"] in guessed for choice in choices(one))
    return is_guess or is_list(one) or is_numbered(one)


def _counts(one: Payload) -> bool:
    """Whether a number may take a choice: what is written to a person is theirs."""
    return purpose(one) != "handoff_notice"

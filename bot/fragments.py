"""What a customer sends in pieces, "where is" and then "my order", read as one.

Each piece is stored by itself, and answered at once if it is clear. One that is not,
soon after others that were not, is read with them as well, and so taken if clearer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from rasa_sdk.events import EventType

from bot.situation import Situation
from flows.record import REQUESTED

Read: TypeAlias = Callable[[str], Situation]

#: Seconds between a piece and the next at most.
PAUSE = 8.0
#: So many pieces are read together.
MOST = 4


def joined(
    here: Situation, history: Sequence[EventType], now: datetime, read: Read
) -> Situation:
    """Return what a piece means together with those just before it, if that is clearer.

    *read* understands a text as if it had come instead.
    """
    if not _is_unclear(here):
        return here
    before = [*islice(_before(here, history, now), MOST - 1)]
    if not before:
        return here
    pieces = (*reversed(before), here.text.strip())
    together = read(" ".join(pieces))
    clearer = together.sure or together.confidence > here.confidence
    return replace(together if clearer else here, pieces=pieces)


def _is_unclear(here: Situation) -> bool:
    """Whether a text came that says too little, while nothing is asked."""
    return (
        here.kind == "text"
        and here.attendant == "assistant"
        and here.asked is None
        and not (here.sure or here.reading.something_else)
        and not (here.plain.wish or here.plain.asks_for_person or here.plain.language)
        and _just_asked(here)
    )


def _just_asked(here: Situation) -> bool:
    """Whether the last turn could do no more than ask what is meant."""
    offer = here.state.offer
    guessed = offer is not None and any(choice.intent for choice in offer.choices)
    return here.state.unreadable > 0 or guessed


def _before(
    here: Situation, history: Sequence[EventType], now: datetime
) -> Iterator[str]:
    """Yield what was just said and not clear, the newest first."""
    at = now.timestamp()
    for event in reversed(history):
        if _led_on(event):
            return
        if event["event"] != "user":
            continue
        before = event.get("timestamp") or 0.0
        text, parse = str(event.get("text") or ""), event.get("parse_data") or {}
        sure = (parse.get("intent") or {}).get("confidence") or 0.0
        clear = sure >= here.thresholds["answer"]
        if at - before > PAUSE or clear or not text.strip():
            return
        yield text.strip()
        at = before


def _led_on(event: EventType) -> bool:
    """Whether something was answered: what was said before it is done with."""
    if event["event"] == "slot":
        return bool(event["name"] != REQUESTED)
    flow = str(event.get("flow_id") or "pattern_")
    return event["event"] == "flow_completed" and not flow.startswith("pattern_")

"""What does a message ask of which not every piece is clear by itself?

What is clear is dealt with, where something is likely meant by each of the others:
that is asked about behind it. Else the message is read whole, and the likeliest of
each piece is what may be meant by it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from bot import counted
from bot.bareness import is_short
from bot.borders import Span, asks_several, run_of
from bot.clarity import (
    in_order,
    is_by_name,
    is_courtesy,
    is_value,
    says_why,
    sharing,
    topic_of,
)
from bot.guesses import is_offerable
from bot.rules.decision import COMMANDS, LIKELY
from bot.situation import Situation

Read: TypeAlias = Callable[[str], Situation]

#: How likely a piece must mean something for that to be asked about.
LEAST = 0.3


def with_doubts(
    here: Situation, spans: Sequence[Span], read: Read
) -> tuple[Situation, ...]:
    """Return the parts of a message to deal with, the last with what else it asks."""
    if here.asked is not None or not asks_several(here.text):
        return (here,)
    pieces = [sharing(here, read(run_of(here.text, span))) for span in spans]
    told = [piece for piece in pieces if _tells(piece)]
    guesses = [_guess(piece) for piece in told]
    likely = [*dict.fromkeys(one for one in guesses if one is not None)]
    clear = {topic: one for one in reversed(told) if (topic := _topic(one))}
    each = bool(guesses) and None not in guesses
    if not each or len(likely) < 2 or not clear or here.sure or is_by_name(here):
        clearly = each and all(one.confidence >= LIKELY for one in told)
        return (replace(here, besides=tuple(likely), all_told=clearly),)
    *before, last = in_order([*reversed(clear.values())])
    left = tuple(one for one in likely if one not in clear)
    return (*before, replace(last, besides=left))


def with_swallowed(
    here: Situation, found: tuple[Situation, ...], spans: Sequence[Span], read: Read
) -> tuple[Situation, ...]:
    """Return clear parts, the last with what a question between them likely asks.

    What is not clear by itself is read with what stands before it, and lost in it.
    """
    done = {topic_of(part) for part in found}
    if here.asked is not None or None in done or not asks_several(here.text):
        return found
    pieces = [read(run_of(here.text, span)) for span in spans]
    asked = [_guess(one) for one in pieces if counted.asks(one.text) and _tells(one)]
    left = dict.fromkeys(one for one in asked if one is not None and one not in done)
    return (*found[:-1], replace(found[-1], besides=tuple(left)))


def _tells(piece: Situation) -> bool:
    """Whether a piece is no mere courtesy, number, reason, or word that more comes."""
    return not (
        counted.is_lead_in(piece.text)
        or is_courtesy(piece)
        or is_value(piece)
        or says_why(piece)
    )


def _topic(piece: Situation) -> str | None:
    """Return what a piece is surely about; a word or two may be of what is before."""
    asks = counted.asks(piece.text.rstrip("?؟？ \u00a0"))
    return topic_of(piece) if asks or not is_short(piece.text) else None


def _guess(piece: Situation) -> str | None:
    """Return what a piece likely asks, None if that is too doubtful."""
    if (topic := topic_of(piece)) is not None:
        return topic
    means = piece.intent not in COMMANDS and is_offerable(piece.intent, piece)
    return piece.intent if means and piece.confidence >= LEAST else None

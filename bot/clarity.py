"""What is a part of a message by itself: clear, courteous, a mere value, complete?

A part is read as if it had come alone; what the whole message says of it counts too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot import (
    at_hand,
    damaged,
    filling,
    naming,
    prices_asked,
    products_asked,
    tickets_back,
    whereabouts,
)
from bot.bareness import is_bare, says_nothing_else
from bot.borders import Span, piece_of
from bot.filling import MONEY_BACK
from bot.guesses import has_answer, likely
from bot.pleasantries import is_sigh
from bot.reading import Reading
from bot.rules.decision import COMMANDS
from bot.rules.goal import is_small_talk
from bot.rules.question import COURTESIES
from bot.situation import Situation
from flows.answers import mentioned, overlap
from flows.domain import Slot
from intents.rejection import OUT_OF_SCOPE_INTENT

#: How likely a part must be where parts are counted, and how many times as likely as
#: the next.
COUNTED, LEAD = 0.4, 2.0
#: How likely a part must be by itself where the whole speaks for it too.
TOLD_TWICE = 0.7
#: What one part of a message says for all of them.
SHARED = frozenset(["order_number", "ticket", "email", "postcode"])
#: How a sentence begins that says why, and asks nothing by itself.
_WHY = re.compile(
    r"\s*(it'?s (just )?(that|because)|because|cos|cuz|the thing is|es que|porque|"
    r"c'?est que|parce qu|لأن|لان|عشان|علشان|因为|因為)",
    re.I,
)
#: What a copy is of, where nothing else was spoken of.
OF_TICKETS = "ticket_resend"
_COPY = re.compile(
    r"\b(copy|copies?|copias?|duplicates?|duplicad[oa]s?|duplicatas?)\b"
    r"|نسخ|副本|复印|複印",
    re.I,
)
_INVOICE = re.compile(
    r"\b(invoices?|receipts?|facturas?|recibos?|factures?|reçus?)\b"
    r"|فاتور|إيصال|ايصال|发票|發票|收据|收據",
    re.I,
)
#: What answers the question that is open, rather than being a wish of its own.
VALUE = "value"


def is_value(piece: Situation) -> bool:
    """Whether a piece is hardly more than a number or an address."""
    parse = piece.reading.parse
    has = any(one["entity"] in SHARED for one in parse["entities"])
    hardly_more = is_bare(piece.text, parse) or says_nothing_else(piece.text, parse)
    return has and not piece.sure and hardly_more


def sharing(here: Situation, part: Situation) -> Situation:
    """Return a part with the numbers and addresses that the message has besides.

    "Order 48213, my mail is ..., where is it and how do I send it back?"
    """
    parse = part.reading.parse
    if here.asked is not None or "/" in part.intent:
        return part
    has = {one["entity"] for one in parse["entities"]}
    every = [one for one in here.reading.parse["entities"] if one["entity"] in SHARED]
    first = [
        one
        for at, one in enumerate(every)
        if not any(overlap(one, before) for before in every[:at])
    ]
    more = [
        {**one, "start": None, "end": None} for one in first if one["entity"] not in has
    ]
    shared = {**parse, "entities": [*parse["entities"], *more]}
    return replace(part, reading=replace(part.reading, parse=shared))


def is_courtesy(piece: Situation) -> bool:
    """Whether a piece says nothing to act upon where another one does."""
    if piece.plain.language or is_sigh(piece.text):
        return True
    answers = piece.asks_yes_or_no
    nothing = COURTESIES if answers else COURTESIES | {"affirm", "deny"}
    return piece.sure and piece.intent in nothing


def says_why(piece: Situation) -> bool:
    """Whether a piece is the reason of another: "it's that shipping costs so much"."""
    return _WHY.match(piece.text) is not None and not re.search("[?？؟]", piece.text)


def with_copies(
    text: str, spans: Sequence[Span], read: Callable[[str], Situation]
) -> list[Span]:
    """Return the pieces of a text, "could I have a copy of it?" with what it is of.

    By itself that is of tickets; behind another topic it is of that.
    """
    if _COPY.search(text) is None:
        return [*spans]
    joined: list[Span] = []
    for start, end in spans:
        piece = piece_of(text, (start, end))
        is_of_before = _COPY.search(piece) and not tickets_back.names_ticket(piece)
        if joined and is_of_before and read(piece).intent == OF_TICKETS:
            at = _of_which(text, joined)
            joined[at:] = [(joined[at][0], end)]
        else:
            joined.append((start, end))
    return joined


def _of_which(text: str, spans: Sequence[Span]) -> int:
    """Return which piece names what is copied: an invoice, or what was said last."""
    every = range(len(spans))
    named = (at for at in every if _INVOICE.search(piece_of(text, spans[at])))
    return next(named, every[-1])


def topic_of(part: Situation) -> str | None:
    """Return what a part is about, None if that is not clear by itself."""
    is_bare_answer = part.asked is not None and is_bare(part.text, part.reading.parse)
    if is_bare_answer and filling.given(part):
        return VALUE
    started = part.flows.triggered_by(part.intent)
    sure = part.sure or is_by_name(part)
    if not sure or part.intent in COMMANDS or started is None:
        return None
    answered = has_answer(part.intent, part.responses) and not is_small_talk(part)
    return part.intent if answered else None


def is_by_name(part: Situation) -> bool:
    """Whether a part asks what is likeliest asked of what it calls by its name.

    A name alone may be of what another part is about.
    """
    parse = part.reading.parse
    if says_nothing_else(part.text, parse):
        return False
    if part.intent in prices_asked.OF_PRODUCTS and products_asked.named(parse):
        return part.intent == prices_asked.GOAL or products_asked.stands_out(parse)
    return part.intent in naming.GOALS and bool(
        naming.named(parse) and naming.stands_out(parse)
    )


def one_errand(
    parts: Sequence[Situation],
) -> tuple[Sequence[Situation], Sequence[Situation]]:
    """Return the parts to deal with, and what one of them covers.

    Whoever sends something back, or has it broken, and wants their money for it has
    one wish: the person who sees to the one goal reads of the other.
    """
    parts = _without_arrival(parts)
    same = [part for part in parts if part.intent in MONEY_BACK]
    if len(same) < 2:
        return parts, ()
    said = [part for part in same if not damaged.says_so(part.text)] or same
    # Goals stand with the last first.
    kept = said[-1]
    spared = [part for part in same if part is not kept]
    return [part for part in parts if part not in spared], spared


def _without_arrival(parts: Sequence[Situation]) -> Sequence[Situation]:
    """Return parts without the one that tells an order came, where not all of it did.

    "My parcel came, the cable is missing" asks nothing of where it is.
    """
    if not any(damaged.says_so(part.text) for part in parts):
        return parts
    asked = [
        part
        for part in parts
        if part.intent != at_hand.WHERE or whereabouts.asks_for_order(part.text)
    ]
    return asked or parts


def is_complete(part: Situation) -> bool:
    """Whether a part has the number that its goal would ask for, and a proof."""
    started = part.flows.triggered_by(part.intent)
    if started is None:
        return False
    asked = [slot for slot in part.flows.slots_of(started[0]) if _is_given(slot)]
    return len(asked) > 1 and {*mentioned(asked, part.reading.parse)} >= {
        slot.name for slot in asked
    }


def _is_given(slot: Slot) -> bool:
    """Whether a slot holds a number or an address that a message can have."""
    return any(filling.entity in SHARED for filling in slot.fillings)


def is_answered_at_once(part: Situation) -> bool:
    """Whether all is at hand that a goal asks for: it tells, and leaves room."""
    if is_by_name(part):
        return True
    return part.sure and "/" not in part.intent and is_complete(part)


def counted_on(piece: Situation) -> Situation:
    """Return a piece as sure, where it is one of several that a customer counts."""
    shares = [one["confidence"] for one in piece.reading.parse["intent_ranking"][:2]]
    best, second = (*shares, 0.0, 0.0)[:2]
    if best < max(COUNTED, LEAD * second) or piece.intent == OUT_OF_SCOPE_INTENT:
        return piece
    return replace(piece, reading=as_chosen(piece))


def agreed(here: Situation, piece: Situation) -> Situation:
    """Return a piece as sure, where the whole message speaks for the same.

    What would be offered as a choice of the whole, and is the likeliest of the piece
    alone, is told twice.
    """
    twice = here.likely and piece.intent in likely(here)
    if piece.confidence < TOLD_TWICE or not twice:
        return piece
    return replace(piece, reading=as_chosen(piece))


def numbered(piece: Situation) -> Situation:
    """Return a piece as sure, where it has the number that its likeliest goal asks for.

    "Where is 48213" says what it is about, few words as it has.
    """
    started = piece.flows.triggered_by(piece.intent)
    parse = piece.reading.parse
    if piece.sure or "/" in piece.intent or piece.confidence < TOLD_TWICE:
        return piece
    if started is None or says_nothing_else(piece.text, parse):
        return piece
    if not mentioned(piece.flows.slots_of(started[0]), parse):
        return piece
    return replace(piece, reading=as_chosen(piece))


def as_chosen(part: Situation) -> Reading:
    """Return how a part was read, as if the customer had chosen what it means."""
    # No doubt is left: so none of them is held to be an answer to another's question.
    return replace(part.reading, chosen=True)


def in_order(found: list[Situation]) -> tuple[Situation, ...]:
    """Return answers first, then the value of what is open, then goals.

    A goal that begins is gone on with before what was begun earlier: the first of
    them comes last, unless it asks for nothing more.
    """
    values = [one for one in found if topic_of(one) == VALUE]
    wishes = [
        replace(one, reading=as_chosen(one)) for one in found if one not in values
    ]
    answers = [one for one in wishes if "/" in one.intent]
    goals = [one for one in wishes if one not in answers]
    at_once = [one for one in goals if is_complete(one) or is_by_name(one)]
    asking = [one for one in goals if one not in at_once]
    return (*answers, *values, *at_once, *reversed(asking))

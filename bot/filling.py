"""Does the customer answer the question that we asked?"""

from collections.abc import Mapping
from typing import Any

from bot import another, corrections, new_address, prices_asked, products_asked
from bot.bareness import says_nothing_else
from bot.situation import Situation
from flows.answers import found

#: Goals of which one covers the other.
MONEY_BACK = frozenset(["return_item", "refund"])


def given(here: Situation) -> Mapping[str, Any]:
    """Return the slots that an answer fills, also those it puts right on the way."""
    answers = _answers(here)
    if here.asked is None or not answers or _repeats(here, answers):
        return {}
    # Tried already: once more it would count as a second miss of one message.
    if answers.get(here.asked.name) in here.told or _wants_with_number(here):
        return {}
    other = here.asked.name not in answers or new_address.is_none(here)
    if other and _is_about_other(here) or _is_no_name(here):
        return {}
    changed = corrections.changed(here)
    is_no = answers.get(here.asked.name) is False
    if changed and not here.chosen and (is_no or new_address.is_asked(here)):
        # The no of "no, 48213" is about the number, which is no street either.
        return {}
    if answers.get(here.asked.name) not in changed.values():
        return {**changed, **answers}
    # Five digits may be either. Whose look-up missed was told to put the number
    # right, and else we get what we asked for.
    return {} if here.state.slots.get("lookup_misses") else answers


def _is_about_other(here: Situation) -> bool:
    """Whether another goal is surely wanted than the one that asks."""
    started = here.flows.triggered_by(here.intent)
    other = started is not None and started[0] != here.speaking
    return other and here.surer and not here.chosen


def _wants_with_number(here: Situation) -> bool:
    """Whether another goal is surely wanted, and the number is said for that.

    "I want a refund for order 48214", where the number is asked for to track it.
    """
    asked, started = here.asked, here.flows.triggered_by(here.intent)
    if asked is None or started is None or not _is_about_other(here):
        return False
    if here.kind != "text" or not another.is_thing(asked) or "/" in here.intent:
        return False
    speaking = here.speaking.id if here.speaking else ""
    if {speaking, started[0].id} <= MONEY_BACK:
        return False
    collects = asked in here.flows.slots_of(started[0])
    return collects and not says_nothing_else(here.text, here.reading.parse)


def _is_no_name(here: Situation) -> bool:
    """Whether it is surely no name of a product, where products are known by theirs."""
    if here.asked is None or here.asked.name != products_asked.PRODUCT or here.chosen:
        return False
    if products_asked.named(here.reading.parse) is not None:
        return False
    asks_price = here.intent == prices_asked.GOAL
    looks_up = here.speaking is not None and here.speaking.id == prices_asked.GOAL
    return asks_price or looks_up and _is_about_other(here)


def _answers(here: Situation) -> Mapping[str, Any]:
    """Return what fits the question, and the questions after it that are open."""
    if here.asked is None:
        return {}
    _, later = here.around()
    empty = [slot for slot in later if here.state.slots.get(slot.name) is None]
    # The title of a tap is our word, not the customer's answer.
    parse = {**here.reading.parse, "entities": new_address.others(here)}
    parse |= {"text": ""} if here.chosen else {}
    sure = here.likely
    flow = here.speaking.id if here.speaking else None
    return here.tapped or found(here.asked, empty, parse, sure=sure, flow=flow)


def _repeats(here: Situation, answers: Mapping[str, Any]) -> bool:
    """Whether it is about what was asked before: at most a correction."""
    earlier, _ = here.around()
    if any(slot.name in answers for slot in earlier):
        return True
    said_before = {here.state.slots.get(slot.name) for slot in earlier} - {None}
    # The order number once more is no postcode, whatever it looks like.
    asked = here.asked.name if here.asked else ""
    return not here.chosen and answers.get(asked) in said_before

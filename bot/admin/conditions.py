"""When is a variation of a wording said? In words, where its condition came with us."""

import re
from collections.abc import Mapping, Sequence

from bot.tongue import _, lazy
from bot.web import figures
from flows.conditions import Condition
from flows.responses import Holds, SlotIs

#: What each condition of the files that ship means, by its parts, as it goes on after
#: "when".
MEANT: Mapping[tuple[str, ...], str] = {
    ("slots.lookup_misses > 0",): lazy(
        "nothing was found under what the customer gave"
    ),
    ("slots.lookup_misses = 0", "slots.order_number != null"): lazy(
        "the order number is known and nothing was looked up in vain"
    ),
    (
        "slots.lookup_misses = 0",
        "slots.ticket != null",
        "slots.ticket != 'none'",
    ): lazy("the ticket number is known and nothing was looked up in vain"),
    ("context.placed != null",): lazy("it is known when the order was placed"),
    ("context.refunded != null",): lazy("it is known when the money was sent back"),
    ("context.last = 2",): lazy("only one thing is offered to choose"),
    ("slots.order_number = 'none'",): lazy("the customer has no order number"),
    ("slots.ticket = 'none'",): lazy("the customer has no ticket number"),
    ("slots.discount_code = 'none'",): lazy("the customer has no discount code"),
    ("slots.remedy = 'exchange'",): lazy("the customer wants an exchange"),
    ("slots.remedy = 'exchange'", "slots.order_number = 'none'"): lazy(
        "the customer wants an exchange and has no order number"
    ),
    ("slots.remedy = 'exchange'", "slots.order_number != 'none'"): lazy(
        "the customer wants an exchange and has told the order"
    ),
    (
        "slots.remedy = null",
        "slots.reason_given != 'missing_part'",
        "slots.order_number = 'none'",
    ): lazy("the customer wants no exchange and has no order number"),
    (
        "slots.remedy = null",
        "slots.reason_given = 'missing_part'",
        "slots.order_number = 'none'",
    ): lazy("something was missing, and the customer has no order number"),
    (
        "slots.remedy = null",
        "slots.reason_given = 'missing_part'",
        "slots.order_number != 'none'",
    ): lazy("something was missing, and the customer has told the order"),
    ("slots.remedy = null", "slots.reason_given = 'missing_part'"): lazy(
        "something was missing from what came"
    ),
    ("slots.remedy = null", "slots.reason_given = 'wrong_item'"): lazy(
        "something else came than the customer ordered"
    ),
    (
        "slots.remedy = null",
        "slots.reason_given != null",
        "slots.reason_given != 'wrong_item'",
        "slots.reason_given != 'missing_part'",
    ): lazy("the customer has said the reason and wants no exchange"),
    ("slots.reason_given != null",): lazy("the customer has said the reason"),
    ("slots.contents_came = 'unproved'",): lazy(
        "what is in the order was asked for, and its e-mail address is not proved yet"
    ),
    ("slots.item_stock = 'out_of_stock'",): lazy("the item is out of stock"),
    ("slots.item_stock = 'unknown'",): lazy("no such item was found"),
    ("slots.item_stock = 'gone'",): lazy(
        "the item was found before and can't be looked up now"
    ),
}


def told(conditions: Sequence[Holds]) -> str:
    """Return in words when a variation with these conditions is said."""
    known = [MEANT.get(_parts(one)) for one in conditions]
    if None in known:
        return _("a condition of the flow holds")
    return figures.listed([str(one) for one in known])


def codes(conditions: Sequence[Holds]) -> str:
    """Return those conditions as they are written that no words are known for."""
    unknown = [_code(one) for one in conditions if _parts(one) not in MEANT]
    return " and ".join(unknown)


def _parts(condition: Holds) -> tuple[str, ...]:
    """Return what all must be true, signs in place of words."""
    signs = re.sub(r"\bis\b", "=", _code(condition)).replace("= not ", "!= ")
    return tuple(signs.split(" and "))


def _code(condition: Holds) -> str:
    """Return a condition as it is written in a file, on one line."""
    if isinstance(condition, SlotIs):
        return f"slots.{condition.name} is {condition.value!r}"
    return " ".join(condition.text.split()) if isinstance(condition, Condition) else ""

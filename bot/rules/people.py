"""What is left to people, though it sounds like a goal of ours."""

from bot import (
    anger,
    disputes,
    for_people,
    partly,
    rearranging,
    whereabouts,
    whys,
)
from bot.rules.anywhere import AT_ONCE
from bot.rules.decision import Decision
from bot.situation import Situation
from flows.commands import HumanHandoff
from flows.ports import COMPLAINT, HandoffReason

#: What ends in a number of an order, and may be said of a ticket as well.
OF_ORDER = frozenset(["cancel_order", "refund", "return_item"])
#: How likely something must be for who is fed up to be asked whether it is that.
MAY_WANT = 0.4


def of_ticket(here: Situation) -> Decision | None:
    """Fetch a person for whom a ticket is to be cancelled or paid back.

    These goals ask for the number of an order, which no ticket has.
    """
    named = {one["entity"] for one in here.reading.parse["entities"]}
    if "ticket" not in named or "order_number" in named:
        return None
    asking = here.speaking.id if here.speaking else None
    asked_for_order = asking in OF_ORDER and here.state.asked == "order_number"
    if not (asked_for_order or _gives_back_ticket(here)):
        return None
    return Decision(command=HumanHandoff(reason="flow"), why=whys.OF_TICKET)


def _gives_back_ticket(here: Situation) -> bool:
    """Whether a message with a ticket in it means what is done with orders."""
    if here.intent not in OF_ORDER:
        return False
    if here.asked is not None:
        return here.surer
    says = disputes.of_calling_off(here.text) or disputes.of_money_back(here.text)
    return here.sure or says


def of_part(here: Situation) -> Decision | None:
    """Fetch a person for whom a part of an order is to be cancelled, and no more.

    Our goal cancels all of it, or asks whether all of it shall be.
    """
    if here.kind != "text" or here.chosen or here.intent in (COMPLAINT, *AT_ONCE):
        return None
    if here.sure and here.intent not in rearranging.MISTAKEN | {"cancel", "deny"}:
        return None
    cancels = here.speaking is not None and here.speaking.id == "cancel_order"
    narrows = cancels and partly.narrows(here.text)
    if not (narrows or partly.calls_off_part(here.text)):
        return None
    return Decision(command=HumanHandoff(reason="flow"), why=whys.REARRANGES)


def only_people(here: Situation) -> Decision | None:
    """Fetch a person for somebody else's parcel, a site that is down, an offer."""
    if here.kind != "text" or here.chosen or here.intent in (COMPLAINT, *AT_ONCE):
        return None
    matter = for_people.matter(here.text)
    if matter is None:
        return None
    # Who can't pay there is told what helps against that.
    answered = here.sure and "/" in here.intent
    if answered and for_people.site_is_down(here.text):
        return None
    # What a shop has taught of it is asked back.
    if matter == "offer" and here.intent in here.taught and here.band != "person":
        return None
    reason: HandoffReason = "complaint" if matter == "trouble" else "no_answer"
    return Decision(command=HumanHandoff(reason=reason), why=whys.FOR_PEOPLE)


def rearranges(here: Situation) -> Decision | None:
    """Fetch a person for another seat or event, or one more thing in an order.

    What is surely asked of an entry that a shop has for that is answered.
    """
    if here.kind != "text" or here.chosen or here.intent in (COMPLAINT, *AT_ONCE):
        return None
    if here.sure and here.intent not in rearranging.MISTAKEN:
        return None
    if not rearranging.wants_otherwise(here.text):
        return None
    return Decision(command=HumanHandoff(reason="flow"), why=whys.REARRANGES)


def fed_up(here: Situation) -> Decision | None:
    """Fetch a person for whom we make angry, where nothing else is surely wanted."""
    if here.kind != "text" or here.chosen or here.sure or here.is_forced:
        return None
    # What they may want besides is offered, and answered: no person need come.
    wants = here.intent != COMPLAINT and here.confidence >= MAY_WANT
    if wants or whereabouts.asks_for_order(here.text):
        return None
    complains = here.intent == COMPLAINT and anger.complains(here.text)
    if not (complains or anger.is_fed_up(here.text)):
        return None
    return Decision(command=HumanHandoff(reason="complaint"), why=whys.FED_UP)


def demands(here: Situation) -> Decision | None:
    """Fetch a person for whom what is under way, or was told, is to be settled now."""
    if here.kind != "text" or here.chosen or here.is_forced:
        return None
    is_about = here.state.stack or here.state.ended is not None
    wants = here.sure and here.intent not in (COMPLAINT, "cancel", "deny", "affirm")
    if not is_about or wants or not anger.demands(here.text):
        return None
    return Decision(command=HumanHandoff(reason="complaint"), why=whys.FED_UP)

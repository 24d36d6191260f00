"""What is done about a message that goes on about what has just ended."""

import re

from bot import at_hand, disputes, misread, naming, prices_asked, products_asked, whys
from bot.bareness import is_bare, says_nothing_else
from bot.corrections import announced
from bot.phrase import Phrase
from bot.rules.decision import Decision
from bot.rules.goal import WITHOUT_NUMBER
from bot.situation import Situation
from flows import variants
from flows.answers import mentioned
from flows.commands import HumanHandoff, Perform, StartFlow
from flows.products import VARIANTS
from flows.steps import Flow

#: Words that ask the same of something else.
_SAME_OF = re.compile(
    r"\W*((and|also|what about|how about|same (for|with)|y|también|"
    r"qué (tal|hay)|et|aussi)\b|و|وماذا عن|ماذا عن|那|还有|還有|那么)",
    re.I,
)
#: The other one of two, and the slot for the one that was told of.
OTHER = "other_than"
_OTHER_ONE = Phrase(
    re.compile(
        r"((and|ok|okay|so|now|but|what about|how about|wheres|where is|where s) )*"
        r"(the |my )?other (one|1|order|parcel|package)( then| please| pls)?"
        r"|((y|vale|bueno|qu[eé] (tal|hay|pasa)( de| con)?) )*(el|la|mi) otr[oa]"
        r"( pedido| paquete| compra)?"
        r"|((et|ok|bon|pour) )*(l|mon|ma) autre( commande| colis)?( alors)?"
        r"|((و|طيب|تمام|ماذا عن|وماذا عن|شو عن) ?)*و?(ال)?(طلب|طلبيه|واحد|وحده)? ?"
        r"(ال)?(ثاني|ثانيه|تاني|تانيه|اخر|اخري)"
    ),
    re.compile(
        r"(那|还有|好的?|对了)*(另(外)?一?|其他|别的)(个|单|份|件)?(订单|包裹|呢|的)*"
    ),
)
#: What is told of an order, where a person is offered beside it.
_TOLD = frozenset(["order_status", "refund_state"])
#: A longer text says more than which variant of a product is meant.
MOST_WORDS = 7
_PERSON = "/contact_human_agent"
#: How long a bank takes, as the FAQ says it.
REFUND_TIME = "utter_faq/refund_time"
#: What is said to whom was misunderstood.
MISREAD = "utter_misread"


def misses_money(here: Situation) -> Decision | None:
    """Say first how long a bank takes, where money that went back is not there."""
    waits = (
        here.state.slots.get("refund_wait") == "open" and REFUND_TIME in here.responses
    )
    of_refund = here.state.ended == "refund_state" and _was_offered_person(here)
    if not (waits and of_refund and _goes_on(here)):
        return None
    if not disputes.says_no_money(here.text):
        return None
    return Decision(command=Perform(action="action_refund_wait"), why=whys.UNPAID)


def disputes_it(here: Situation) -> Decision | None:
    """Fetch the person who was just offered, for whom what was told is not true."""
    if not (_was_offered_person(here) and _goes_on(here)):
        return None
    of_refund = here.state.ended == "refund_state"
    denies = disputes.says_no_money if of_refund else disputes.says_not_here
    if not denies(here.text):
        return None
    return Decision(command=HumanHandoff(reason="complaint"), why=whys.DISPUTES)


def _was_offered_person(here: Situation) -> bool:
    offer = here.state.offer
    return offer is not None and any(c.payload == _PERSON for c in offer.choices)


def asks_why(here: Situation) -> Decision | None:
    """Fetch a person who can tell why an order was called off: we can't see it."""
    of_it = here.intent in naming.GOALS or disputes.of_calling_off(here.text)
    if not (of_it and _goes_on(here) and disputes.asks_why(here.text)):
        return None
    return Decision(command=HumanHandoff(reason="no_answer"), why=whys.ASKS_WHY)


def _goes_on(here: Situation) -> bool:
    """Whether a text may be about the order that was told of last."""
    told = here.kind == "text" and here.asked is None and here.state.ended in _TOLD
    if not told or here.chosen or at_hand.names_event(here):
        return False
    return at_hand.order(here) is not None


def was_misread(here: Situation) -> Decision | None:
    """Say sorry, and offer a person, where they say that they were misunderstood.

    Who says so twice is not asked a third time.
    """
    if here.kind != "text" or here.asked is not None or here.chosen:
        return None
    other = here.sure and here.intent != "deny"
    if other or not misread.says_so(here.text) or MISREAD not in here.responses:
        return None
    if here.state.unreadable:
        return Decision(command=HumanHandoff(reason="unsure"), why=whys.MISREAD)
    return Decision(command=Perform(action=MISREAD), why=whys.MISREAD)


def of_other(here: Situation) -> Decision | None:
    """Tell of the other order of those that were listed: "and the other one?"."""
    told = at_hand.order(here)
    ended = here.flows.by_id.get(here.state.ended or "")
    if here.kind != "text" or here.asked is not None or here.chosen or told is None:
        return None
    if ended is None or ended.id not in WITHOUT_NUMBER:
        return None
    if not _OTHER_ONE.is_all_of(here.text):
        return None
    slots = {OTHER: told}
    return Decision(
        command=StartFlow(flow=ended.id, slots=slots),
        why=whys.FOLLOWS.format(slots=OTHER),
    )


def follows(here: Situation) -> Decision | None:
    """Do again what was just done, with another value: "no, 48214", "and 48215?"."""
    flow = here.flows.by_id.get(here.state.ended or "")
    if here.kind != "text" or here.asked is not None or flow is None:
        return None
    given = mentioned(here.flows.slots_of(flow), here.reading.parse)
    text, parse = here.text, here.reading.parse
    alone = says_nothing_else(text, parse)
    # Of a value alone a model knows only what such values are mostly sent for.
    started = here.flows.triggered_by(here.intent) if here.sure and not alone else None
    if not given or started is not None and not _is_of(started[0], flow):
        return None
    same = _SAME_OF.match(text) is not None and is_bare(text, parse)
    if not (announced(here) or same or alone):
        return None
    return Decision(
        command=StartFlow(flow=flow.id, slots=given),
        why=whys.FOLLOWS.format(slots=", ".join(given)),
    )


def of_variant(here: Situation) -> Decision | None:
    """Tell of one variant of the product that was told of in several: "on CD?"."""
    sold = here.state.known.get(VARIANTS)
    if here.kind != "text" or here.asked is not None or sold is None or here.chosen:
        return None
    of_product = here.intent in prices_asked.OF_PRODUCTS
    if here.state.ended not in prices_asked.OF_PRODUCTS or here.sure and not of_product:
        return None
    if products_asked.named(here.reading.parse) is not None and not of_product:
        return None
    wished = variants.in_words(here.text, sold.value)
    if wished is None or len(here.text.split()) > MOST_WORDS:
        return None
    flow = here.intent if here.sure and of_product else here.state.ended
    slots = {products_asked.PRODUCT: wished}
    return Decision(command=StartFlow(flow=flow, slots=slots), why=whys.NAMES_PRODUCT)


def _is_of(meant: Flow, ended: Flow) -> bool:
    """Whether what is meant goes on about what has ended.

    The name of a product alone is taken for asking whether there is any.
    """
    of_product = meant.id == products_asked.GOAL and ended.id == prices_asked.GOAL
    return meant is ended or of_product

"""What is done about a message while a question is open."""

import re
from dataclasses import replace

from bot import (
    consent,
    corrections,
    counted,
    filling,
    itself,
    naming,
    new_address,
    numberless,
    preambles,
    prices_asked,
    products_asked,
    whys,
)
from bot import guesses as guessing
from bot.phrase import Phrase
from bot.rules.decision import COMMANDS, LIKELY, Decision
from bot.rules.goal import is_small_talk, start
from bot.situation import PROMPTS, Situation
from flows import going_on, variants
from flows.commands import (
    CannotHandle,
    ChitChat,
    Command,
    CorrectSlots,
    HumanHandoff,
    Perform,
    SetSlots,
)
from flows.course import MOST_MISSES
from flows.products import VARIANTS
from flows.run import asks_by_the_way, offers_person, offers_to_tell
from intents.rejection import CERTAIN

#: The slot of a code that was mailed, and what is meant by codes elsewhere.
MAILED, DISCOUNT = "mail_code", "discount_codes"
#: Courtesies in the middle of a question: answered, and the question again.
COURTESIES = frozenset(["greet", "thank"])
#: No wish of all those that were named.
_NONE = Phrase(
    re.compile(
        r"((no|nah|thanks|thank you|please|gracias|merci|لا|شكرا) )*"
        r"(none|neither|neither one|nothing|not any|no one|ninguno|ninguna|nada|"
        r"ni uno ni otro|ningun[oa] de (los|las) (dos|tres)|aucun|aucune|rien|"
        r"aucune? des (deux|trois)|ni l un ni l autre|ولا واحد|ولا واحده|"
        r"و?لا شيء?|ولا حاجه)"
        r"( (of|de|d) \w+)?( (thanks|thank you|please|gracias|merci|شكرا))*"
    ),
    re.compile(
        r"(都不|都不要|都不用|都不想|一个都不要|哪个都不(要|是)?|都算了)(了|谢谢)*"
    ),
)


def is_let_be(here: Situation) -> bool:
    """Whether what was asked last need not be answered, and this is no answer to it.

    So it is where it was asked by the way, or which of several goals to go on with:
    the question of the newest of them is as good to answer. And who asks of another
    item than the one that is not there goes on to that.
    """
    heeds = here.kind in PROMPTS or here.plain.wish in ("cancel", "repeat", "skip")
    is_one = asks_by_the_way(here.state) or going_on.is_asked(here.state)
    is_one = is_one or offers_to_tell(here.state) and _asks_of_item(here)
    answered = fills(here) or wants_none(here)
    return is_one and not heeds and answered is None


def _asks_of_item(here: Situation) -> bool:
    sold = here.state.known.get(VARIANTS)
    if sold is not None and variants.in_words(here.text, sold.value):
        return True
    is_named = products_asked.named(here.reading.parse) is not None
    return is_named or here.sure and here.intent in prices_asked.OF_PRODUCTS


def tapped(here: Situation) -> Decision | None:
    """Take what was tapped, whatever the words on it may mean elsewhere."""
    return (fills(here) or corrects(here)) if here.tapped else None


def wants_none(here: Situation) -> Decision | None:
    """End all goals that wait for whom none of them is to go on, in a word."""
    asks = going_on.is_asked(here.state) and here.kind == "text" and not here.chosen
    if not asks or not _NONE.is_all_of(here.text):
        return None
    slots = going_on.WITH_NONE
    return Decision(
        command=SetSlots(slots=slots), why=whys.FITS.format(slots=", ".join(slots))
    )


def forced(here: Situation) -> Decision | None:
    """Take everything as an answer where a flow insists on one."""
    return (fills(here) or misses(here)) if here.is_forced else None


def answers_offer(here: Situation) -> Decision | None:
    """Take yes or no to the offer of a person."""
    if not (offers_person(here.state) and here.likely):
        return None
    if here.intent == "affirm":
        return Decision(command=HumanHandoff(reason="misses"), why=whys.PERSON)
    if here.intent == "deny":
        return Decision(command=Perform(action="utter_try_again"), why=whys.NO_PERSON)
    return None


def fills(here: Situation) -> Decision | None:
    """Take what fits the question."""
    if not (given := filling.given(here)):
        return None
    given = {**given, **consent.given(here, given)}
    return Decision(
        command=SetSlots(slots=given), why=whys.FITS.format(slots=", ".join(given))
    )


def names_event(here: Situation) -> Decision | None:
    """Do without the ticket of an event that is called by its name."""
    event = naming.named(here.reading.parse)
    asked, speaking = here.asked, here.speaking
    if event is None or asked is None or speaking is None or asked.name != "ticket":
        return None
    collected = {slot.name for slot in here.collected()}
    if naming.EVENT not in collected or asked.name in filling.given(here):
        return None
    slots = {asked.name: "none", naming.EVENT: event}
    return Decision(command=SetSlots(slots=slots), why=whys.NAMES_EVENT)


def readdresses(here: Situation) -> Decision | None:
    """Take another address for the one that was read back, and read it back."""
    if not (changed := new_address.put_right(here)):
        return None
    given = {name: one for name, one in changed.items() if one is not None}
    kept = {name: None for name in changed if name not in given}
    why = whys.PUT_RIGHT.format(slots=", ".join(given))
    return Decision(command=CorrectSlots(slots=given, kept=kept), why=why)


def corrects(here: Situation) -> Decision | None:
    """Put an earlier answer right."""
    if here.asked is None or not (changed := corrections.changed(here)):
        return None
    why = whys.PUT_RIGHT.format(slots=", ".join(changed))
    return Decision(command=CorrectSlots(slots=changed), why=why)


def aside(here: Situation) -> Decision | None:
    """Answer a courtesy, and ask again."""
    if here.asked is None or not here.sure:
        return None
    if here.intent in COURTESIES and itself.asked(here.text):
        return Decision(command=ChitChat(intent=itself.ITSELF), why=whys.COURTESY)
    if here.intent not in COURTESIES and not is_small_talk(here):
        return None
    return Decision(command=ChitChat(intent=here.intent), why=whys.COURTESY)


def interrupts(here: Situation) -> Decision | None:
    """Go after another goal first."""
    started = here.flows.triggered_by(here.intent)
    plain = here.intent in COMMANDS and started is None
    if here.asked is None or not _is_clear(here) or plain:
        return None
    own = started is not None and started[0] == here.speaking
    # The goal we are at is no interruption; tapped again, it asks again.
    return start(here) if here.chosen or not own else None


def _is_clear(here: Situation) -> bool:
    """Whether what is likeliest is sure enough to be gone after in a question.

    An answer of the FAQ ends by itself, and the question comes again; but who plainly
    lacks what is asked for asks nothing: "I did not get any code" is of no discount.
    """
    if "/" not in here.intent:
        # Where the question has no answer, it is a goal of that name.
        is_mailed = here.asked is not None and here.asked.name == MAILED
        own = is_mailed and here.intent == DISCOUNT and here.plain.lacks
        return here.surer and not own
    without = here.asked is not None and here.asked.kind != "bool"
    return here.sure and not (without and here.plain.lacks)


def taught(here: Situation) -> Decision | None:
    """Answer what the shop has taught by itself, whatever rules make of its words."""
    if not here.asks_own or here.asked is not None and not _is_clear(here):
        return None
    own = here.confidence >= CERTAIN
    why = whys.OWN_WORDS.format(intent=here.intent) if own else None
    started = start(here)
    return replace(started, why=why) if started and why else started


def lacks(here: Situation) -> Decision | None:
    """Do without what the customer does not have, or offer a person who can."""
    asked = here.asked
    if asked is None or asked.kind == "bool" or not here.plain.lacks:
        return None
    if offers_person(here.state):
        return None
    if asked.name == "email" and numberless.says_so(here.text):
        # The address is asked for instead of the number.
        return Decision(command=CannotHandle(), why=whys.LACKS)
    without = {f.value for f in asked.fillings if "deny" in f.intents} - {None}
    command: Command = CannotHandle(reason="stuck")
    if without:
        command = SetSlots(slots={asked.name: without.pop()})
    return Decision(command=command, why=whys.LACKS)


def notes(here: Situation) -> Decision | None:
    """Keep an address that nobody asked for, and ask for the yes or no again.

    Where a wish is to be passed on, and nothing else is asked with it, it is a yes.
    """
    says = {one["entity"] for one in here.reading.parse["entities"]}
    if here.kind != "text" or not here.asks_yes_or_no or here.sure:
        return None
    if here.asked is not None and consent.is_told(here):
        return Decision(command=SetSlots(slots={consent.YES: True}), why=whys.AGREES)
    if "email" not in says or here.asked is None:
        return None
    return Decision(command=Perform(action="utter_address_kept"), why=whys.UNASKED)


def means_else(here: Situation) -> Decision | None:
    """Ask what is meant instead of an answer, as it would be asked outside.

    Once: what is no answer again, and no choice, is put down to the question.
    """
    if here.kind != "text" or here.asked is None or here.is_forced:
        return None
    # A plain yes where a number is asked for means no goal that there is.
    if here.sure and here.intent in COMMANDS:
        return None
    wishes = here.asks_yes_or_no or _stands_out(here)
    # And once more beside the offer of a person, which comes behind that many.
    most = MOST_MISSES + 2 if offers_person(here.state) else MOST_MISSES
    was_asked = here.state.misses >= most
    if was_asked or not wishes:
        return None
    meant = guessing.likely(here)
    started = here.flows.triggered_by(meant[0]) if meant else None
    # The goal that asks has had its say: its question again tells more.
    if started is None or started[0] == here.speaking:
        return None
    offered = [one for one in meant if not _is_own(one, here)]
    offered = offered[: guessing.MOST_GUESSES]
    asks = replace(guessing.offer(offered, here), inside=True)
    return Decision(command=asks, why=whys.HALF_SURE, guesses=tuple(offered))


def _stands_out(here: Situation) -> bool:
    """Whether it is likely a wish of its own: of much said in vain little is one."""
    return here.confidence >= LIKELY or counted.asks(preambles.without(here.text))


def _is_own(intent: str, here: Situation) -> bool:
    started = here.flows.triggered_by(intent)
    return started is not None and started[0] == here.speaking


def misses(here: Situation) -> Decision | None:
    """Ask again, at last offer a person."""
    if here.asked is None:
        return None
    if offers_person(here.state):
        return Decision(command=HumanHandoff(reason="misses"), why=whys.NEITHER)
    if here.state.slots.get("lookup_misses") and here.asked.kind != "bool":
        return Decision(command=CannotHandle(reason="stuck"), why=whys.NOTHING_NEW)
    return Decision(
        command=CannotHandle(), why=whys.NO_ANSWER.format(slot=here.asked.name)
    )

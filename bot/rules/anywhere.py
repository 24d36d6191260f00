"""What is heard wherever the dialogue stands, before an answer is looked for."""

from collections.abc import Mapping

from bot import corrections, itself, refused, second_thoughts, unwanted, whys
from bot.bareness import has_words
from bot.guesses import PERSON
from bot.rules.decision import COMMANDS, LIKELY, Decision
from bot.situation import PROMPTS, Situation
from flows.commands import (
    CancelFlow,
    CannotHandle,
    Command,
    HumanHandoff,
    Ignore,
    Perform,
    RepeatBotMessages,
    Restart,
    SkipQuestion,
    StartFlow,
    UserSilence,
)
from flows.run import SATISFACTION, asks_by_the_way, offers_person

#: Who asks for a person, or never to be written to, must not be asked to repeat it.
AT_ONCE: Mapping[str, Command] = {
    PERSON: StartFlow(flow=PERSON),
    "stop": COMMANDS["stop"],
}
#: What who wants to stop may mean, and is answered on.
NO_REMINDERS = StartFlow(flow="reminders_off")
#: The same beside a person, where no flow begins.
END_REMINDERS = Perform(action="action_reminders_off")
#: What who waits for a person hears on asking for one again.
WAITS_ON = Perform(action="utter_waits_on")
#: What is heard in any flow, before the answer to a question is looked for.
LEAVING: Mapping[str, Command] = {
    "cancel": CancelFlow(),
    "goodbye": COMMANDS["goodbye"],
}


def prompted(here: Situation) -> Decision | None:
    """Begin what was to be begun after a while, unless it does not fit any more."""
    if here.kind not in PROMPTS:
        return None
    asks = here.asked is not None and not offers_person(here.state)
    if here.attendant == "assistant":
        if here.kind == "silence" and asks:
            return Decision(command=UserSilence(), why=whys.SILENCE)
        if here.kind == "given_back" and asks:
            return Decision(command=RepeatBotMessages(), why=whys.GIVEN_BACK)
        idle = not here.state.stack or asks_by_the_way(here.state)
        if here.kind == "satisfaction" and idle:
            return Decision(command=StartFlow(flow=SATISFACTION), why=whys.HOW_WAS_IT)
    return Decision(command=Ignore(), why=whys.OVERTAKEN)


def left_to_person(here: Situation) -> Decision | None:
    """Say nothing beside a person, but take the customer at their word."""
    if here.attendant == "assistant":
        return None
    if here.intent == "stop" and (here.sure or here.confidence >= LIKELY):
        command = END_REMINDERS if _only_reminders(here) else COMMANDS["stop"]
        return Decision(command=command, why=whys.STOP)
    if here.intent == NO_REMINDERS.flow and here.sure:
        return Decision(command=END_REMINDERS, why=whys.STOP)
    if here.attendant != "person" and (decision := _of_wait(here)) is not None:
        return decision
    if here.attendant == "after_hours" and _knows(here):
        return None
    return Decision(command=Ignore(), why=whys.IS_ANSWERED)


def _of_wait(here: Situation) -> Decision | None:
    """Take at their word who still waits, and says that they do, or need not."""
    if _does_without(here):
        return Decision(
            command=Perform(action="action_withdraw_handoff", ends=True),
            why=whys.DOES_WITHOUT,
        )
    asks = here.intent == PERSON and (here.kind == "tap" or here.sure)
    if asks or here.plain.asks_for_person:
        return Decision(command=WAITS_ON, why=whys.WAITS_ON)
    return None


def _does_without(here: Situation) -> bool:
    """Whether the customer takes back what a person was fetched for."""
    if here.intent == "cancel" and here.sure:
        return True
    if here.kind != "text":
        return False
    wished = here.state.ended in second_thoughts.GOALS
    takes_back = wished and second_thoughts.takes_back(here.text)
    return takes_back or second_thoughts.needs_nobody(here.text)


def _knows(here: Situation) -> bool:
    """Whether the assistant can help by itself whoever waits for the morning."""
    wants_person = here.intent in AT_ONCE
    return bool(here.state.stack) or here.sure and not wants_person


def silent(here: Situation) -> Decision | None:
    """Say nothing to a thumbs-up that answers nothing, or to a link inside a flow."""
    if here.kind == "thumbs_up" and not here.asks_yes_or_no:
        return Decision(command=Ignore(), why=whys.THUMBS_UP)
    if here.kind == "referral" and here.state.stack:
        return Decision(command=Ignore(), why=whys.LINK)
    return None


def unreadable(here: Situation) -> Decision | None:
    """Say once that a picture can't be read, then fetch a person."""
    blank = here.kind == "text" and not here.text.strip()
    signs = here.kind == "text" and not (blank or has_words(here.text) or here.sure)
    if here.kind != "attachment" and not blank and (not signs or here.state.stack):
        return None
    if here.state.unreadable:
        return Decision(
            command=HumanHandoff(reason="cannot_read"), why=whys.UNREAD_AGAIN
        )
    return Decision(
        command=CannotHandle(reason="no_words" if signs else "cannot_read"),
        why=whys.UNREAD,
    )


def something_else(here: Situation) -> Decision | None:
    """Fetch a person for whom none of our guesses was right."""
    if not here.reading.something_else:
        return None
    return Decision(command=HumanHandoff(reason="unsure"), why=whys.NO_GUESS)


def language(here: Situation) -> Decision | None:
    """Go on in the language that is asked for; the question, if any, comes again."""
    wanted = here.plain.language
    if wanted is None or wanted != here.responses.language:
        return None
    if here.plain.asks_for_person or here.asks_own:
        return None
    action = "utter_language" if here.asked else "utter_language_and_now"
    return Decision(command=Perform(action=action), why=whys.LANGUAGE)


def at_once(here: Situation) -> Decision | None:
    """Do what is wanted at once, and cheap if it was not, on less than certainty.

    Where everything said is taken for an answer, only certainty counts.
    """
    if here.plain.asks_for_person:
        return Decision(command=AT_ONCE[PERSON], why=whys.PERSON)
    likely = here.confidence >= LIKELY and not here.is_forced
    if here.intent not in AT_ONCE or not (here.sure or likely):
        return None
    if not here.sure and here.kind == "text" and itself.asked(here.text):
        return None
    wanted = NO_REMINDERS if _only_reminders(here) else AT_ONCE[here.intent]
    return Decision(command=wanted, why=whys.LIKELY_WANTS.format(intent=here.intent))


def _only_reminders(here: Situation) -> bool:
    """Whether what is to stop is reminders, where there is a flow that ends them."""
    ends = NO_REMINDERS.flow in here.flows.by_id
    return here.intent == "stop" and ends and unwanted.only_reminders(here.text)


def cancels(here: Situation) -> Decision | None:
    """Stop what is under way at the word alone; outside a flow it is about an order."""
    skips = here.plain.wish == "skip" and asks_by_the_way(here.state)
    if not here.state.stack or not (skips or here.plain.wish == "cancel"):
        return None
    return Decision(command=CancelFlow(), why=whys.CANCEL)


def plainly(here: Situation) -> Decision | None:
    """Do what is asked of the dialogue itself, in so many words."""
    match here.plain.wish:
        case "repeat":
            return Decision(command=RepeatBotMessages(), why=whys.AGAIN)
        case "skip" if here.asked is not None:
            return Decision(command=SkipQuestion(), why=whys.SKIP)
        case "restart":
            return Decision(command=Restart(), why=whys.ANEW)
    return None


def leaves(here: Situation) -> Decision | None:
    """Stop what is under way for whom that is what they mean."""
    if takes_back(here):
        return Decision(command=CancelFlow(), why=whys.TAKEN_BACK)
    if not here.state.stack or here.intent not in LEAVING:
        return None
    if not (here.sure or _stops_this(here)):
        return None
    return Decision(
        command=LEAVING[here.intent], why=whys.INSIDE.format(intent=here.intent)
    )


def takes_back(here: Situation) -> bool:
    """Whether a question of what may be taken back is answered with leaving it be.

    Where all that is said is an answer, "don't send it there" is one.
    """
    asking, asked = here.speaking, here.asked
    if asking is None or asked is None or here.kind != "text" or here.chosen:
        return False
    if any(filling.kind == "from_text" for filling in asked.fillings):
        return False
    if corrections.changed(here):
        return False
    if asking.id not in second_thoughts.GOALS or _wants_other(here, asking.id):
        return False
    # "Don't change the address, just cancel it", while that is asked about.
    if here.sure and here.intent == asking.id and refused.is_beside(here.text):
        return False
    return second_thoughts.takes_back(here.text)


def _wants_other(here: Situation, goal: str) -> bool:
    """Whether another goal is likely wanted instead."""
    likely = here.sure or here.confidence >= LIKELY
    return likely and here.intent not in (goal, "cancel", "deny")


def _stops_this(here: Situation) -> bool:
    """Whether all doubt is between stopping and what is to be stopped.

    "Leave it, I don't want to return anything" speaks of both.
    """
    if here.intent != "cancel" or here.speaking is None:
        return False
    own = sum(
        float(one["confidence"])
        for one in here.reading.parse["intent_ranking"]
        if (started := here.flows.triggered_by(one["name"] or "")) is not None
        and started[0] == here.speaking
    )
    both = here.confidence + own
    return here.confidence >= LIKELY and both >= here.thresholds["answer"]

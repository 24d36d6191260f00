"""Did you mean ...? Which goals to offer when we are not sure of one."""

from collections.abc import Iterator
from itertools import islice

from bot import naming
from bot.situation import Situation
from bot.voice import TITLES
from flows.commands import Clarify
from flows.responses import Responses
from flows.steps import Flows

MOST_GUESSES = 3
#: Of the best guess; what is less likely only confuses. A bound by itself (0.05, and
#: 0.13 for the best) spares strangers silly choices, and hides new questions with three
#: phrasings, which are told low: of a hundred 1.5 (English) to 3.5 (Arabic) are missed.
LEAST_SHARE = 0.05
#: Goals that are never a guess: a greeting wants nothing.
NOT_OFFERED = frozenset(["greet", "prove_email", "reminders_off"])
#: What is asked of an event, the most often asked first.
OF_EVENT = ("event_when", "event_where", "event_cancelled")
#: Behind "something else" as well; by name only for whom it is the best guess.
PERSON = "contact_human_agent"


def likely(here: Situation) -> list[str]:
    """Return the likeliest intents that lead anywhere, the best first.

    None where a choice of them is not likely enough to be of use.
    """
    if len(here.besides) > 1 and not here.sure:
        return [*here.besides[:MOST_GUESSES]]
    if naming.named(here.reading.parse) is not None:
        return _of_event(here, ranked(here))
    if here.band == "person":
        return []
    first = [*islice(_ranked(here), MOST_GUESSES)]
    return [name for name, share in first if share >= first[0][1] * LEAST_SHARE]


def _of_event(here: Situation, ranking: list[tuple[str, float]]) -> list[str]:
    """Return what may be asked of an event that is named, and what else is clear."""
    clear = [name for name, share in ranking if share >= naming.CLEARLY][:1]
    asked = [name for name, _ in ranking if name in naming.GOALS]
    others = [name for name in OF_EVENT if is_offerable(name, here)]
    return [*dict.fromkeys([*clear, *asked, *others])][:MOST_GUESSES]


def ranked(here: Situation) -> list[tuple[str, float]]:
    """Return the intents that lead anywhere, the best first, and how likely each is."""
    return [*_ranked(here)]


def _ranked(here: Situation) -> Iterator[tuple[str, float]]:
    for place, entry in enumerate(here.reading.parse["intent_ranking"]):
        name = entry["name"]
        if name and (place == 0 or name != PERSON) and is_offerable(name, here):
            yield name, entry["confidence"]


def offer(intents: list[str], here: Situation) -> Clarify:
    """Return the command that asks which of *intents* it is.

    The last number, "something else", is a choice of the response itself.
    """
    titles = [title(intent, here.flows, here.responses) for intent in intents]
    numbered = list(enumerate(titles, start=1))
    return Clarify(
        choices="\n".join(f"{number}. {name}" for number, name in numbered),
        quick_replies=[
            {"title": name, "payload": f"c:{here.event_id}:{number}"}
            for number, name in numbered
        ],
        last=len(intents) + 1,
        event_id=here.event_id,
    )


def title(intent: str, flows: Flows, responses: Responses) -> str:
    """Return what a goal or a question is called where customers choose."""
    base, _, name = intent.partition("/")
    if name:
        written = responses.title(f"utter_{intent}")
        return written or name.replace("_", " ").capitalize()
    started = flows.triggered_by(base)
    if started and (said := responses.plain(f"{TITLES}{started[0].id}")):
        return said
    return started[0].name if started else base.replace("_", " ").capitalize()


def has_answer(intent: str, responses: Responses) -> bool:
    """Whether a question of the FAQ has an answer; goals have their flows."""
    return "/" not in intent or f"utter_{intent}" in responses


def is_offerable(intent: str, here: Situation) -> bool:
    """Whether an intent leads anywhere from here."""
    started = here.flows.triggered_by(intent)
    return (
        started is not None
        and intent not in NOT_OFFERED
        and started[0].startable(here.state.slots)
        and has_answer(intent, here.responses)
    )

"""At which messages of a thread something can be taught, and what."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from bot.store.answered import PEOPLE
from bot.store.desk import Said
from bot.store.models import UNSENT, Author
from bot.store.turns import Made


class Way(StrEnum):
    """What a message lets one teach."""

    TEACH = "teach"  # a customer's words: what they mean
    WRONG = "wrong"  # the assistant's answer: that it was none
    ENTRY = "entry"  # a person's answer: it becomes the assistant's


def ways(thread: Sequence[Said], turns: Sequence[Made]) -> Mapping[int, Way]:
    """Return what can be taught at messages, by their numbers."""
    return dict([*_words(thread), *_wrong(thread, turns), *_entries(thread)])


def _words(thread: Sequence[Said]) -> Iterator[tuple[int, Way]]:
    for said in thread:
        if _is_typed(said):
            yield said.id, Way.TEACH


def _wrong(thread: Sequence[Said], turns: Sequence[Made]) -> Iterator[tuple[int, Way]]:
    """Yield the last message of each answer: a turn has the moment of what it says."""
    customers = (said for said in thread if said.author is Author.CUSTOMER)
    asked = {said.at for said in customers if (said.text or "").strip()}
    answers = {made.at for made in turns if made.heard_at in asked}
    last = {
        said.planned_at: said.id
        for said in thread
        if said.by == "flow" and said.text and said.state not in UNSENT
    }
    for moment, number in last.items():
        if moment in answers:
            yield number, Way.WRONG


def _entries(thread: Sequence[Said]) -> Iterator[tuple[int, Way]]:
    is_asked = False
    for said in thread:
        is_asked = is_asked or _is_typed(said)
        is_told = bool((said.text or "").strip()) and said.state not in UNSENT
        if is_asked and is_told and said.author in PEOPLE:
            yield said.id, Way.ENTRY


def _is_typed(said: Said) -> bool:
    """Whether a customer wrote it: what they tapped are words of ours."""
    by_customer = said.author is Author.CUSTOMER
    return by_customer and bool(said.text) and not said.parts.get("tapped")

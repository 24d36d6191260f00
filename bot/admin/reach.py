"""Who gets an answer that was published? The live model asked, not hoped for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.admin import telling
from bot.admin.checked import Line
from bot.admin.phrases import alike
from bot.content import PREFIX
from bot.rehearsal import Meant
from bot.store.faq import Version
from bot.web.current import parts

#: Ways to ask that are tried: more would keep the page waiting.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What becomes of those who ask a question in its own words."""

    #: How many ways there are, and how many of them were tried.
    ways: int
    tried: int
    #: Answered at once, asked back, sent to a person, taken for something else.
    answered: int
    offered: int
    person: int
    other: int
    #: The ways that are not answered at once, and what they get.
    missed: Sequence[Line] = ()


def of(version: Version) -> Reach:
    """Return what becomes of the question and the phrasings of an entry."""
    once = {alike(text): text for text in (version.question, *version.phrasings)}
    ways = [text for text in once.values() if text.strip()]
    # Of many, all through the list: its languages stand one after the other.
    texts = ways[:: -(-len(ways) // MOST)] if ways else []
    ours, found = PREFIX + version.name, parts().checks.now(texts)
    missed = [
        Line(text=text, change=telling.fares(one))
        for text, one in zip(texts, found, strict=True)
        if one.intent != ours
    ]
    return replace(_counted(found, ours, len(ways)), missed=missed)


def _counted(found: Sequence[Meant], ours: str, ways: int) -> Reach:
    answered = sum(one.intent == ours for one in found)
    offered = sum(one.outcome == "offer" for one in found)
    person = sum(one.outcome == "person" for one in found)
    return Reach(
        ways=ways,
        tried=len(found),
        answered=answered,
        offered=offered,
        person=person,
        other=len(found) - answered - offered - person,
    )

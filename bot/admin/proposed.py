"""Questions that agents propose: drafts that wait in Review for an editor."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.admin import carried, gate, origin, saving
from bot.admin.draft import Draft, Problem
from bot.messenger.texts import clean, tidied
from bot.publishing import entries
from bot.publishing.overtaken import OvertakenError
from bot.store import faq
from bot.store.faq import Version
from bot.store.lessons import Asked, Kind
from bot.tongue import _
from bot.web.current import parts


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an agent proposes: a question and its answer, as the form has them."""

    question: str
    answer: str


def made(asked: Asked) -> Proposal:
    """Return what a message and the person's answer to it would make."""
    draft = origin.prefilled(asked).draft
    return Proposal(question=draft.question, answer=next(iter(draft.written), ""))


def read(question: str, answer: str) -> Proposal:
    """Return what the form holds."""
    plain = " ".join(clean(question).split())
    return Proposal(question=plain, answer=tidied(answer))


def propose(asked: Asked, proposal: Proposal) -> list[Problem]:
    """Keep a proposal as a draft; return what speaks against it, and keep nothing."""
    draft = _draft(asked, proposal)
    problems = saving.problems(draft, None)
    if not problems:
        try:
            carried.do(entries.new(gate.entry_of(draft, None), is_proposed=True))
        except OvertakenError:
            return saving.problems(draft, None)
        origin.mark(asked, Kind.SEEN)
    return problems


def waiting() -> list[Version]:
    """Return what was proposed and no editor has saved or deleted, the oldest first."""
    with parts().database.read() as connection:
        return faq.drafts_noted(connection, entries.PROPOSED)


def count(connection: Connection) -> int:
    """Return how many wait."""
    return faq.count_drafts_noted(connection, entries.PROPOSED)


def told(problem: Problem) -> str:
    """Return a problem in words, for somebody who may not open the entry."""
    if problem.place is None:
        return problem.words
    return _(
        "“%(phrase)s” stands already under “%(title)s”.",
        phrase=problem.phrase,
        title=problem.place.title,
    )


def _draft(asked: Asked, proposal: Proposal) -> Draft:
    """Return the draft of a proposal, in the language of its conversation."""
    draft = replace(
        origin.prefilled(asked).draft, question=proposal.question, live=False
    )
    if not draft.titles:
        return replace(draft, answer=proposal.answer)
    return replace(
        draft,
        titles=dict.fromkeys(draft.titles, proposal.question),
        answers=dict.fromkeys(draft.titles, proposal.answer),
    )

"""What an editor typed into the form of an FAQ entry, and what speaks against it."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from bot.admin import extras as beside
from bot.admin import masking
from bot.admin.phrases import Place, alike, clashes
from bot.messenger.limits import LIMITS, length
from bot.messenger.texts import clean
from bot.store.extras import Extras
from bot.store.faq import Version
from bot.store.knowledge import Faq

LONGEST_ANSWER = LIMITS["message"]["text"]
LONGEST_QUESTION = 200
LONGEST_PHRASING = 500
MOST_PHRASINGS = 1000
#: What the fields of phrasings to tick are called, before a number.
TICKED = "more-"
#: Names that are addresses of other pages.
RESERVED = frozenset({"new", "preview"})


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry as it stands in the form."""

    question: str
    phrasings: tuple[str, ...]
    answer: str
    live: bool
    extras: Extras = Extras()

    def entry(self, name: str, answers: Mapping[str, str], language: str) -> Faq:
        """Return the entry to save; answers in other languages stay as they are."""
        return Faq(
            name=name,
            question=self.question,
            phrasings=self.phrasings,
            answers={**answers, language: self.answer},
            live=self.live,
            extras=self.extras,
        )


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an entry can't be saved, and at which field that is said."""

    field: str
    words: str
    place: Place | None = None


def read(form: Mapping[str, str]) -> Draft:
    """Return what the form holds."""
    ticked = (form[name] for name in form if name.startswith(TICKED))
    typed = chain(form["phrasings"].splitlines(), ticked)
    lines = (" ".join(clean(line).split()) for line in typed)
    once = {alike(line) or line: line for line in reversed([*lines]) if line}
    return Draft(
        question=" ".join(clean(form["question"]).split()),
        phrasings=tuple(reversed(once.values())),
        answer=clean(form["answer"]).replace("\r\n", "\n").strip(),
        live=form.get("state") == "live",
        extras=beside.read(form),
    )


def of(version: Version, language: str) -> Draft:
    """Return what the form holds when a version is opened."""
    return Draft(
        question=version.question,
        phrasings=tuple(version.phrasings),
        answer=version.answers.get(language, ""),
        live=version.live,
        extras=version.extras,
    )


def with_phrasing(draft: Draft, phrase: str) -> Draft:
    """Return a draft with one phrasing more, unless it has it already."""
    if alike(phrase) in map(alike, draft.phrasings):
        return draft
    return replace(draft, phrasings=(*draft.phrasings, phrase))


def problems(
    draft: Draft, places: Mapping[str, Place], entries: Mapping[str, str]
) -> list[Problem]:
    """Return everything that speaks against saving a draft.

    *entries* are the questions that its buttons can ask.
    """
    found = beside.problems(draft.extras, entries)
    return [
        *_of_question(draft),
        *_of_phrasings(draft, places),
        *_of_answer(draft),
        *(Problem(field="extras", words=words) for words in found),
    ]


def _of_question(draft: Draft) -> Iterator[Problem]:
    if not draft.question:
        yield Problem(field="question", words="Give the question a title.")
    if len(draft.question) > LONGEST_QUESTION:
        words = f"Shorten the title to {LONGEST_QUESTION} characters."
        yield Problem(field="question", words=words)


def _of_phrasings(draft: Draft, places: Mapping[str, Place]) -> Iterator[Problem]:
    if not draft.phrasings:
        words = "Write at least one way in which customers ask this."
        yield Problem(field="phrasings", words=words)
    if len(draft.phrasings) > MOST_PHRASINGS:
        words = f"Keep the best {MOST_PHRASINGS:,} phrasings; more teach nothing new."
        yield Problem(field="phrasings", words=words)
    for phrase in draft.phrasings:
        if len(phrase) > LONGEST_PHRASING:
            words = f"“{phrase[:60]}…” is too long for one phrasing."
            yield Problem(field="phrasings", words=words)
    for phrase, place in clashes(draft.phrasings, places):
        words = f"“{phrase}” stands already under"
        yield Problem(field="phrasings", words=words, place=place)


def _of_answer(draft: Draft) -> Iterator[Problem]:
    if draft.live and not draft.answer:
        words = "Write the answer, or keep the entry as a draft."
        yield Problem(field="answer", words=words)
    left = masking.places(draft.answer)
    if draft.live and left:
        words = f"Fill in or delete {' and '.join(left)}: customers would read it."
        yield Problem(field="answer", words=words)
    over = length(draft.answer) - LONGEST_ANSWER
    if over > 0:
        words = (
            f"Messenger takes {LONGEST_ANSWER:,} characters: shorten it by {over:,}."
        )
        yield Problem(field="answer", words=words)


def new_name(question: str, used: Collection[str]) -> str:
    """Return a name for a new entry: its question in plain letters."""
    plain = unicodedata.normalize("NFKD", question.casefold())
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    base = "_".join(words)[:60].strip("_") or "question"
    taken = {*used, *RESERVED}
    names = [base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)

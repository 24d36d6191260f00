"""What an editor typed into the form of an FAQ entry, and what speaks against it."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.admin import extras as beside
from bot.admin import masking, variants
from bot.admin.phrases import Place, alike, clashes, once
from bot.admin.pictured import REFUSED
from bot.messenger.limits import LIMITS, length
from bot.messenger.texts import clean, tidied
from bot.settings import LANGUAGES
from bot.store.extras import Extras
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.variants import Variant
from bot.tongue import _
from bot.web import figures

LONGEST_ANSWER = LIMITS["message"]["text"]
LONGEST_QUESTION = 200
LONGEST_PHRASING = 500
MOST_PHRASINGS = 1000
#: What the fields of phrasings to tick are called, before a number.
TICKED = "more-"
#: And those of other languages than the shop's own, before the language.
ANSWER, TITLE = "answer-", "title-"
#: Names that are addresses of other pages.
RESERVED = frozenset({"import", "new", "preview"})


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry as it stands in the form.

    Question and answer are in the shop's own language; *answers* and *titles* are
    those in others. A question that is asked in others alone is called as in the first.
    """

    question: str
    phrasings: tuple[str, ...]
    answer: str
    live: bool
    extras: Extras = Extras()
    answers: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    #: Why a file that was chosen is not its picture.
    refused: str = ""

    @property
    def written(self) -> list[str]:
        """Return the answers that there are, in all languages."""
        return [text for text in (self.answer, *self.answers.values()) if text]

    @property
    def own_question(self) -> str:
        """Return the question in the shop's own language, if it is asked in that."""
        is_anothers = not self.answer and self.question in self.titles.values()
        return "" if is_anothers else self.question

    def entry(self, name: str, known: Version | None, language: str) -> Faq:
        """Return the entry to save; what the form did not ask for stays as it is."""
        answers = {**(known.answers if known else {}), **self.answers}
        titles = {**(known.titles if known else {}), **self.titles}
        return Faq(
            name=name,
            question=self.question,
            phrasings=self._phrasings(known),
            answers=_filled({**answers, language: self.answer}),
            titles=_filled({**titles, language: ""}),
            live=self.live,
            extras=self.extras,
            variants=self.variants,
        )

    def _phrasings(self, known: Version | None) -> tuple[str, ...]:
        """Return what is asked; what it was before, if nobody has changed that.

        A form holds each of those that are alike once. That takes none of them out:
        else whoever words an answer otherwise would change what is learned.
        """
        before = tuple(known.phrasings) if known else ()
        is_same = {*once(map(_line, before))} == {*self.phrasings}
        return before if is_same else self.phrasings


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an entry can't be saved, and at which field that is said."""

    field: str
    words: str = ""
    #: A phrasing that stands elsewhere too, and where.
    phrase: str = ""
    place: Place | None = None


def read(form: Mapping[str, str]) -> Draft:
    """Return what the form holds."""
    ticked = (form[name] for name in form if name.startswith(TICKED))
    typed = chain(form.get("phrasings", "").splitlines(), ticked)
    titles = {name: " ".join(clean(t).split()) for name, t in _named(form, TITLE)}
    question = " ".join(clean(form.get("question", "")).split())
    return Draft(
        question=question or next(filter(None, titles.values()), ""),
        phrasings=once(map(_line, typed)),
        answer=tidied(form.get("answer", "")),
        live=form.get("state") == "live",
        extras=beside.read(form),
        answers={name: tidied(text) for name, text in _named(form, ANSWER)},
        titles=titles,
        variants=variants.read(form),
        refused=form.get(REFUSED, ""),
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _named(form: Mapping[str, str], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of other languages: the language, and what stands in it."""
    for name, text in form.items():
        language = name.removeprefix(prefix)
        if language != name and language in LANGUAGES:
            yield language, text


def of(version: Version | Faq, language: str) -> Draft:
    """Return what the form holds when a version is opened."""
    others = [one for one in LANGUAGES if one != language]
    return Draft(
        question=version.question,
        phrasings=tuple(version.phrasings),
        answer=version.answers.get(language, ""),
        live=version.live,
        extras=version.extras,
        # What is empty was not written then: a restored version has it no more.
        answers={one: version.answers.get(one, "") for one in others},
        titles={one: version.titles.get(one, "") for one in others},
        variants=version.variants,
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
        *_of_variants(draft),
        *picture_problems(draft),
        *(Problem(field="extras", words=words) for words in found),
    ]


def picture_problems(draft: Draft) -> list[Problem]:
    """Return what speaks against the picture of a draft."""
    found = beside.picture_problems(draft.extras)
    told = [draft.refused] if draft.refused else [*found]
    return [Problem(field="picture", words=words) for words in told]


def _of_question(draft: Draft) -> Iterator[Problem]:
    if not draft.question:
        yield Problem(field="question", words=_("Give the question a title."))
    if len(draft.question) > LONGEST_QUESTION:
        words = _("Shorten the title to %(most)s characters.", most=LONGEST_QUESTION)
        yield Problem(field="question", words=words)


def _of_phrasings(draft: Draft, places: Mapping[str, Place]) -> Iterator[Problem]:
    if not draft.phrasings:
        words = _("Write at least one way in which customers ask this.")
        yield Problem(field="phrasings", words=words)
    if len(draft.phrasings) > MOST_PHRASINGS:
        words = _(
            "Keep the best %(most)s phrasings; more teach nothing new.",
            most=figures.number(MOST_PHRASINGS),
        )
        yield Problem(field="phrasings", words=words)
    for phrase in draft.phrasings:
        if len(phrase) > LONGEST_PHRASING:
            words = _("“%(text)s…” is too long for one phrasing.", text=phrase[:60])
            yield Problem(field="phrasings", words=words)
    for phrase, place in clashes(draft.phrasings, places):
        yield Problem(field="phrasings", phrase=phrase, place=place)


def _of_answer(draft: Draft) -> Iterator[Problem]:
    if draft.live and not draft.written:
        words = _("Write the answer, or keep the entry as a draft.")
        yield Problem(field="answer", words=words)
    yield from _of_text("answer", draft.answer, live=draft.live)
    for language, text in draft.answers.items():
        yield from _of_text(f"{ANSWER}{language}", text, live=draft.live)
    for language, title in draft.titles.items():
        if len(title) > LONGEST_QUESTION:
            words = _(
                "Shorten the title to %(most)s characters.", most=LONGEST_QUESTION
            )
            yield Problem(field=f"{TITLE}{language}", words=words)


def _of_variants(draft: Draft) -> Iterator[Problem]:
    for words in variants.problems(draft.variants):
        yield Problem(field=variants.FIELD, words=words)
    for number, variant in enumerate(draft.variants, start=1):
        for language, text in variant.answers.items():
            name = variants.answer_field(number, language)
            yield from _of_text(name, text, live=draft.live)


def _of_text(field: str, text: str, *, live: bool) -> Iterator[Problem]:
    left = masking.places(text)
    if live and left:
        words = _(
            "Fill in or delete %(places)s: customers would read it.",
            places=figures.listed(left),
        )
        yield Problem(field=field, words=words)
    over = length(text) - LONGEST_ANSWER
    if over > 0:
        words = _(
            "Messenger takes %(most)s characters: shorten it by %(over)s.",
            most=figures.number(LONGEST_ANSWER),
            over=figures.number(over),
        )
        yield Problem(field=field, words=words)


def new_name(question: str, used: Collection[str]) -> str:
    """Return a name for a new entry: its question in plain letters."""
    plain = unicodedata.normalize("NFKD", question.casefold())
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    base = "_".join(words)[:60].strip("_") or "question"
    taken = {*used, *RESERVED}
    names = [base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)

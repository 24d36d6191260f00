"""What would a question say, with what a file says of it in one language?"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.admin import draft as drafting
from bot.admin import phrases
from bot.admin.draft import Draft
from bot.store.extras import Extras
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.variants import Variant
from bot.web.current import parts

#: A new one is read by somebody before customers get it.
NEW = Draft(question="", phrasings=(), answer="", live=False)


def merged(
    entry: Faq, version: Version | None, language: str, mine: Collection[str]
) -> Draft:
    """Return a question with what a file says of it in one language.

    *mine* are the phrasings that it has in that language: the file's take their
    place. What the file does not have at all stays as it is; a new question that has
    no title gets its first phrasing as one, as customers are asked that.
    """
    own = parts().content.language
    base = drafting.of(version, own) if version else NEW
    if version is not None and version.deleted_at is not None:
        base = replace(base, live=False)
    answer = entry.answers.get(language, "").strip()
    draft = replace(
        base,
        phrasings=_phrasings(entry.phrasings, base.phrasings, mine),
        extras=entry.extras if entry.extras != Extras() else base.extras,
        variants=_variants(base.variants, entry.variants),
    )
    title = " ".join(entry.question.split())
    if title == entry.name:  # what a file is read as where it says no question
        title = base.titles.get(language) or base.question or _asked(draft.phrasings)
    if language == own:
        return replace(draft, question=title, answer=answer or base.answer)
    answers = {**base.answers, **({language: answer} if answer else {})}
    is_told = title == base.question and not base.titles.get(language)
    titles = base.titles if is_told else {**base.titles, language: title}
    return replace(
        draft, question=base.question or title, answers=answers, titles=titles
    )


def _asked(said: Sequence[str]) -> str:
    """Return a title made of the first phrasing; none if there is none."""
    first = next(iter(said), "")
    return first[:1].upper() + first[1:]


def _phrasings(
    said: Sequence[str], known: Sequence[str], mine: Collection[str]
) -> tuple[str, ...]:
    if not said or {*said} == {*mine}:
        return tuple(known)
    others = (one for one in known if one not in mine)
    return phrases.once(" ".join(one.split()) for one in (*others, *said))


def _variants(known: Sequence[Variant], said: Sequence[Variant]) -> tuple[Variant, ...]:
    new = {one.when: one for one in said}
    same = [
        replace(one, answers={**one.answers, **new.pop(one.when, one).answers})
        for one in known
    ]
    return (*same, *new.values())

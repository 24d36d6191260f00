"""Save an FAQ entry so that no editor's work is lost, and let it be learned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot import phrasings, tongue
from bot.admin import draft as drafting
from bot.admin import phrases
from bot.admin.draft import Draft, Problem
from bot.admin.phrases import Place
from bot.publishing import clash, is_learnt
from bot.store import audit, faq, knowledge, undertaken
from bot.store import lessons as teaching
from bot.store.audit import Action, Detail
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.tongue import _, english, shape
from bot.web.current import now, parts, staff, trace

#: The longer one first: a sentence is known by the first shape that it has.
RESTORED_DESPITE = shape("restored version {number}. {despite}")
RESTORED = shape("restored version {number}")
#: What a version keeps that an agent proposed and no editor has saved since.
PROPOSED = english("proposed from a conversation")


class ClashError(Exception):
    """One of its phrasings stands elsewhere since a moment ago: nothing was done."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A version that was saved, and whether the model has to learn from it."""

    number: int
    is_trained: bool


def problems(draft: Draft, name: str | None) -> list[Problem]:
    """Return everything that speaks against saving *draft* under *name*."""
    return problems_among(draft, places(name), titles(name))


def problems_among(
    draft: Draft, taken: Mapping[str, Place], asks: Mapping[str, str]
) -> list[Problem]:
    """Return the same where phrasings stand elsewhere, and these can be asked."""
    unread = phrasings.unreadable(parts().content)
    if unread and draft.live:
        words = _(
            "The assistant can learn nothing now: %(problem)s. Whoever runs Frontdesk "
            "has to mend that file. Until then keep this as a draft.",
            problem=unread,
        )
        return [Problem(field="phrasings", words=words)]
    return drafting.problems(draft, taken, asks)


def titles(name: str | None = None) -> dict[str, str]:
    """Return what the entries in use ask, but for the entry *name*."""
    with parts().database.read() as connection:
        entries = faq.entries(connection)
    return {
        one.name: one.title(tongue.spoken())
        for one in entries
        if one.name != name and one.deleted_at is None
    }


def places(name: str | None = None) -> Mapping[str, Place]:
    """Return where phrasings stand already, but for those of the entry *name*."""
    content = parts().content
    with parts().database.read() as connection:
        entries = faq.entries(connection)
        lessons = _lessons(connection)
    others = [e for e in entries if e.name != name and e.deleted_at is None]
    # A file that can't be read is told where it matters; a draft can be saved.
    built_in = () if phrasings.unreadable(content) else content.phrasings
    return phrases.taken(others, lessons, built_in)


def place_of(phrase: str) -> Place | None:
    """Return where a phrasing stands already, in files, in the FAQ or as a lesson."""
    return places().get(phrases.alike(phrase))


def _lessons(connection: Connection) -> dict[str, str]:
    return {one.text: one.intent for one in teaching.taught(connection)}


def add(draft: Draft, despite: str | None = None, *, is_proposed: bool = False) -> str:
    """Save a new entry, *despite* what broke; return the name it was given.

    It *is proposed* by somebody who may not publish: then it is a draft. Whoever
    presses twice adds it once. Raise ClashError if its phrasings were added meanwhile.
    """
    note = PROPOSED if is_proposed else despite
    action = Action.FAQ_PROPOSED if is_proposed else Action.FAQ_ADDED
    moment, author, by = now(), staff().id, trace()
    own = parts().content.language

    def job(connection: Connection) -> str | None:
        knowledge.hold(connection)
        name = drafting.new_name(draft.question, faq.names(connection))
        entry = draft.entry(name, None, own)
        same = _same(connection, entry)
        if same is not None:
            return same
        if clash(connection, entry):
            raise ClashError
        number = knowledge.save(
            connection, entry, now=moment, staff_id=author, note=note, version=0
        )
        if number is None:
            return None
        told: dict[str, Detail] = {"live": draft.live, **reason(despite)}
        audit.note(connection, by, action, name, **told)
        return name

    name = None
    while name is None:  # of two editors who chose the same name, one gets another
        name = parts().database.write(job)
    parts().teaching.ask()
    return name


def _same(connection: Connection, entry: Faq) -> str | None:
    """Return the name of an entry that says this very same, whatever its name is."""
    known = knowledge.faq(connection)
    return next(
        (one.name for one in known if replace(entry, name=one.name) == one), None
    )


def change(
    version: Version,
    draft: Draft,
    edited_from: int,
    *,
    restored: int | None = None,
    despite: str | None = None,
) -> Saved | None:
    """Save *draft* as the next version of an entry.

    None, and nothing is saved, if somebody saved or deleted the entry since
    version *edited_from* was opened. The version keeps what it was *restored* from,
    and *despite* what it was saved.
    """
    moment, author, by = now(), staff().id, trace()
    action = Action.FAQ_RESTORED if restored else Action.FAQ_CHANGED
    entry = draft.entry(version.name, version, parts().content.language)

    def job(connection: Connection) -> int | None:
        if faq.is_deleted(connection, version.name) and not version.deleted_at:
            return None
        number = knowledge.save(
            connection,
            entry,
            now=moment,
            staff_id=author,
            note=_note(restored, despite),
            version=edited_from,
        )
        if number is not None:
            undertaken.end(connection, version.name, undertaken.Kind.DELETE)
            told: dict[str, Detail] = {
                "version": number,
                "live": draft.live,
                **({"restored": restored} if restored else {}),
                **reason(despite),
            }
            audit.note(connection, by, action, version.name, **told)
        return number

    number = parts().database.write(job)
    if number is None:
        return None
    is_trained = is_learnt(version.phrasings, draft.phrasings)
    if is_trained or version.deleted_at:
        parts().teaching.ask()
    return Saved(number=number, is_trained=is_trained)


def _note(restored: int | None, despite: str | None) -> str | None:
    """Return what a version keeps of how it came to be."""
    if restored is None:
        return despite
    if despite is None:
        return RESTORED.format(number=restored)
    return RESTORED_DESPITE.format(number=restored, despite=despite)


def reason(despite: str | None) -> dict[str, str]:
    """Return what the audit log keeps of it."""
    return {"reason": despite} if despite else {}

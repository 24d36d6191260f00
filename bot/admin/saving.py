"""What speaks against saving an FAQ entry: where its phrasings stand, and the rest."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot import phrasings, tongue
from bot.admin import draft as drafting
from bot.admin import phrases
from bot.admin.draft import Draft, Problem
from bot.admin.phrases import Place
from bot.store import faq
from bot.store import lessons as teaching
from bot.tongue import _
from bot.web.current import parts


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

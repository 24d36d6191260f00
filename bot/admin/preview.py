"""How a customer will see it: the very messages that would go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot import curriculum, saying
from bot.admin import draft as drafting
from bot.admin.draft import Draft
from bot.admin.home import blueprint
from bot.messenger.texts import clean
from bot.replies import Reply, replies
from bot.store.extras import Extras
from bot.store.people import Role
from bot.web.access import needs
from bot.web.current import parts

MOST = 20_000


def messages(said: Mapping[str, Any], text: str) -> list[Reply]:
    """Return the messages that say *text* as *said* is said."""
    tidy = clean(text).replace("\r\n", "\n").strip()
    return replies({**said, "text": tidy[:MOST]})


def of_entry(answer: str, beside: Extras) -> list[Reply]:
    """Return the messages of an answer with its picture and its buttons."""
    return messages(saying.said(answer, beside), answer)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The phone beside the form of an entry: one language of those of the shop."""

    shown: str
    languages: Sequence[str]
    #: How a customer asks it there.
    asked: str
    messages: Sequence[Reply]
    #: The language that is said instead, where the shown one says nothing.
    instead: str | None


def of_form(draft: Draft, shown: str = "") -> Seen:
    """Return what a customer sees in a language, as the form stands."""
    content = parts().content
    own = content.language
    language = shown if shown in content.languages else own
    text = draft.answer if language == own else draft.answers.get(language, "")
    other = draft.answer if not text and language != own else ""
    return Seen(
        shown=language,
        languages=content.languages,
        asked=_asked(draft, language),
        messages=of_entry(text or other, draft.extras),
        instead=own if other else None,
    )


def _asked(draft: Draft, language: str) -> str:
    """Return the first phrasing of a language, or else what it is called there."""
    mine = (
        phrase
        for code, phrase in curriculum.apart(
            draft.phrasings, parts().content.identifier
        )
        if code == language
    )
    title = draft.titles.get(language) or draft.question
    return next(mine, None) or title or "…"


@blueprint.post("/preview")
@needs(Role.EDITOR)
def preview() -> ResponseReturnValue:
    """Show what is being typed; nothing is kept."""
    seen = of_form(drafting.read(request.form), request.values.get("shown", ""))
    return render_template("admin/seen.html", seen=seen)

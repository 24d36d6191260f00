"""The form of an entry of the FAQ, and what stands around it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from flask import Response, abort, make_response, render_template, request

from bot.admin import (
    diff,
    drafts,
    extras,
    on_buttons,
    origin,
    pictured,
    preview,
    proposals,
    satisfaction,
    saving,
    telling,
    variants,
)
from bot.admin import draft as drafting
from bot.admin import tongues as languages
from bot.admin.checked import Shown as CheckShown
from bot.admin.diff import Piece
from bot.admin.draft import Draft, Problem
from bot.admin.origin import Prefilled
from bot.admin.phrases import Place
from bot.admin.proposals import Proposals
from bot.admin.trial import Trial
from bot.store import faq
from bot.store.faq import Version
from bot.web.current import parts


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """A language of the shop, as the form has it."""

    code: str
    title: str
    answer: str
    #: What its fields are called in the form.
    title_field: str
    answer_field: str
    #: Whether it is shown at once: it says something, or something is wrong with it,
    #: or it was open.
    is_open: bool


def found(name: str) -> Version:
    """Return an entry as it is now, or answer that there is none."""
    with parts().database.read() as connection:
        version = faq.entry(connection, name)
    if version is None:
        abort(404)
    return version


def address(version: Version | None) -> str:
    """Return where the form of an entry is, or that of a new one."""
    return f"/admin/faq/{version.name if version else 'new'}"


class Shown(TypedDict, total=False):
    """What a page may show with the form of an entry."""

    problems: Sequence[Problem]
    #: What another editor saved meanwhile.
    conflict: Version | None
    made: Prefilled | None
    check: CheckShown | None
    is_held: bool
    proposed: Proposals | None
    similar: Sequence[Place]
    added: int | None
    tried: Trial | None
    #: What was to be published and waits for a decision, if the draft is from there.
    undertaken: Any
    #: Whether the draft is nowhere but in the form.
    is_unsaved: bool
    #: Whether there is an empty row for another variant.
    is_longer: bool


NOTHING = Shown(
    problems=(),
    conflict=None,
    made=None,
    check=None,
    is_held=False,
    proposed=None,
    similar=(),
    added=None,
    tried=None,
    undertaken=None,
    is_unsaved=False,
    is_longer=False,
)


def form(
    draft: Draft,
    version: Version | None,
    *,
    status: int = 200,
    **more: Unpack[Shown],
) -> Response:
    """Return the form with *draft* in it; *version* is what it was opened from."""
    shown: Shown = {**NOTHING, **more}
    page = render_template(
        "admin/entry.html",
        draft=draft,
        version=version,
        edited_from=_edited_from(version, shown["conflict"]),
        proposing_in=proposals.language_of(request.form.get("propose-in", "")),
        trial=shown["tried"] or Trial(at=address(version)),
        seen=preview.of_form(draft, request.form.get("shown", ""), request.form),
        theirs=_theirs(shown["conflict"]),
        answers=_compared(shown["conflict"], draft),
        spoken=tongues(draft, shown["problems"]),
        **shown,
        **variants.around(draft.variants, is_longer=shown["is_longer"]),
        **pictured.around(),
        decides=_decides(shown["undertaken"]),
        **_around(version),
    )
    return make_response(page, status)


def _decides(given: Any) -> int | None:
    """Return which publication is decided by saving; the form keeps it from then on."""
    number: int | None = given.id if given else request.form.get("undertaken", type=int)
    return number


def _edited_from(version: Version | None, conflict: Version | None) -> int:
    """Return the number that is saved over: what was opened, or theirs once seen."""
    newest = version.number if version else 0
    return newest if conflict else request.form.get("version", newest, type=int)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The answers of one language: another editor's, and ours against it."""

    code: str
    theirs: str
    pieces: Sequence[Piece]

    @property
    def differ(self) -> bool:
        """Return whether there are two that say something else."""
        return bool(self.theirs) and any(one.kind != "same" for one in self.pieces)


def _compared(conflict: Version | None, draft: Draft) -> list[Compared]:
    """Return the answers in the form, word by word against another editor's."""
    if conflict is None:
        return []
    own = parts().content.language
    ours = {own: draft.answer, **draft.answers}
    theirs = {code: conflict.answers.get(code, "") for code in ours}
    return [
        Compared(
            code=code, theirs=theirs[code], pieces=diff.words(theirs[code], ours[code])
        )
        for code in ours
        if code == own or ours[code] or theirs[code]
    ]


def tongues(draft: Draft, problems: Sequence[Problem]) -> list[Tongue]:
    """Return the fields of each language: the reader's, and what says something."""
    wrong = {one.field for one in problems}
    first, *others = [_tongue(code, draft, wrong) for code in languages.order()]
    return [first, *sorted(others, key=lambda one: not one.is_open)]


def _tongue(code: str, draft: Draft, wrong: Collection[str]) -> Tongue:
    is_own = code == parts().content.language
    title = draft.own_question if is_own else draft.titles.get(code, "")
    answer = draft.answer if is_own else draft.answers.get(code, "")
    fields = ("question", "answer") if is_own else _fields(code)
    was_open = code in request.form.getlist("open")
    return Tongue(
        code=code,
        title=title,
        answer=answer,
        title_field=fields[0],
        answer_field=fields[1],
        is_open=bool(title or answer or was_open or {*fields} & {*wrong}),
    )


def _fields(code: str) -> tuple[str, str]:
    return drafting.TITLE + code, drafting.ANSWER + code


def _theirs(conflict: Version | None) -> list[str]:
    """Return what another editor's version has beside its text, in words."""
    if conflict is None:
        return []
    beside = extras.told(conflict.extras, saving.titles())
    return [*variants.told(conflict.variants), *beside]


def _around(version: Version | None) -> dict[str, Any]:
    """Return what stands around the form: state, limits, the way through drafts."""
    with parts().database.read() as connection:
        unread = drafts.unread(faq.entries(connection))
        marked = satisfaction.of_entries(connection) if version else {}
    return {
        "marked": marked.get(version.name) if version else None,
        "state": drafts.state(version) if version else None,
        # Whoever reads drafts saved the one before this.
        "restored": "" if "review" in request.values else telling.restored(version),
        "unread": unread,
        "review": "review" in request.values,
        "most": drafting.LONGEST_ANSWER,
        "holds": version is None or version.extras.holds_on(parts().today()),
        "language": parts().content.language,
        "in_order": languages.order(),
        "asks": saving.titles(version.name if version else None),
        "rows": extras.MOST_BUTTONS,
        "title_limit": on_buttons.LONGEST,
        "note": request.args.get("note"),
        "learning": "learning" in request.args,
        "asked": origin.given(),
        "origin": request.values.get("from", ""),
    }

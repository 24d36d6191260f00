"""Take questions in from a file: what would change is shown before anything does.

All or nothing is written, each question as a version like any other, and by the
checks of whoever saves one by hand.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import carried, doings, gate, imported, phrases, pictured, saving
from bot.admin import draft as drafting
from bot.admin.draft import Draft, Problem
from bot.admin.exporting import spoken
from bot.admin.home import blueprint
from bot.admin.imported import Row, UnreadableError
from bot.admin.merging import NEW, merged
from bot.admin.phrases import Place
from bot.picture_names import is_name
from bot.publishing import entries
from bot.publishing.overtaken import OvertakenError
from bot.store import faq
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.people import Role
from bot.store.undertaken import What
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import parts

LONGEST = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What would become of a row."""

    row: Row
    version: Version | None = None
    draft: Draft | None = None
    problems: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return refused, same, new or changed."""
        if self.draft is None or self.problems:
            return "refused"
        if self.version is None or self.version.deleted_at is not None:
            return "new"
        before = drafting.of(self.version, parts().content.language)
        return "same" if before == self.draft else "changed"

    @property
    def is_title_made(self) -> bool:
        """Whether its title is its first phrasing, as the file says none."""
        return not self.row.asks and self.kind == "new" and self.version is None

    @property
    def title(self) -> str:
        """Return what it would be called in the language of the file."""
        draft = self.draft or NEW
        return draft.titles.get(_language()) or draft.question

    @property
    def before(self) -> str:
        """Return the answer that there is in the language of the file."""
        return self.version.answers.get(_language(), "") if self.version else ""

    @property
    def after(self) -> str:
        """Return the answer that there would be."""
        if self.draft is None:
            return ""
        own = parts().content.language
        return self.draft.entry(self.row.name, None, own).answers.get(_language(), "")


@blueprint.get("/faq/import")
@needs(Role.EDITOR)
def import_faq() -> ResponseReturnValue:
    """Ask for a file."""
    return _page()


@blueprint.post("/faq/import")
@needs(Role.EDITOR)
def take_in() -> ResponseReturnValue:
    """Show what a file would change; write it once that was seen."""
    text = _text()
    try:
        planned = plan(_rows(text), _language())
    except UnreadableError as error:
        return _page(problem=str(error), status=422)
    seen = request.form.get("seen")
    if seen is None:
        return _page(planned=planned, text=text)
    if seen != _stamp(planned):
        return _page(planned=planned, text=text, is_overtaken=True, status=409)
    wanted = [one for one in planned if one.kind in ("new", "changed")]
    what = _what(wanted)
    despite = gate.through(what, "/admin/faq/import")
    try:
        told = carried.do(what, despite)
    except OvertakenError:
        again = plan(_rows(text), _language())
        return _page(planned=again, text=text, is_overtaken=True, status=409)
    return redirect(doings.after(what, told), 303)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands in the FAQ, and where each phrasing does; read once for all rows."""

    language: str
    known: Mapping[str, Version]
    places: Mapping[str, Place]
    titles: Mapping[str, str]
    #: By what makes phrasings alike, in which line of the file one stands.
    lines: dict[str, int] = field(default_factory=dict)


def plan(rows: Sequence[Row], language: str) -> list[Planned]:
    """Return what would become of each row; nothing is written."""
    with parts().database.read() as connection:
        known = {one.name: one for one in faq.entries(connection)}
    around = Around(
        language=language,
        known=known,
        places=saving.places(),
        titles=saving.titles(),
    )
    return [_planned(row, around) for row in rows]


def _planned(row: Row, around: Around) -> Planned:
    version = around.known.get(row.name)
    if row.entry is None:
        return Planned(row=row, version=version, problems=row.problems)
    mine = spoken(version, around.language) if version else ()
    row, entry = _pictured(row, row.entry, version)
    draft = merged(entry, version, around.language, mine)
    old = version.phrasings if version else ()
    return Planned(
        row=row,
        version=version,
        draft=draft,
        problems=(*_problems(draft, row, around), *_twice(draft, around.lines, row)),
        more=tuple(one for one in draft.phrasings if one not in old),
        gone=tuple(one for one in old if one not in draft.phrasings),
    )


def _pictured(row: Row, entry: Faq, version: Version | None) -> tuple[Row, Faq]:
    """Leave out the name of a picture that is not kept here, and say so."""
    name = entry.extras.image
    if not is_name(name) or pictured.is_kept(name):
        return row, entry
    there = version.extras.image if version else ""
    words = _(
        "Its picture is not in the file, and not kept here: choose it in its form."
    )
    extras = replace(entry.extras, image=there)
    return replace(row, left=(*row.left, words)), replace(entry, extras=extras)


def _problems(draft: Draft, row: Row, around: Around) -> Iterator[str]:
    """Yield what speaks against a row, as it would against what is typed."""
    alike = {one: around.places.get(one) for one in map(phrases.alike, draft.phrasings)}
    taken = {at: place for at, place in alike.items() if place is not None}
    others = {at: one for at, one in taken.items() if one.entry != row.name}
    asks = {name: one for name, one in around.titles.items() if name != row.name}
    yield from map(_words, saving.problems_among(draft, others, asks))
    if row.name in drafting.RESERVED:
        name = row.name
        yield _("No question can be called “%(name)s”: choose another name.", name=name)


def _words(problem: Problem) -> str:
    if problem.place is None:
        return problem.words
    return _(
        "“%(text)s” stands under “%(title)s” already.",
        text=problem.phrase,
        title=problem.place.title,
    )


def _twice(draft: Draft, before: dict[str, int], row: Row) -> list[str]:
    """Return the phrasings that stand under another question of the file already."""
    alike = {phrases.alike(one): one for one in draft.phrasings}
    found = [
        _("“%(text)s” stands in line %(line)s too.", text=one, line=before[same])
        for same, one in alike.items()
        if same in before
    ]
    before.update(dict.fromkeys(alike, row.line))
    return found


def _what(wanted: Sequence[Planned]) -> What:
    """Return what it is to write them all."""
    known = [one.version for one in wanted if one.version is not None]
    versions = {one.name: one.number for one in known}
    return entries.several(map(_entry, wanted), versions)


def _entry(one: Planned) -> Faq:
    draft = one.draft or NEW
    return draft.entry(one.row.name, one.version, parts().content.language)


def _rows(text: str) -> list[Row]:
    """Return the rows of what was sent; what is wrong is told by the file's name."""
    file, language = request.files.get("file"), _language()
    name = (file and file.filename) or f"{language}.yml"
    return imported.rows(text, language, name)


def _text() -> str:
    file = request.files.get("file")
    if file is None:
        return request.form.get("text", "").replace("\r\n", "\n")
    read: bytes = file.read(LONGEST)
    return read.decode("utf-8-sig", "replace")


def _language() -> str:
    wanted, content = request.form.get("language", ""), parts().content
    return wanted if wanted in content.languages else content.language


def _stamp(planned: Iterable[Planned]) -> str:
    """Return what is another once any of these questions was saved meanwhile."""
    told = [
        (one.row.name, one.kind, one.version.number if one.version else 0)
        for one in planned
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _page(
    *,
    planned: Sequence[Planned] = (),
    text: str = "",
    problem: str = "",
    is_overtaken: bool = False,
    status: int = 200,
) -> Response:
    kinds = ("refused", "new", "changed", "same")
    found: Mapping[str, list[Planned]] = {
        kind: [one for one in planned if one.kind == kind] for kind in kinds
    }
    page = render_template(
        "admin/import.html",
        found=found,
        text=text,
        problem=problem,
        is_overtaken=is_overtaken,
        stamp=_stamp(planned),
        language=_language(),
        languages=parts().content.languages,
        read=len(planned),
    )
    return make_response(page, status)

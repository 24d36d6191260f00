"""What an FAQ entry was: its versions, what changed in each, and bringing one back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import tongue
from bot.admin import (
    carried,
    diff,
    doings,
    drafts,
    extras,
    gate,
    saving,
    tongues,
    variants,
)
from bot.admin import draft as drafting
from bot.admin.diff import Piece
from bot.admin.entry import address, form, found
from bot.admin.home import blueprint
from bot.admin.phrases import once
from bot.change import Change
from bot.publishing import entries
from bot.publishing.overtaken import OvertakenError
from bot.store import audit, faq, knowledge, lessons, undertaken
from bot.store.audit import Action
from bot.store.faq import Version
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.tongue import _
from bot.web import names
from bot.web.access import needs
from bot.web.current import now, parts, trace

#: Seconds in which this process takes what was deleted: it looks twice in each.
TAKEN_WITHIN = 2.0
#: What becomes of an entry without another version of it.
ACTS = (Action.FAQ_DELETED, Action.FAQ_BROUGHT_BACK)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a version changed in one language."""

    code: str
    title: Sequence[Piece]
    answer: Sequence[Piece]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A version, what it changed of the one before, and what became of it."""

    version: Version
    question: Sequence[Piece]
    phrasings: Sequence[Piece]
    #: Title and answer of each language, where there is or was one.
    spoken: Sequence[Spoken]
    extras: Sequence[Piece]
    went: str | None
    #: When the entry was deleted or brought back, and by whom.
    acts: Sequence[AnyRow] = ()


@blueprint.get("/faq/<name>/versions")
@needs(Role.EDITOR)
def versions(name: str) -> ResponseReturnValue:
    """Show all versions of an entry, the newest first."""
    newest = found(name)
    with parts().database.read() as connection:
        known = faq.versions(connection, name)
        acts = audit.of(connection, name, ACTS)
    older: list[Version | None] = [*known[1:], None]
    titles = saving.titles()
    steps = [_step(*pair, titles) for pair in zip(known, older, strict=True)]
    return render_template(
        "admin/versions.html",
        newest=newest,
        language=parts().content.language,
        changes=[*_with_acts(steps, acts)],
    )


@blueprint.post("/faq/<name>/restore")
@needs(Role.EDITOR)
def restore(name: str) -> ResponseReturnValue:
    """Make an old version the newest again, if all that must hold does."""
    newest, number = found(name), request.form.get("number", 0, type=int)
    with parts().database.read() as connection:
        known = faq.versions(connection, name)
    old = next((one for one in known if one.number == number), None)
    if old is None:
        abort(404)
    draft = drafting.of(old, parts().content.language)
    problems = saving.problems(draft, name)
    if problems:
        return form(draft, newest, problems=problems, status=422)
    what = entries.changed(
        gate.entry_of(draft, newest),
        edited_from=request.form.get("version", 0, type=int),
        is_deleted=newest.deleted_at is not None,
        restored=number,
    )
    despite = gate.through(what, f"/admin/faq/{name}/versions")
    try:
        told = carried.do(what, despite)
    except OvertakenError:
        return form(draft, found(name), conflict=found(name), status=409)
    return redirect(doings.after(what, told), 303)


@blueprint.post("/faq/<name>/delete")
@needs(Role.EDITOR)
def delete(name: str) -> ResponseReturnValue:
    """Take an entry out of use at once; what follows from it is looked at then.

    It can be brought back. Only what names it is tried before: that is known at once.
    """
    version = found(name)
    doing = _("Delete “%(title)s”", title=_titled(version))
    change = Change(gone=name)
    despite = gate.past(change, parts().checks.naming(change), doing, address(version))
    if _deleted(version, despite):
        parts().teaching.ask()
        parts().understanding.wait_for_content(TAKEN_WITHIN)
    is_live = drafts.state(replace(version, deleted_at=None)) is drafts.State.LIVE
    note = "withdrawn" if is_live else "deleted"
    return redirect(f"/admin/faq/?note={note}&gone={name}", 303)


def _deleted(version: Version, despite: str | None) -> bool:
    """Take an entry out of use, and keep that somebody must look what follows."""
    moment, by, name = now(), trace(), version.name

    def job(connection: Connection) -> bool:
        if not knowledge.delete(connection, name, moment):
            return False
        told = entries.reason(despite)
        audit.note(connection, by, Action.FAQ_DELETED, name, **told)
        what = undertaken.What(
            kind=undertaken.Kind.DELETE,
            name=name,
            question=version.question,
            change={"content": knowledge.live(connection).content},
        )
        undertaken.begin(connection, what, staff_id=by.staff_id, now=moment)
        return True

    return parts().database.write(job)


@blueprint.post("/faq/<name>/bring-back")
@needs(Role.EDITOR)
def bring_back(name: str) -> ResponseReturnValue:
    """Put a deleted entry into use again, if its phrasings are still its own.

    Where nothing was taught since it was deleted, all is as it was, and need not be
    checked.
    """
    version = found(name)
    draft = drafting.of(version, parts().content.language)
    problems = saving.problems(draft, name)
    if problems:
        return form(draft, version, problems=problems, status=422)
    what = entries.brought_back(gate.entry_of(draft, version))
    despite = None if _is_untouched(name) else gate.through(what, address(version))
    return redirect(doings.after(what, carried.do(what, despite)), 303)


def _is_untouched(name: str) -> bool:
    """Return whether nothing was taught or pinned since an entry was deleted."""
    with parts().database.read() as connection:
        row = undertaken.last(connection, name, undertaken.Kind.DELETE)
        live, pins = knowledge.live(connection), lessons.pins(connection)
    if row is None or row.change["content"] != live.content:
        return False
    return all(pin.at < row.at for pin in pins)


def _with_acts(steps: Iterable[Step], acts: Iterable[AnyRow]) -> Iterator[Step]:
    """Yield each version, the newest first, with what was done to it."""
    left = [*acts]
    for step in steps:
        its = [one for one in left if one.at >= step.version.at]
        left = [one for one in left if one.at < step.version.at]
        yield replace(step, acts=its)


def _step(version: Version, before: Version | None, titles: Mapping[str, str]) -> Step:
    """Return what a version changed; the first is shown as it is."""
    old = before or version
    return Step(
        version=version,
        question=diff.words(old.question, version.question),
        # Files may say the same twice; nobody took that out who saved a version.
        phrasings=diff.lines(once(old.phrasings), once(version.phrasings)),
        spoken=[_spoken(code, old, version) for code in _languages(old, version)],
        extras=diff.lines(
            _beside(before, titles) if before else [],
            _beside(version, titles),
        ),
        went=_went(version, before),
    )


def _titled(version: Version) -> str:
    """Return what a question is called, as a sentence quotes it."""
    return names.within(version.title(tongue.spoken()))


def _beside(version: Version, titles: Mapping[str, str]) -> list[str]:
    """Return what a version has beside question and answer, a line each."""
    beside = extras.told(version.extras, titles)
    return [*variants.told(version.variants), *beside]


def _languages(*versions: Version) -> list[str]:
    """Return the languages in which any of the versions says something."""
    said = {code for one in versions for code in (*one.answers, *one.titles)}
    offered = tongues.order()
    return [*(one for one in offered if one in said), *sorted(said - {*offered})]


def _spoken(code: str, old: Version, new: Version) -> Spoken:
    return Spoken(
        code=code,
        title=diff.words(_title(old, code), _title(new, code)),
        answer=diff.words(old.answers.get(code, ""), new.answers.get(code, "")),
    )


def _title(version: Version, code: str) -> str:
    """Return what a question is called in another language than the shop's own.

    The own one is the question itself, shown above; files give it again.
    """
    own = code == parts().content.language
    return "" if own else version.titles.get(code, "")


def _went(version: Version, before: Version | None) -> str | None:
    """Return whether a version put its entry live, or took it back."""
    if before is not None and before.live == version.live:
        return None
    return _("put live") if version.live else _("made a draft")

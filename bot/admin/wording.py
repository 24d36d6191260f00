"""The wording's pages: how the flows say what they say."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot import saying
from bot.admin import gate, on_buttons, reworded, saving, shipped
from bot.admin.checked import Shown, shown
from bot.admin.draft import LONGEST_ANSWER, Problem
from bot.admin.gate import HeldError
from bot.admin.home import blueprint
from bot.admin.preview import messages
from bot.admin.shipped import Wording
from bot.change import Change
from bot.change import Wording as Reworded
from bot.content import COMPLETE
from bot.messenger.texts import clean
from bot.store import audit, wordings
from bot.store.audit import Action
from bot.store.people import Role
from bot.store.wordings import Words
from bot.tongue import _
from bot.web import figures
from bot.web.access import needs
from bot.web.current import now, parts, staff, trace


@blueprint.app_template_filter("with_places")
def with_places(text: str) -> Markup:
    """Return a text with the places that are filled in set apart."""
    return Markup("").join(
        Markup("<code class=place>{}</code>").format(piece)
        if is_place
        else escape(piece)
        for piece, is_place in shipped.cut(text)
    )


@blueprint.app_template_filter("place_list")
def place_list(names: list[str]) -> Markup:
    """Return the places that a text has, counted up and set apart."""
    apart = Markup('<code class="place">{}</code>')
    marked = [apart.format(f"{{{name}}}") for name in names]
    return Markup(figures.listed(marked))  # noqa: S704 - all of it is escaped


@blueprint.get("/wording/")
@needs(Role.EDITOR)
def wording() -> ResponseReturnValue:
    """Show all that the flows say, in groups."""
    words = request.args.get("q", "").casefold().split()
    changed_only = "changed" in request.args
    known = shipped.wordings(parts().content.spoken[_language()], _edits())
    fitting = [
        one
        for one in known
        if (one.is_changed or not changed_only)
        and all(word in one.all_words.casefold() for word in words)
    ]
    return render_template(
        "admin/wording.html",
        groups=[(g, [*ones]) for g, ones in groupby(fitting, lambda one: one.group)],
        search=request.args.get("q", ""),
        changed_only=changed_only,
        changed=sum(one.is_changed for one in known),
        total=len(known),
        **_tongues(),
    )


@blueprint.get("/wording/<key>")
@needs(Role.EDITOR)
def one_wording(key: str) -> ResponseReturnValue:
    """Show one wording in its form."""
    found = _found(key)
    return _form(found, found.now, note=request.args.get("note"))


@blueprint.post("/wording/<key>")
@needs(Role.EDITOR)
def save_wording(key: str) -> ResponseReturnValue:
    """Save other words, unless somebody else did meanwhile."""
    found = _found(key)
    text = found.framed(clean(request.form["text"]).replace("\r\n", "\n"))
    words = Words(text=text, titles=_titles(found))
    problem = shipped.problem(found, words, LONGEST_ANSWER)
    if problem is not None:
        return _form(found, words, problem=problem, status=422)
    try:
        despite = _through(found, words)
    except HeldError as held:
        return _form(found, words, check=shown(held.check), status=held.status)
    return _kept(found, words, despite)


@blueprint.post("/wording/<key>/restore")
@needs(Role.EDITOR)
def restore_wording(key: str) -> ResponseReturnValue:
    """Say it again as it came with Frontdesk, or as it was in an older version."""
    found, number = _found(key), request.form.get("wanted", -1, type=int)
    with parts().database.read() as connection:
        known = wordings.history(connection, key, _language())
    versions = {row.number: wordings.of_version(row) for row in known}
    if number not in (0, *versions):
        abort(404)
    words = found.read(versions.get(number, Words()))
    doing = _("Restore the wording “%(title)s”", title=found.title)
    return _kept(found, words, _through(found, words, doing))


def _titles(found: Wording) -> dict[str, str]:
    """Return what is to stand on its buttons: a form without them changes none."""
    return {
        key: on_buttons.tidy(request.form.get(f"title-{number}", title))
        for number, (key, title) in enumerate(found.now.titles.items(), start=1)
    }


def _through(found: Wording, words: Words, doing: str = "") -> str | None:
    """Return what is kept of why it is said so although something breaks."""
    if words == found.now:
        return None
    kept = found.changed(words)
    change = Change(wording=Reworded(key=found.key, language=_language(), words=kept))
    return gate.through(change, doing, _url(found.key))


def _kept(found: Wording, words: Words, despite: str | None) -> ResponseReturnValue:
    """Keep *words* as the newest wording; of what came with us nothing is kept."""
    edited_from = request.form.get("number", 0, type=int)
    moment, author, by = now(), staff().id, trace()
    kept, language = found.changed(words), _language()
    is_restored = kept == Words()
    action = Action.WORDING_RESTORED if is_restored else Action.WORDING_CHANGED

    def job(connection: Connection) -> bool:
        if wordings.newest(connection, found.key, language) != edited_from:
            return False
        wordings.save(
            connection,
            found.key,
            language,
            kept,
            now=moment,
            staff_id=author,
            note=despite,
        )
        told = {"language": language, **saving.reason(despite)}
        audit.note(connection, by, action, found.key, **told)
        return True

    try:
        done = words == found.now or parts().database.write(job)
    except IntegrityError:  # somebody saved the same number at the same moment
        done = False
    if not done:
        return _form(_found(found.key), words, conflict=True, status=409)
    return redirect(_url(found.key, note="saved"), 303)


def _url(key: str, note: str | None = None) -> str:
    return url_for("admin.one_wording", key=key, language=_other(), note=note)


def _language() -> str:
    """Return the language that is looked at: the shop's own, or the one asked for."""
    asked = request.values.get("language", "")
    languages = parts().content.languages
    return asked if asked in languages else languages[0]


def _other() -> str | None:
    """Return the language that an address must name: none is the shop's own."""
    language = _language()
    return None if language == parts().content.language else language


def _tongues() -> dict[str, Any]:
    """Return the languages of the shop, and which is looked at."""
    return {
        "languages": parts().content.languages,
        "language": _language(),
        "other": _other(),
    }


def _found(key: str) -> Wording:
    found = shipped.find(parts().content.spoken[_language()], _edits(), key)
    if found is None:
        abort(404)
    return found


def _edits() -> Mapping[str, Words]:
    with parts().database.read() as connection:
        return wordings.edits_in(connection, _language())


def _form(
    found: Wording,
    words: Words,
    *,
    problem: Problem | None = None,
    conflict: bool = False,
    note: str | None = None,
    check: Shown | None = None,
    status: int = 200,
) -> Response:
    with parts().database.read() as connection:
        known = wordings.history(connection, found.key, _language())
    beside = _beside(found)
    page = render_template(
        "admin/one_wording.html",
        wording=found,
        text=words.text,
        taps=reworded.taps(found, words, beside),
        problem=problem,
        conflict=reworded.compared(found.now, words) if conflict else None,
        note=note,
        check=check,
        history=reworded.versions(found, known),
        number=known[0].number if known else 0,
        messages=messages(saying.worded(found.said, words), words.text),
        most=LONGEST_ANSWER,
        longest_title=on_buttons.LONGEST,
        beside=beside,
        **_tongues(),
    )
    return make_response(page, status)


def _beside(found: Wording) -> Wording | None:
    """Return the same wording in the shop's own language, to write beside it."""
    content = parts().content
    if _other() is None:
        return None
    own = content.language if found.key in _keys(content.language) else COMPLETE
    with parts().database.read() as connection:
        edits = wordings.edits_in(connection, own)
    return shipped.find(content.spoken[own], edits, found.key)


def _keys(language: str) -> set[str]:
    return {one.key for one in shipped.wordings(parts().content.spoken[language], {})}

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

from bot.admin import diff, gate, saving, shipped
from bot.admin.checked import Shown, shown
from bot.admin.draft import LONGEST_ANSWER
from bot.admin.gate import HeldError
from bot.admin.home import blueprint
from bot.admin.preview import messages
from bot.admin.shipped import Wording
from bot.change import Change
from bot.change import Wording as Reworded
from bot.content import COMPLETE
from bot.messenger.texts import clean
from bot.store import audit, knowledge, wordings
from bot.store.audit import Action
from bot.store.people import Role
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
        and all(word in one.text.casefold() for word in words)
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
    return _form(found, found.text, note=request.args.get("note"))


@blueprint.post("/wording/<key>")
@needs(Role.EDITOR)
def save_wording(key: str) -> ResponseReturnValue:
    """Save other words, unless somebody else did meanwhile."""
    found = _found(key)
    text = found.framed(clean(request.form["text"]).replace("\r\n", "\n"))
    error = shipped.problem(found, text, LONGEST_ANSWER)
    if error is not None:
        return _form(found, text, error=error, status=422)
    try:
        despite = _through(found, text)
    except HeldError as held:
        return _form(found, text, check=shown(held.check), status=held.status)
    return _kept(found, text, despite)


@blueprint.post("/wording/<key>/restore")
@needs(Role.EDITOR)
def restore_wording(key: str) -> ResponseReturnValue:
    """Say it again as it came with Frontdesk, or as it was in an older version."""
    found, number = _found(key), request.form.get("wanted", -1, type=int)
    with parts().database.read() as connection:
        known = wordings.history(connection, key, _language())
    texts = {0: found.shipped} | {row.number: row.text for row in known}
    if number not in texts:
        abort(404)
    text = texts[number] or found.shipped
    doing = _("Restore the wording “%(title)s”", title=found.title)
    return _kept(found, text, _through(found, text, doing))


def _through(found: Wording, text: str, doing: str = "") -> str | None:
    """Return what is kept of why a text is said although something breaks."""
    if text == found.text:
        return None
    kept = "" if text == found.shipped else text
    reworded = Reworded(key=found.key, language=_language(), text=kept)
    return gate.through(Change(wording=reworded), doing, _url(found.key))


def _kept(found: Wording, text: str, despite: str | None) -> ResponseReturnValue:
    """Keep *text* as the newest wording; what came with us is kept as no wording."""
    edited_from = request.form.get("number", 0, type=int)
    moment, author, by = now(), staff().id, trace()
    kept = "" if text == found.shipped else text
    language = _language()
    action = Action.WORDING_CHANGED if kept else Action.WORDING_RESTORED

    def job(connection: Connection) -> bool:
        if wordings.newest(connection, found.key, language) != edited_from:
            return False
        knowledge.word(
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
        done = text == found.text or parts().database.write(job)
    except IntegrityError:  # somebody saved the same number at the same moment
        done = False
    if not done:
        return _form(_found(found.key), text, conflict=True, status=409)
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


def _edits() -> Mapping[str, str]:
    with parts().database.read() as connection:
        return knowledge.wording(connection, _language())


def _form(
    found: Wording,
    text: str,
    *,
    error: str | None = None,
    conflict: bool = False,
    note: str | None = None,
    check: Shown | None = None,
    status: int = 200,
) -> Response:
    with parts().database.read() as connection:
        known = wordings.history(connection, found.key, _language())
    texts = [row.text or found.shipped for row in known] + [found.shipped]
    changes = [diff.words(texts[n + 1], texts[n]) for n in range(len(known))]
    page = render_template(
        "admin/one_wording.html",
        wording=found,
        text=text,
        error=error,
        conflict=diff.words(found.text, text) if conflict else None,
        note=note,
        check=check,
        history=list(zip(known, changes, strict=True)),
        number=known[0].number if known else 0,
        messages=messages(found.said, text),
        most=LONGEST_ANSWER,
        beside=_beside(found),
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
        edits = knowledge.wording(connection, own)
    return shipped.find(content.spoken[own], edits, found.key)


def _keys(language: str) -> set[str]:
    return {one.key for one in shipped.wordings(parts().content.spoken[language], {})}

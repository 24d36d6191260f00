"""One wording's page: how something is said, and how it was said before."""

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
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot import saying
from bot.admin import gate, misworded, on_buttons, reworded, saving, shipped
from bot.admin.checked import Shown, shown
from bot.admin.draft import LONGEST_ANSWER, Problem
from bot.admin.gate import HeldError
from bot.admin.home import blueprint
from bot.admin.preview import messages
from bot.admin.shipped import Wording
from bot.admin.trial import Trial
from bot.admin.wording import edits, language, other, tongues
from bot.change import Change
from bot.change import Wording as Reworded
from bot.content import COMPLETE
from bot.messenger.texts import clean
from bot.replies import Reply
from bot.store import audit, wordings
from bot.store.audit import Action
from bot.store.people import Role
from bot.store.wordings import Words
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import now, parts, staff, trace

#: Stands in the preview for one that is filled in when it is said.
ADDRESS = "https://shop.example/"


@blueprint.get("/wording/<key>")
@needs(Role.EDITOR)
def one_wording(key: str) -> ResponseReturnValue:
    """Show one wording in its form."""
    wording = found(key)
    return form(wording, wording.now, note=request.args.get("note"))


@blueprint.post("/wording/<key>")
@needs(Role.EDITOR)
def save_wording(key: str) -> ResponseReturnValue:
    """Save other words, unless somebody else did meanwhile."""
    wording = found(key)
    words = written(wording)
    problem = misworded.problem(wording, words, LONGEST_ANSWER)
    if problem is not None:
        return form(wording, words, problem=problem, status=422)
    try:
        despite = _through(wording, words)
    except HeldError as held:
        return form(wording, words, check=shown(held.check), status=held.status)
    return _kept(wording, words, despite)


@blueprint.post("/wording/<key>/restore")
@needs(Role.EDITOR)
def restore_wording(key: str) -> ResponseReturnValue:
    """Say it again as it came with Frontdesk, or as it was in an older version."""
    wording, number = found(key), request.form.get("wanted", -1, type=int)
    with parts().database.read() as connection:
        known = wordings.history(connection, key, language())
    versions = {row.number: wordings.of_version(row) for row in known}
    if number not in (0, *versions):
        abort(404)
    words = wording.read(versions.get(number, Words()))
    doing = _("Restore the wording “%(title)s”", title=wording.title)
    return _kept(wording, words, _through(wording, words, doing))


def found(key: str) -> Wording:
    """Return a wording as it reads now, or answer that there is none."""
    wording = shipped.find(parts().content.spoken[language()], edits(), key)
    if wording is None:
        abort(404)
    return wording


def written(wording: Wording) -> Words:
    """Return what the form holds; what it has no field for stays as it is."""
    text = clean(request.form.get("text", wording.text)).replace("\r\n", "\n")
    titles = {
        key: on_buttons.tidy(request.form.get(f"title-{number}", title))
        for number, (key, title) in enumerate(wording.now.titles.items(), start=1)
    }
    return Words(text=wording.framed(text), titles=titles)


def change(wording: Wording, words: Words) -> Change:
    """Return what it would be to say it so; of what came with us nothing is kept."""
    kept = wording.changed(words)
    return Change(wording=Reworded(key=wording.key, language=language(), words=kept))


def seen(wording: Wording, words: Words) -> list[Reply]:
    """Return the messages that say it in these words."""
    return messages(_addressed(saying.worded(wording.said, words)), words.text)


def _addressed(said: Any) -> Any:
    """Return what is said with an address where one is filled in: no link lacks its."""
    match said:
        case dict():
            return {
                key: ADDRESS if key == "url" and "{" in str(one) else _addressed(one)
                for key, one in said.items()
            }
        case list():
            return [_addressed(one) for one in said]
    return said


def form(
    wording: Wording,
    words: Words,
    *,
    problem: Problem | None = None,
    conflict: bool = False,
    note: str | None = None,
    check: Shown | None = None,
    tried: Trial | None = None,
    status: int = 200,
) -> Response:
    """Return the form with these words in it."""
    with parts().database.read() as connection:
        known = wordings.history(connection, wording.key, language())
    newest, beside = known[0].number if known else 0, _beside(wording)
    # What was opened before somebody else saved meets theirs once it is saved.
    edited_from = request.form.get("number", newest, type=int)
    page = render_template(
        "admin/one_wording.html",
        wording=wording,
        text=words.text,
        taps=(taps := reworded.taps(wording, words, beside)),
        cards=reworded.cards(taps),
        is_changed=words != wording.now,
        problem=problem,
        conflict=reworded.compared(wording.now, words) if conflict else None,
        note=note,
        check=check,
        trial=tried or Trial(at=address(wording)),
        history=reworded.versions(wording, known),
        number=newest if conflict else edited_from,
        messages=seen(wording, words),
        most=LONGEST_ANSWER,
        beside=beside,
        **tongues(),
    )
    return make_response(page, status)


def address(wording: Wording) -> str:
    """Return where its form is, whatever the language."""
    return url_for("admin.one_wording", key=wording.key)


def _through(wording: Wording, words: Words, doing: str = "") -> str | None:
    """Return what is kept of why it is said so although something breaks."""
    if words == wording.now:
        return None
    return gate.through(change(wording, words), doing, _url(wording.key))


def _kept(wording: Wording, words: Words, despite: str | None) -> ResponseReturnValue:
    """Keep *words* as the newest wording; of what came with us nothing is kept."""
    edited_from = request.form.get("number", 0, type=int)
    moment, author, by = now(), staff().id, trace()
    kept, tongue = wording.changed(words), language()
    is_restored = kept == Words()
    action = Action.WORDING_RESTORED if is_restored else Action.WORDING_CHANGED

    def job(connection: Connection) -> bool:
        if wordings.newest(connection, wording.key, tongue) != edited_from:
            return False
        wordings.save(
            connection,
            wording.key,
            tongue,
            kept,
            now=moment,
            staff_id=author,
            note=despite,
        )
        told = {"language": tongue, **saving.reason(despite)}
        audit.note(connection, by, action, wording.key, **told)
        return True

    try:
        done = words == wording.now or parts().database.write(job)
    except IntegrityError:  # somebody saved the same number at the same moment
        done = False
    if not done:
        return form(found(wording.key), words, conflict=True, status=409)
    return redirect(_url(wording.key, note="saved"), 303)


def _url(key: str, note: str | None = None) -> str:
    return url_for("admin.one_wording", key=key, language=other(), note=note)


def _beside(wording: Wording) -> Wording | None:
    """Return the same wording in the shop's own language, to write beside it."""
    content = parts().content
    if other() is None:
        return None
    own = content.language if wording.key in _keys(content.language) else COMPLETE
    with parts().database.read() as connection:
        edited = wordings.edits_in(connection, own)
    return shipped.find(content.spoken[own], edited, wording.key)


def _keys(tongue: str) -> set[str]:
    return {one.key for one in shipped.wordings(parts().content.spoken[tongue], {})}

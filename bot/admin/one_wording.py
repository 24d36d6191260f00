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

from bot import saying
from bot.admin import (
    carried,
    doings,
    gate,
    misworded,
    on_buttons,
    reworded,
    shipped,
)
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
from bot.publishing import deeds
from bot.publishing import wordings as publishing
from bot.publishing.overtaken import OvertakenError
from bot.replies import Reply
from bot.store import undertaken, wordings
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.store.undertaken import What
from bot.store.wordings import Words
from bot.web.access import needs
from bot.web.current import parts

#: Stands in the preview for one that is filled in when it is said.
ADDRESS = "https://shop.example/"


@blueprint.get("/wording/<key>")
@needs(Role.EDITOR)
def one_wording(key: str) -> ResponseReturnValue:
    """Show one wording in its form."""
    wording, row = found(key), _undecided(key)
    if row is not None:
        return _waiting(wording, row)
    return form(wording, wording.now, note=request.args.get("note"))


def _undecided(key: str) -> AnyRow | None:
    """Return the words that wait for a decision, if the address names such."""
    number = request.args.get("undertaken", 0, type=int)
    with parts().database.read() as connection:
        row = undertaken.find(connection, number) if number else None
    is_it = row is not None and row.state is undertaken.State.HELD
    return row if row and is_it and row.question == key else None


def _waiting(wording: Wording, row: AnyRow) -> Response:
    """Return the form with words in it that wait for a decision, and with why."""
    what = undertaken.what(row)
    check = shown(parts().checks.gate(deeds.change(what), 0))
    return form(
        wording,
        wording.read(publishing.wording_of(what).words),
        check=None if check.waits else check,
        conflict=row.told["why"] == "saved",
        undecided=row,
    )


@blueprint.post("/wording/<key>")
@needs(Role.EDITOR)
def save_wording(key: str) -> ResponseReturnValue:
    """Save other words, unless somebody else did meanwhile."""
    wording = found(key)
    words = written(wording)
    problem = misworded.problem(wording, words, LONGEST_ANSWER)
    if problem is not None:
        return form(wording, words, problem=problem, status=422)
    what = _what(wording, words)
    try:
        return _kept(wording, words, what)
    except HeldError as held:
        return form(wording, words, check=shown(held.check), status=422)


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
    return _kept(wording, words, _what(wording, words, is_restored=True))


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
    """Return what it would be to say it so."""
    return Change(wording=reworded_as(wording, words))


def reworded_as(wording: Wording, words: Words) -> Reworded:
    """Return the words as they are kept; of what came with us nothing is."""
    kept = wording.changed(words)
    return Reworded(key=wording.key, language=language(), words=kept)


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
    undecided: AnyRow | None = None,
    status: int = 200,
) -> Response:
    """Return the form with these words in it."""
    with parts().database.read() as connection:
        known = wordings.history(connection, wording.key, language())
    newest, beside = known[0].number if known else 0, _beside(wording)
    # What was opened before somebody else saved meets theirs once it is saved.
    opened = undecided.change["edited_from"] if undecided else newest
    edited_from = request.form.get("number", opened, type=int)
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
        undecided=undecided.id if undecided else request.form.get("undertaken"),
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


def _what(wording: Wording, words: Words, *, is_restored: bool = False) -> What:
    """Return what it is to say it so."""
    new, edited_from = reworded_as(wording, words), _edited_from()
    return publishing.new(new, edited_from=edited_from, is_restored=is_restored)


def _edited_from() -> int:
    return request.form.get("number", 0, type=int)


def _kept(wording: Wording, words: Words, what: What) -> ResponseReturnValue:
    """Keep *words* as the newest wording; of what came with us nothing is kept."""
    if words == wording.now:
        carried.decided()
        return redirect(doings.after(what, {}), 303)
    despite = gate.through(what, _url(wording.key))
    try:
        told = carried.do(what, despite)
    except OvertakenError:
        return form(found(wording.key), words, conflict=True, status=409)
    return redirect(doings.after(what, told), 303)


def _url(key: str) -> str:
    return url_for("admin.one_wording", key=key, language=other())


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

"""Connect Pages: eight checks, what is wrong, how to mend it, and a test message."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from flask import Response, abort, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.admin.home import blueprint
from bot.connection import (
    approvals,
    checks,
    links,
    lost,
    mending,
    proof,
    results,
    resuming,
    trial,
    watch,
    words,
)
from bot.connection.line import Line
from bot.connection.results import Mend, Result, State, Step, not_run
from bot.connection.subscription import plain
from bot.messenger.errors import SendError
from bot.store import audit, health
from bot.store.audit import Action
from bot.store.people import Role
from bot.store.types import AnyRow
from bot.tongue import _, lazy, ngettext
from bot.web import names
from bot.web.access import needs
from bot.web.current import now, parts, signed_in, started_at, trace, wake

PAGE = "/admin/connect"
ACTIONS: Mapping[Mend, Action] = {
    Mend.SUBSCRIBE: Action.PAGE_SUBSCRIBED,
    Mend.MOVE: Action.PAGE_MOVED,
    Mend.PROFILE: Action.PAGE_PROFILE_SET,
}
DONE = {
    "checked": lazy("Checked just now."),
    "mended": lazy("Done, and checked again."),
}
#: Without these Facebook takes no message at all.
NEEDED_TO_SEND = (Step.APP, Step.TOKEN)
TESTED = "tested"
AGAIN = "again"
# What was done is said of a page that comes right after it, not of one that somebody
# loads again an hour later.
SAID_WITHIN = timedelta(minutes=1)


@blueprint.get("/connect")
@needs(Role.ADMIN)
def connection() -> ResponseReturnValue:
    """Show what the checks found last."""
    return _page(done=request.args.get("note", ""))


@blueprint.post("/connect/check")
@needs(Role.ADMIN)
def check_connection() -> ResponseReturnValue:
    """Make the eight checks now."""
    line = _line()
    _check(line)
    return _back(line, "checked")


@blueprint.post("/connect/mend")
@needs(Role.ADMIN)
def mend_connection() -> ResponseReturnValue:
    """Put right what we can put right ourselves, and check again."""
    wanted = request.form.get("mend", "")
    if wanted not in list(Mend):
        abort(400)
    mend, line, by = Mend(wanted), _line(), trace()
    try:
        mending.MENDS[mend](line)
    except SendError as error:
        return _page(
            error=_("Facebook refused: %(reason)s", reason=plain(error)), status=422
        )
    page_id = line.page_id
    parts().database.write(lambda c: audit.note(c, by, ACTIONS[mend], page_id))
    _check(line)
    return _back(line, "mended")


@blueprint.post("/connect/test")
@needs(Role.ADMIN)
def send_test() -> ResponseReturnValue:
    """Send the test message to somebody who has written, and see what becomes of it."""
    chosen = request.form.get("conversation", type=int)
    text, line, by = parts().content.profile.test_message, _line(), trace()
    page_id = line.page_id
    unknown = _("Choose somebody who has written to the Page today.")

    def job(connection: Connection) -> str | None:
        known = [row.id for row in trial.testers(connection, page_id, line.now)]
        if chosen is None or chosen not in known:
            return unknown
        held = trial.owe(connection, chosen, line, text)
        if held is None:
            audit.note(connection, by, Action.PAGE_TESTED, page_id)
        return held

    error = parts().database.write(job)
    if error is not None or chosen is None:
        return _page(error=error, status=422)
    wake(chosen)
    trial.await_end(parts().database, page_id)
    _check(line)
    return _back(line, TESTED)


@blueprint.post("/connect/again")
@needs(Role.ADMIN)
def send_again() -> ResponseReturnValue:
    """Send once more what was refused for a fault that is mended by now."""
    line, by = _line(), trace()

    def job(connection: Connection) -> Sequence[int]:
        whose = lost.send_again(connection, line)
        if whose:
            audit.note(connection, by, Action.ANSWERS_SENT_AGAIN, line.page_id)
        return whose

    for conversation in parts().database.write(job):
        wake(conversation)
    return _back(line, AGAIN)


@blueprint.app_template_global("broken_pages")
def broken_pages() -> Sequence[AnyRow]:
    """Return the Pages whose connection is broken, for the banner of every page."""
    if signed_in() is None:
        return []
    if "broken_pages" not in g:  # the bar and the banner ask, each on every page
        g.broken_pages = _broken_pages()
    found: Sequence[AnyRow] = g.broken_pages
    return found


@blueprint.app_template_global("connection_reds")
def connection_reds() -> int:
    """Return how much is wrong with the connections of all Pages together."""
    return sum(row.reds for row in broken_pages())


@blueprint.app_template_global("has_several_pages")
def has_several_pages() -> bool:
    """Return whether one must say which Page is meant."""
    return len(parts().settings.pages) > 1


blueprint.add_app_template_filter(links.linked, "linked")


def _broken_pages() -> Sequence[AnyRow]:
    try:
        with parts().database.read() as connection:
            return health.broken(connection, parts().settings.page_ids)
    except SQLAlchemyError:
        return []  # the page of that very error has a banner too


def _line() -> Line:
    """Return the line of the Page that is chosen: the first, until somebody does."""
    ours, wanted = parts().settings.pages, request.values.get("page")
    if not wanted:
        return parts().line(ours[0])
    chosen = next((one for one in ours if one.page_id == wanted), None)
    if chosen is None:
        abort(404)
    return parts().line(chosen)


def _back(line: Line, note: str) -> ResponseReturnValue:
    """Go back to the page of a Page, and say there what was done."""
    return redirect(f"{PAGE}?{urlencode({'note': note, **_chosen(line)})}", 303)


def _chosen(line: Line) -> Mapping[str, str]:
    """Return what an address carries so that it is about a Page, if it must."""
    return {"page": line.page_id} if has_several_pages() else {}


def _check(line: Line) -> None:
    found = list(checks.run(line))
    if resuming.tried(line, found):
        found = list(checks.run(line))
    checks.keep(line, found)
    _learn_templates(line, found)


def _learn_templates(line: Line, found: Sequence[Result]) -> None:
    """Look how the templates stand, unless the Page's token is red anyway."""
    if any(one.step is Step.TOKEN and one.state is State.GREEN for one in found):
        with suppress(SendError):  # the server asks again within the hour
            approvals.learn(line)


def _page(*, done: str = "", error: str | None = None, status: int = 200) -> Response:
    line = _line()
    with parts().database.read() as connection:
        last = health.last(connection, line.page_id)
        people = trial.testers(connection, line.page_id, now())
        well, note, raw = _note(connection, line, done, last)
        next_try = resuming.next_try(connection, line.page_id)
        refused = lost.count(connection, line)
        templates = approvals.known(connection, line.settings, line.page_id)
        choices = _choices(connection)
    found = _results(last)
    reds = [result for result in found if result.state is State.RED]
    made = render_template(
        "admin/connect.html",
        page_id=line.page_id,
        choices=choices,
        proof=proof.seen(line, started_at()) if last else None,
        results=found,
        checked_at=last.checked_at if last else None,
        counted=results.counted(found),
        next_at=watch.next_at(last.checked_at, last.reds) if last else None,
        refused=lost.told(refused) if refused else None,
        settings=parts().settings,
        reds=last.reds if last else 0,
        first_red=next(iter(reds), None),
        shut_by=next((one for one in reds if one.step in NEEDED_TO_SEND), None),
        templates=templates,
        cure=str(approvals.CURE) if any(one.is_refused for one in templates) else None,
        test_message=parts().content.profile.test_message,
        settings_file=Path(".env").absolute(),
        write_at=_write_at(line),
        people=[_person(row) for row in people],
        note=note,
        raw=raw,
        next_try=next_try,
        well=well,
        error=error,
    )
    return make_response(made, status)


def _note(
    connection: Connection, line: Line, done: str, last: AnyRow | None
) -> tuple[bool, str | None, str]:
    """Return if all is well, what to say of what was done, and Facebook's words."""
    if done == AGAIN:
        said = _("They are being sent again; their threads say what comes of it.")
        return True, said, ""
    if last is None or now() - last.checked_at > SAID_WITHIN:
        return True, None, ""
    if done == TESTED:
        came = trial.outcome(connection, line.page_id)
    elif done in DONE:
        came = trial.Outcome(is_sent=True, said=str(DONE[done]))
    else:
        return True, None, ""
    said = f"{came.said} {_broken(last.reds)}".rstrip()
    return came.is_sent and last.reds == 0, said, came.raw


def _broken(reds: int) -> str:
    """Return how many are red; that nothing is, is said with what that is worth."""
    if reds == 0:
        return ""
    return ngettext("%(num)s check is red.", "%(num)s checks are red.", reds)


def _choices(connection: Connection) -> Sequence[Mapping[str, object]]:
    """Return the Pages one may choose from, and how each stands; one is no choice."""
    page_ids = parts().settings.page_ids
    if not has_several_pages():
        return []
    known = health.standings(connection, page_ids)
    return [_choice(one, known.get(one)) for one in page_ids]


def _choice(page_id: str, row: AnyRow | None) -> Mapping[str, object]:
    if row is None or row.checked_at is None:
        state, reds = State.NOT_RUN, 0
    else:
        state, reds = State.RED if row.reds else State.GREEN, row.reds
    name = row.name if row is not None else None
    return {"page_id": page_id, "name": name, "state": state.value, "reds": reds}


def _write_at(line: Line) -> str:
    """Return where one writes to the Page: in the demo, on its phone."""
    return line.settings.demo_phone or f"https://m.me/{line.page_id}"


def _person(row: AnyRow) -> Mapping[str, object]:
    called = names.customer(row.name, row.customer_id)
    return {"id": row.id, "called": called, "at": row.last_heard_at}


def _results(last: AnyRow | None) -> list[Result]:
    """Return all eight, as they were found or as not made yet."""
    stored = results.from_json(last.results) if last else []
    known = {result.step: result for result in stored}
    return [
        known.get(step) or not_run(step, "unmade", about=words.ABOUT[step])
        for step in Step
    ]

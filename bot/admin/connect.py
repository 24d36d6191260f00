"""Connect a Page: eight checks, what is wrong, how to mend it, and a test message."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

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
from bot.settings import Settings
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
    _check()
    return redirect(f"{PAGE}?note=checked", 303)


@blueprint.post("/connect/mend")
@needs(Role.ADMIN)
def mend_connection() -> ResponseReturnValue:
    """Put right what we can put right ourselves, and check again."""
    wanted = request.form.get("mend", "")
    if wanted not in list(Mend):
        abort(400)
    mend, by = Mend(wanted), trace()
    try:
        mending.MENDS[mend](parts().line())
    except SendError as error:
        return _page(
            error=_("Facebook refused: %(reason)s", reason=plain(error)), status=422
        )
    page_id = parts().settings.page_id
    parts().database.write(lambda c: audit.note(c, by, ACTIONS[mend], page_id))
    _check()
    return redirect(f"{PAGE}?note=mended", 303)


@blueprint.post("/connect/test")
@needs(Role.ADMIN)
def send_test() -> ResponseReturnValue:
    """Send the test message to somebody who has written, and see what becomes of it."""
    chosen = request.form.get("conversation", type=int)
    text, line, by = parts().content.profile.test_message, parts().line(), trace()
    page_id = line.settings.page_id
    unknown = _("Choose somebody who has written to the Page today.")

    def job(connection: Connection) -> str | None:
        known = [row.id for row in trial.testers(connection, line.now)]
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
    _check()
    return redirect(f"{PAGE}?note={TESTED}", 303)


@blueprint.post("/connect/again")
@needs(Role.ADMIN)
def send_again() -> ResponseReturnValue:
    """Send once more what was refused for a fault that is mended by now."""
    line, by = parts().line(), trace()

    def job(connection: Connection) -> Sequence[int]:
        whose = lost.send_again(connection, line)
        if whose:
            page_id = line.settings.page_id
            audit.note(connection, by, Action.ANSWERS_SENT_AGAIN, page_id)
        return whose

    for conversation in parts().database.write(job):
        wake(conversation)
    return redirect(f"{PAGE}?note={AGAIN}", 303)


@blueprint.app_template_global("connection_reds")
def connection_reds() -> int:
    """Return how much is wrong with the connection, for the banner of every page."""
    if signed_in() is None:
        return 0
    if "connection_reds" not in g:  # the bar and the banner ask, each on every page
        g.connection_reds = _reds()
    reds: int = g.connection_reds
    return reds


blueprint.add_app_template_filter(links.linked, "linked")


def _reds() -> int:
    try:
        with parts().database.read() as connection:
            return health.reds(connection, parts().settings.page_id)
    except SQLAlchemyError:
        return 0  # the page of that very error has a banner too


def _check() -> None:
    line = parts().line()
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
    with parts().database.read() as connection:
        last = health.last(connection, parts().settings.page_id)
        people = trial.testers(connection, now())
        well, note = _note(connection, done, last)
        next_try = resuming.next_try(connection, parts().settings.page_id)
        refused = lost.count(connection, parts().line())
        templates = approvals.known(connection, parts().settings)
    found = _results(last)
    reds = [result for result in found if result.state is State.RED]
    made = render_template(
        "admin/connect.html",
        proof=proof.seen(parts().line(), started_at()) if last else None,
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
        write_at=_write_at(parts().settings),
        people=[_person(row) for row in people],
        note=note,
        next_try=next_try,
        well=well,
        error=error,
    )
    return make_response(made, status)


def _note(
    connection: Connection, done: str, last: AnyRow | None
) -> tuple[bool, str | None]:
    """Return what to say of what was just done and is broken, and if all is well."""
    if done == AGAIN:
        return True, _("They are being sent again; their threads say what comes of it.")
    if last is None or now() - last.checked_at > SAID_WITHIN:
        return True, None
    if done == TESTED:
        sent, said = trial.outcome(connection, parts().settings.page_id)
    elif done in DONE:
        sent, said = True, str(DONE[done])
    else:
        return True, None
    return sent and last.reds == 0, f"{said} {_broken(last.reds)}".rstrip()


def _broken(reds: int) -> str:
    """Return how many are red; that nothing is, is said with what that is worth."""
    if reds == 0:
        return ""
    return ngettext("%(num)s check is red.", "%(num)s checks are red.", reds)


def _write_at(settings: Settings) -> str:
    """Return where one writes to the Page: in the demo, on its phone."""
    return settings.demo_phone or f"https://m.me/{settings.page_id}"


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

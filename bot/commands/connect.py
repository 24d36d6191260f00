"""Connect the Page: put right what can be put right from here, and check all eight."""

import json
from collections.abc import Sequence
from typing import Any

import click

from bot.commands import environment
from bot.commands.checked import connected, lines
from bot.connection import (
    approvals,
    checks,
    lost,
    mending,
    proof,
    results,
    resuming,
    trial,
)
from bot.connection.line import Line
from bot.connection.results import Mend, Result, State, Step
from bot.connection.subscription import plain
from bot.messenger.errors import SendError

BY_ITSELF = (Mend.SUBSCRIBE, Mend.PROFILE)


@click.command()
@click.option(
    "--move-webhook",
    is_flag=True,
    help="Bring the app's events here even if they go to another address now.",
)
@click.option(
    "--test-to",
    type=int,
    metavar="CONVERSATION",
    help="Send the test message there; the number is in the inbox's address.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
def connect(*, move_webhook: bool, test_to: int | None, as_json: bool) -> None:
    """Subscribe the Page, set up its menu, and make the eight checks.

    A server must run (`frontdesk run`): Facebook calls it while this runs. Exit
    status 0 only if all eight are right.
    """
    with connected() as line:
        done = _mended(line, move=move_webhook)
        if test_to is not None and _was_sent(line, test_to):
            done.append("test")
        found = list(checks.run(line))
        checks.keep(line, found)
        waits = [*_unproved(line, found), *_waits(line), *_templates(line, found)]
    report(found, done, waits, as_json=as_json)


def report(
    found: Sequence[Result],
    done: Sequence[str],
    waits: Sequence[str] = (),
    *,
    as_json: bool,
) -> None:
    """Print what was done, was found and *waits*; end with 1 unless all is well."""
    well = checks.all_well(list(found))
    if as_json:
        facts: dict[str, Any] = {"all_well": well, "done": list(done)}
        facts["checks"] = [result.facts() for result in found]
        facts["waits"] = list(waits)
        click.echo(json.dumps(facts))
    else:
        click.echo("\n".join([results.counted(found), *lines(found), *waits]))
    if not well:
        raise SystemExit(1)


def _unproved(line: Line, found: Sequence[Result]) -> Sequence[str]:
    """Return what only messages show and none has shown lately, unless it is red."""
    if not checks.all_well([*found]):
        return []
    return proof.seen(line).said


def _waits(line: Line) -> list[str]:
    """Return when sending is tried again, and what can be sent again, if anything."""
    with line.database.read() as connection:
        next_try = resuming.next_try(connection, line.settings.page_id)
        refused = lost.count(connection, line)
    again = f"{lost.told(refused)} An admin sends them again under Connect a Page."
    return [*filter(None, [next_try, again if refused else None])]


def _templates(line: Line, found: Sequence[Result]) -> Sequence[str]:
    """Make the templates that are missing, and return how all of them stand."""
    if any(one.step is Step.TOKEN and one.state is not State.GREEN for one in found):
        return []
    try:
        approvals.learn(line)
    except SendError as error:
        return [f"Messenger does not say how the templates stand: {plain(error)}"]
    with line.database.read() as connection:
        return [*approvals.lines(approvals.known(connection, line.settings))]


def _mended(line: Line, *, move: bool) -> list[str]:
    """Mend what a first round of checks found; return what was done."""
    allowed = (*BY_ITSELF, Mend.MOVE) if move else BY_ITSELF
    done = []
    found = list(checks.run(line))
    resuming.tried(line, found)
    for result in found:
        if result.mend in allowed and result.mend is not None:
            _mend(line, result.mend)
            done.append(result.mend.value)
    return done


def _mend(line: Line, mend: Mend) -> None:
    try:
        mending.MENDS[mend](line)
    except SendError as error:
        raise click.ClickException(f"Facebook refused: {plain(error)}") from None


def _was_sent(line: Line, conversation: int) -> bool:
    """Send the test message if it can go out; say so if Messenger did not take it."""
    with line.database.read() as connection:
        known = [row.id for row in trial.testers(connection, line.now)]
    if conversation not in known:
        listed = ", ".join(map(str, known)) or "none"
        raise environment.Refused(
            f"nobody wrote in conversation {conversation} today; who did: {listed}"
        )
    text, page_id = line.profile.test_message, line.settings.page_id
    said = line.database.write(lambda c: trial.owe(c, conversation, line, text))
    sent = False
    if said is None:
        trial.await_end(line.database, page_id)
        with line.database.read() as connection:
            sent, said = trial.outcome(connection, page_id)
    if not sent:
        click.echo(said, err=True)
    return sent

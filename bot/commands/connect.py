"""Connect the Pages: put right what can be put right from here, and check all eight."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from bot.commands import environment
from bot.commands.checked import connected, heading, lines
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
    """Subscribe each Page, set up its menu, and make the eight checks.

    A server must run (`frontdesk run`): Facebook calls it while this runs. Exit
    status 0 only if all eight are right.
    """
    with connected() as ours:
        tester = None if test_to is None else _whose(ours, test_to)
        made = []
        for line in ours:
            wanted = test_to if line is tester else None
            made.append(_connected(line, wanted, move=move_webhook))
    report(made, as_json=as_json)


@dataclass(frozen=True, kw_only=True)
class Connected:
    """What was done for a Page, what its checks found, and what *waits*."""

    page_id: str
    #: What it is called where there are several.
    heading: str
    found: Sequence[Result]
    done: Sequence[str]
    waits: Sequence[str] = ()

    @property
    def is_well(self) -> bool:
        """Whether every check is content."""
        return checks.all_well([*self.found])

    @property
    def facts(self) -> dict[str, Any]:
        """Return what JSON says of it."""
        return {
            "all_well": self.is_well,
            "done": [*self.done],
            "checks": [result.facts() for result in self.found],
            "waits": [*self.waits],
        }

    @property
    def said(self) -> str:
        """Return what a terminal shows of it."""
        counted = results.counted(self.found)
        return "\n".join([counted, *lines(self.found), *self.waits])


def report(made: Sequence[Connected], *, as_json: bool) -> None:
    """Print what was done and found, Page by Page; end with 1 unless all is well."""
    well = all(one.is_well for one in made)
    if as_json:
        told = [{"page_id": one.page_id, **one.facts} for one in made]
        several = {"all_well": well, "pages": told}
        click.echo(json.dumps(made[0].facts if len(made) == 1 else several))
    elif len(made) == 1:
        click.echo(made[0].said)
    else:
        click.echo("\n\n".join(f"{one.heading}\n{one.said}" for one in made))
    if not well:
        raise SystemExit(1)


def _connected(line: Line, test_to: int | None, *, move: bool) -> Connected:
    """Put a Page right, send a test message if one is wanted, and check all eight."""
    done = _mended(line, move=move)
    if test_to is not None and _was_sent(line, test_to):
        done.append("test")
    found = list(checks.run(line))
    checks.keep(line, found)
    waits = [*_unproved(line, found), *_waits(line), *_templates(line, found)]
    return Connected(
        page_id=line.page_id,
        heading=heading(line),
        found=found,
        done=done,
        waits=waits,
    )


def _unproved(line: Line, found: Sequence[Result]) -> Sequence[str]:
    """Return what only messages show and none has shown lately, unless it is red."""
    if not checks.all_well([*found]):
        return []
    return proof.seen(line).said


def _waits(line: Line) -> list[str]:
    """Return when sending is tried again, and what can be sent again, if anything."""
    with line.database.read() as connection:
        next_try = resuming.next_try(connection, line.page_id)
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
        known = approvals.known(connection, line.settings, line.page_id)
    return [*approvals.lines(known)]


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


def _whose(ours: Sequence[Line], conversation: int) -> Line:
    """Return the line of the Page to which somebody wrote in a conversation today."""
    listed: list[str] = []
    for line in ours:
        with line.database.read() as connection:
            rows = trial.testers(connection, line.page_id, line.now)
        if conversation in [row.id for row in rows]:
            return line
        listed += [str(row.id) for row in rows]
    raise environment.Refused(
        f"nobody wrote in conversation {conversation} today; "
        f"who did: {', '.join(listed) or 'none'}"
    )


def _was_sent(line: Line, conversation: int) -> bool:
    """Send the test message; say so if Messenger did not take it."""
    text, page_id = line.profile.test_message, line.page_id
    said = line.database.write(lambda c: trial.owe(c, conversation, line, text))
    sent = False
    if said is None:
        trial.await_end(line.database, page_id)
        with line.database.read() as connection:
            came = trial.outcome(connection, page_id)
        sent, said = came.is_sent, " ".join(filter(None, [came.said, came.raw]))
    if not sent:
        click.echo(said, err=True)
    return sent

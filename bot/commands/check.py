"""Look at a shop's own files before anything is started with them: `check`."""

from collections.abc import Iterable
from typing import NoReturn

import click

from bot import content, lint
from bot.commands import environment
from bot.content import Content
from bot.scripts import files as scripts
from flows.files import DataError
from intents.examples import TrainingDataError


@click.command()
@click.option("--strict", is_flag=True, help="Fail on notes as well.")
def check(strict: bool) -> None:
    """Look for mistakes in flows, responses, phrasings and scripts; start nothing.

    What would stop a start or a script is named with its cure and ends with status 1;
    what only looks wrong is a note.
    """
    settings = environment.offline()
    try:
        written = content.of(settings)
    except DataError as error:
        _refuse(error.problems)
    except TrainingDataError as error:
        _refuse([str(error)])
    problems = scripts.load(written.scripts).problems
    notes = lint.notes(written)
    for line in (*problems, *(f"note: {one}" for one in notes)):
        click.echo(line)
    if problems or (strict and notes):
        raise SystemExit(1)
    click.echo(_counted(written))


def _refuse(problems: Iterable[str]) -> NoReturn:
    for problem in problems:
        click.echo(problem)
    raise SystemExit(1)


def _counted(written: Content) -> str:
    flows = written.flows.by_id.values()
    steps = sum(len(flow.steps) for flow in flows)
    spoken = f"{len(written.responses.by_name)} responses"
    return f"{len(flows)} flows of {steps} steps and {spoken} hold together"

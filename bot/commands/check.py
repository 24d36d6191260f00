"""Look at a shop's own files before anything is started with them: `check`."""

from collections.abc import Iterable, Iterator
from typing import NoReturn

import click

from bot import content, lint
from bot.commands import environment
from bot.content import Content
from bot.phrasings import said_in
from bot.scripts import files as scripts
from flows.files import DataError
from intents.examples import TrainingDataError, load
from intents.mistaken import mistaken, places


@click.command()
@click.option("--strict", is_flag=True, help="Fail on notes as well.")
@click.option(
    "--phrasings",
    is_flag=True,
    help="Learn, and name what may be under a wrong intent.",
)
def check(strict: bool, phrasings: bool) -> None:
    """Look for mistakes in flows, responses, phrasings and scripts; start nothing.

    What would stop a start or a script is named with its cure and ends with status 1;
    what only looks wrong is a note. With --phrasings each language is learned ten
    times, in seconds, and each phrasing read by what was learned without it: those
    that are surely taken for something else are told, ours too. They stop nothing:
    many are right, and only hard.
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
    if phrasings:
        for line in _mistaken(written):
            click.echo(line)
    if problems or (strict and notes):
        raise SystemExit(1)
    click.echo(_counted(written))


def _mistaken(written: Content) -> Iterator[str]:
    """Yield the phrasings that are surely taken for another intent than theirs."""
    for language in written.languages:
        lines = [*said_in(written, language)]
        paths = dict.fromkeys(one.path for one in lines)
        where = places(lines)
        for example, other in mistaken(load(paths), language):
            line = where[example]
            yield (
                f"perhaps: {line.path}:{line.line}: '{line.text}' stands under "
                f"'{line.name}' and reads like '{other}'; move it if it means that"
            )


def _refuse(problems: Iterable[str]) -> NoReturn:
    for problem in problems:
        click.echo(problem)
    raise SystemExit(1)


def _counted(written: Content) -> str:
    flows = written.flows.by_id.values()
    steps = sum(len(flow.steps) for flow in flows)
    spoken = f"{len(written.responses.by_name)} responses"
    return f"{len(flows)} flows of {steps} steps and {spoken} hold together"

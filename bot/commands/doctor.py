"""Is this installation sound? Settings, folder, files, database, tables, broker.

With --live the eight checks of the connection as well.
"""

import json
from contextlib import closing
from dataclasses import asdict
from typing import Any

import click

from bot.commands.checked import line, lines
from bot.commands.health import machine, shop, tables
from bot.commands.health.finding import Finding
from bot.connection import checks
from bot.connection.results import Result
from bot.store.database import open_database


@click.command()
@click.option("--live", is_flag=True, help="Check the connection to Facebook as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
def doctor(*, live: bool, as_json: bool) -> None:
    """Check settings, folders, servers and files; each line says how to mend it.

    Exit status 0 only if all is well.
    """
    found: list[Finding] = []
    results: list[Result] = []
    settings = machine.settings(found)
    if settings is not None:
        found.append(machine.disk(settings))
        found += machine.embeddings(settings)
        written = machine.files(settings, found)
        with closing(open_database(settings.database_url)) as database:
            found += tables.database(settings, database, written)
            found += machine.broker(settings)
            found += shop.orders(settings)
            found += shop.products(settings)
            found += shop.mail(settings)
            if live and all(finding.well for finding in found):
                results = list(checks.run(line(settings, database)))
            found += tables.templates(settings, database, results)
    well = all(finding.well for finding in found)
    well = well and (checks.all_well(results) if live else True)
    _print(found, results, well=well, as_json=as_json)
    if not well:
        raise SystemExit(1)


def _print(
    found: list[Finding], results: list[Result], *, well: bool, as_json: bool
) -> None:
    if as_json:
        facts: dict[str, Any] = {
            "all_well": well,
            "local": [asdict(finding) for finding in found],
            "checks": [result.facts() for result in results],
        }
        click.echo(json.dumps(facts))
        return
    for finding in found:
        click.echo(f"{'ok' if finding.well else 'RED':4}{finding.name}: {finding.said}")
        if not finding.well:
            click.echo(f"      {finding.cure}")
        for note in finding.notes:
            click.echo(f"      note: {note}")
    for text in lines(results):
        click.echo(text)

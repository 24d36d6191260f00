"""Is this installation sound? Settings, folder, files, database, tables, broker.

With --live the eight checks of the connection as well.
"""

import json
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

import click

from bot.commands.checked import heading, line_of, lines
from bot.commands.health import machine, shop, tables
from bot.commands.health.finding import Finding
from bot.connection import checks
from bot.connection.line import Line
from bot.connection.results import Result
from bot.settings import OurPage
from bot.store.database import open_database


@click.command()
@click.option("--live", is_flag=True, help="Check the connection to Facebook as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
def doctor(*, live: bool, as_json: bool) -> None:
    """Check settings, folders, servers and files; each line says how to mend it.

    Exit status 0 only if all is well.
    """
    found: list[Finding] = []
    live_found: list[Checked] = []
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
                ours = settings.pages
                live_found = [_checked(line_of(settings, database, o)) for o in ours]
            for one in settings.pages:
                results = _of(one, live_found)
                found += tables.templates(settings, database, one, results)
    well = all(finding.well for finding in found)
    well = well and (not live or _all_well(live_found))
    _print(found, live_found, well=well, as_json=as_json)
    if not well:
        raise SystemExit(1)


@dataclass(frozen=True)
class Checked:
    """What the eight checks of a Page found."""

    page_id: str
    heading: str
    results: list[Result]


def _checked(line: Line) -> Checked:
    results = list(checks.run(line))
    return Checked(line.page_id, heading(line), results)


def _of(ours: OurPage, live: list[Checked]) -> list[Result]:
    """Return what was found of a Page, nothing if it was not checked."""
    found = (one.results for one in live if one.page_id == ours.page_id)
    return next(found, [])


def _all_well(live: list[Checked]) -> bool:
    """Return whether each Page was checked and is all right."""
    return bool(live) and all(checks.all_well(one.results) for one in live)


def _facts(live: list[Checked]) -> dict[str, Any]:
    """Return what JSON says of the checks: of several Pages, Page by Page."""
    told = [
        {"page_id": one.page_id, "checks": [result.facts() for result in one.results]}
        for one in live
    ]
    return {"pages": told} if len(told) > 1 else {"checks": _only(told)}


def _only(told: list[dict[str, Any]]) -> list[Any]:
    return told[0]["checks"] if told else []


def _print(
    found: list[Finding], live: list[Checked], *, well: bool, as_json: bool
) -> None:
    if as_json:
        local = [asdict(finding) for finding in found]
        facts = {"all_well": well, "local": local, **_facts(live)}
        click.echo(json.dumps(facts))
        return
    for finding in found:
        click.echo(f"{'ok' if finding.well else 'RED':4}{finding.name}: {finding.said}")
        if not finding.well:
            click.echo(f"      {finding.cure}")
        for note in finding.notes:
            click.echo(f"      note: {note}")
    for one in live:
        if len(live) > 1:
            click.echo(f"\n{one.heading}")
        for text in lines(one.results):
            click.echo(text)

"""Play conversation scripts against the assistant as it is: `test`."""

import json
import logging
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from bot import logs, program
from bot.assistants import Assistants
from bot.commands import environment
from bot.commands.junit import report
from bot.scripts import coverage as covering
from bot.scripts import files, telling
from bot.scripts.coverage import Covered, covered
from bot.scripts.files import Library
from bot.scripts.player import Break, Performance, perform
from bot.starting import named
from bot.store import faq
from bot.understanding import NoModelError
from bot.wiring import Parts, build

FILE = click.Path(dir_okay=False, path_type=Path)
CHANGED = "phrasings changed since the model was trained"


@dataclass(frozen=True, kw_only=True)
class Played:
    """What came of all scripts."""

    performed: Sequence[Performance]
    broken: Sequence[Break]
    #: Those that need an answer which is not published: nothing is wrong with them.
    waiting: Sequence[Break]
    problems: Sequence[str]
    #: Why what was learned since is not heard yet; "" if nothing was.
    untrained: str = ""

    def cure(self, broken: Break) -> str:
        """Return what to do about a script: before all else, train what is new."""
        is_there = broken.lack is None
        return self.untrained if is_there and self.untrained else telling.cure(broken)

    @property
    def held(self) -> bool:
        """Return whether every script could be read, and held."""
        return not self.broken and not self.problems


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
@click.option("--junit", type=FILE, help="Write what came of it for a build server.")
@click.option("--coverage", is_flag=True, help="Tell which steps of flows are played.")
def test(
    name: str | None,
    as_json: bool,
    junit: Path | None,
    coverage: bool,
) -> None:
    """Play the conversation scripts, all or those with NAME in file or title."""
    logs.configure(logging.ERROR)
    with (
        environment.refusing(),
        named(),
        closing(build(environment.offline())) as all_,
    ):
        library = _library(all_, name or "")
        assistants = _assistants(all_)
        with all_.database.read() as connection:
            entries = faq.names(connection)
        found = _played(library, assistants, entries)
        if all_.teaching.phrasings_changed():
            train = f"run `{program.command('train')}`"
            click.echo(f"{CHANGED}: {train}", err=True)
            found = replace(found, untrained=f"{CHANGED.capitalize()}: {train} first.")
    if junit is not None:
        told = report(found.performed, found.waiting, found.problems, found.cure)
        junit.write_text(told, encoding="utf-8")
    steps = covered(found.performed, assistants.flows) if coverage else []
    click.echo(_json(found, steps) if as_json else "\n".join(_lines(found, steps)))
    if not found.held:
        raise SystemExit(1)


def _library(parts: Parts, name: str) -> Library:
    content = parts.content
    library = files.load(content.scripts)
    wanted = Library(
        tuple(one for one in library.scripts if name.casefold() in one.name.casefold()),
        library.problems,
    )
    found = wanted.in_languages(content.languages)
    if wanted.scripts and not found.scripts:
        raise click.ClickException(
            f"'{name}' is for the languages {', '.join(wanted.scripts[0].languages)}; "
            f"this shop offers {', '.join(content.languages)} (FRONTDESK_LANGUAGES)"
        )
    if not wanted.scripts and not library.problems:
        raise click.ClickException(f"no script has '{name}' in its file or title")
    return found


def _assistants(parts: Parts) -> Assistants:
    """Return the assistant as it is live; a first start makes one."""
    try:
        parts.understanding.refresh()
        return parts.understanding.assistants
    except NoModelError:
        parts.teaching.prepare(live=parts.settings.demo)
        parts.understanding.refresh()
        return parts.understanding.assistants


def _played(
    library: Library, assistants: Assistants, entries: Collection[str]
) -> Played:
    performed = [perform(script, assistants) for script in library.scripts]
    fell = [one.broken for one in performed if one.broken is not None]
    return Played(
        performed=performed,
        broken=[one for one in fell if not one.waits_for(entries)],
        waiting=[one for one in fell if one.waits_for(entries)],
        problems=library.problems,
    )


def _lines(found: Played, steps: Sequence[Covered]) -> Sequence[str]:
    told = [line for broken in found.broken for line in _told(broken, found)]
    waits = Counter(map(telling.waits, found.waiting))
    waiting = [f"{said} Scripts that need it: {count}" for said, count in waits.items()]
    count = len(found.performed)
    held = count - len(found.broken) - len(found.waiting)
    counted = f"{held} of {count} scripts hold"
    if waiting:
        counted = f"{counted}, {len(found.waiting)} wait"
    passed = covering.told(steps) if steps else ()
    return [*found.problems, *told, *waiting, *passed, counted]


def _told(broken: Break, found: Played) -> Sequence[str]:
    return [
        f"{telling.where(broken)}: {broken.script.title}",
        f"    expected  {broken.step.written}",
        f"    came      {telling.came(broken)}",
        f"    {telling.understood(broken)}",
        f"    {found.cure(broken)}",
    ]


def _json(found: Played, steps: Sequence[Covered]) -> str:
    told = {"steps": [asdict(one) for one in steps]} if steps else {}
    return json.dumps({**_facts(found), **told})


def _facts(found: Played) -> dict[str, object]:
    broken = [
        {
            "script": one.script.name,
            "line": one.step.line,
            "step": one.step.number,
            "expected": one.step.written,
            "came": list(one.came),
            "cure": found.cure(one),
        }
        for one in found.broken
    ]
    waiting = [
        {"script": one.script.name, "line": one.lack.line, "for": one.lack.name}
        for one in found.waiting
        if one.lack is not None
    ]
    return {
        "played": len(found.performed),
        "broken": broken,
        "waiting": waiting,
        "problems": list(found.problems),
    }

"""Post recorded webhook bodies, signed, and check what comes of them."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click
import requests

from bot.clock import system_clock
from bot.commands import books, environment, recordings, signatures
from bot.commands.books import Check, Kind
from bot.commands.posting import Poster
from bot.commands.recordings import FolderError, Recordings, Vector
from bot.commands.signatures import Tried
from bot.commands.stage import Stage, local_session, server, stage
from bot.store.database import open_database
from webhooks.events import Event
from webhooks.parser import parse


@dataclass(kw_only=True)
class Report:
    """What was posted, and what came of it."""

    folder: str
    posted: int
    not_inbound: Mapping[str, int]
    statuses: Mapping[int, int] = field(default_factory=dict)
    kinds: Sequence[Kind] = ()
    checks: list[Check] = field(default_factory=list)
    signatures: Sequence[Tried] = ()
    unusable: Sequence[Vector] = ()

    @property
    def held(self) -> bool:
        """Whether every check held."""
        return all(check.held for check in self.checks)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--url", help="A running server, such as https://desk.example.com.")
@click.option(
    "--app-secret",
    help="The app secret of the server at --url; FACEBOOK_APP_SECRET if not given.",
)
@click.option(
    "--database-url",
    help="An empty database for our own server; SQLite if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def replay(
    folder: Path,
    url: str | None,
    app_secret: str | None,
    database_url: str | None,
    *,
    as_json: bool,
) -> None:
    """Post the recorded payloads of DIR, signed; check that none is lost or harms.

    DIR is yours to bring. Its SOURCES.csv has the columns file and level: webhook for
    a whole body, entry, event or change for a part of one, raw for bytes that need not
    be JSON; request, response and error are left out. Frontdesk starts a
    server and an emulated Messenger of its own for this, and ends them. With --url
    the bodies go to a server that runs already, and only its answers are checked.
    """
    secret = _app_secret(url, app_secret)
    found, vectors = _load(folder)
    report = Report(
        folder=str(folder), posted=len(found.bodies), not_inbound=found.others
    )
    signal.signal(signal.SIGTERM, _leave)
    if url is None:
        _rehearse(found, vectors, report, database_url)
    else:
        _post_to(url, secret, found, report)
    click.echo(json.dumps(_facts(report)) if as_json else "\n".join(_lines(report)))
    if not report.held:
        raise SystemExit(1)


def _app_secret(url: str | None, given: str | None) -> str:
    """Return what bodies for *url* are signed with."""
    if url is None and given is not None:
        raise environment.Refused("--app-secret is for --url: give that as well")
    secret = given or os.environ.get("FACEBOOK_APP_SECRET", "").split(",")[0].strip()
    if url is not None and not secret:
        raise environment.Refused(
            "--url needs the app secret of that server: give --app-secret, "
            "or set FACEBOOK_APP_SECRET"
        )
    return secret


def _leave(number: int, frame: object) -> None:
    """End as if interrupted, so that what we started ends with us."""
    raise SystemExit(128 + number)


def _load(folder: Path) -> tuple[Recordings, list[Vector]]:
    try:
        return recordings.load(folder), recordings.vectors(folder)
    except FolderError as error:
        raise environment.Refused(str(error)) from None


def _post_to(url: str, app_secret: str, found: Recordings, report: Report) -> None:
    with requests.Session() as session:
        bodies = [one.body for one in found.bodies]
        _note(report, Poster(session, url).post_signed(bodies, app_secret))


def _rehearse(
    found: Recordings,
    vectors: Sequence[Vector],
    report: Report,
    database_url: str | None,
) -> None:
    """Do everything on a stage of our own."""
    now = system_clock()
    events = [event for one in found.bodies for event in parse(one.body, now)]
    page_ids = sorted({event.page_id for event in events} - {""})
    with stage(page_ids, database_url) as on:
        with server(on), local_session() as session:
            _post_twice(Poster(session, on.url), on, found, events, report)
        report.signatures = list(signatures.tried(on, vectors))
        report.unusable = [vector for vector in vectors if vector.unusable]
        report.checks += [_signatures_held(report), books.clean_log(on.log)]


def _post_twice(
    poster: Poster,
    on: Stage,
    found: Recordings,
    events: Sequence[Event],
    report: Report,
) -> None:
    bodies = [one.body for one in found.bodies]
    with closing(open_database(on.database_url)) as database:
        report.checks.append(books.templates_known(database))
        _note(report, poster.post_signed(bodies, on.app_secret))
        report.checks += [
            books.settled(database),
            books.stored(database, events),
            books.answered(database, events),
            books.shown(database, events),
            books.none_quarantined(database),
        ]
        report.kinds = books.by_kind(database, events)
        before = books.contents(database)
        _note(report, poster.post_signed(bodies, on.app_secret), "posted again, ")
        report.checks += [
            books.settled(database),
            books.unchanged(before, books.contents(database)),
        ]


def _note(report: Report, statuses: Sequence[int], when: str = "") -> None:
    counted = Counter(statuses)
    report.statuses = report.statuses or dict(counted)
    said = ", ".join(f"{n} of {status or 'no answer'}" for status, n in counted.items())
    held = set(counted) <= {200}
    report.checks.append(
        Check(
            name=f"{when}every answer is 200", held=held, detail=said or "none posted"
        )
    )


def _signatures_held(report: Report) -> Check:
    wrong = [tried.vector.name for tried in report.signatures if not tried.held]
    said = [f"{len(report.signatures)} tried", f"{len(report.unusable)} unusable"]
    return Check(
        name="every signature is taken or refused as it must be",
        held=not wrong,
        detail=", ".join([*said, *(f"wrong: {name}" for name in wrong)]),
    )


def _facts(report: Report) -> dict[str, Any]:
    return {
        "held": report.held,
        "folder": report.folder,
        "posted": report.posted,
        "not_inbound": dict(report.not_inbound),
        "statuses": {str(status): n for status, n in report.statuses.items()},
        "stored": [asdict(kind) for kind in report.kinds],
        "checks": [asdict(check) for check in report.checks],
        "signatures": [
            {
                "id": tried.vector.name,
                "expected": tried.vector.status,
                "statuses": dict(tried.statuses),
                "held": tried.held,
            }
            for tried in report.signatures
        ],
        "unusable": {one.name: one.unusable for one in report.unusable},
    }


def _lines(report: Report) -> Iterator[str]:
    others = ", ".join(f"{n} {level}" for level, n in report.not_inbound.items())
    yield f"{report.posted} bodies of {report.folder}; not inbound: {others or 'none'}"
    if report.kinds:
        yield f"\n{'kind':32}{'posted':>8}{'stored':>8}  of which"
    for kind in report.kinds:
        states = ", ".join(f"{count} {state}" for state, count in kind.states.items())
        yield f"{kind.kind:32}{kind.posted:>8}{kind.stored:>8}  {states}"
    if report.signatures:
        yield f"\n{'signature':40}{'expected':>9}{'whole':>7}{'chunked':>9}"
    for tried in report.signatures:
        whole, chunked = tried.statuses["whole"], tried.statuses["chunked"]
        name, expected = tried.vector.name, tried.vector.status
        yield f"{name:40}{expected:>9}{whole:>7}{chunked:>9}"
    for vector in report.unusable:
        yield f"{vector.name:40} unusable: {vector.unusable}"
    yield ""
    for check in report.checks:
        yield f"{'held  ' if check.held else 'BROKEN'}  {check.name}: {check.detail}"

"""How many inquiries are dealt with, whole, by facts?

    python -m benchmarks.inquiries [--folder first] [--language ar] [--show wrong]

`frontdesk demo` is started with the shop of benchmarks/inquiries/shop. Each inquiry is
a new customer on the emulated Messenger: what they say arrives as signed webhooks, and
the answers are those on their phone. They give what they know when they are asked for
it, tap what fits among choices, and say their next line otherwise.

*resolved*: all facts were told, and no person was needed; *wrong*: something was
answered that was not asked, even if the right answer came later. Shares are in per
cent with Wilson's 95 % interval. Exit status 1 if a target is missed.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.crowd import Emulator
from benchmarks.footprint import demo
from benchmarks.inquiries.customer import House, Visit, visit
from benchmarks.inquiries.inquiry import HERE, LANGUAGES, SHOP, read
from benchmarks.inquiries.judging import VERDICTS, Row, rows, verdict
from benchmarks.report import against, table
from bot.calendar.csv_file import import_events
from bot.shop.csv_file import import_orders
from bot.store.database import Database, open_database

#: When the inquiries are made: the parcels and events of the shop are of these days.
NOW = "2026-11-24T10:00:00Z"
RESOLVED, OF_ORDERS_AND_EVENTS, WRONG, HANDED_OVER = 0.60, 0.80, 0.02, 0.95
MOST_WRONG = 0.04  # the upper bound of the interval


def main() -> int:
    """Print what came of the inquiries; return 1 if a target is missed."""
    options = _options()
    inquiries = [
        one
        for one in read([HERE / name for name in options.folder])
        if options.language in (None, one.language)
    ]
    with house() as at:
        visits = [visit(at, one) for one in inquiries]
    found = rows(visits)
    met = [figure >= target for _name, figure, target in _targets(found)]
    if options.json:
        figures = [row.to_json() for row in found]
        print(json.dumps({"met": all(met), "load": os.getloadavg(), "rows": figures}))
    else:
        print(_table(found))
        print(*_shown(visits, options.show), sep="\n")
    return 0 if all(met) else 1


@contextmanager
def house() -> Iterator[House]:
    """Run a demo whose shop is that of the inquiries."""
    with TemporaryDirectory(prefix="frontdesk-inquiries-") as home:
        settings = {"FRONTDESK_HOME": home, "FRONTDESK_DEMO_PAST": "no"}
        url = f"sqlite:///{Path(home) / 'frontdesk.sqlite'}"
        with (
            demo(**settings) as on,
            closing(open_database(url)) as database,
            closing(Emulator(on.facts["emulator"])) as emulator,
        ):
            emulator("POST", "/api/clock", {"now": NOW})
            _stock(database)
            yield House(emulator=emulator, database=database)


def _stock(database: Database) -> None:
    """Let orders and events be those that the inquiries are about."""
    import_orders(SHOP / "orders.csv", database)
    import_events(SHOP / "events.csv", database, lambda *changed: None)


def _targets(found: Sequence[Row]) -> list[tuple[str, float, float]]:
    """Return each figure that has a target, and the least that it must be."""
    everything, by_name = found[0], {row.name: row for row in found}
    ordered = [by_name[name] for name in ("order", "event") if name in by_name]
    theirs = Row(name="", visits=[one for row in ordered for one in row.visits])
    wrong = everything.share("wrong")
    return [
        ("resolved of all", everything.share("resolved").value or 0, RESOLVED),
        (
            "resolved of orders and events",
            theirs.share("resolved").value or 0,
            OF_ORDERS_AND_EVENTS,
        ),
        ("not wrong", 1 - (wrong.value or 0), 1 - WRONG),
        ("surely not wrong", 1 - wrong.interval[1], 1 - MOST_WRONG),
        (
            "the rest, well handed over",
            everything.handed_over.value or 0,
            HANDED_OVER,
        ),
    ]


def _table(found: Sequence[Row]) -> str:
    columns = ("%", "inquiries", *VERDICTS, "well handed over, of the rest")
    shares = [
        (
            row.name,
            len(row.visits),
            *map(row.share, VERDICTS),
            row.handed_over,
        )
        for row in found
    ]
    targets = [
        (name, f"{figure:.3f}", target, against(figure, target, at_least=True))
        for name, figure, target in _targets(found)
    ]
    wanted = table(["target", "seen", "at least", ""], targets)
    return f"{table(columns, shares)}\n\n{wanted}"


def _shown(visits: Sequence[Visit], wanted: Sequence[str]) -> Iterator[str]:
    for one in visits:
        if (came := verdict(one)) in wanted:
            kind, needs = one.inquiry.kind, one.inquiry.outcome
            yield f"\n{came}: {one.inquiry.name} ({kind}, {needs}): {one.inquiry.wants}"
            for step in one.steps:
                yield f"  < {step.said}"
                yield from (f"  > {text}" for text in step.answers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", nargs="+", default=["first", "second"])
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument(
        "--show",
        choices=VERDICTS,
        nargs="+",
        default=[],
        help="print these conversations",
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

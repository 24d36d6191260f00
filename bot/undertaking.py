"""Carry on what editors set going, however far their page is: looked at by the sweep.

It lies in the tables (bot/store/undertaken.py), so a restart begins its check again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import structlog

from bot.check import Check, Doing, Report, State, losers
from bot.comparing import Difference
from bot.publishing import deeds
from bot.rehearsal import Meant
from bot.store import faq, undertaken
from bot.store.types import AnyRow, Payload
from bot.wiring import Parts

log = structlog.get_logger()


class Undertakings:
    """What was set going and has not ended, carried on a step at each look."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        #: What could not be carried on: told of once, and tried again at each look.
        self._failed: set[int] = set()

    def look(self) -> int:
        """Carry on each of them, and return how many there are."""
        with self._parts.database.read() as connection:
            rows = undertaken.running(connection)
        for row in rows:
            self._carry_on(row)
        return len(rows)

    def _carry_on(self, row: AnyRow) -> None:
        try:
            if row.kind is undertaken.Kind.DELETE:
                self._see_what_follows(row)
            else:
                self._carry_out_if_allowed(row)
        except Exception:
            # It fails alone: the others can't wait for it.
            if row.id not in self._failed:
                log.exception("undertaking_failed", undertaken=row.id)
            self._failed.add(row.id)

    def _carry_out_if_allowed(self, row: AnyRow) -> None:
        """Do what waits for its check, if that has ended and nothing stops it."""
        change = deeds.change_of(self._parts, row)
        check = self._parts.checks.gate(change, patience=0)
        report = check.report
        if check.state in (State.RUNNING, State.BUSY):
            self._reach(row, check)
        elif report is not None and report.stops:
            why = "breaks" if report.broken or report.scripts.broken else "losers"
            told = {"why": why, "count": sum(map(len, losers(report)))}
            self._close(row, undertaken.State.HELD, told)
        elif deeds.carry_out(self._parts, row):
            self._parts.teaching.ask()

    def _see_what_follows(self, row: AnyRow) -> None:
        """See what the deletion of an entry has changed beside it."""
        with self._parts.database.read() as connection:
            version = faq.entry(connection, row.name)
        if version is None or version.deleted_at is None:
            self._close(row, undertaken.State.DONE)
            return
        understanding = self._parts.understanding
        if self._parts.teaching.behind() or not understanding.is_current():
            self._reach(row, Check(key="", state=State.RUNNING, doing=Doing.LEARNING))
            return
        check = self._parts.checks.effects(version.entry())
        if check.state in (State.RUNNING, State.BUSY):
            self._reach(row, check)
        elif check.report is None:
            log.warning("effects_not_known", entry=row.name, reason=check.error)
            self._close(row, undertaken.State.DONE)
        else:
            told = _told(check.key, check.report)
            is_told = any(told[one] for one in ("changes", "pins", "scripts"))
            states = undertaken.State
            self._close(row, states.NOTED if is_told else states.DONE, told)

    def _reach(self, row: AnyRow, check: Check) -> None:
        at = (check.doing.value, check.seen, check.total)
        if at != (row.doing, row.seen, row.total):
            self._parts.database.write(
                lambda connection: undertaken.reached(connection, row.id, *at)
            )

    def _close(
        self, row: AnyRow, state: undertaken.State, told: Payload | None = None
    ) -> None:
        self._parts.database.write(
            lambda connection: undertaken.close(connection, row.id, state, told or {})
        )


def _told(key: str, report: Report) -> dict[str, Any]:
    """Return what a report tells, as it is kept: counted, without customers' words."""
    changed = [one for some in report.changes.values() for one in some]
    return {
        "key": key,
        "messages": report.messages,
        "changes": _counted(changed),
        "kinds": [one.name.lower() for one, some in report.changes.items() if some],
        "pins": [one.text for one in report.broken],
        "scripts": [one.script.title for one in report.scripts.broken],
        "own": [[_kept(meant), count] for meant, count in report.own],
    }


def _counted(found: Iterable[Difference]) -> Sequence[Sequence[Any]]:
    """Return how messages fare before and after, the most frequent first."""
    counted = Counter((one.before, one.after) for one in found)
    return [
        [_kept(before), _kept(after), count]
        for (before, after), count in counted.most_common()
    ]


def _kept(meant: Meant) -> Payload:
    return {"outcome": meant.outcome, "intent": meant.intent}

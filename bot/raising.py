"""Answer less of what is answered wrongly: once a minute, by what is said afterwards.

A threshold that was raised goes back by itself when too few are wrong after all, and
at once when its question is published or its goal taught anew. Every process answers
accordingly within two seconds.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.content import Content
from bot.guesses import NOT_OFFERED
from bot.realised import STEP, Finding, Key, findings, held_to
from bot.rules.anywhere import AT_ONCE, LEAVING
from bot.rules.decision import COMMANDS
from bot.store import audit, precision, raised, realised
from bot.store.audit import Action
from bot.store.database import Database
from bot.store.raised import End, Standing

log = structlog.get_logger()

#: What is heard always: asking for a person, cancelling, wanting no more messages.
_ALWAYS = AT_ONCE.keys() | LEAVING.keys() | COMMANDS.keys() | NOT_OFFERED


class Raising:
    """Raises thresholds by what came of answers, and lets them back."""

    def __init__(
        self, database: Database, content: Content, clock: Clock, usual: float
    ) -> None:
        self._database = database
        self._flows = content.flows
        self._clock = clock
        self._usual = usual

    def look(self) -> None:
        """Look once at what came of answers; whatever changes is in the audit log."""
        now = self._clock()
        with self._database.read() as connection:
            wanted = precision.wanted(connection) or self._usual
            answered = [*realised.answered(connection, now)]
            standing = {one.key: one for one in raised.standing(connection)}
            overtaken = raised.overtaken(connection)
        watched = (one for one in answered if self._is_watched(one.intent))
        found = findings(watched, wanted)
        jobs = [
            *(_ended(one, End.RENEWED, now) for one in overtaken),
            *_changes(found, standing, wanted, now),
        ]
        for job in jobs:
            self._database.write(job)

    def _is_watched(self, intent: str) -> bool:
        """Whether an intent leads anywhere and is not heard always."""
        return self._flows.triggered_by(intent) is not None and intent not in _ALWAYS


def _changes(
    found: Mapping[Key, Finding],
    standing: Mapping[Key, Standing],
    wanted: float,
    now: datetime,
) -> list[Callable[[Connection], None]]:
    jobs = []
    for key, finding in found.items():
        before = standing.get(key)
        if finding.threshold is None:
            continue
        if before is None:
            jobs.append(_raised(key, finding, wanted, now))
        elif finding.threshold >= before.raised.threshold + STEP:
            jobs.append(_raised_further(before, finding, now))
    for key, before in standing.items():
        holds = key in found and found[key].threshold is not None
        if not (holds or before.is_kept):
            jobs.append(_ended(before, End.EVIDENCE, now))
    return jobs


def _raised(
    key: Key, finding: Finding, wanted: float, now: datetime
) -> Callable[[Connection], None]:
    share = held_to(key[0], wanted)

    def job(connection: Connection) -> None:
        if raised.add(connection, key, finding, precision=share, now=now):
            _note(connection, Action.THRESHOLD_RAISED, key, now, finding)

    return job


def _raised_further(
    before: Standing, finding: Finding, now: datetime
) -> Callable[[Connection], None]:
    def job(connection: Connection) -> None:
        raised.raise_further(connection, before.id, finding)
        _note(connection, Action.THRESHOLD_RAISED, before.key, now, finding)

    return job


def _ended(before: Standing, why: End, now: datetime) -> Callable[[Connection], None]:
    def job(connection: Connection) -> None:
        if raised.end(connection, before.id, why, now=now) is not None:
            _note(connection, Action.THRESHOLD_LOWERED, before.key, now)

    return job


def _note(
    connection: Connection,
    action: Action,
    key: Key,
    now: datetime,
    finding: Finding | None = None,
) -> None:
    """Write down what was done; nobody did it, and no words of a customer are in it."""
    intent, language = key
    details: dict[str, str | int] = {"language": language}
    if finding is not None and finding.threshold is not None:
        details["from"] = f"{finding.threshold:.0%}"
        details["wrong"] = round(finding.wrong)
        details["answers"] = finding.answers
    nobody = audit.Trace(staff_id=None, at=now)
    audit.note(connection, nobody, action, intent, **details)
    log.info(action.value, intent=intent, language=language)

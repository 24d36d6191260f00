"""How good customers found it: shares by week and by what was done, and why not."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.admin import telling
from bot.admin.home import blueprint
from bot.content import PREFIX
from bot.store import attendance, marks
from bot.store.attendance import OFF
from bot.store.marks import AGENT, ASSISTANT, By, Span
from bot.store.people import Role
from bot.store.satisfaction import GOOD, Marks
from bot.store.staff import may
from bot.store.types import AnyRow
from bot.tongue import _, lazy
from bot.web import names, times
from bot.web.access import needs
from bot.web.current import now, parts, staff

#: How many weeks can be looked at, the usual first.
WEEKS = (12, 4, 52)
MOST_BAD = 50
#: Of how many weeks an entry of the FAQ shows its marks.
OF_AN_ENTRY = 12
#: What a bad mark is for; the keys are those of the slot csat_reason.
REASONS: Mapping[str, str] = {
    "wrong_answer": lazy("A wrong answer"),
    "too_slow": lazy("Too slow"),
    "not_solved": lazy("Not solved"),
    "other": lazy("Something else"),
    "person": lazy("Wanted a person"),
    "": lazy("Gave no reason"),
}
COLUMNS = (
    "asked_at",
    "language",
    "by",
    "agent",
    "goal",
    "mark",
    "reason",
    "conversation",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a table: what was marked, where that is found, and how it was."""

    title: str
    marks: Marks
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Marks by one thing, called *title*; the rows' heading is *of*."""

    title: str
    of: str
    lines: Sequence[Line]


@blueprint.get("/satisfaction")
@needs(Role.EDITOR)
def show_satisfaction() -> ResponseReturnValue:
    """Show the shares of good marks, and the bad marks with their conversations."""
    weeks, reason = _weeks(), request.args.get("reason")
    chosen = reason if reason in REASONS else None
    begins = _begins(weeks)
    span = Span(since=begins[0], until=now() + timedelta(seconds=1))
    with parts().database.read() as connection:
        tables = [*_tables(connection, begins, span)]
        goals = marks.by_goal(connection, span)
        reasons = marks.by_reason(connection, span)
        bad = marks.bad(connection, span, chosen, MOST_BAD)
        is_asked = attendance.current(connection).ask_after != OFF
    return render_template(
        "admin/satisfaction.html",
        total=_total(tables),
        tables=[*tables, _by_goal(goals)],
        reasons=[(one, REASONS.get(one, one), count) for one, count in reasons.items()],
        reason=chosen,
        bad=[(one, *_told(one)) for one in bad],
        most=MOST_BAD,
        weeks=weeks,
        choices=sorted(WEEKS),
        is_asked=is_asked,
    )


@blueprint.get("/satisfaction.csv")
@needs(Role.EDITOR)
def satisfaction_table() -> Response:
    """Give whoever was asked in these weeks as a CSV file, a line each."""
    span = Span(since=_begins(_weeks())[0], until=now() + timedelta(seconds=1))
    names_agents = may(staff().role, Role.ADMIN)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    with parts().database.read() as connection:
        for row in marks.all_of(connection, span):
            writer.writerow(_cells(row, names_agents=names_agents))
    response = Response(text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="satisfaction.csv"'
    return response


def of_entries(connection: Connection) -> Mapping[str, Marks]:
    """Return the marks of late of the answers of the FAQ, by their names."""
    span = Span(since=_begins(OF_AN_ENTRY)[0], until=now() + timedelta(seconds=1))
    return {
        str(goal).removeprefix(PREFIX): one
        for goal, one in marks.by_goal(connection, span).items()
        if str(goal).startswith(PREFIX) and one.answered
    }


def _weeks() -> int:
    asked = request.args.get("weeks", 0, type=int)
    return asked if asked in WEEKS else WEEKS[0]


def _begins(weeks: int) -> list[datetime]:
    """Return when each of the last weeks began at the shop, this one last."""
    zone = ZoneInfo(parts().settings.zone)
    today = now().astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    return [datetime.combine(day, time(), zone) for day in days]


def _tables(
    connection: Connection, begins: Sequence[datetime], span: Span
) -> Iterator[Table]:
    """Yield the tables; that of the weeks comes first, and has all marks."""
    by_week = marks.by_stretch(connection, begins)
    lines = [
        Line(title=times.date_alone(at.date()), marks=by_week.get(number, Marks()))
        for number, at in enumerate(begins)
    ]
    yield Table(title=_("By week"), of=_("Week of"), lines=lines[::-1])
    doers = marks.by_doer(connection, span)
    yield _table(_("By who did it"), _("Who"), doers, DOERS)
    if may(staff().role, Role.ADMIN):
        agents = marks.by_agent(connection, span)
        called = {name: names.person(name or "") for name in agents}
        yield _table(_("By colleague"), _("Name"), agents, called)
    languages = marks.by_language(connection, span)
    spoken = {one: names.language(one) if one else _("Not known") for one in languages}
    yield _table(_("By language"), _("Language"), languages, spoken)


DOERS: Mapping[str, str] = {ASSISTANT: lazy("The assistant"), AGENT: lazy("Colleagues")}


def _by_goal(found: By) -> Table:
    lines = [
        Line(title=telling.called(str(goal)), marks=one, address=_address(str(goal)))
        for goal, one in _ordered(found)
    ]
    return Table(title=_("By goal or question"), of=_("Goal or question"), lines=lines)


def _address(goal: str) -> str | None:
    is_entry = goal.startswith(PREFIX)
    return f"/admin/faq/{goal.removeprefix(PREFIX)}" if is_entry else None


def _table(title: str, of: str, found: By, called: Mapping[Any, str]) -> Table:
    lines = [
        Line(title=str(called.get(one, one)), marks=its) for one, its in _ordered(found)
    ]
    return Table(title=title, of=of, lines=lines)


def _ordered(found: By) -> list[tuple[Any, Marks]]:
    """Return what was marked, the most often first."""
    return sorted(found.items(), key=lambda one: (-one[1].answered, str(one[0])))


def _total(tables: Sequence[Table]) -> Marks:
    weeks = [line.marks for line in tables[0].lines]
    return Marks(
        asked=sum(one.asked for one in weeks),
        answered=sum(one.answered for one in weeks),
        good=sum(one.good for one in weeks),
    )


def _told(row: AnyRow) -> tuple[str, str, str]:
    """Return whose mark it is, what it is for, and of what, in words."""
    who = names.customer(row.customer, row.customer_id)
    reason = row.reason or ""
    why = str(REASONS.get(reason, reason))
    if row.goal:
        return who, why, telling.called(row.goal)
    return who, why, _("A colleague’s answer")


def _cells(row: AnyRow, *, names_agents: bool) -> tuple[object, ...]:
    agent = (row.agent or "") if names_agents else ""
    mark = {None: "", GOOD: "good"}.get(row.score, "bad")
    return (
        row.asked_at.isoformat(timespec="seconds"),
        row.language,
        AGENT if row.agent else ASSISTANT,
        _harmless(agent),
        row.goal or "",
        mark,
        row.reason or "",
        row.conversation_id,
    )


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

"""The conversation scripts for their readers: which hold now, and how each goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from bot.admin import checked
from bot.admin.checked import BrokenScript
from bot.admin.home import blueprint
from bot.scripts import telling
from bot.scripts.lines import DOES, Script, Step
from bot.scripts.player import Break, play
from bot.store import faq
from bot.store.people import Role
from bot.web.access import needs, quiet
from bot.web.current import parts

#: So many seconds the page waits for scripts to be played: a few are by then.
PATIENCE = 0.3


@dataclass(frozen=True, kw_only=True)
class Row:
    """A script as it goes now."""

    script: Script
    #: Where it breaks; None if it holds.
    broken: BrokenScript | None
    at: int | None
    #: What it waits for, if that is all it lacks.
    waits: str = ""

    def said(self, step: Step) -> str | None:
        """Return what somebody says in a line."""
        return telling.said(step, _words)

    def is_of_customer(self, step: Step) -> bool:
        """Return whether a line is what the customer does."""
        return step.name in DOES


@dataclass(frozen=True, kw_only=True)
class File:
    """The scripts of one file."""

    name: str
    count: int
    broken: int
    waiting: int
    #: Whether all of them were played.
    is_played: bool


@blueprint.get("/scripts")
@needs(Role.EDITOR)
def scripts() -> ResponseReturnValue:
    """Show the files with scripts, and how many hold as the assistant is now."""
    folder = parts().settings.home / "data" / "conversations"
    return render_template("admin/scripts.html", folder=folder, **_listed(PATIENCE))


@blueprint.get("/playing")
@needs(Role.EDITOR)
@quiet
def scripts_played() -> ResponseReturnValue:
    """Show how far the scripts are that were being played."""
    return render_template("admin/played.html", **_listed(0))


@blueprint.get("/scripts/<file>")
@needs(Role.EDITOR)
def script_file(file: str) -> ResponseReturnValue:
    """Show the scripts of a file, line by line."""
    known = parts().playing.known(0)
    found = [one for one in known.library.scripts if _name(one) == file]
    if not found:
        abort(404)
    assistants = parts().understanding.assistants
    breaks = {
        one.name: known.breaks[one.name]
        if one.name in known.breaks
        else play(one, assistants)
        for one in found
    }
    rows = _rows(found, breaks)
    return render_template("admin/script_file.html", name=file, rows=rows)


def _listed(patience: float) -> dict[str, Any]:
    """Return what the list of all files shows."""
    known = parts().playing.known(patience)
    played = [one for one in known.library.scripts if one.name in known.breaks]
    rows = _rows(played, known.breaks)
    return {
        "files": _files(known.library.scripts, rows),
        "is_whole": known.is_whole,
        "count": len(known.library.scripts),
        "played": len(rows),
        "held": sum(row.at is None for row in rows),
        "waiting": sum(bool(row.waits) for row in rows),
        "problems": known.library.problems,
    }


def _words(name: str) -> str:
    """Return what a response says, nothing if there is none of this name."""
    responses = parts().understanding.assistant.responses
    said = responses.by_name.get(name, ())
    return next((str(one.said.get("text") or "") for one in said), "").strip()


def _rows(found: Sequence[Script], breaks: Mapping[str, Break | None]) -> list[Row]:
    with parts().database.read() as connection:
        entries = faq.names(connection)
    return [_row(script, breaks[script.name], entries) for script in found]


def _row(script: Script, broken: Break | None, entries: Collection[str]) -> Row:
    if broken is None:
        return Row(script=script, broken=None, at=None)
    at = broken.step.number
    if broken.waits_for(entries):
        return Row(script=script, broken=None, at=at, waits=telling.waits(broken))
    return Row(script=script, broken=checked.broken(broken), at=at)


def _files(scripts: Sequence[Script], rows: Sequence[Row]) -> list[File]:
    played = {row.script.name: row for row in rows}
    found = groupby(scripts, _name)
    counted = [(name, [played.get(one.name) for one in some]) for name, some in found]
    return [
        File(
            name=name,
            count=len(some),
            broken=sum(row is not None and row.broken is not None for row in some),
            waiting=sum(row is not None and bool(row.waits) for row in some),
            is_played=None not in some,
        )
        for name, some in counted
    ]


def _name(script: Script) -> str:
    return PurePath(script.file).stem

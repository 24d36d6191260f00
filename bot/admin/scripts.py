"""The conversation scripts for their readers: which hold now, and how each goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from bot.admin import checked
from bot.admin.checked import BrokenScript
from bot.admin.home import blueprint
from bot.scripts import files, telling
from bot.scripts.files import Library
from bot.scripts.lines import DOES, Script, Step
from bot.scripts.player import Break, play
from bot.store import faq
from bot.store.people import Role
from bot.web.access import needs
from bot.web.current import parts


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


@blueprint.get("/scripts")
@needs(Role.EDITOR)
def scripts() -> ResponseReturnValue:
    """Show the files with scripts, and how many hold as the assistant is now."""
    library = _library()
    rows = _rows(library.scripts)
    return render_template(
        "admin/scripts.html",
        files=_files(rows),
        count=len(rows),
        held=sum(row.at is None for row in rows),
        waiting=sum(bool(row.waits) for row in rows),
        problems=library.problems,
        folder=parts().settings.home / "data" / "conversations",
    )


@blueprint.get("/scripts/<file>")
@needs(Role.EDITOR)
def script_file(file: str) -> ResponseReturnValue:
    """Show the scripts of a file, line by line."""
    rows = _rows([one for one in _library().scripts if _name(one) == file])
    if not rows:
        abort(404)
    return render_template("admin/script_file.html", name=file, rows=rows)


def _words(name: str) -> str:
    """Return what a response says, nothing if there is none of this name."""
    responses = parts().understanding.assistant.responses
    said = responses.by_name.get(name, ())
    return next((str(one.said.get("text") or "") for one in said), "").strip()


def _library() -> Library:
    content = parts().content
    return files.load(content.scripts).in_languages(content.languages)


def _rows(found: Sequence[Script]) -> list[Row]:
    assistants = parts().understanding.assistants
    with parts().database.read() as connection:
        entries = faq.names(connection)
    came = [(script, play(script, assistants)) for script in found]
    return [_row(script, broken, entries) for script, broken in came]


def _row(script: Script, broken: Break | None, entries: Collection[str]) -> Row:
    if broken is None:
        return Row(script=script, broken=None, at=None)
    at = broken.step.number
    if broken.waits_for(entries):
        return Row(script=script, broken=None, at=at, waits=telling.waits(broken))
    return Row(script=script, broken=checked.broken(broken), at=at)


def _files(rows: Sequence[Row]) -> list[File]:
    found = groupby(rows, lambda row: _name(row.script))
    counted = [(name, [*some]) for name, some in found]
    return [
        File(
            name=name,
            count=len(some),
            broken=sum(row.broken is not None for row in some),
            waiting=sum(bool(row.waits) for row in some),
        )
        for name, some in counted
    ]


def _name(script: Script) -> str:
    return PurePath(script.file).stem

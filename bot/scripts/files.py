"""Read scripts: those that came with us, and a shop's own over them.

What can't be read is told by file, line and step, with what to write instead; the
other scripts are played all the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import source_files
from bot.scripts import fixtures, opening
from bot.scripts.lines import DOES, LINES, LineError, Script, Step
from bot.scripts.world import World
from bot.settings import LANGUAGES
from flows.files import DataError, LinedList, ShapeError, line_of, nearest

#: Where those that came with us lie.
OURS = Path(__file__).parents[2] / "data"
#: When the first customer of a script writes, unless its file says otherwise.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
#: What a file can say beside its scripts.
ABOUT = ("languages", "now", "hours", "orders", "events", "products", "actions")
#: What a message means that no model must understand.
NOTHING = "nothing"
#: How YAML reads a line that has a colon where none belongs.
_MEANT = re.compile(r"[\w/]+")


@dataclass(frozen=True)
class Library:
    """All scripts that can be read, and what is wrong with the others."""

    scripts: tuple[Script, ...] = ()
    problems: tuple[str, ...] = ()

    def in_languages(self, offered: Sequence[str]) -> "Library":
        """Return the scripts that can be played where these languages are offered."""
        found = (one for one in self.scripts if {*one.languages} <= {*offered})
        return Library(tuple(found), self.problems)

    def of_the_shop(self) -> "Library":
        """Return the shop's own scripts: ours are of what comes with us."""
        return Library(tuple(one for one in self.scripts if one.path), self.problems)


def load(folders: Sequence[Path]) -> Library:
    """Return the scripts of all folders; a file replaces one of its name before."""
    paths = {
        path.name: path for folder in folders for path in sorted(folder.glob("*.yml"))
    }
    read = [_file(path, path.stat().st_mtime_ns) for path in paths.values()]
    return Library(
        tuple(script for library in read for script in library.scripts),
        tuple(problem for library in read for problem in library.problems),
    )


def stamp(folders: Sequence[Path]) -> list[tuple[str, int]]:
    """Return what is another once any script was changed."""
    paths = (path for folder in folders for path in sorted(folder.glob("*.yml")))
    return [(str(path), path.stat().st_mtime_ns) for path in paths]


@lru_cache(maxsize=256)
def _file(path: Path, changed: int) -> Library:
    """Return the scripts of a file; it is read again once it has *changed*."""
    own = "" if path.is_relative_to(OURS) else str(path)
    file = f"{path.parent.name}/{path.name}"
    return parse(path.read_text(encoding="utf-8"), file, own)


def parse(text: str, file: str, path: str = "") -> Library:
    """Return the scripts that *text* holds; *path* is where the shop's own lies."""
    found = _parsed(text, path or file)
    named = (replace(one, file=file, path=path) for one in found.scripts)
    return Library(tuple(named), found.problems)


def _parsed(text: str, file: str) -> Library:
    try:
        contents = source_files.parsed(text, file).contents
    except ShapeError:
        cure = "write titles, each with a list of lines below it"
        return Library(problems=(f"{file}, line 1: {cure}",))
    except DataError as error:
        return Library(problems=error.problems)
    return _read(contents, file)


def _read(contents: Mapping[str, Any], file: str) -> Library:
    problems: list[str] = []
    about = _about(contents, file, problems)
    scripts = []
    for title, lines in contents.items():
        if title in ABOUT:
            continue
        where = f"{file}, line {line_of(contents, str(title))}, “{title}”"
        if not isinstance(lines, LinedList) or not lines:
            near = nearest(str(title), ABOUT)
            problems.append(f"{where}: write a list of lines below the title{near}")
            continue
        steps = tuple(_steps(lines, file, str(title), problems))
        scripts.append(Script(file=file, title=str(title), steps=steps, **about))
    return Library(() if problems else tuple(scripts), tuple(problems))


def _about(
    contents: Mapping[str, Any], file: str, problems: list[str]
) -> dict[str, Any]:
    """Return what a file says of the world of its scripts."""
    try:
        world = World(
            orders=fixtures.orders(contents.get("orders") or {}),
            contents=fixtures.contents(contents.get("orders") or {}),
            tickets=fixtures.tickets(contents.get("events") or {}),
            products=fixtures.products(contents.get("products") or {}),
        )
        now = fixtures.moment(contents["now"]) if "now" in contents else NOW
        hours = opening.hours(contents.get("hours") or {})
        languages = _languages(contents)
        stand_ins = fixtures.stand_ins(contents.get("actions") or {})
    except fixtures.FixtureError as error:
        problems.append(f"{file}, {error}")
        return {"world": World(), "now": NOW}
    about = {"world": world, "now": now, "languages": languages, "hours": hours}
    return {**about, "stand_ins": stand_ins}


def _languages(contents: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages that a file is for."""
    found = contents.get("languages") or ()
    if isinstance(found, str):
        found = [found]
    for one in found:
        if one not in LANGUAGES:
            at = f"line {line_of(contents, 'languages')}"
            have = ", ".join(LANGUAGES)
            raise fixtures.FixtureError(
                f"{at}: no such language '{one}'; we have {have}"
            )
    return tuple(map(str, found))


def _steps(
    lines: LinedList, file: str, title: str, problems: list[str]
) -> Iterator[Step]:
    """Yield the steps of a script, and note what is wrong with the others."""
    has_begun = False
    for number, line in _joined(lines):
        at = lines.lines[number - 1]
        try:
            step = _step(line, at, number)
            if not has_begun and step.name not in _BEFORE:
                raise LineError("the customer has to do something first: - customer: …")
            if has_begun and step.name == "known before":
                raise LineError("write it above all that the customer does")
        except LineError as error:
            where = f"{file}, line {at}, “{title}”, step {number}"
            problems.append(f"{where}: {error}")
            return
        has_begun = has_begun or step.name in DOES
        yield step


def _joined(lines: LinedList) -> list[tuple[int, Any]]:
    """Return the numbered lines; a meaning of its own goes to the words before it."""
    joined: list[tuple[int, Any]] = []
    for number, line in enumerate(lines, start=1):
        before = joined[-1][1] if joined else {}
        if _is_only(line, "means") and _is_only(before, "customer"):
            joined[-1] = (joined[-1][0], {**before, **line})
        else:
            joined.append((number, line))
    return joined


def _is_only(line: Any, name: str) -> bool:
    return isinstance(line, dict) and [*line] == [name]


#: What can stand before a customer has done anything.
_BEFORE = DOES | {
    "the shop's system is down",
    "the orders are guessed at",
    "the shop mails codes",
    "the shop cancels orders",
    "the shop changes addresses",
    "the calendar is empty",
    "the shop is closed",
    "later",
    "on",
    "country",
    "known before",
}


def _step(line: Any, at: int, number: int) -> Step:
    name, value, more = _parts(line)
    if name == "means":
        raise LineError("write it below what the customer writes: - customer: …")
    if name not in LINES:
        raise LineError(f"'{name}' is no line of a script{nearest(name, LINES)}")
    unknown = [key for key in more if name != "customer" or key != "means"]
    if unknown:
        raise LineError(f"'{unknown[0]}' can't stand beside '{name}': begin it with -")
    means = _means(more["means"]) if "means" in more else None
    return Step(
        line=at, number=number, name=name, value=LINES[name](value), means=means
    )


def _parts(line: Any) -> tuple[str, Any, dict[str, Any]]:
    """Return the name of a line, its value, and what stands below it."""
    if isinstance(line, dict) and line:
        (name, value), *more = line.items()
        return str(name), value, {str(key): one for key, one in more}
    return str(line), None, {}


def _means(value: Any) -> dict[str, float]:
    """Return what a message is taken for: an intent, or several with how surely."""
    if value == NOTHING:
        return {}
    if isinstance(value, str) and _MEANT.fullmatch(value):
        return {str(value): 0.97}
    if isinstance(value, dict) and value and all(map(_is_share, value.values())):
        return {str(name): float(share) for name, share in value.items()}
    cure = "an intent, nothing, or intents with how surely: {refund: 0.5}"
    raise LineError(f"write {cure}")


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1

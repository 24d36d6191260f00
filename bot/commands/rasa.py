"""Take a Rasa project over, and give one back: `import rasa`, `export rasa`."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from bot import content, program
from bot.commands import environment
from bot.content import DATA
from bot.rasa import bringing, taking
from bot.rasa.report import ProjectError
from flows.files import DataError
from intents.examples import TrainingDataError

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group("import")
def import_() -> None:
    """Take over what another assistant was made of."""


@click.group("export")
def export() -> None:
    """Give back what this assistant is made of."""


@import_.command("rasa")
@click.argument("folder", type=FOLDER)
@click.option("--out", type=FOLDER, help="Another FRONTDESK_HOME than the one set.")
@click.option("--language", help="What the project speaks; else the shop's own.")
@click.option("--replace", is_flag=True, help="Write over files that are there.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_rasa(
    folder: Path, out: Path | None, language: str | None, replace: bool, as_json: bool
) -> None:
    """Take a Rasa project in FOLDER over into the shop's own files.

    Says what was taken, and of all else the file, the line and the reason.
    """
    settings = environment.offline()
    home = out or settings.home
    code = _known(language or settings.languages[0], settings.languages)
    try:
        brought = bringing.bring(folder, code, DATA)
    except ProjectError as error:
        raise click.ClickException(str(error)) from None
    _write(brought.files, home / "data", replace=replace)
    click.echo(
        json.dumps(brought.report.facts())
        if as_json
        else "\n".join([*brought.report.lines(), *_next(home, brought.files)])
    )
    try:
        content.load(home, settings.languages, elsewhere=True)
    except (DataError, TrainingDataError) as error:
        raise click.ClickException(
            f"what was written in {home / 'data'} does not hold together:\n{error}"
        ) from None


@export.command("rasa")
@click.argument("folder", type=FOLDER)
@click.option("--language", help="Of which language; else the shop's own.")
@click.option("--with-built-in", is_flag=True, help="With what comes with Frontdesk.")
@click.option("--replace", is_flag=True, help="Write over files that are there.")
def export_rasa(
    folder: Path, language: str | None, with_built_in: bool, replace: bool
) -> None:
    """Write the shop's own files as a Rasa project into FOLDER."""
    settings = environment.offline()
    code = _known(language or settings.languages[0], settings.languages)
    own = settings.home / "data"
    taken = taking.take(own, code, DATA if with_built_in else None)
    if not taken.files:
        raise click.ClickException(f"{own} has no files of the shop's own to export")
    _write(taken.files, folder, replace=replace)
    click.echo(f"{len(taken.files)} files are in {folder}")
    for note in taken.notes:
        click.echo(f"note: {note}")


def _known(language: str, offered: tuple[str, ...]) -> str:
    if language not in offered:
        raise click.ClickException(
            f"'{language}' is not offered; FRONTDESK_LANGUAGES has {', '.join(offered)}"
        )
    return language


def _write(files: Mapping[str, str], folder: Path, *, replace: bool) -> None:
    """Write files, all or none; refuse to write over others, or through a link."""
    paths = {folder / name: text for name, text in files.items()}
    linked = next((one for one in paths if _is_linked(one, folder)), None)
    if linked is not None:
        raise click.ClickException(f"{linked} is, or lies behind, a link")
    there = [str(one) for one, text in paths.items() if _is_other(one, text)]
    if there and not replace:
        raise click.ClickException(
            f"{there[0]} is there already, and {len(there) - 1} others; "
            "take another folder, or --replace"
        )
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _is_linked(path: Path, folder: Path) -> bool:
    inside = [one for one in path.parents if one.is_relative_to(folder)]
    return any(one.is_symlink() for one in (path, *inside) if one != folder)


def _is_other(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() != text.encode("utf-8")


def _next(home: Path, files: Mapping[str, str]) -> list[str]:
    return [
        f"{len(files)} files are in {home / 'data'}. Next: "
        f"`{program.command('check')}`, `{program.command('train')}`, "
        f"`{program.command('test')} rasa_`"
    ]

"""A shop's own files as a Rasa project: what an import made of one goes back.

Every file is taken byte by byte, so comments stay, and a project that was exported,
imported and exported again is the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.rasa.bringing import KEPT
from bot.rasa.phrasings import EVERY_LANGUAGE

#: The folder, in a project, of what comes with Frontdesk.
BUILT_IN = "frontdesk"


@dataclass(frozen=True)
class Taken:
    """The files of the project, by path, and what of the shop's is not in it."""

    files: dict[str, str]
    notes: tuple[str, ...]


def take(own: Path, language: str, built_in: Path | None = None) -> Taken:
    """Return the shop's *own* files as a project, in one language.

    With *built_in*, what comes with Frontdesk is in it, in a folder of its own.
    """
    files = {}
    if built_in is not None:
        for source, path in _placed(built_in, language):
            folder, _, name = path.partition("/")
            files[f"{folder}/{BUILT_IN}/{name}"] = source.read_text("utf-8")
    files |= {path: one.read_text("utf-8") for one, path in _placed(own, language)}
    return Taken(files, tuple(_notes(own, language)))


def _placed(layer: Path, language: str) -> Iterator[tuple[Path, str]]:
    """Yield each file that goes into the project, and its path there."""
    for source, path in (
        (layer / "domain.yml", "domain/domain.yml"),
        (layer / "responses" / f"{language}.yml", "domain/responses.yml"),
        (layer / "faq" / f"{language}.yml", f"data/faq/{language}.yml"),
    ):
        if source.is_file():
            yield source, path
    for folder, into in (
        ("nlu", f"data/nlu/{EVERY_LANGUAGE}"),
        (f"nlu/{language}", f"data/nlu/{language}"),
        ("flows", "data/flows"),
    ):
        for source in sorted((layer / folder).glob("*.yml")):
            yield source, f"{into}/{source.name}"
    for source in sorted((layer / KEPT).rglob("*.yml")):
        yield source, source.relative_to(layer / KEPT).as_posix()


def _notes(own: Path, language: str) -> Iterator[str]:
    others = {
        path.stem
        for folder in ("responses", "faq")
        for path in (own / folder).glob("*.yml")
        if path.stem != language
    }
    for one in sorted(others):
        yield f"a Rasa project has one language: export '{one}' into another folder"
    for folder in ("conversations", "messenger"):
        mine = sorted((own / folder).glob("*.yml"))
        left = [one.name for one in mine if not one.name.startswith("rasa_")]
        if left:
            yield f"{folder}/ has no place in a Rasa project: {', '.join(left)}"
    yield "what admins edit in the browser is not in files: export the FAQ there"

"""Settings, room, files, and the servers beside the database."""

import shutil
from collections.abc import Iterator

from bot import content
from bot.commands import broker as broker_server
from bot.commands import environment
from bot.commands.health.finding import Finding
from bot.content import Content
from bot.settings import SettingError, Settings
from flows.files import DataError
from intents.examples import TrainingDataError
from intents.vectors.encoder import found as found_in

LEAST_FREE = 500_000_000  # bytes: a model, a day of messages, and room to migrate


def settings(found: list[Finding]) -> Settings | None:
    """Return the settings, and add what they show to what was *found*."""
    try:
        known = environment.read(Settings.from_env)
    except SettingError as error:
        found += [
            Finding(
                name="settings",
                well=False,
                said=said,
                cure="Change it in your .env file; .env.example explains each.",
            )
            for said in str(error).splitlines()
        ]
        return None
    said = f"complete; everything is kept in {known.home}"
    notes = tuple(environment.doubts(known))
    found.append(Finding(name="settings", well=True, said=said, notes=notes))
    return known


def disk(settings: Settings) -> Finding:
    """Say whether there is room."""
    free = shutil.disk_usage(settings.home).free
    return Finding(
        name="disk",
        well=free >= LEAST_FREE,
        said=f"{free / 1e9:.1f} GB are free under {settings.home}",
        cure="Make room: below half a gigabyte a model or the database may not fit.",
    )


def embeddings(settings: Settings) -> Iterator[Finding]:
    """Say whether English is read by what it means as well, if that is wanted."""
    if not settings.embeddings:
        return
    installed = found_in(settings.models) is not None
    on = "on: English is read by what it means as well"
    off = "wanted, but not installed: all is read by its words alone"
    yield Finding(
        name="embeddings",
        well=installed,
        said=on if installed else off,
        cure="Run `make install-embeddings`, or set FRONTDESK_EMBEDDINGS=no.",
    )


def files(settings: Settings, found: list[Finding]) -> Content | None:
    """Return what the files say, and add what is wrong to what was *found*."""
    try:
        written = content.of(settings)
    except (DataError, TrainingDataError) as error:
        cure = f"Mend the file it names below {settings.home / 'data'}."
        found.append(Finding(name="files", well=False, said=str(error), cure=cure))
        return None
    said = f"{len(written.flows.by_id)} flows, all in order"
    found.append(Finding(name="files", well=True, said=said))
    return written


def broker(settings: Settings) -> Iterator[Finding]:
    """Say whether RabbitMQ answers, if it is to carry anything."""
    if settings.broker_url is None:
        return
    refusal = broker_server.refusal(settings.broker_url)
    yield Finding(
        name="broker",
        well=refusal is None,
        said="it answers" if refusal is None else f"it can't be used ({refusal})",
        cure="Start RabbitMQ, or set BROKER_URL to one that is there; until then "
        "answers come about a second late.",
    )

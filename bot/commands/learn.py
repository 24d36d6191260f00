"""Train, ask and measure the understanding: `train`, `classify`, `evaluate`."""

import json
import logging
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot import logs
from bot.commands import environment
from bot.content import DATA, SHIPPED_MODELS
from bot.settings import writable_home
from bot.starting import named
from bot.store import knowledge, revision
from bot.store.database import open_database
from bot.wiring import build
from intents import language
from intents.audit import audit
from intents.classifier import Model, ModelError
from intents.evaluation import evaluate_files
from intents.examples import TrainingDataError
from intents.examples import found as found_in
from intents.language import reads
from intents.parts import Answer
from intents.plots import draw
from intents.polyglot import Polyglot
from intents.teaching import TooLittleError
from intents.training import train_files
from intents.vectors import encoder as encoders
from intents.vectors.encoder import Encoder, EncoderError
from intents.verdict import verdict

PRECISIONS = click.Choice(["0.95", "0.98", "0.99"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
MODEL_FILE = "model.json"
PARTS_FILE = "parts.json"
PAGES = DATA / "languages"
VECTORS = "English is read by what it means as well (docs/embeddings.md)."


@click.command()
@click.option("--csv", "path", type=FILE, help="Rows text,intent instead of our own.")
@click.option("--out", type=FOLDER, help="The folder in which the model is put.")
@click.option("--embeddings", is_flag=True, help="With --csv: " + VECTORS)
@click.option("--json", "as_json", is_flag=True, help="Print the facts as JSON.")
def train(path: Path | None, out: Path | None, embeddings: bool, as_json: bool) -> None:
    """Train a model: from a CSV file, or from all that this Frontdesk was taught."""
    if (path is None) != (out is None):
        raise click.UsageError("--csv and --out go together")
    if path is None and embeddings:
        raise click.UsageError(
            "--embeddings goes with --csv; what this Frontdesk was taught is learned "
            "with vectors where FRONTDESK_EMBEDDINGS=yes"
        )
    if path is None:
        answer = _train_live()
    else:
        home = _made(out)
        if embeddings:
            _encoder(home)
        answer = train_files([path], home, with_vectors=embeddings)
    if not answer["ok"]:
        raise click.ClickException(str(answer["error"]))
    if path is not None:
        _note(audit(found_in([path])))
    click.echo(json.dumps(answer) if as_json else _told(answer))


@click.command()
@click.argument("text", required=False)
@click.option(
    "--jsonl", is_flag=True, help="Read texts from standard input, one a line."
)
@click.option("--model", "folder", type=FOLDER, help="A model, or a folder with one.")
@click.option("--precision", type=PRECISIONS, default="0.98", show_default=True)
def classify(
    text: str | None, jsonl: bool, folder: Path | None, precision: str
) -> None:
    """Say what a text means, and what would be done: one line of JSON a text.

    With --jsonl standard input holds the texts as they are, one a line, not JSON.
    """
    if jsonl == (text is not None):
        raise click.UsageError("give a text, or --jsonl and texts on standard input")
    try:
        models = _models(_model_folder(folder), float(precision))
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    identifier = language.load(models.languages, sorted(PAGES.glob("*.txt")))
    texts: Iterable[str] = [text] if text is not None else sys.stdin
    for one in texts:
        said = one.rstrip("\r\n")
        read = reads(identifier.identify(said), identifier.default)
        found = verdict(models.of(read), said, read)
        click.echo(json.dumps(found, ensure_ascii=False))


@click.command()
@click.option("--train", "train_on", type=FILE, required=True, help="text,intent")
@click.option("--test", "ask", type=FILE, required=True, help="text,intent")
@click.option("--oos", type=FILE, help="Texts that belong to no intent.")
@click.option("--precision", type=PRECISIONS, default="0.98", show_default=True)
@click.option("--embeddings", is_flag=True, help=VECTORS)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--plots", type=FOLDER, help="The folder in which pictures are put.")
def evaluate(
    train_on: Path,
    ask: Path,
    oos: Path | None,
    precision: str,
    embeddings: bool,
    as_json: bool,
    plots: Path | None,
) -> None:
    """Measure how well a model of some rows understands others.

    Shares are of 1. --plots draws as SVG what is wrong for each share answered, said
    chances beside real ones, and which intents were taken for which.
    """
    with TemporaryDirectory() as home:
        encoder = _encoder(Path(home)) if embeddings else None
        try:
            found = evaluate_files(
                train_on, ask, oos, precision=float(precision), encoder=encoder
            )
        except (TrainingDataError, TooLittleError) as error:
            raise click.ClickException(str(error)) from None
    if plots is not None:
        draw(found, plots)
    click.echo(json.dumps(found.to_json()) if as_json else found.table())


def _train_live() -> Answer:
    """Train on what this Frontdesk was taught, and make the model live."""
    logs.configure(logging.WARNING)
    settings = environment.offline()
    with environment.refusing(), named(), closing(build(settings)) as parts:
        parts.teaching.prepare(live=settings.demo)
        _note([*parts.teaching.doubts(), *parts.teaching.suspects()])
        parts.teaching.train_now()
        with parts.database.read() as connection:
            name = knowledge.live(connection).model
    return {"ok": True, "model": name, "path": str(settings.models / str(name))}


def _note(notes: Iterable[object]) -> None:
    """Tell what looks wrong, beside the facts: it stops nothing."""
    for one in notes:
        click.echo(f"note: {one}", err=True)


def _told(answer: Answer) -> str:
    thresholds = answer.get("thresholds", {})
    lines = [f"model {answer['model']} in {answer['path']}"]
    for precision, one in thresholds.items():
        lines.append(
            f"precision {precision}: answer from {one['answer']:.3f}, "
            f"offer from {one['offer']:.3f}"
        )
    missing = answer.get("figures", {}).get("missing")
    return "\n".join([*lines, missing] if missing else lines)


def _encoder(home: Path) -> Encoder:
    """Return what gives texts their vectors, ready, kept below *home*."""
    encoder = encoders.found(home)
    if encoder is None:
        raise click.ClickException(
            "the extra [embeddings] is not installed here; run "
            "`make install-embeddings`, or leave --embeddings out"
        )
    try:
        encoder.get_ready()
    except EncoderError as error:
        raise click.ClickException(str(error)) from None
    return encoder


def _made(out: Path | None) -> Path:
    if out is None:
        raise click.UsageError("--csv and --out go together")
    out.mkdir(parents=True, exist_ok=True)
    return out


def _model_folder(given: Path | None) -> Path:
    """Return the folder of a model: the one given, the live one, the shipped one."""
    if given is not None:
        return _newest(given)
    live = _live_model()
    return live if live is not None else _newest(SHIPPED_MODELS)


def _models(folder: Path, precision: float) -> Polyglot:
    """Return the models of all languages, or the one there is."""
    if (folder / PARTS_FILE).exists():
        return Polyglot.load(folder, precision)
    model = Model.load(folder, precision)
    return Polyglot(model.name, {model.language: model})


def _newest(folder: Path) -> Path:
    """Return *folder* if it is a model, or else the newest in it: of all languages."""
    for name in (PARTS_FILE, MODEL_FILE):
        if (folder / name).exists():
            return folder
        found = sorted(folder.glob(f"*/{name}"), key=lambda p: p.stat().st_mtime)
        if found:
            return found[-1].parent
    raise click.ClickException(f"there is no model in {folder}: train one first")


def _live_model() -> Path | None:
    """Return the folder of the model that is live; None before there is one here."""
    environment.checked(environment.load)
    home = environment.checked(lambda: writable_home(os.environ))
    url = os.environ.get("DATABASE_URL")
    if not url and not (home / "frontdesk.sqlite").exists():
        return None
    name = _live_name(url or f"sqlite:///{home / 'frontdesk.sqlite'}")
    folder = home / "models" / str(name)
    return folder if folder.exists() else None


def _live_name(url: str) -> str | None:
    with environment.refusing(), named(), closing(open_database(url)) as database:
        if revision.is_empty(database):
            return None
        with database.read() as connection:
            return knowledge.live(connection).model

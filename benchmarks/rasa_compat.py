"""Does Rasa 3.6, trained on what we export, understand what we understand?

    python -m benchmarks.rasa_compat [--python python3.10] [--folder DIR] [--json]

What comes with Frontdesk is exported (`frontdesk export rasa --with-built-in`), an
environment of its own is made for Rasa 3.6, which needs Python 3.8 to 3.10, its own
pipeline is trained on the exported phrasings and domain, and 200 messages that neither
has learned are asked of both. Counted is how often the likeliest intent is the same;
what is asked of the FAQ is `faq` for Rasa, and its entry is what its response selector
says. Rasa takes 2 GB of disk and some ten minutes, all of it in *folder*, which is
thrown away unless it is named. Exit status 1 if fewer agree than should.

Rasa 3.6 has no flows, so those are checked by their published grammar alone.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.automation import first_start
from benchmarks.interval import Share
from benchmarks.labelled import HOLD_OUT, OUT_OF_SCOPE, rows
from benchmarks.report import table

RASA = "rasa==3.6.21"
#: Rasa imports pkg_resources, which setuptools 81 has no more.
WITH = "setuptools<81"
SHARE, MESSAGES, SEED = 0.90, 200, "rasa"
#: Rasa's own pipeline, as `rasa init` writes it, for messages in one language. What it
#: sets aside for being unsure (FallbackClassifier) is left out: the likeliest counts.
CONFIG = """\
recipe: default.v1
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 100
  constrain_similarities: true
  random_seed: 2026
- name: EntitySynonymMapper
- name: ResponseSelector
  epochs: 100
  constrain_similarities: true
  random_seed: 2026
  retrieval_intent: faq
"""
#: Run by Rasa's Python: reads texts, writes the likeliest intent of each.
ASK = """\
import asyncio, json, sys
from rasa.core.agent import Agent

agent = Agent.load(sys.argv[1])

async def main():
    said = [await agent.parse_message(text) for text in json.load(open(sys.argv[2]))]
    json.dump([[
        one["intent"]["name"],
        one.get("response_selector", {}).get("faq", {}).get("response", {})
           .get("intent_response_key"),
    ] for one in said], open(sys.argv[3], "w"))

asyncio.run(main())
"""


@dataclass(frozen=True)
class Asked:
    """One message, what it means, and what each takes it for."""

    text: str
    wanted: str
    ours: str
    rasas: str
    #: With the entry of the FAQ that Rasa's response selector names.
    rasas_entry: str


def main() -> int:
    """Print how often both agree, and where not; return 1 if it is too seldom."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default="python3.10", help="Python 3.8 to 3.10")
    parser.add_argument("--folder", type=Path, help="kept, and used again if there")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if shutil.which(options.python) is None:
        print(f"{options.python} is not here: name Python 3.8 to 3.10", file=sys.stderr)
        return 1
    with _folder(options.folder) as folder:
        asked = compared(folder, options.python)
    figures = shares(asked)
    agree = figures["the same intent"]
    if options.json:
        print(json.dumps({name: one.to_json() for name, one in figures.items()}))
    else:
        apart = [one for one in asked if not _agree(one)]
        cells = [[one.text[:60], one.wanted, one.ours, one.rasas] for one in apart]
        print(table(["apart", "means", "ours", "Rasa's"], cells), end="\n\n")
        lines = [[name, one.count, one.of, one] for name, one in figures.items()]
        print(table(["", "count", "of", "%"], lines))
    return 0 if agree.of == MESSAGES and (agree.value or 0) >= SHARE else 1


def shares(asked: Sequence[Asked]) -> Mapping[str, Share]:
    """Return how often both agree, and how often each is right."""
    faq = [one for one in asked if one.ours.startswith("faq/") and _agree(one)]
    return {
        "the same intent": Share(sum(map(_agree, asked)), len(asked)),
        "the same entry, where both say faq": Share(
            sum(one.ours == one.rasas_entry for one in faq), len(faq)
        ),
        "ours is right": Share(
            sum(_base(one.ours) == _base(one.wanted) for one in asked), len(asked)
        ),
        "Rasa's is right": Share(
            sum(one.rasas == _base(one.wanted) for one in asked), len(asked)
        ),
    }


def compared(folder: Path, python: str) -> list[Asked]:
    """Train Rasa in *folder*, ask both, and return what each said."""
    messages = chosen()
    texts = [row["text"] for row in messages]
    rasas = _rasas(folder, python, texts)
    with first_start(0.98) as parts:
        model = parts.understanding.assistants.models.of("en")
        ours = [model.classify(text, "en")["intent"]["name"] or "" for text in texts]
    return [
        Asked(row["text"], row["intent"], mine, name, entry or name)
        for row, mine, (name, entry) in zip(messages, ours, rasas, strict=True)
    ]


def chosen() -> list[dict[str, str]]:
    """Return the messages that are asked, the same each time."""
    known = [row for row in rows(HOLD_OUT) if row["intent"] != OUT_OF_SCOPE]
    return random.Random(SEED).sample(known, MESSAGES)


def _rasas(
    folder: Path, python: str, texts: Sequence[str]
) -> list[tuple[str, str | None]]:
    """Return Rasa's likeliest intent of each text, and its entry of the FAQ."""
    rasa, project = _environment(folder, python), folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    home = {"FRONTDESK_HOME": str(folder / "home")}
    frontdesk = Path(sys.executable).with_name("frontdesk")
    export = [str(frontdesk), "export", "rasa", str(project), "--with-built-in"]
    _run([*export, "--language", "en"], folder, home)
    (project / "config.yml").write_text(CONFIG)
    _run([str(rasa / "rasa"), "train", "nlu", "--nlu", "data/frontdesk"], project)
    (model,) = (project / "models").glob("nlu-*.tar.gz")
    (project / "ask.py").write_text(ASK)
    (project / "texts.json").write_text(json.dumps(texts))
    ask = [str(rasa / "python"), "ask.py", str(model), "texts.json", "said.json"]
    _run(ask, project)
    said = json.loads((project / "said.json").read_text())
    return [(name, entry) for name, entry in said]


def _environment(folder: Path, python: str) -> Path:
    """Return where Rasa's commands are; install it there unless it is."""
    commands = folder / "environment" / "bin"
    if not (commands / "rasa").exists():
        _run([python, "-m", "venv", str(folder / "environment")], folder)
        _run([str(commands / "pip"), "install", "--quiet", RASA, WITH], folder)
    return commands


def _run(
    command: list[str], folder: Path, more: Mapping[str, str] | None = None
) -> None:
    """Run a command to its end, telling on stderr which; raise if it fails."""
    print("$", " ".join(command), file=sys.stderr, flush=True)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment = {**os.environ, **quiet, **(more or {})}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=sys.stderr)


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    """Give the folder that was named, or one that is gone afterwards."""
    if named is not None:
        named.mkdir(parents=True, exist_ok=True)
        yield named.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="frontdesk-rasa-") as made:
        yield Path(made)


def _agree(one: Asked) -> bool:
    return _base(one.ours) == one.rasas


def _base(intent: str) -> str:
    """Return the intent without the entry of a retrieval intent."""
    return intent.partition("/")[0]


if __name__ == "__main__":
    sys.exit(main())

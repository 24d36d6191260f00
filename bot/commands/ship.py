"""Train what is shipped, so that a first start finds it and trains nothing.

``python -m bot.commands.ship``, as `make install` does.

Each language has a model of its own: whoever offers some of them finds those.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import click
import orjson

from bot import content, curriculum
from bot.content import SHIPPED_MODELS
from bot.trainer import Trainer, TrainingError


def main() -> int:
    """Train; print what came of it, as JSON."""
    with tempfile.TemporaryDirectory() as nothing:
        written = content.load(Path(nothing))
    shutil.rmtree(SHIPPED_MODELS, ignore_errors=True)
    trainer = Trainer(SHIPPED_MODELS)
    try:
        folder = trainer.train(curriculum.subjects(written, written.faq))
    except TrainingError as error:
        click.echo(str(error), err=True)
        return 1
    finally:
        trainer.close()
    click.echo(orjson.dumps({"model": folder.name, "path": str(folder)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

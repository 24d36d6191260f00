"""Work out once what every start needs of the files that ship.

``python -m bot.commands.prepare``, as `make install` does once models are trained.

What is kept is found by what it follows from (`intents.prepared`): where it is missing,
or the files are others, a start works it out by itself and only takes longer.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bot import content, curriculum, source_files, trainer
from bot.content import DATA, ROOT, SHIPPED_MODELS
from bot.store import laying, migrate
from bot.store.database import open_database
from intents import examples, prepared

#: All that a demo and its training load.
LOADED = (
    "bot.cli",
    "bot.commands.demo",
    "bot.app",
    "bot.store.migrate",
    "emulator.__main__",
    "intents.training",
)
#: What a start reads, and the scripts, which the first look at them does.
SOURCES = (
    "*.yml",
    "conversations/*.yml",
    "faq/*.yml",
    "flows/*.yml",
    "messenger/*.yml",
    "responses/*.yml",
)


def main() -> int:
    """Keep it all, and nothing of what was kept before."""
    shutil.rmtree(prepared.FOLDER, ignore_errors=True)
    source_files.prepare(
        path for pattern in SOURCES for path in sorted(DATA.glob(pattern))
    )
    with tempfile.TemporaryDirectory() as nothing:
        written = content.load(Path(nothing))
        tables = Path(nothing) / "tables.sqlite"
        with closing(open_database(f"sqlite:///{tables}")) as database:
            migrate.migrate(database)
        laying.prepare(tables)
    examples.prepare([*sorted((DATA / "faq").glob("*.yml")), *written.phrasings])
    written.identifier.prepare(
        phrase for entry in written.faq for phrase in entry.phrasings
    )
    for subject in curriculum.subjects(written, written.faq).values():
        subject.prepare()
    for model in SHIPPED_MODELS.iterdir():
        if model.is_dir():
            trainer.prepare(model)
    _compile()
    return 0


def _compile() -> None:
    """Keep the bytecode of our modules, where the settings around us forbid it too.

    Without, a start compiles a thousand modules: half a second, and 10 MB for good.
    """
    subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", f"import {', '.join(LOADED)}"],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        cwd=ROOT,
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())

"""Work out once what every start needs of the files that ship.

``python -m bot.commands.prepare``, as `make install` does once models are trained.

What is kept is found by what it follows from (`intents.prepared`): where it is missing,
or the files are others, a start works it out by itself and only takes longer.
"""

import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bot import content, curriculum, source_files, trainer
from bot.content import DATA, SHIPPED_MODELS
from bot.store import laying, migrate
from bot.store.database import open_database
from intents import examples, prepared

#: Scripts are read by tests and checks alone.
READ_AT_A_START = ("*.yml", "faq/*.yml", "flows/*.yml", "responses/*.yml")


def main() -> int:
    """Keep it all, and nothing of what was kept before."""
    shutil.rmtree(prepared.FOLDER, ignore_errors=True)
    source_files.prepare(
        path
        for pattern in (*READ_AT_A_START, "messenger/*.yml")
        for path in sorted(DATA.glob(pattern))
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
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Keep what is needed to understand a storm whose sums are off."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from benchmarks.kill import books
from benchmarks.kill.storm import Storm
from benchmarks.kill.tables import Tables


def keep(storm: Storm, folder: Path) -> None:
    """Copy logs, the agents' book and the file of SQLite; write the rest as lines."""
    left_out = shutil.ignore_patterns("models")
    shutil.copytree(storm.site.folder, folder, dirs_exist_ok=True, ignore=left_out)
    engine = storm.site.engine()
    with engine.connect() as connection:
        tables = Tables.read(connection, books.sent(storm.site.messenger))
    engine.dispose()
    for one in fields(Tables):
        rows = getattr(tables, one.name)
        found = map(asdict, rows) if one.name == "sent" else map(dict, rows)
        _write(folder / f"{one.name}.jsonl", found)
    _write(folder / "killed.jsonl", map(asdict, storm.killed))
    echoed = storm.watcher.echoed.items()
    _write(folder / "echoed.jsonl", ({"mid": mid, "at": at} for mid, at in echoed))


def _write(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    file.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))

"""How long, and how many: Messenger's limits, from the table all of Frontdesk reads."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

LIMITS_FILE = Path(__file__).parents[1] / "data" / "messenger" / "limits.toml"


def load(path: Path = LIMITS_FILE) -> Mapping[str, Mapping[str, int]]:
    """Return every limit by its section and name."""
    return tomllib.loads(path.read_text())


LIMITS = load()

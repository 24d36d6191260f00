"""What of Rasa projects is taken over, and do their own test stories hold here?

    python -m benchmarks.rasa_projects DIR [DIR ...] [--json]

Each DIR, a checkout of a project, is imported into an empty home of its own by
`frontdesk import rasa`, learned by `frontdesk train`, and its test stories are played
by `frontdesk test`. In these each message means what the story says, as in `rasa test`:
what is tested is the dialogue. Actions of the project's server are stood in for. What
the import left, or can't be read, counts as a story that does not hold.
Exit status 1 if of any project less of the examples and responses is taken than should
be, or of all their stories fewer hold. Nothing is fetched.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.interval import Share
from benchmarks.report import table

FRONTDESK = Path(sys.executable).with_name("frontdesk")
#: Of what is found in a project so much must be taken, and so many stories must hold.
MAPPED, HELD = 0.95, 0.70
KINDS = ("examples", "responses")
#: Nobody listens there: in stories the actions of a server are stood in for.
NOWHERE = "http://127.0.0.1:9/webhook"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of one project."""

    name: str
    mapped: dict[str, Share]
    held: Share


def main() -> int:
    """Print what is taken and what holds; return 1 if it is too little."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    brought = [bring(folder.resolve()) for folder in options.folders]
    held = _all([one.held for one in brought])
    if options.json:
        print(json.dumps(_json(brought, held)))
    else:
        columns = ["project", *KINDS, "stories that hold"]
        cells = [[b.name, *(b.mapped[k] for k in KINDS), b.held] for b in brought]
        print(table([*columns], [*cells, ["all", "", "", held]]))
    enough = all(
        (share.value or 0) >= MAPPED for one in brought for share in one.mapped.values()
    )
    return 0 if enough and (held.value or 0) >= HELD else 1


def bring(project: Path) -> Brought:
    """Import a project into a home of its own, and play its stories there."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-rasa-") as home:
        report = json.loads(_run(home, "import", "rasa", str(project), "--json"))
        _run(home, "train")
        played = json.loads(_run(home, "test", "rasa_", "--json", may_break=True))
    found, taken = report["found"], report["taken"]
    count = int(found.get("tests", 0))
    lost = len(played["broken"]) + len(played["waiting"]) + len(played["problems"])
    return Brought(
        name=project.name,
        mapped={kind: Share(taken.get(kind, 0), found.get(kind, 0)) for kind in KINDS},
        held=Share(max(0, int(played["played"]) - lost), count),
    )


def _run(home: str, *words: str, may_break: bool = False) -> str:
    """Run a command of ours in *home* and return what it printed."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("FRONTDESK_")}
    env |= {"FRONTDESK_HOME": home, "FRONTDESK_ACTION_ENDPOINT": NOWHERE}
    done = subprocess.run(
        [FRONTDESK, *words], capture_output=True, text=True, env=env, cwd=home
    )
    if done.returncode and not (may_break and done.stdout.startswith("{")):
        raise RuntimeError(f"frontdesk {' '.join(words)}: {done.stderr}")
    return done.stdout


def _all(shares: Sequence[Share]) -> Share:
    return Share(sum(one.count for one in shares), sum(one.of for one in shares))


def _json(brought: Sequence[Brought], held: Share) -> dict[str, Any]:
    projects = {
        one.name: {
            **{kind: share.to_json() for kind, share in one.mapped.items()},
            "stories": one.held.to_json(),
        }
        for one in brought
    }
    return {"projects": projects, "stories": held.to_json()}


if __name__ == "__main__":
    sys.exit(main())

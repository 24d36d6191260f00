"""What libraries load beside what is wanted of them: left out, or until it is used.

rasa-sdk loads Sanic, which its own action server needs, and Granian an event loop that
is not ours; structlog loads rich, with which developers draw on terminals; requests
what guesses in which encoding a page was written, and we ask APIs, which say it. Of a
server that is 14 MB, and a tenth of a second of its start.
"""

import sys
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

#: Loaded when something of them is used: the hooks of rasa-sdk's own server, and a loop
#: that Granian takes if it is told to.
LATE = frozenset(["rasa_sdk.plugin", "uvloop"])
#: What is passed over while another is loaded, which does without: it would write
#: tracebacks for a terminal, and we log them as JSON; without the other, requests takes
#: what does not name its encoding for UTF-8.
SPARED = {"charset_normalizer": "requests", "rich": "structlog.dev"}


class Unneeded:
    """Finds these modules before anybody else does."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return a module that loads itself when it is used; None for all others."""
        if fullname in SPARED and _is_loading(SPARED[fullname]):
            raise ModuleNotFoundError(f"{fullname} is spared", name=fullname)
        spec = PathFinder.find_spec(fullname, path) if fullname in LATE else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def leave_out() -> None:
    """Let this process, and those that it forks, load only what is needed."""
    sys.meta_path.insert(0, Unneeded())
    # requests says at each start that it goes without.
    warnings.filterwarnings("ignore", "Unable to find acceptable character detection")


def _is_loading(name: str) -> bool:
    spec = getattr(sys.modules.get(name), "__spec__", None)
    return bool(getattr(spec, "_initializing", False))

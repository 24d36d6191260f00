"""Where our static files are, under an address that changes when they do."""

import hashlib
from functools import cache
from pathlib import Path

from flask import url_for

STATIC = Path(__file__).parents[1] / "static"


@cache
def asset(name: str) -> str:
    """Return the URL of a static file; it changes when the file does.

    Kept: a page names the icons a hundred times.
    """
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return url_for("static", filename=name, v=digest)

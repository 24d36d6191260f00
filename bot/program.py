"""How this program was called: what people are told to type must work for them."""

import sys
from pathlib import Path

NAME = "frontdesk"


def command(words: str) -> str:
    """Return what whoever called us types to have *words* done."""
    called = Path(sys.argv[0])
    return f"{called if called.name == NAME else NAME} {words}"

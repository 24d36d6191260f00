"""What is wrong with Python that a shop wrote: in which line, and what it says."""

import traceback
from pathlib import Path


def where(path: Path, error: Exception) -> str:
    """Return the file and the line of it at which an error came up, if one did."""
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path}, line {error.lineno}"
    ours = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename) == path
    ]
    return f"{path}, line {ours[-1]}" if ours else str(path)


def told(error: Exception) -> str:
    """Return what an error says, without the line that Python adds to some."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    return f"{type(error).__name__}: {error}"

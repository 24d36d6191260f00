"""A Python file of the shop's own: its functions, none for more than three seconds."""

import importlib.util
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from bot import own_code
from flows.files import DataError
from flows.ports import PortError

#: A port waits so long, in seconds; so many may wait at once.
PATIENCE, MOST = 3.0, 16


class OwnFile:
    """Asks the functions of a file; what they raise is told by its kind alone."""

    def __init__(self, path: Path, setting: str, needed: str) -> None:
        """Read it; raise DataError if it is not there, or lacks what is *needed*."""
        self._name = path.name
        self._module = _read(path, setting, needed)
        self._threads = ThreadPoolExecutor(MOST, thread_name_prefix=f"own-{path.stem}")

    def ask(self, name: str, *given: Any) -> Any:
        """Return what a function returns, None where the file has none of that name."""
        does: Callable[..., Any] | None = getattr(self._module, name, None)
        if does is None:
            return None
        try:
            return self._threads.submit(does, *given).result(PATIENCE)
        except Exception as error:
            # Nobody's words: an error may quote the customer.
            said = f"{self._name}: {name}: {type(error).__name__}"
            raise PortError(said) from error


def _read(path: Path, setting: str, needed: str) -> ModuleType:
    if not path.is_file():
        raise DataError([f"{path} is not there: {setting}=own needs it"])
    spec = importlib.util.spec_from_file_location(f"own_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise DataError([f"{path} can't be read as Python"])
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # noqa: BLE001 - it is anybody's code
        at, said = own_code.where(path, error), own_code.told(error)
        raise DataError([f"{at}: can't be used: {said}"]) from None
    name, _, _ = needed.partition("(")
    if not callable(getattr(module, name, None)):
        raise DataError([f"{path} has no function '{needed}': docs/{path.stem}.md"])
    return module

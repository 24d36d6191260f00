"""A shop's own actions: the Python files in FRONTDESK_HOME/actions.

Each class of rasa-sdk's `Action` in them is one. Its constructor takes nothing, or what
it needs of `orders`, `calendar` and `products` by these names (flows/ports.py and
flows/products.py).
"""

import importlib
import inspect
import sys
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from types import ModuleType
from typing import NoReturn, TypeAlias

from rasa_sdk import Action

from bot import own_code
from flows.actions import all_actions
from flows.files import DataError, nearest
from flows.ports import PortError

OwnActions: TypeAlias = tuple[type[Action], ...]


class Nowhere:
    """Stands in for a shop and a calendar where actions are only asked their names."""

    def find(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def knows(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def mine(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def claim(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def contents(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def has_news(self) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def mails_codes(self) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def mail_code(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def prove(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def cancels(self) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def is_owner(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def mail_owner(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def cancel(self, *_: str) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def changes_addresses(self) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def change_address(self, *_: object) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def upcoming(self) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")

    def announced(self) -> NoReturn:
        """Raise PortError."""
        raise PortError("nowhere")


def load(folder: Path, known: Collection[str]) -> OwnActions:
    """Return the actions in the files of *folder*, or raise DataError.

    *known* are the actions that the domain names: each must be there, ours or the
    shop's own.
    """
    package = _package(folder)
    paths = sorted(folder.glob("*.py")) if folder.is_dir() else []
    found = [one for path in paths for one in _of_file(package, path)]
    for path, action in found:
        _refuse_unusable(path, action)
    own = tuple(action for _, action in found)
    names = {action.name() for action in all_actions(Nowhere(), Nowhere(), own)}
    missing = [
        f"action '{name}' is in the domain, but no class in {folder} has that name(), "
        f"and FRONTDESK_ACTION_ENDPOINT is not set{nearest(name, names)}"
        for name in sorted({*known} - names)
    ]
    if missing:
        raise DataError(missing)
    return own


def _package(folder: Path) -> str:
    """Return the name of a package of these files, so that they may import each other.

    What was read before under this name is forgotten: the files may have changed.
    """
    name = f"own_actions_{zlib.crc32(str(folder.resolve()).encode()):08x}"
    for module in [one for one in sys.modules if one.partition(".")[0] == name]:
        del sys.modules[module]
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    importlib.invalidate_caches()
    return name


def _of_file(package: str, path: Path) -> Iterator[tuple[Path, type[Action]]]:
    try:
        module = importlib.import_module(f"{package}.{path.stem}")
    except Exception as error:  # noqa: BLE001 - it is anybody's code
        raise DataError(
            [f"{own_code.where(path, error)}: can't be used: {own_code.told(error)}"]
        ) from None
    for thing in vars(module).values():
        if (
            inspect.isclass(thing)
            and issubclass(thing, Action)
            and thing.__module__ == module.__name__
            and thing.name is not Action.name
            and not inspect.isabstract(thing)
        ):
            yield path, thing


def _refuse_unusable(path: Path, action: type[Action]) -> None:
    try:
        all_actions(Nowhere(), Nowhere(), (action,))
    except Exception as error:  # noqa: BLE001 - it is anybody's code
        said = own_code.told(error)
        raise DataError(
            [
                f"{path}: {action.__name__} can't be made ({said}): its constructor "
                "takes nothing, or 'orders', 'calendar' and 'products'"
            ]
        ) from None

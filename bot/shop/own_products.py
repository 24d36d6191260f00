"""Products of a shop that says in Python where they are: FRONTDESK_HOME/products.py.

The file has `names()`, a list of dicts with `id` and `name`, and `product(id)`, a dict
as docs/products.md describes it, or None; and, if it likes, `search(words)`.
"""

from collections.abc import Sequence
from pathlib import Path

from bot.shop import stocked
from bot.shop.orders import Diagnosis
from bot.shop.own_file import OwnFile
from flows.ports import PortError
from flows.products import Product, ProductName


class OwnProducts:
    """Asks the functions of a shop's own file."""

    def __init__(self, path: Path) -> None:
        """Read the file; raise DataError if it is not there or can't be used."""
        self._file = OwnFile(path, "FRONTDESK_PRODUCTS", "names()")

    def names(self) -> Sequence[ProductName]:
        """Return what all that is sold is called."""
        return _listed(self._file.ask("names"))

    def search(self, words: Sequence[str]) -> Sequence[ProductName]:
        """Return what the file finds by words, if it searches."""
        return _listed(self._file.ask("search", list(words)) or [])

    def product(self, key: str) -> Product | None:
        """Return a product as the file describes it."""
        found = self._file.ask("product", key)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise PortError(
                "products.py: a product is a dict, as docs/products.md has it"
            )
        return stocked.product({"id": key, **found})

    def diagnosis(self) -> Diagnosis:
        """Ask for the names."""
        try:
            found = self.names()
        except PortError as error:
            return Diagnosis(well=False, said=str(error), cure="See products.py.")
        return Diagnosis(well=True, said=f"products.py names {len(found)}")


def _listed(found: object) -> Sequence[ProductName]:
    if not isinstance(found, list):
        raise PortError("products.py: names are a list of dicts")
    return [*stocked.names({"all": found}, "all")]

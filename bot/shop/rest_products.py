"""Products of a shop of any kind that answers as docs/products.md says."""

from collections.abc import Sequence

from bot.shop import stocked
from bot.shop.orders import Diagnosis
from bot.shop.reading import at, plain_key, text
from bot.shop.shelf import MOST_NAMES
from bot.shop.web import Answer, Web
from flows.ports import PortError
from flows.products import Product, ProductName


class RestProducts:
    """Looks products up at GET {url}/products and GET {url}/products/{id}."""

    def __init__(self, url: str, token: str) -> None:
        self._url = f"{url}/products"
        self._web = Web("products", {"Authorization": f"Bearer {token}"})

    def names(self) -> Sequence[ProductName]:
        """Return the names of all pages."""
        found: list[ProductName] = []
        page = "1"
        while page and len(found) < MOST_NAMES:
            content = self._listed(self._web.get(self._url, {"page": page}))
            found += stocked.names(content, "products")
            page = text(content, "next_page")
        return found

    def search(self, words: Sequence[str]) -> Sequence[ProductName]:
        """Return what the shop finds by words."""
        answer = self._web.get(self._url, {"search": " ".join(words)})
        return [*stocked.names(self._listed(answer), "products")]

    def product(self, key: str) -> Product | None:
        """Return a product, None if the shop says that there is none."""
        plain = plain_key(key)
        if plain is None:
            return None
        answer = self._web.get(f"{self._url}/{plain}")
        if answer.status == 404 and at(answer.content, "error") == "unknown_product":
            return None
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise PortError(f"products: HTTP {answer.status}, no product")
        return stocked.product(answer.content)

    def diagnosis(self) -> Diagnosis:
        """Ask for the first page of names."""
        try:
            self._listed(self._web.get(self._url, {"page": "1"}))
        except PortError as error:
            cure = "See ORDERS_URL and ORDERS_TOKEN, and docs/products.md."
            return Diagnosis(well=False, said=str(error), cure=cure)
        return Diagnosis(well=True, said="the shop lists its products")

    def _listed(self, answer: Answer) -> object:
        if answer.status != 200 or not isinstance(at(answer.content, "products"), list):
            raise PortError(f"products: HTTP {answer.status}, no list")
        return answer.content

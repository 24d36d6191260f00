"""Shopify's Admin API (GraphQL): one question, its data or an error."""

from typing import Any

from bot.shop.reading import Payload, objects, text
from bot.shop.web import Web
from flows.ports import PortError


class ShopifyAdmin:
    """Asks a shop; safe to share between threads."""

    def __init__(self, url: str, token: str, version: str) -> None:
        self._url = f"{url}/admin/api/{version}/graphql.json"
        self._web = Web("shopify", {"X-Shopify-Access-Token": token})

    def ask(self, query: str, variables: Payload) -> Any:
        """Return the data of an answer; raise PortError with Shopify's code."""
        answer = self._web.post(self._url, {"query": query, "variables": variables})
        # Shopify says with 200, too, that something is wrong: that we ask too often,
        # that the app may not see e-mail addresses.
        errors = objects(answer.content, "errors")
        if answer.status != 200 or errors or not isinstance(answer.content, dict):
            codes = {text(one, "extensions", "code") for one in errors} - {""}
            raise PortError(
                f"shopify: {', '.join(sorted(codes)) or f'HTTP {answer.status}'}"
            )
        return answer.content.get("data")

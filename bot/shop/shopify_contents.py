"""What is in an order of a Shopify shop, and what it came to.

It is a query of its own: items and prices are never fetched for who has only a number
and a proof.
https://shopify.dev/docs/api/admin-graphql/latest/objects/LineItem
"""

from bot.shop import contents
from bot.shop.reading import Payload, at, objects, text
from flows.contents import Contents

#: A query may cost 1,000 points, and does one for each line of each order. `name` is
#: the title with that of the variant; money is in the currency that the customer saw.
QUERY = """
query ($query: String!) {
  orders(first: 10, query: $query, sortKey: CREATED_AT, reverse: true) {
    nodes {
      name email
      shippingAddress { zip } billingAddress { zip }
      currentTotalPriceSet { presentmentMoney { amount currencyCode } }
      totalPriceSet { presentmentMoney { amount currencyCode } }
      lineItems(first: 30) { nodes { name quantity currentQuantity } }
    }
  }
}
"""


def read(node: Payload) -> Contents:
    """Return an order as it stands; one of which all went back, as it was."""
    lines = objects(node, "lineItems", "nodes")
    left = contents.items(lines, quantity="currentQuantity")
    total = "currentTotalPriceSet" if left else "totalPriceSet"
    paid = at(node, total, "presentmentMoney")
    return Contents(
        number=text(node, "name").lstrip("#"),
        items=left or contents.items(lines),
        total=contents.money(at(paid, "amount"), at(paid, "currencyCode")),
    )

"""Which size or colour of a product does a customer write of?"""

import re
import unicodedata
from collections.abc import Iterator

from flows.products import Product, Variant

_WORD = re.compile(r"[a-z0-9]+|[^\W\d_a-z]+")
#: A letter beside one of these is a piece of a word: I'm, what's, l'article.
_APOSTROPHES = "'’"
_SIZES = {
    "s": "small pequena pequeno chica petit petite صغير صغيرة 小号 小码 小號 小碼",
    "m": "medium mediana mediano moyen moyenne وسط متوسط متوسطة 中号 中码 中號 中碼",
    "l": "large grande grand كبير كبيرة 大号 大码 大號 大碼",
}
_SPELT = {word: size for size, words in _SIZES.items() for word in words.split()}


def wished(text: str, product: Product) -> tuple[Variant, ...]:
    """Return the variants of which a text says most; none if it says nothing of any."""
    said = {*_words(text)} - {*_words(product.name)}
    fits = {one: len(said.intersection(_words(one.name))) for one in product.variants}
    most = max(fits.values(), default=0)
    return tuple(one for one, count in fits.items() if count == most and most)


def in_words(text: str, told: str) -> str | None:
    """Return the name of a product with the variant that a text says of it.

    *told* has the name in its first line, and a variant in each of the others.
    """
    name, *variants = told.split("\n")
    sold = tuple(Variant(name=one, stock="in_stock") for one in variants)
    product = Product(key="", name=name, stock="in_stock", variants=sold)
    found = wished(text, product)
    return f"{name} {found[0].name}" if len(found) == 1 else None


def _words(text: str) -> Iterator[str]:
    plain = _plain(text)
    for spelt, size in _SPELT.items():
        if not spelt.isascii() and spelt in plain:
            yield size
    for match in _WORD.finditer(plain):
        around = plain[max(0, match.start() - 1)] + plain[match.end() : match.end() + 1]
        if len(match[0]) > 1 or not set(around).intersection(_APOSTROPHES):
            yield _SPELT.get(match[0], match[0])


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))

"""Amounts of money in a text: "€25", "25,50 euros", "٢٥ درهم", "25元"."""

import re
from collections.abc import Mapping

from intents.in_place import fold
from intents.parse import Entity
from intents.text import LONGEST

AMOUNT = "amount-of-money"
#: What stands before an amount or behind it, folded; a dollar is one of the shop's.
_SIGNS: Mapping[str, str] = {
    "€": "EUR",
    "£": "GBP",
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "$": "USD",
    "¥": "CNY",
    "₹": "INR",
}
_WORDS: Mapping[str, str] = {
    **_SIGNS,
    **dict.fromkeys(["eur", "euro", "euros", "يورو", "欧元", "歐元"], "EUR"),
    **dict.fromkeys(["gbp", "pound", "pounds", "quid", "libra", "libras"], "GBP"),
    **dict.fromkeys(["livre", "livres", "جنيه استرليني", "英镑", "英鎊"], "GBP"),
    **dict.fromkeys(["usd", "dollar", "dollars", "dolar", "dolares"], "USD"),
    **dict.fromkeys(["bucks", "دولار", "دولارات", "دولارا", "美元", "美金"], "USD"),
    **dict.fromkeys(
        ["cny", "rmb", "yuan", "元", "块", "塊", "人民币", "人民幣"], "CNY"
    ),
    **dict.fromkeys(["sar", "ريال", "ريالا", "ريالات"], "SAR"),
    **dict.fromkeys(["aed", "درهم", "درهما", "دراهم"], "AED"),
    **dict.fromkeys(["egp", "جنيه", "جنيها", "جنيهات"], "EGP"),
    **dict.fromkeys(["chf", "francs suisses", "franc suisse"], "CHF"),
}
_FIGURES = r"\d{1,9}(?:[., '\u00a0]\d{3}){0,3}(?:[.,]\d{1,2})?(?!\d)"


def _any(words: Mapping[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_BEFORE = re.compile(rf"(?<![\w.,])(?P<unit>{_any(_SIGNS)}) ?(?P<figures>{_FIGURES})")
_BEHIND = re.compile(
    rf"(?<![\w.,#/-])(?P<figures>{_FIGURES}) ?(?P<unit>{_any(_WORDS)})"
    r"(?:(?<=[^\x00-\x7f])(?![\u0621-\u064a])|(?!\w))"
)
_MAYBE = re.compile(r"\d")


def amounts(text: str) -> list[Entity]:
    """Return the amounts in *text* as ``25.50 EUR``, first to last.

    A comma or a point before three figures parts thousands, before one or two cents.
    """
    seen = text[:LONGEST]
    folded = fold(seen)
    if len(folded) != len(seen) or not _MAYBE.search(folded):
        return []
    found: list[Entity] = []
    # A Chinese character is no part of the number that follows it.
    apart = re.sub(r"[\u3400-\u9fff](?=\d)", " ", folded)
    for pattern in (_BEFORE, _BEHIND):
        for match in pattern.finditer(apart):
            if all(
                match.end() <= o["start"] or o["end"] <= match.start() for o in found
            ):
                found.append(_entity(match))
    return sorted(found, key=lambda one: one["start"])


def _entity(match: re.Match[str]) -> Entity:
    return Entity(
        entity=AMOUNT,
        start=match.start(),
        end=match.end(),
        value=f"{_plain(match['figures'])} {_WORDS[match['unit']]}",
        extractor="AmountGrammar",
    )


def _plain(figures: str) -> str:
    """Return figures with a point before the cents, and nothing between thousands."""
    whole, cents = figures, ""
    if found := re.search(r"[.,](\d{1,2})$", figures):
        whole, cents = figures[: found.start()], f".{found[1].ljust(2, '0')}"
    return re.sub(r"\D", "", whole) + cents

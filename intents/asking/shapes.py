"""How a question is built, and the other ways that fit one so built."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: A number with its currency, either way round, or that it costs nothing.
_PRICE = re.compile(
    r"[€$£¥₤﷼]\s?\d|\d\s?(?:[€$£¥元块]|usd|eur|gbp|euros?|dollars?|pounds?|pesos?|"
    r"d[óo]lares|يورو|دولار|ريال|درهم|جنيه|دينار)|\bfree\b|\bgratis\b|gratuit|免费|مجان",
    re.IGNORECASE,
)
#: How many minutes, hours, days or weeks it takes.
_TIME = re.compile(
    r"\b(?:\d+|one|two|three|a few|some|un[oa]?s?|dos|tres|une?|deux|trois|quelques)\s"
    r"(?:(?:to|a|à|o|or|–|-)\s(?:\w+)\s)?(?:working |business )?"
    r"(?:minut|hour|day|week|month|hora|d[íi]a|semana|mes\b|heure|jour|semaine|mois)"
    r"|\d\s?-\s?\d\s?(?:day|d[íi]a|jour)|same day|overnight|next day|mismo d[íi]a"
    r"|[\d一二两三四五六七几]\s?(?:个)?(?:分钟|小时|天|周|星期|工作日|月)|当天"
    r"|(?:يوم|أيام|ساع|أسبوع|أسابيع|دقيق|دقائق|شهر)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the answer to a question tells, so that customers ask for it."""

    price: bool = False
    time: bool = False

    @classmethod
    def by(cls, answer: str) -> "Named":
        """Return what an answer names."""
        return cls(price=bool(_PRICE.search(answer)), time=bool(_TIME.search(answer)))


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How some questions begin, and how else these could be asked.

    What the pattern names is put into the ways; what an answer names adds more.
    """

    begins: re.Pattern[str]
    ways: Sequence[str]
    price: Sequence[str] = ()
    time: Sequence[str] = ()


def shape(
    begins: str, *ways: str, price: Sequence[str] = (), time: Sequence[str] = ()
) -> Shape:
    """Return a shape; its pattern is of the whole question, without its marks."""
    pattern = re.compile(begins, re.IGNORECASE)
    return Shape(begins=pattern, ways=ways, price=price, time=time)


def filled(one: Shape, parts: Mapping[str, str], named: Named) -> Iterator[str]:
    """Yield the ways of a shape with the parts of a question in them."""
    wanted = [
        *one.ways,
        *(one.price if named.price else ()),
        *(one.time if named.time else ()),
    ]
    yield from (" ".join(way.format(**parts).split()) for way in wanted)

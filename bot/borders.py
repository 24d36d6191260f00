"""Where may a message be taken apart? At the ends of sentences, and at words that join.

A piece stands between two borders; a run goes from one border to any later one. What
a piece means, and whether it is clear by itself, is no matter here: see `several`.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from bot import counted

Span: TypeAlias = tuple[int, int]

#: A longer message tells a story, and so do more pieces than these.
LONGEST, MOST_PIECES = 300, 5

_ASKS = "أين|اين|وين|فين|كيف|ازاي|إزاي|شلون|كم|بكم|بكام|قديش|هل|متى|امتى|إمتى|ايمتى|لو"
#: No word that only begins so: "and a colour" (ولون) asks nothing.
_ASKS = rf"(?:(?:{_ASKS})(?:ه|ها|هم)?|كيفية|كيفيه|كمان)(?!\w)"
_AND = "and|also|plus|oh|y|e|además|también|tambien|et|aussi|puis"
_AND_THEN = "还有|另外|以及|并且|顺便"
#: In Chinese a blank stands for a comma: words have none between them.
_HAN = r"[\u4e00-\u9fff]"
_BORDER = re.compile(
    rf"""
      [?!؟？！。；;\n]+\s*
    | \.\s+
    | [,،，、]\s*
    | \s+(?:{_AND})\s+
    | \s+و\s*(?={_ASKS})
    | \s+n\s+(?=(?:do|can|could|how|when|where|what|is|are|i)\b)
    | (?:(?<=\s)|\A|(?<=[:：]))\(?[1-5][).．、]\s*
    | [:：](?=\s|\Z)
    | (?:{_AND_THEN})[，,]?
    | (?<={_HAN})[ \u3000]+(?={_HAN})
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: What joins a part to the one before it, and says nothing in it.
_JOINS = re.compile(
    rf"\A\s*[¿¡]?(?:(?:{_AND})\b\s*|و(?={_ASKS})"
    rf"|{_AND_THEN})+",
    re.IGNORECASE,
)


def spans_of(text: str) -> Iterator[Span]:
    """Yield where each piece begins and ends, its question mark with it."""
    at = 0
    for border in [*_BORDER.finditer(text), None]:
        end = border.start() if border else len(text)
        if _JOINS.sub("", text[at:end]).strip():
            yield at, end + (1 if text[end : end + 1] in ("?", "؟", "？") else 0)
        at = border.end() if border else end


def asks_several(text: str) -> bool:
    """Whether a text asks more than one thing, or says so."""
    if counted.asks_several(text):
        return True
    if len(text) > LONGEST:
        return False
    return sum(counted.asks(piece_of(text, span)) for span in spans_of(text)) > 1


def piece_of(text: str, span: Span) -> str:
    """Return a piece without what joins it to the one before."""
    return _JOINS.sub("", text[slice(*span)], count=1).strip()


def run_of(text: str, span: Span) -> str:
    """Return what stands between two borders, without the commas at its ends."""
    return piece_of(text, span).strip(" ,،，")


def readable(text: str) -> list[str]:
    """Return all that may be read of a message: itself, its pieces and runs of them.

    For whoever asks a model that is far away, about all of it at once.
    """
    spans = [*spans_of(text)] if len(text) <= LONGEST else []
    if marked := counted.spans(text) if len(text) <= LONGEST else []:
        return [text, *(run_of(text, one) for one in marked)]
    if not 1 < len(spans) <= MOST_PIECES:
        return [text]
    pieces = [piece_of(text, span) for span in spans]
    runs = [(start, end) for start, _ in spans for _, end in spans if start < end]
    return [*dict.fromkeys([text, *pieces, *(run_of(text, one) for one in runs)])]

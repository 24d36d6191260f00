"""How else might customers ask this? Other ways to say one English question, by rule.

No model and no chance: the same question gives the same proposals, for somebody to
read and tick. Each rule alone is simple; what they give is not always good English,
and customers' is not either.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain

from intents.text import as_said

MOST = 16
SHORTEST_TO_MISTYPE = 5

#: How a question begins, and how else it could. The rest of it is ``{}``.
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?:do|would) you (?:sell|have|offer|stock) (?:any )?(.+)",
        (
            "have you got {}",
            "is there {}",
            "can i get {} from you",
            "i'm looking for {}",
        ),
    ),
    (
        r"(?:is|are) there (?:an? |any )?(.+)",
        ("do you have {}", "have you got {}", "do you offer {}", "i'm looking for {}"),
    ),
    (
        r"(?:do|can|could|would|will) you (.+)",
        ("can you {}", "do you {}", "could you {}", "is it possible that you {}"),
    ),
    (
        r"(?:can|could|may) (?:i|we|one) (.+)",
        ("is it possible to {}", "how do i {}", "am i able to {}", "i want to {}"),
    ),
    (
        r"how (?:do|can|could|should) (?:i|we|you|one) (.+)",
        ("how can i {}", "what do i have to do to {}", "i need to {}", "where do i {}"),
    ),
    (
        r"how much (?:is|are|do(?:es)?) (.+?)(?: cost)?",
        ("what does {} cost", "price of {}", "what do you charge for {}"),
    ),
    (
        r"how long (?:does|do|will|would) (.+)",
        ("how many days does {}", "when will {}", "what's the usual time {}"),
    ),
    (
        r"where (?:is|are) (.+)",
        ("where can i find {}", "how do i get to {}", "what's the address of {}"),
    ),
    (
        r"(?:when|what time|at what time) (?:are|do) you (.+)",
        ("what time do you {}", "do you know when you {}", "are you {} today"),
    ),
    (
        r"(?:when|what time|at what time) (?:is|are|do|does) (.+)",
        ("what time is {}", "when is {}", "tell me when {}"),
    ),
    (
        r"(?:what|which|who) (?:is|are) (?:the |your )?(.+)",
        ("tell me about the {}", "i have a question about the {}", "{} please"),
    ),
    (
        r"(?:what|which) (.+?) (?:do|can|could) (?:you|i|we) .+",
        ("which {} are there", "what {} do you have", "{} please"),
    ),
)
#: The same thing in other words of a shop, each way round.
_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("repair", "fix", "mend"),
    ("shop", "store"),
    ("delivery", "shipping", "postage"),
    ("deliver", "ship", "send"),
    ("return", "send back"),
    ("refund", "money back"),
    ("buy", "purchase", "order"),
    ("order", "purchase"),
    ("ticket", "pass"),
    ("event", "show"),
    ("gift card", "voucher"),
    ("discount", "money off"),
    ("price", "cost"),
    ("bring", "take along"),
    ("gift", "present"),
    ("engrave", "put a name on"),
    ("exchange", "swap"),
    ("invoice", "receipt", "bill"),
    ("record player", "turntable"),
    ("records", "vinyl", "lps"),
    ("parcel", "package"),
    ("phone", "call"),
    ("child", "kid"),
    ("dogs", "pets"),
)
_SHORT = {
    "you": "u",
    "are": "r",
    "your": "ur",
    "please": "pls",
    "what is": "whats",
    "what's": "whats",
    "i'd": "id",
    "i'm": "im",
    "can't": "cant",
    "don't": "dont",
    "and": "n",
    "tomorrow": "tmrw",
}
_CONTRACTED = {
    "what is": "what's",
    "where is": "where's",
    "when is": "when's",
    "i would": "i'd",
    "i am": "i'm",
    "do not": "don't",
    "cannot": "can't",
    "it is": "it's",
}
#: Words that say nothing of what is asked about.
_EMPTY = re.compile(
    r"an?|and|any|are|at|be|can|could|do|does|for|from|have|how|i|in|is|it|long|many|may"
    r"|me|much|my|of|on|one|or|our|please|possible|that|the|there|this|to|was|we|what"
    r"|when|where|which|who|will|with|would|your?"
)
_END = re.compile(r"[\s?!.]+$")


def rephrasings(question: str, known: Iterable[str] = ()) -> list[str]:
    """Return other ways to ask *question*, none that reads like one of *known*."""
    plain = _plain(question)
    if not plain.isascii() or not plain:
        return []  # the rules are of English
    seen = {as_said(text) for text in (*known, question)}
    found: list[str] = []
    for text in _in_turn(_rules(plain)):
        if text and as_said(text) not in seen:
            seen.add(as_said(text))
            found.append(text)
    return found[:MOST]


def keywords(texts: Iterable[str]) -> set[str]:
    """Return the words of texts that say what is asked about."""
    words = {word for text in texts for word in as_said(text).split()}
    return {word for word in words if not _EMPTY.fullmatch(word)}


def shares_a_word(text: str, others: Iterable[str]) -> bool:
    """Return whether a text has a word that matters in common with *others*.

    So has any text that tells no words apart by spaces: then nothing is known.
    """
    return " " not in text or bool(stems([text]) & stems(others))


def stems(texts: Iterable[str]) -> set[str]:
    """Return the words that matter, one or many of a thing alike."""
    return {word.removesuffix("s") for word in keywords(texts)}


def _rules(plain: str) -> list[list[str]]:
    """Return what each rule gives; they are then heard in turn."""
    forms = [*_other_forms(plain)]
    swapped = [*_with_synonyms(plain)]
    return [
        forms,
        swapped,
        [*_keywords(plain)],
        [f"{plain} please", f"hi, {plain}?", f"could you tell me: {plain}?"],
        [_replaced(text, _SHORT) for text in (plain, *forms[:1])],
        [_replaced(plain, _CONTRACTED)],
        [text for one in swapped[:1] for text in _other_forms(one)],
        [*_mistyped(plain)],
    ]


def _in_turn(rules: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the first of each rule, then the second of each, and so on."""
    longest = max(map(len, rules))
    padded = [[*rule, *[""] * (longest - len(rule))] for rule in rules]
    yield from chain.from_iterable(zip(*padded, strict=True))


def _other_forms(plain: str) -> Iterator[str]:
    for begins, others in _FORMS:
        if match := re.fullmatch(begins, plain):
            yield from (other.format(match[1]) for other in others)
            return


def _with_synonyms(plain: str) -> Iterator[str]:
    for words in _SYNONYMS:
        said = next((word for word in words if _has(plain, word)), None)
        for other in words if said else ():
            if said is not None and other != said:
                yield re.sub(rf"\b{re.escape(said)}(s?)\b", rf"{other}\1", plain)


def _keywords(plain: str) -> Iterator[str]:
    words = [word for word in plain.split() if not _EMPTY.fullmatch(word)]
    if 1 < len(words) < len(plain.split()):
        yield " ".join(words)
        yield " ".join(words) + "??"
        yield f"question about {' '.join(words)}"


def _mistyped(plain: str) -> Iterator[str]:
    """Yield the question with one slip in its longest word, and with another."""
    words = sorted({*plain.split()}, key=lambda word: (-len(word), word))
    for word in words[:2]:
        if len(word) < SHORTEST_TO_MISTYPE or not word.isalpha():
            continue
        at = 1 + _mark(word) % (len(word) - 3)
        turned = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        left_out = word[: at + 1] + word[at + 2 :]
        yield plain.replace(word, turned if turned != word else left_out, 1)


def _plain(question: str) -> str:
    return " ".join(_END.sub("", question.casefold().replace("’", "'")).split())


def _replaced(text: str, others: dict[str, str]) -> str:
    for said, other in others.items():
        text = re.sub(rf"\b{re.escape(said)}\b", other, text)
    return text


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}s?\b", text) is not None


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest())

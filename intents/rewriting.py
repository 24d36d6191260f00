"""Other ways to ask a question, by rule, in languages whose forms we do not turn.

Only what is right for any question: how people begin and end one, and how they type.
English and Arabic have rules of their own (intents.rephrasing, intents.arabic). The
customer's side of it, and what it costs, is what intents.asking knows of each.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from intents import arabic
from intents.asking import ar, en, es, fr, zh
from intents.asking.shapes import Named
from intents.rephrasing import rephrasings
from intents.text import as_said, unaccented

#: What stands around a question; ``{}`` is it, without its marks.
_AROUND = {
    "es": ("hola, {}", "{} por favor", "una pregunta, {}", "quería saber {}"),
    "fr": ("bonjour, {}", "{} svp", "une question : {}", "je voulais savoir {}"),
    "zh": ("请问{}", "你好，{}", "想问一下，{}", "{}，谢谢"),
}
#: How a question may begin that says the same without it.
_BEGINNINGS = {
    "es": r"(?:me\s+)?(?:puede[ns]?|podr[ií]a[ns]?)\s+decirme\s+(?:si\s+)?",
    "fr": r"est-ce que?\s+|est-ce qu['’]",
    "zh": r"请问|你们",
}
#: What teaches a model well enough, and nobody would write.
_CLUMSY = re.compile(
    r"(?:i have a )?question about |is there (?!an? ).+s$|when will .+ take$|"
    r"what's the usual time |are you (?!open|closed).+ today$"
)
_MARKS = re.compile(r"^[\s¿¡]+|[\s?？؟!！。.]+$")


#: What knows other sides of a question, by its language.
_SIDES = {"ar": ar.ways, "en": en.ways, "es": es.ways, "fr": fr.ways, "zh": zh.ways}


def sides(
    language: str, question: str, known: Sequence[str], answer: str = ""
) -> list[str]:
    """Return really different ways to ask a question: the customer's side of it.

    Where the *answer* names a price or a time, that is asked for too.
    """
    plain = _MARKS.sub("", question.replace("’", "'"))
    told = _SIDES.get(language)
    found = told(plain.lower(), Named.by(answer)) if told else ()
    return _fresh(found, (question, *known))


def ways(language: str, question: str, known: Sequence[str]) -> list[str]:
    """Return other ways to ask a question in its language, without those *known*."""
    if language == "en":
        return [one for one in rephrasings(question, known) if not _CLUMSY.match(one)]
    return _fresh(_ways(language, _MARKS.sub("", question)), (question, *known))


def _fresh(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return each text once that reads like none that is known."""
    taken = {as_said(text) for text in known}
    found: dict[str, str] = {}
    for text in texts:
        if (key := as_said(text)) not in taken:
            found.setdefault(key, text)
    return [*found.values()]


def _ways(language: str, plain: str) -> Iterator[str]:
    if not plain:
        return
    if language == "ar":
        yield from arabic.rewordings(plain)
        return
    begun = re.compile(_BEGINNINGS.get(language, "$^"), re.IGNORECASE)
    shorter = begun.sub("", plain, count=1) if begun.match(plain) else plain
    yield shorter
    if language in ("es", "fr"):
        yield unaccented(shorter).lower()
    for around in _AROUND.get(language, ()):
        yield around.format(_small(shorter))


def _small(text: str) -> str:
    """Return a text as it goes on within a sentence."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]

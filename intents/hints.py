"""What else may a customer say for an intent that has only few examples?

Its name, the sentences of its answer, and its examples said otherwise by rule. Who
asks whether presents are wrapped may say "ribbon" where no phrasing does and the answer
does. With shipped questions cut down to three phrasings, sentences put the right one
among the first three for 6 messages of a hundred more, and rules for 4. Where all
intents have five or ten examples, names put the right one first for 1 to 4 more.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from intents.examples import Example
from intents.rejection import OUT_OF_SCOPE_INTENT
from intents.rephrasing import rephrasings
from intents.scripts import LANGUAGES, LATIN, script
from intents.text import normalise

#: An intent with so many examples is known as well as any, and needs no hints.
MANY = 40
#: An intent with more examples needs no rules.
SEVERAL = 10
#: How often an example is said otherwise.
OTHERWISE = 4
#: The rules are of this language.
_RULED = "en"
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_NOT_LATIN = frozenset[str]().union(*LANGUAGES.values())
_END_OF_SENTENCE = re.compile(r"(?<=[.!?\u061f\u3002])\s+|\n+")


@dataclass(frozen=True, order=True, slots=True)
class Hint:
    """A text, normalised, that goes with an intent though no customer wrote it."""

    text: str
    intent: str
    #: Which example it says otherwise, by number; of a sentence or a name -1.
    example: int = -1


def hints(
    examples: Sequence[Example], answers: Iterable[Example], language: str
) -> list[Hint]:
    """Return the hints that normalised *examples* and *answers* give.

    Only of intents that have examples: what we say does not alone tell what is asked.
    """
    found: dict[tuple[str, str], Hint] = {}
    ruled = _otherwise(examples) if language == _RULED else ()
    named = _names(examples, language)
    for hint in sorted([*named, *_sentences(examples, answers), *ruled]):
        found.setdefault((hint.text, hint.intent), hint)
    known = {(one.text, one.intent) for one in examples}
    return [hint for which, hint in found.items() if which not in known]


def _names(examples: Sequence[Example], language: str) -> Iterator[Hint]:
    """Yield names in the letters of the language, where most intents have few examples.

    Beside large intents a new one with its name was not measured.
    """
    counted = Counter(one.intent for one in examples)
    if not counted or median(counted.values()) >= MANY:
        return
    for intent in counted.keys() - {OUT_OF_SCOPE_INTENT}:
        name = _BETWEEN_WORDS.sub(" ", intent.rpartition("/")[2]).strip()
        if name and (script(name) == LATIN) != (language in _NOT_LATIN):
            yield Hint(normalise(name), intent)


def _sentences(
    examples: Sequence[Example], answers: Iterable[Example]
) -> Iterator[Hint]:
    asked = {one.intent for one in examples}
    for answer in answers:
        for sentence in _END_OF_SENTENCE.split(answer.text):
            if answer.intent in asked and sentence.strip():
                yield Hint(normalise(sentence), answer.intent)


def _otherwise(examples: Sequence[Example]) -> Iterator[Hint]:
    counted = Counter(one.intent for one in examples)
    for number, one in enumerate(examples):
        if counted[one.intent] <= SEVERAL:
            for text in rephrasings(one.text)[:OTHERWISE]:
                yield Hint(normalise(text), one.intent, number)

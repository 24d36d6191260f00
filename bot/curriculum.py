"""What is learned in which language? The phrasings of files, entries and messages.

An entry's phrasings may be of any language, mixed: each goes to the model of its own.
What could be of any, such as a name, goes to all in which its entry is asked.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from bot.content import PREFIX, Content
from bot.store.knowledge import Faq
from bot.trainer import Rows
from intents import prepared
from intents.examples import Example, load
from intents.language import Identifier
from intents.naming import name_of
from intents.vectors.encoder import Encoder


class Taught(Protocol):
    """A phrasing that was taught beside the FAQ."""

    @property
    def text(self) -> str:
        """Return the phrasing."""

    @property
    def language(self) -> str:
        """Return its language."""

    @property
    def intent(self) -> str:
        """Return what it means."""


@dataclass(frozen=True)
class Subject:
    """What is learned in one language: files, and rows of text and intent."""

    language: str
    paths: tuple[Path, ...]
    rows: Rows = field(default_factory=list)
    #: What gives its texts vectors, where that is wanted.
    encoder: Encoder | None = None

    @property
    def is_encoded(self) -> bool:
        """Whether its texts are read by their vectors as well."""
        return self.encoder is not None

    @property
    def is_taught(self) -> bool:
        """Whether anything is: what holds in all languages teaches none."""
        return any(len(row) == 2 for row in self.rows) or any(
            path.parent.name == self.language for path in self.paths
        )

    @property
    def model(self) -> str:
        """Return the name of the model that comes of it."""
        return prepared.value(self._piece) or self._named()

    def prepare(self) -> None:
        """Keep the name: a start need not read the files for it."""
        prepared.keep_value(self._piece, self._named())

    @property
    def _piece(self) -> str:
        return prepared.piece(
            "name",
            prepared.code(),
            self.language,
            self.encoder.name if self.encoder else "",
            json.dumps(sorted(self.rows)),
            *(path.read_bytes() for path in self.paths),
        )

    def _named(self) -> str:
        rows = (Example(*row) for row in self.rows)
        taught = load(self.paths).with_examples(rows)
        return name_of(replace(taught, encoder=self.encoder), self.language)


def subjects(
    content: Content,
    entries: Iterable[Faq],
    lessons: Iterable[Taught] = (),
    encoder: Encoder | None = None,
) -> dict[str, Subject]:
    """Return what is learned in each language, the shop's own first."""
    found = {
        one: Subject(one, content.lessons[one], encoder=encoder)
        for one in content.languages
    }
    for entry in entries:
        for language, phrase in apart(entry.phrasings, content.identifier):
            found[language].rows.append((phrase, PREFIX + entry.name))
        said = (entry.answers, *(one.answers for one in entry.variants))
        for language, answer in (pair for one in said for pair in one.items()):
            if language in found and answer.strip():
                found[language].rows.append((answer, PREFIX + entry.name, "answer"))
    for lesson in lessons:
        if lesson.language in found:
            found[lesson.language].rows.append((lesson.text, lesson.intent))
    return {one: subject for one, subject in found.items() if subject.is_taught}


def apart(
    phrasings: Sequence[str], identifier: Identifier
) -> Iterator[tuple[str, str]]:
    """Yield each phrasing with its language, or with each that it may be of."""
    told = [(phrase, identifier.home(phrase)) for phrase in phrasings]
    sure = [home for _, home in told if home is not None]
    homes = tuple(dict.fromkeys([identifier.default, *sure]))
    for phrase, home in told:
        for language in homes if home is None else (home,):
            yield language, phrase

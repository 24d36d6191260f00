"""What somebody is about to make live: the rest of what is taught stays as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content import PREFIX
from bot.curriculum import Taught
from bot.store.knowledge import Faq
from bot.store.wordings import Words


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A phrasing that is to mean an intent which is no entry of the FAQ."""

    text: str
    language: str
    intent: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Other words for a response of a flow; none at all are how it came with us."""

    key: str
    language: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Change:
    """One of these, once it is live."""

    #: An entry of the FAQ, new or in place of the one of its name.
    entry: Faq | None = None
    #: Entries that come together, from a file.
    more: tuple[Faq, ...] = ()
    #: The name of an entry that is taken out of use.
    gone: str | None = None
    lesson: Lesson | None = None
    #: One that was taught and is taken back.
    forgotten: Lesson | None = None
    wording: Wording | None = None
    #: How many of a hundred answers must be right, as a share.
    precision: float | None = None

    @property
    def teaches(self) -> bool:
        """Return whether the model would be another: words alone teach nothing."""
        return self.wording is None and self.precision is None

    @property
    def asked(self) -> tuple[str, ...]:
        """Return how what it is about is asked; nothing if that is taken away."""
        if self.lesson is not None:
            return (self.lesson.text,)
        return tuple(
            text
            for one in self.written
            for text in (one.question, *one.titles.values(), *one.phrasings)
        )

    @property
    def written(self) -> tuple[Faq, ...]:
        """Return the entries that would be saved."""
        return (*self.more, *([self.entry] if self.entry else ()))

    @property
    def intent(self) -> str:
        """Return what it is about; nothing if it is about words."""
        taught = self.lesson or self.forgotten
        if taught is not None:
            return taught.intent
        name = self.entry.name if self.entry else self.gone
        return PREFIX + name if name else ""

    def entries(self, known: Iterable[Faq]) -> list[Faq]:
        """Return the entries of the FAQ there would be, by name as ever."""
        found = {one.name: one for one in known if one.name != self.gone}
        found |= {one.name: one for one in self.written}
        return [found[name] for name in sorted(found)]

    def lessons(self, known: Iterable[Taught]) -> list[Taught]:
        """Return what would be taught beside the FAQ, the newest first as ever."""
        about = self.lesson or self.forgotten
        if about is None:
            return [*known]
        said = (about.language, about.text)
        others = [one for one in known if (one.language, one.text) != said]
        return [about, *others] if self.lesson else others

    def wordings(
        self, known: Mapping[str, Mapping[str, Words]]
    ) -> dict[str, Mapping[str, Words]]:
        """Return the wordings there would be, by language."""
        new = self.wording
        if new is None:
            return {**known}
        others = {**known.get(new.language, {})}
        others.pop(new.key, None)
        changed = {} if new.words == Words() else {new.key: new.words}
        return {**known, new.language: {**others, **changed}}

"""The moment that a visitor plays: how far it is, as the tables say."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, func, select

from bot.content import DATA, PREFIX
from bot.store import knowledge
from bot.store.knowledge import Faq
from bot.store.lessons import Kind
from bot.store.models import Author, Message, Turn
from bot.store.teaching import TurnMark
from bot.store.types import AnyRow
from intents.text import as_said


@dataclass(frozen=True, kw_only=True)
class Script:
    """The sentences to type."""

    language: str
    asked: str
    answer: str
    again: str
    #: Other ways to ask it, for the list of phrasings.
    ways: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Which steps have happened, in their order."""

    asked: bool
    answered: bool
    taught: bool
    published: bool
    known: bool
    #: Where the question was asked, once it was.
    conversation: int | None = None

    @property
    def steps(self) -> tuple[bool, ...]:
        """Return for each step whether it is done."""
        return (
            self.asked,
            self.answered,
            self.taught,
            self.published,
            self.known,
        )

    @property
    def next(self) -> int:
        """Return the number of the step to do next, one more than there are if none."""
        return next((at for at, done in enumerate(self.steps, 1) if not done), 6)

    @property
    def stamp(self) -> str:
        """Return what is another once there is anything else to show."""
        ticked = "".join(str(int(done)) for done in self.steps)
        return f"{ticked}-{self.conversation or 0}"


@cache
def scripts() -> Mapping[str, Script]:
    """Return what to type, by language."""
    text = (DATA / "demo" / "moment.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return {code: Script(language=code, **says) for code, says in told.items()}


def script(language: str = "en") -> Script:
    """Return what to type in a language; where it has none, in English."""
    return scripts().get(language, scripts()["en"])


def progress(connection: Connection, language: str = "en") -> Progress:
    """Return how far the moment is that is typed in a language: each has its own."""
    says = script(language)
    asked = _asked(connection, says)
    entry = _entry(connection, asked, says)
    return Progress(
        asked=asked is not None,
        answered=asked is not None and _is_answered(connection, asked),
        taught=entry is not None,
        published=entry is not None and entry.live,
        known=entry is not None and _is_known(connection, entry),
        conversation=asked.conversation_id if asked is not None else None,
    )


def _asked(connection: Connection, says: Script) -> AnyRow | None:
    """Return the first message that asks it, whatever stands around its words."""
    words = says.asked.strip("¿?؟").lower()
    text = func.lower(Message.text)
    return connection.execute(
        select(Message.id, Message.conversation_id)
        .where(Message.author == Author.CUSTOMER)
        .where(text.contains(words, autoescape=True))
        .order_by(Message.id)
        .limit(1)
    ).first()


def _is_answered(connection: Connection, asked: AnyRow) -> bool:
    answer = (
        select(Message.id)
        .where(Message.conversation_id == asked.conversation_id)
        .where(Message.author == Author.AGENT, Message.id > asked.id)
        .limit(1)
    )
    return connection.scalar(answer) is not None


def _entry(connection: Connection, asked: AnyRow | None, says: Script) -> Faq | None:
    """Return the entry that was taught from the question, or has it as a phrasing."""
    taught = _taught_from(connection, asked) if asked is not None else set()
    for entry in knowledge.faq(connection):
        if PREFIX + entry.name in taught:
            return entry
        if as_said(says.asked) in map(as_said, entry.phrasings):
            return entry
    return None


def _taught_from(connection: Connection, asked: AnyRow) -> set[str | None]:
    """Return what somebody taught from the conversation in which it was asked."""
    query = (
        select(TurnMark.intent)
        .join(Turn, Turn.id == TurnMark.turn_id)
        .where(Turn.conversation_id == asked.conversation_id)
        .where(TurnMark.kind == Kind.TAUGHT.value)
    )
    return set(connection.scalars(query))


def _is_known(connection: Connection, entry: Faq) -> bool:
    """Return whether the assistant gave the answer, at once or after asking back."""
    given = (
        select(Turn.id)
        .where(Turn.intent == PREFIX + entry.name, Turn.outcome == "answered")
        .limit(1)
    )
    return connection.scalar(given) is not None

"""What is made by now of messages that were not known? Asked once a model.

What was taught since, or is like it, waits for no editor any more. An answer that was
marked as wrong does, for the assistant may still be sure of it; and so does what was
asked again inside a conversation, by the assistant or after an answer, where it was
sure and that was of no use.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from bot.assistants import Assistants
from bot.rehearsal import meant, rehearse
from bot.store import review
from bot.store.database import Database
from bot.store.lessons import Kind
from bot.store.types import AnyRow
from bot.web.current import now, parts
from intents.rejection import OUT_OF_SCOPE_INTENT

#: From this confidence on a message that is not known is likely for a goal.
LIKELY = 0.2
#: Of so many turns it is remembered what the assistant before made of them.
MOST_KEPT = 2 * review.MOST


@dataclass(frozen=True)
class _Made:
    """What one assistant made of messages so far."""

    by: Assistants | None = None
    where: Database | None = None
    #: What the one before had made of turns, in this database.
    before: Mapping[int, bool] = field(default_factory=dict)
    #: Whether a text is answered, and a turn that is not marked as wrong.
    texts: dict[str, bool] = field(default_factory=dict)
    turns: dict[int, bool] = field(default_factory=dict)
    #: What a text is likeliest for.
    goals: dict[str, str | None] = field(default_factory=dict)

    def answers(self, text: str) -> bool:
        """Return whether whoever says it now is answered."""
        if self.by is None:
            return False
        if text not in self.texts:
            self.texts[text] = _is_answered(text, self.by)
        return self.texts[text]


class Answered:
    """What one assistant makes of messages; another begins anew."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made = _Made()

    def without(self, rows: Iterable[AnyRow]) -> list[AnyRow]:
        """Return the rows that are not answered by now."""
        assistants = parts().understanding.assistants
        made = self._of(assistants)
        left = []
        for row in rows:
            if row.kind == Kind.WRONG:
                left.append(row)
                continue
            made.turns[row.id] = not _was_sure(row) and made.answers(row.text)
            if not made.turns[row.id]:
                left.append(row)
        return left

    def goals(self, texts: Iterable[str]) -> list[str | None]:
        """Return what texts are likeliest for, None where that is too unlikely."""
        assistants = parts().understanding.assistants
        goals = self._of(assistants).goals
        found = []
        for text in texts:
            if text not in goals:
                goals[text] = likeliest(text, assistants)
            found.append(goals[text])
        return found

    def turns(self) -> dict[int, bool]:
        """Return of which turns it is known whether they are answered by now.

        Nothing is asked: a bar that counts them is on every page.
        """
        return dict(self._of(parts().understanding.assistants).turns)

    def before(self) -> Mapping[int, bool]:
        """Return what the assistant before made of turns."""
        return self._of(parts().understanding.assistants).before

    def _of(self, assistants: Assistants) -> _Made:
        with self._lock:
            made, where = self._made, parts().database
            if made.where is not where:
                self._made = _Made(assistants, where)
            elif made.by is not assistants:
                turns = sorted({**made.before, **made.turns}.items())
                self._made = _Made(assistants, where, dict(turns[-MOST_KEPT:]))
            return self._made


#: Of this process.
answered = Answered()


def _was_sure(row: AnyRow) -> bool:
    """Whether it was asked again though the assistant was sure of it."""
    return bool(row.handoff == "misses" or row.outcome == "answered")


def _is_answered(text: str, assistants: Assistants) -> bool:
    """Return whether whoever says it now is answered without being asked back."""
    assistant = assistants.reading(text)
    found = assistant.classify(text)["intent"]
    if float(found["confidence"]) < assistant.model.thresholds["answer"]:
        return False  # most are not: a whole turn costs ten times as much
    turn = rehearse(text, assistants, now())
    # A question whose answer is not published fetches a person, as ever.
    return meant(turn).outcome == "answer" and turn.trace["handoff"] is None


def likeliest(text: str, assistants: Assistants) -> str | None:
    """Return what a text is likeliest for: a goal that somebody may have."""
    found = assistants.reading(text).classify(text)["intent"]
    is_likely = float(found["confidence"]) >= LIKELY
    return found["name"] if is_likely and found["name"] != OUT_OF_SCOPE_INTENT else None

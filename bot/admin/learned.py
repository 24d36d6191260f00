"""What is made by now of messages that were not known? Asked once a model.

What was taught since, or is like it, waits for no editor any more. An answer that was
marked as wrong does, for the assistant may still be sure of it; and so does what was
asked again inside a conversation, by the assistant or after an answer, where it was
sure and that was of no use.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from bot.assistants import Assistants
from bot.rehearsal import meant, rehearse
from bot.store.lessons import Kind
from bot.store.types import AnyRow
from bot.web.current import now, parts
from intents.rejection import OUT_OF_SCOPE_INTENT

#: From this confidence on a message that is not known is likely for a goal.
LIKELY = 0.2


@dataclass(frozen=True)
class _Made:
    """What one assistant made of messages so far."""

    by: Assistants | None = None
    #: Whether a text is answered, and the turns that are.
    texts: dict[str, bool] = field(default_factory=dict)
    turns: set[int] = field(default_factory=set)
    #: What a text is likeliest for.
    goals: dict[str, str | None] = field(default_factory=dict)


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
            if row.kind == Kind.WRONG or _was_sure(row):
                left.append(row)
                continue
            text = row.text or ""
            if text not in made.texts:
                made.texts[text] = _is_answered(text, assistants)
            if made.texts[text]:
                made.turns.add(row.id)
            else:
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

    def known(self) -> frozenset[int]:
        """Return the turns that were found to be answered by now, asking nothing.

        A bar that only counts them is on every page, and thousands take seconds.
        """
        return frozenset(self._of(parts().understanding.assistants).turns)

    def _of(self, assistants: Assistants) -> _Made:
        with self._lock:
            if self._made.by is not assistants:
                self._made = _Made(assistants)
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

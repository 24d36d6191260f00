"""Two assistants, message by message: what would be better, what worse?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.rehearsal import Meant
from intents.rephrasing import shares_a_word

#: So many may lose the answer they get without a word: few, or one of a hundred.
FEW, SHARE = 3, 0.01


class Verdict(IntEnum):
    """What a change is to the customer, the worst first."""

    #: Whoever asks for a person, cancels or says stop would not get that.
    UNHEARD = 0
    WORSE = 1
    OTHER = 2
    #: A person would not come at once, and nothing offered is likely what is meant.
    ASKED = 3
    BETTER = 4


@dataclass(frozen=True, kw_only=True)
class About:
    """What a change is about: its intent, and how that is asked."""

    intent: str
    asked: tuple[str, ...] = ()

    def may_be_meant(self, text: str, offered: Meant) -> bool:
        """Return whether what an offer adds may be what *text* is about."""
        return self.intent in offered.offered and shares_a_word(text, self.asked)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A text, what is done about it now, and what would be."""

    text: str
    before: Meant
    after: Meant

    @property
    def is_one(self) -> bool:
        """Return whether anything would be otherwise."""
        return self.before != self.after or _is_unheard(self)


def verdict(change: Difference, ours: About) -> Verdict:
    """Return what a change is, where a draft about *ours* makes it."""
    if _is_unheard(change):
        return Verdict.UNHEARD
    match change.before.outcome, change.after.outcome:
        case "answer", "answer":
            # What this very entry answered is lost to another.
            is_ours = change.before.intent == ours.intent
            return Verdict.WORSE if is_ours else Verdict.OTHER
        case ("answer", _) | ("offer", "person"):
            return Verdict.WORSE
        case (("person" | "offer"), "answer"):
            return Verdict.BETTER
        case "person", "offer":
            may_be = ours.may_be_meant(change.text, change.after)
            return Verdict.BETTER if may_be else Verdict.ASKED
    return Verdict.OTHER


def harms(changes: Mapping[Verdict, Sequence[Difference]], messages: int) -> bool:
    """Return whether more would lose their answer than goes without saying why.

    Whoever asks for a person, cancels or says stop must be heard: there one is many.
    """
    if changes.get(Verdict.UNHEARD):
        return True
    lose = sum(len(changes.get(one, ())) for one in (Verdict.WORSE, Verdict.OTHER))
    return lose > max(FEW, SHARE * messages)


#: What becomes of an answer, the worst first: a wrong one, none, a question back.
_HARM = {"answer": 0, "person": 1, "unread": 1, "offer": 2}


def sorted_out(
    differences: Iterable[Difference], ours: About
) -> dict[Verdict, tuple[Difference, ...]]:
    """Return the texts that would fare otherwise by what that is to them.

    The worst come first, the texts that fare alike as they came.
    """
    found: dict[Verdict, list[Difference]] = {one: [] for one in Verdict}
    for one in differences:
        if one.is_one:
            found[verdict(one, ours)].append(one)
    return {
        one: tuple(sorted(changes, key=lambda change: _HARM[change.after.outcome]))
        for one, changes in found.items()
    }


def _is_unheard(change: Difference) -> bool:
    wish = change.before.wish
    if wish is None or wish == change.after.wish:
        return False
    # A person comes all the same, whatever they are fetched for.
    return change.before.outcome != "person" or change.after.outcome != "person"


def together(
    texts: Sequence[str], before: Sequence[Meant], after: Sequence[Meant]
) -> list[Difference]:
    """Return each text with what is done about it by the one and by the other."""
    return [
        Difference(text=text, before=one, after=other)
        for text, one, other in zip(texts, before, after, strict=True)
    ]

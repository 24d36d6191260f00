"""What may a turn ask of the flows? The commands of Rasa's CALM, those we give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from flows.ports import HandoffReason

#: Not an answer; one that leads no further, as who lacks what is asked for gives; not a
#: text at all; a text of emoji and signs alone.
CannotHandleReason: TypeAlias = Literal[
    "cannot_handle_default", "stuck", "cannot_read", "no_words"
]


@dataclass(frozen=True, kw_only=True)
class StartFlow:
    """Begin a goal, with what the customer has said for it already."""

    flow: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    #: What was said before: it need not be asked, and may not be meant.
    recalled: Mapping[str, Any] = field(default_factory=dict)
    #: Whether it is about another order or event than what waits below it: neither is
    #: told what the other is.
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class SetSlots:
    """Take answers."""

    slots: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class CorrectSlots:
    """Replace answers given before, and go on from there; None asks for one anew."""

    slots: Mapping[str, Any]
    #: What was answered besides, and counts again with them.
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CancelFlow:
    """Stop the goal under way."""


@dataclass(frozen=True, kw_only=True)
class CannotHandle:
    """The message does not answer the question, or nobody could read it.

    Answers that do not fit are counted; after the last a person is offered.
    """

    reason: CannotHandleReason = "cannot_handle_default"


@dataclass(frozen=True, kw_only=True)
class ChitChat:
    """Small talk: say something to it; an open question is put again."""

    intent: str


@dataclass(frozen=True, kw_only=True)
class Clarify:
    """Ask which of several goals is meant: a list in words, and one to tap."""

    choices: str
    quick_replies: Sequence[Mapping[str, Any]]
    #: The number behind the last goal, which is something else.
    last: int
    #: By which the payloads of this question are told from those of others.
    event_id: int
    #: Whether a question is open, which need not be put again at once.
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class UserSilence:
    """The customer has not answered for a while: the question is put again."""


@dataclass(frozen=True, kw_only=True)
class RepeatBotMessages:
    """Say again what was said last; an open question is put again anyway."""


@dataclass(frozen=True, kw_only=True)
class SkipQuestion:
    """Go on without an answer."""


@dataclass(frozen=True, kw_only=True)
class Restart:
    """Begin anew, as if nothing had been said."""


@dataclass(frozen=True, kw_only=True)
class HumanHandoff:
    """Fetch a person."""

    reason: HandoffReason


@dataclass(frozen=True, kw_only=True)
class Perform:
    """Say a response or run an action aside; an open question is put again."""

    action: str
    values: Mapping[str, Any] = field(default_factory=dict)
    #: Whether all that was under way ends with it, without a word.
    ends: bool = False


@dataclass(frozen=True, kw_only=True)
class Ignore:
    """Do nothing and say nothing."""


Command: TypeAlias = (
    StartFlow
    | SetSlots
    | CorrectSlots
    | CancelFlow
    | CannotHandle
    | ChitChat
    | Clarify
    | UserSilence
    | RepeatBotMessages
    | SkipQuestion
    | Restart
    | HumanHandoff
    | Perform
    | Ignore
)

"""One conversation of the past, as it will be written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.store.models import Author, Status
from bot.store.teamwork import ActKind


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What the assistant made of something a customer did."""

    outcome: str
    intent: str | None = None
    confidence: float = 0.0
    flow: str | None = None
    #: The intents of a "did you mean", each with what it is called.
    choices: Sequence[tuple[str, str]] = ()
    asked: str | None = None
    handoff: str | None = None
    rule: str
    why: str
    is_tap: bool = False
    #: What else it may have meant, and how likely.
    others: Sequence[tuple[str, float]] = ()
    #: The values that it was taken for, and whether the look-up found something.
    slots: Mapping[str, str] = field(default_factory=dict)
    found: bool | None = None
    #: For whoever takes over: the goal, and what was offered and not meant.
    wants: str | None = None
    not_meant: Sequence[str] = ()
    #: The quick replies below what was said then: title and payload.
    offers: Sequence[tuple[str, str]] = ()
    #: What was done, where it is no question, order or hand-over.
    steps: Sequence[Mapping[str, str]] = ()
    #: What a colleague said of it since: by whom, and what.
    mark: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message, whoever it is of; ``by`` is the login of a colleague."""

    at: datetime
    author: Author
    text: str
    by: str | None = None
    purpose: str = "answer"
    #: What was made of it; of a line of ours: what it was that began by itself.
    understood: Understood | None = None
    #: Titles under it, each with an intent that it stands for, or none.
    taps: Sequence[str] = ()
    #: What a tap on each says to us, where it is no choice of a "did you mean".
    payloads: Sequence[str] = ()
    reaction: str | None = None


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What somebody did, other than write."""

    at: datetime
    kind: ActKind
    by: str | None = None
    to: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A note among colleagues, and whom it calls."""

    at: datetime
    by: str
    text: str
    calls: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Marked:
    """That a customer was asked how it was, of whose work, and what they answered."""

    asked_at: datetime
    #: Of the assistant's work the goal, of a colleague's their login.
    goal: str | None
    by: str | None
    score: str | None = None
    reason: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """A conversation from its first word to how it stands now."""

    psid: str
    name: str
    language: str
    locale: str
    kind: str
    lines: Sequence[Line]
    deeds: Sequence[Deed]
    remarks: Sequence[Remark]
    labels: Sequence[str]
    status: Status = Status.BOT
    status_at: datetime
    changes: int = 0
    assignee: str | None = None
    priority: int = 0
    waiting_since: datetime | None = None
    overdue_at: datetime | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    reason: str | None = None
    summary: str | None = None
    #: When the customer wrote what fetched the person who is still needed.
    fetched_at: datetime | None = None
    marked: Marked | None = None

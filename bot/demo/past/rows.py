"""The rows of a conversation of the past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeAlias

import orjson

from bot.changeover import SNOOZE
from bot.demo.past import asked, traces
from bot.demo.past.story import Deed, Line, Remark, Story
from bot.store import prompts
from bot.store.models import Author, EventState, OutgoingState, Status
from bot.store.retention import RAW_DAYS

Row: TypeAlias = dict[str, Any]

AUTHORS = {Author.BOT: "flow", Author.AGENT: "agent"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """For which Page it was, which model read it, and what is no longer kept."""

    page_id: str
    model: str | None
    thresholds: Mapping[str, float]
    now: datetime


@dataclass(kw_only=True)
class Keys:
    """The numbers of rows that others name."""

    staff: Mapping[str, int]
    labels: Mapping[str, int]
    conversations: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A line, where it stands, and what the assistant heard last before it."""

    story: Story
    line: Line
    #: The id that Messenger would have given the message.
    mid: str
    seq: int
    heard: "Said | None"

    @property
    def is_ours(self) -> bool:
        """Return whether it went out by us."""
        return self.line.author in AUTHORS

    @property
    def key(self) -> str:
        """Return the key of its event."""
        if self.is_ours:  # begun by itself, once it was due
            return f"satisfaction:{self.story.psid}:{self.line.at.isoformat()}"
        return f"message:{self.mid}"


def said(story: Story) -> Iterator[Said]:
    """Yield the lines of a conversation in their places."""
    seq, heard = 0, None
    for at, line in enumerate(story.lines):
        seq += line.author in AUTHORS
        mid = "m_" + sha256(f"{story.psid}:{at}".encode()).hexdigest()[:40]
        one = Said(story=story, line=line, mid=mid, seq=seq, heard=heard)
        heard = one if line.understood else heard
        yield one


def customer(page: Page, story: Story) -> Row:
    """Return the row of the customer."""
    began = story.lines[0].at
    return {
        "page_id": page.page_id,
        "channel": "messenger",
        "psid": story.psid,
        "name": story.name,
        "language": story.language,
        "profile_at": began,
        "created_at": began,
    }


def conversation(story: Story, customer_id: int, keys: Keys) -> Row:
    """Return the row of the conversation, as it stands now."""
    lines = story.lines
    heard = [line.at for line in lines if line.author is Author.CUSTOMER]
    spoken = [line.at for line in lines if line.author is Author.BOT]
    return {
        "customer_id": customer_id,
        "status": story.status,
        "status_at": story.status_at,
        "assignee_id": keys.staff[story.assignee] if story.assignee else None,
        "epoch": story.changes,
        "claim": len(heard),
        "state": {},
        "language": story.language,
        "revision": len(lines) + len(story.deeds),
        "last_seq": sum(line.author in AUTHORS for line in lines),
        "last_heard_at": heard[-1],
        "last_message_at": lines[-1].at,
        "handled_at": heard[-1],
        "disclosed_at": spoken[0],
        "delivered_at": lines[-1].at,
        "read_at": lines[-1].at,
        "waiting_since": story.waiting_since,
        "handoff_reason": story.reason,
        "handoff_summary": story.summary,
        "overdue_at": story.overdue_at,
        "priority": story.priority,
        "snoozed_until": story.snoozed_until,
        "resolved_at": story.resolved_at,
    }


def event(page: Page, one: Said, keys: Keys) -> Row:
    """Return the row of what arrived; its body only as long as bodies are kept."""
    at = one.line.at
    is_kept = page.now - at < timedelta(days=RAW_DAYS)
    return {
        "key": one.key,
        "page_id": page.page_id,
        "conversation_id": keys.conversations[one.story.psid],
        "kind": prompts.KIND if one.is_ours else "message",
        "raw": _body(page, one, keys) if is_kept else b"",
        "at": at,
        "received_at": at,
        "state": EventState.HANDLED,
        "tries": 1,
    }


def turn(page: Page, one: Said, keys: Keys) -> Row:
    """Return the row of what was made of it."""
    read, event_id = one.line.understood, keys.events[one.key]
    if read is None:
        raise LookupError(one.key)
    is_left = read.outcome == "left_to_person"
    return {
        "event_id": event_id,
        "conversation_id": keys.conversations[one.story.psid],
        "at": one.line.at,
        "language": None if is_left else one.story.language,
        "intent": read.intent,
        "confidence": None if is_left else read.confidence,
        "model": None if is_left else page.model,
        "flow": read.flow,
        "outcome": read.outcome,
        "trace": traces.trace(
            one.line.text, one.story.language, read, event_id, page.thresholds
        ),
    }


def mark(one: Said, turn_id: int, keys: Keys) -> Row | None:
    """Return what a colleague said of a turn, if one did."""
    read = one.line.understood
    if read is None or read.mark is None:
        return None
    by, kind = read.mark
    at = one.line.at + timedelta(hours=1)
    return {"turn_id": turn_id, "kind": kind, "staff_id": keys.staff[by], "at": at}


def message(page: Page, one: Said, keys: Keys) -> Row:
    """Return the row of the message in the thread."""
    line = one.line
    return {
        "conversation_id": keys.conversations[one.story.psid],
        "page_id": page.page_id,
        "author": line.author,
        "staff_id": keys.staff[line.by] if line.by else None,
        "text": line.text,
        "parts": _parts(one, keys),
        "at": line.at,
        "mid": one.mid,
        "late": False,
    }


def outgoing(one: Said, message_id: int, keys: Keys) -> Row:
    """Return the row of what we owed the customer: it was sent."""
    line = one.line
    return {
        "conversation_id": keys.conversations[one.story.psid],
        "seq": one.seq,
        "message_id": message_id,
        "author": AUTHORS[line.author],
        "purpose": line.purpose,
        "send_class": "park" if line.by else "repeatable",
        "epoch": 0,
        "payload": {"text": line.text, **_parts(one, keys)},
        "state": OutgoingState.SENT,
        "attempt": 1,
        "created_at": line.at,
    }


def act(deed: Deed, story: Story, keys: Keys) -> Row:
    """Return the row of what somebody did."""
    return {
        "conversation_id": keys.conversations[story.psid],
        "staff_id": keys.staff[deed.by] if deed.by else None,
        "kind": deed.kind,
        "to_id": keys.staff[deed.to] if deed.to else None,
        "details": dict(deed.details),
        "at": deed.at,
    }


def note(remark: Remark, story: Story, keys: Keys) -> Row:
    """Return the row of a note."""
    return {
        "conversation_id": keys.conversations[story.psid],
        "staff_id": keys.staff[remark.by],
        "text": remark.text,
        "at": remark.at,
    }


def labelled(story: Story, keys: Keys) -> Iterator[Row]:
    """Yield the rows of the labels on a conversation."""
    for name in story.labels:
        whose = keys.conversations[story.psid]
        yield {"conversation_id": whose, "label_id": keys.labels[name]}


def reads(story: Story, keys: Keys) -> Iterator[Row]:
    """Yield what the agent of a conversation has read: all of it."""
    if story.assignee is None:
        return
    others = (Author.CUSTOMER, Author.ELSEWHERE)
    yield {
        "conversation_id": keys.conversations[story.psid],
        "staff_id": keys.staff[story.assignee],
        "messages": sum(line.author in others for line in story.lines),
    }


def timers(story: Story, keys: Keys) -> Iterator[Row]:
    """Yield what ends a snooze that still lasts: it tells the agent, nobody else."""
    until = story.snoozed_until
    if until is None or story.status is not Status.AGENT:
        return
    conversation_id = keys.conversations[story.psid]
    whose = f"{conversation_id}:{keys.staff[story.assignee or '']}"
    yield {
        "kind": SNOOZE,
        "key": f"{SNOOZE}:{whose}:{until.astimezone(UTC).timestamp()}",
        "conversation_id": conversation_id,
        "due_at": until,
    }


def _body(page: Page, one: Said, keys: Keys) -> bytes:
    """Return what Messenger would have told us, or what we told ourselves."""
    if one.is_ours:
        return orjson.dumps(asked.prompt(one.story, keys.staff))
    told = {
        "sender": {"id": one.story.psid},
        "recipient": {"id": page.page_id},
        "timestamp": int(one.line.at.timestamp() * 1000),
        "message": {"mid": one.mid, "text": one.line.text},
    }
    return orjson.dumps(told)


def _parts(one: Said, keys: Keys) -> Row:
    """Return what stands beside the text: what could be tapped."""
    read = one.line.understood
    if one.line.author is Author.CUSTOMER:
        return {"tapped": True} if read and read.is_tap else {}
    if not one.line.taps:
        return {}
    event_id = keys.events[one.heard.key] if one.heard else 0
    return {
        "quick_replies": [
            {"content_type": "text", "title": title, "payload": payload}
            for title, payload in zip(
                one.line.taps, _payloads(one, event_id), strict=True
            )
        ]
    }


def _payloads(one: Said, event_id: int) -> Sequence[str]:
    if one.line.payloads:
        return one.line.payloads
    if one.line.purpose == "handoff_notice":
        return ["/cancel"]
    return [f"c:{event_id}:{at}" for at in range(1, len(one.line.taps) + 1)]

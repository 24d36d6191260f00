"""What a line of a list says: all of it in plain values, by which it is kept.

See `bot.web.kept`: of the lines before a hundred colleagues most look the same.
"""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.inbox.look import Look
from bot.inbox.looking import Queue
from bot.inbox.pages import blueprint
from bot.inbox.words import called, preview, reason, speaker
from bot.store.lists import View
from bot.store.queue import Line
from bot.web import times
from bot.web.current import now, parts

#: Where it is said who has a conversation.
_WITH_AGENT = frozenset([View.COLLEAGUES, View.CHECK, View.ALL, View.MENTIONS])


@blueprint.app_template_filter("lined")
def lined(line: Line, queue: Queue, look: Look) -> dict[str, Any]:
    """Return what a line says."""
    at, zone = line.last_message_at, ZoneInfo(parts().settings.zone)
    return {
        "id": line.id,
        "here": look.here,
        "is_open": look.conversation == line.id,
        "name": called(line),
        "has_name": bool(line.name),
        "is_unread": line.is_unread,
        "at": at,
        "ago": times.brief(at, now(), zone) if at else "",
        "is_to_answer": line.is_unanswered and queue.view is View.MINE,
        "speaker": speaker(line.last_author),
        "words": preview(line),
        **under(line, queue),
    }


@blueprint.app_template_filter("under")
def under(line: Line, queue: Queue) -> dict[str, Any]:
    """Return what stands under the words of a line."""
    since, until, zone = line.waiting_since, None, ZoneInfo(parts().settings.zone)
    if queue.view is View.SNOOZED and not since:
        until = line.snoozed_until
    is_with_agent = line.hit is not None or queue.view in _WITH_AGENT
    return {
        "waits": times.duration(max(now() - since, timedelta())) if since else "",
        "why": reason(line.handoff_reason) if since else "",
        "sleeps_until": until,
        "when": times.until(until, now(), zone) if until else "",
        "assignee": line.assignee if is_with_agent else None,
        "where": queue.where(line.assignee_id) if is_with_agent else None,
        "is_late": bool(since and line.overdue_at),
        "is_unsent": line.is_unsent,
        "priority": line.priority,
        "rung": line.rung,
        "labels": tuple(line.labels),
        "page": queue.page(line.page_id),
    }

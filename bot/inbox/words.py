"""What the inbox's templates call things."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g
from jinja2 import pass_context
from jinja2.runtime import Context

from bot.inbox import customer, excerpts, mentions, quotes, step_words, thread
from bot.inbox.excerpts import Piece
from bot.inbox.looking import Queue
from bot.inbox.pages import blueprint
from bot.store import told
from bot.store.models import Author
from bot.store.notes import Call
from bot.store.queue import Line
from bot.store.types import AnyRow
from bot.tongue import _, lazy
from bot.web import names, times
from bot.web.current import now, parts, signed_in, staff

SPEAKERS = {
    Author.BOT: lazy("Assistant: %(text)s"),
    Author.AGENT: lazy("Us: %(text)s"),
    Author.ELSEWHERE: lazy("In another app: %(text)s"),
}

#: Of orders, parcels and events, as flows.ports names them.
STATES = {
    "unpaid": lazy("Unpaid"),
    "processing": lazy("Processing"),
    "shipped": lazy("Shipped"),
    "partially_shipped": lazy("Partially shipped"),
    "delivered": lazy("Delivered"),
    "cancelled": lazy("Cancelled"),
    "refunded": lazy("Refunded"),
    "pending": lazy("Pending"),
    "info_received": lazy("Info received"),
    "in_transit": lazy("In transit"),
    "delayed": lazy("Delayed"),
    "out_for_delivery": lazy("Out for delivery"),
    "available_for_pickup": lazy("Available for pickup"),
    "attempt_failed": lazy("Attempt failed"),
    "returned": lazy("Returned"),
    "exception": lazy("Exception"),
    "expired": lazy("Expired"),
    "scheduled": lazy("Scheduled"),
    "moved": lazy("Moved"),
}
BEGUN = lazy("Has begun")


@blueprint.app_template_filter("called")
def called(line: Line) -> str:
    """Return what to call the customer of a line."""
    return names.customer(line.name, line.id)


@blueprint.app_template_filter("given")
def given(one: AnyRow) -> str:
    """Return who gave somebody which conversation."""
    giver = names.person(one.by) or _("A colleague")
    name = names.customer(one.name, one.conversation_id)
    return _("%(giver)s assigned %(name)s to you", giver=giver, name=name)


@blueprint.app_template_filter("taken")
def taken(one: AnyRow) -> str:
    """Return who took which conversation from somebody."""
    who = names.person(one.by) or _("A colleague")
    name = names.customer(one.name, one.conversation_id)
    return _("%(who)s took %(name)s over from you", who=who, name=name)


@blueprint.app_template_filter("noted")
def noted(one: AnyRow) -> str:
    """Return who left a note in which conversation of somebody's."""
    author = names.person(one.by or "") or _("A colleague")
    name = names.customer(one.name, one.conversation_id)
    return _("%(author)s left a note: %(name)s", author=author, name=name)


@blueprint.app_template_filter("calling")
def calling(one: AnyRow) -> str:
    """Return who called somebody in a note, and in which conversation."""
    author = names.person(one.by or "") or _("A colleague")
    name = names.customer(one.name, one.conversation_id)
    return _("%(author)s mentions you: %(name)s", author=author, name=name)


@blueprint.app_template_global("calls")
@pass_context
def calls(context: Context) -> int:
    """Return how many notes call whoever looks, and they have not seen.

    A page of the inbox has read them with its list.
    """
    if "queue" in context:
        return len(context["queue"].told.calling)
    someone = signed_in()
    if someone is None:
        return 0
    if "calls" not in g:  # the title and the bar ask, each on every page
        with parts().database.read() as connection:
            g.calls = len(told.of(connection, someone.id).calling)
    found: int = g.calls
    return found


@blueprint.app_template_filter("with_whereabouts")
def with_whereabouts(
    receivers: Sequence[AnyRow], queue: Queue
) -> tuple[tuple[int, str, bool, str | None], ...]:
    """Return each with their name, whether it is whoever looks, and where they are."""
    me = staff().id
    return tuple(
        (
            one.id,
            names.person(one.name) or one.login,
            one.id == me,
            queue.where(one.id),
        )
        for one in receivers
    )


@blueprint.app_template_filter("caller")
def caller(call: Call) -> str:
    """Return whose note it is that calls somebody, with a colon."""
    who = names.person(call.author or "") or _("A colleague")
    return _("%(name)s: %(text)s", name=who, text="").strip()


@blueprint.app_template_filter("apart")
def apart(call: Call) -> Sequence[mentions.Piece]:
    """Return what a note says in pieces: a name in it may run the other way."""
    return mentions.apart(" ".join(call.text[:300].split()))


@blueprint.app_template_filter("speaker")
def speaker(author: Author | None) -> str:
    """Return who says what follows, with a colon; nothing before a customer's words.

    Apart from the words: these may run the other way than the page.
    """
    told = SPEAKERS.get(author) if author else None
    return "" if told is None else _(told, text="").strip()


@blueprint.app_template_filter("preview")
def preview(line: Line) -> str:
    """Return the last words of a conversation, or what was sent in their place."""
    if line.last_author is None:
        return _("Nothing has been said yet")
    return _text(line) or quotes.what(line.last_parts or {})


@blueprint.app_template_filter("marked")
def marked(text: str, needles: Sequence[str]) -> Sequence[Piece]:
    """Return a text in pieces, of which those that were searched for are marked."""
    return excerpts.pieces(text, needles)


@blueprint.app_template_filter("excerpt")
def excerpt(line: Line, needles: Sequence[str]) -> Sequence[Piece]:
    """Return where in a message it was found."""
    if line.hit is None:
        return []
    text = " ".join((line.hit.text or quotes.what(line.hit.parts)).split())
    return excerpts.cut(text, needles)


@blueprint.app_template_filter("reason")
def reason(code: str | None) -> str:
    """Return why a conversation was handed over."""
    return customer.reason(code) or ""


@blueprint.app_template_filter("slot")
def slot(kept_label: str) -> str:
    """Return what a slot is called, from how a hand-over keeps its name."""
    name = kept_label.lower().replace(" ", "_").replace("e-mail", "email")
    told = step_words.label(name)
    return told[:1].upper() + told[1:]


@blueprint.app_template_filter("goods_state")
def goods_state(code: str) -> str:
    """Return how an order, a parcel or an event stands."""
    return str(STATES.get(code) or code.replace("_", " ").capitalize())


@blueprint.app_template_filter("safe_url")
def safe_url(url: str | None) -> str | None:
    """Return an address that is safe to open, None of any other."""
    return thread.safe_url(url)


@blueprint.app_template_filter("event_state")
def event_state(event: AnyRow) -> str:
    """Return how an event stands; what has begun is neither moved nor to come."""
    if event.status == "cancelled" or event.starts_at > now():
        return goods_state(event.status)
    return str(BEGUN)


@blueprint.app_template_filter("elsewhere")
def elsewhere(moment: datetime, zone: str) -> str | None:
    """Return the hour on the wall of a venue, None if ours shows the same."""
    there = times.clock(moment, ZoneInfo(zone))
    ours = times.clock(moment, ZoneInfo(parts().settings.zone))
    return None if there == ours else there


def _text(line: Line) -> str:
    return " ".join((line.last_text or "")[:300].split())

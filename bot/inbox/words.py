"""What the inbox's templates call things."""

from collections.abc import Sequence

from bot.inbox import customer, excerpts, thread
from bot.inbox.excerpts import Piece
from bot.inbox.pages import blueprint
from bot.store.models import Author
from bot.store.queue import Line
from bot.store.types import Payload
from bot.web import names

SPEAKERS = {
    Author.BOT: "Assistant: ",
    Author.AGENT: "Us: ",
    Author.ELSEWHERE: "In another app: ",
}


@blueprint.app_template_filter("called")
def called(line: Line) -> str:
    """Return what to call the customer of a line."""
    return names.customer(line.name, line.id)


@blueprint.app_template_filter("preview")
def preview(line: Line) -> str:
    """Return the last words of a conversation, or what was sent in their place."""
    if line.last_author is None:
        return "Nothing has been said yet"
    speaker = SPEAKERS.get(line.last_author, "")
    return speaker + (_text(line) or _attached(line.last_parts or {}))


@blueprint.app_template_filter("marked")
def marked(text: str, needles: Sequence[str]) -> Sequence[Piece]:
    """Return a text in pieces, of which those that were searched for are marked."""
    return excerpts.pieces(text, needles)


@blueprint.app_template_filter("excerpt")
def excerpt(line: Line, needles: Sequence[str]) -> Sequence[Piece]:
    """Return where in a message it was found, with who says it."""
    if line.hit is None:
        return []
    who = SPEAKERS.get(line.hit.author, "")
    text = " ".join((line.hit.text or _attached(line.hit.parts)).split())
    return [Piece(who), *excerpts.cut(text, needles)]


@blueprint.app_template_filter("reason")
def reason(code: str | None) -> str:
    """Return why a conversation was handed over."""
    return customer.reason(code) or ""


def _text(line: Line) -> str:
    return " ".join((line.last_text or "")[:300].split())


def _attached(parts: Payload) -> str:
    if parts.get("unsent"):
        return "A message that was unsent"
    if not parts:
        return "Nothing that can be shown"
    attached = parts.get("attachments") or [parts.get("attachment") or {}]
    if attached[0].get("like"):
        return "Thumbs up"
    return thread.KINDS.get(str(attached[0].get("type")), "Attachment")

"""How a thread reads: bubbles in groups, days between them, and what became of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.attachments import content
from bot.inbox.fate import Fate, fate
from bot.store.desk import Desk, Said
from bot.store.models import Author, OutgoingState
from bot.tongue import _, lazy

TOGETHER = timedelta(minutes=5)
# Messenger's marks name its own time of a message, a little before ours.
SKEW = timedelta(seconds=5)

#: Messages of ours that answer nothing, by their purpose.
SORTS = {"reminder": lazy("Reminder"), "update": lazy("Update")}
KINDS = {
    "image": lazy("Picture"),
    "video": lazy("Video"),
    "audio": lazy("Voice message"),
    "file": lazy("File"),
    "location": lazy("Location"),
    "fallback": lazy("Shared link"),
    "template": lazy("Card"),
    "reel": lazy("Reel"),
    "sticker": lazy("Sticker"),
}
ATTACHMENT = lazy("Attachment")


@dataclass(frozen=True, kw_only=True)
class Link:
    """Something that lies elsewhere; *url* only if it is safe to open."""

    label: str
    title: str | None = None
    url: str | None = None
    #: Its place among what came with a message, by which our copy is found.
    position: int | None = None
    is_picture: bool = False
    #: Whether it was sent to be heard, whatever file it came in.
    is_voice: bool = False

    def player(self, content_type: str | None) -> str | None:
        """Return what plays our copy of it, None if nothing does."""
        if content_type not in content.PLAYED:
            return None
        is_heard = self.is_voice or content_type.startswith("audio/")
        return "audio" if is_heard else "video"


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """One message, ready to be shown."""

    said: Said
    is_first: bool
    is_last: bool
    mark: str | None
    fate: Fate | None
    is_like: bool = False
    links: Sequence[Link] = ()
    #: What the customer could tap, as it was offered.
    choices: Sequence[Link] = ()
    cards: Sequence[Mapping[str, Any]] = field(default=())

    @property
    def side(self) -> str:
        """Return who speaks: the customer, or anybody in the shop's name."""
        return "them" if self.said.author is Author.CUSTOMER else "us"

    @property
    def sort(self) -> str | None:
        """Return what sort of message it is, unless it is an answer."""
        told = SORTS.get(self.said.purpose or "")
        return None if told is None else str(told)

    @property
    def is_unsent(self) -> bool:
        """Return whether it was taken back: what it said is gone."""
        return bool(self.said.parts.get("unsent"))

    @property
    def is_edited(self) -> bool:
        """Return whether the customer put other words in its place."""
        return bool(self.said.parts.get("edited"))

    @property
    def picture(self) -> str | None:
        """Return the name of the picture that it is, if it is one of ours."""
        return picture(self.said.parts)

    @property
    def is_tap(self) -> bool:
        """Return whether the customer tapped a button to say it."""
        return bool(self.said.parts.get("tapped"))


def bubbles(thread: Sequence[Said], desk: Desk, zone: ZoneInfo) -> list[Bubble]:
    """Return the thread as it is shown."""
    marks = _marks(thread, desk)
    return [
        _bubble(said, before, after, marks.get(said.id), zone)
        for before, said, after in _neighbours(thread)
    ]


def _neighbours(
    thread: Sequence[Said],
) -> Iterator[tuple[Said | None, Said, Said | None]]:
    for number, said in enumerate(thread):
        before = thread[number - 1] if number else None
        after = thread[number + 1] if number + 1 < len(thread) else None
        yield before, said, after


def _bubble(
    said: Said,
    before: Said | None,
    after: Said | None,
    mark: str | None,
    zone: ZoneInfo,
) -> Bubble:
    attached = said.parts.get("attachments") or []
    return Bubble(
        said=said,
        is_first=not _belong(before, said, zone),
        is_last=not _belong(said, after, zone),
        mark=mark,
        fate=fate(said),
        is_like=any(one.get("like") for one in attached),
        links=[*_links(attached), *_pictures(said.parts)],
        choices=[*_choices(said.parts)],
        cards=[*_cards(said.parts)],
    )


def safe_url(url: object) -> str | None:
    """Return *url* if a browser may open it: a page of the web, nothing that runs."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _links(attached: Sequence[Mapping[str, Any]]) -> Iterator[Link]:
    for position, one in enumerate(attached):
        if not one.get("like"):
            yield _link(one, position)


def _link(attachment: Mapping[str, Any], position: int) -> Link:
    kind = str(attachment.get("type"))
    return Link(
        label=str(KINDS.get(kind, ATTACHMENT)),
        title=attachment.get("title"),
        url=safe_url(attachment.get("url")),
        position=position,
        is_picture=kind == "image",
        is_voice=kind == "audio",
    )


def _payload(parts: Mapping[str, Any]) -> Mapping[str, Any]:
    found = (parts.get("attachment") or {}).get("payload")
    return found if isinstance(found, dict) else {}


def picture(parts: Mapping[str, Any]) -> str | None:
    """Return the name of a picture that an agent sent."""
    name = _payload(parts).get("file")
    return name if isinstance(name, str) else None


def _pictures(parts: Mapping[str, Any]) -> Iterator[Link]:
    if "url" in _payload(parts):
        kind = str(parts["attachment"].get("type"))
        label = str(KINDS.get(kind, ATTACHMENT))
        url = safe_url(_payload(parts)["url"])
        yield Link(label=label, url=url, is_picture=kind == "image")


def _choices(parts: Mapping[str, Any]) -> Iterator[Link]:
    payload = _payload(parts)
    for choice in [*payload.get("buttons", ()), *(parts.get("quick_replies") or ())]:
        yield Link(label=str(choice.get("title")), url=safe_url(choice.get("url")))


def _cards(parts: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for element in _payload(parts).get("elements", ()):
        buttons = element.get("buttons", ())
        yield {
            "title": element.get("title"),
            "subtitle": element.get("subtitle"),
            "choices": [Link(label=str(b.get("title"))) for b in buttons],
        }


def _belong(before: Said | None, after: Said | None, zone: ZoneInfo) -> bool:
    """Return whether two messages are of one speaker and one breath."""
    if before is None or after is None:
        return False
    speakers = {(said.author, said.staff_id) for said in (before, after)}
    near = after.at - before.at < TOGETHER
    return len(speakers) == 1 and near and _date(before, zone) == _date(after, zone)


def _date(said: Said, zone: ZoneInfo) -> date:
    return said.at.astimezone(zone).date()


def _marks(thread: Sequence[Said], desk: Desk) -> dict[int, str]:
    """Return which messages carry "Read" and "Delivered": the newest of each."""
    sent = [said for said in thread if said.state is OutgoingState.SENT]
    marks: dict[int, str] = {}
    for word, until in (
        (_("Delivered"), desk.delivered_at),
        (_("Read"), desk.read_at),
    ):
        reached = [said for said in sent if until and said.at <= until + SKEW]
        if reached:
            marks[reached[-1].id] = word
    return marks

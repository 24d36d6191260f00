"""What can happen on Messenger, as records."""

from dataclasses import dataclass
from datetime import datetime

# The "like" of the composer in its three sizes: a sticker, and a yes in words.
# https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sticker-api
LIKE_STICKERS = frozenset({"369239263222822", "369239343222814", "369239383222810"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """Something sent beside or instead of text; *url* is Meta's and expires."""

    kind: str
    url: str | None = None
    title: str | None = None
    sticker_id: str | None = None

    @property
    def is_like(self) -> bool:
        """Whether this is the thumbs-up of Messenger's composer."""
        return self.sticker_id in LIKE_STICKERS


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral:
    """Where a customer came from: an m.me link, an advertisement."""

    ref: str | None = None
    source: str | None = None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened on Messenger.

    ``key`` is the same each time Messenger sends the same event. ``psid`` is the
    customer, also in an echo, where the Page is the sender; None where Messenger
    names nobody. ``at`` is aware; when Messenger gives no usable time it is the
    entry's, or else the time of receipt. ``raw`` is the item as JSON. ``standby``
    says that another app answers this conversation.
    """

    key: str
    page_id: str
    psid: str | None
    at: datetime
    raw: bytes
    standby: bool = False

    @property
    def kind(self) -> str:
        """Return the name under which the event is stored and counted."""
        return KINDS[type(self)]


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageReceived(Event):
    """The customer wrote something, sent something, or tapped a quick reply.

    ``reply_to`` is the mid of the message that they chose to answer, if they did.
    """

    mid: str | None
    text: str | None = None
    quick_reply: str | None = None
    attachments: tuple[Attachment, ...] = ()
    referral: Referral | None = None
    reply_to: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PostbackReceived(Event):
    """The customer tapped a button, a menu item or Get Started."""

    mid: str | None
    title: str | None = None
    payload: str | None = None
    referral: Referral | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageEchoed(Event):
    """The Page said something: through us, another app or the Page Inbox."""

    mid: str | None
    app_id: str | None = None
    metadata: str | None = None
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageDelivered(Event):
    """Messages of ours reached the customer's phone: those named, all before."""

    mids: tuple[str, ...] = ()
    watermark: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRead(Event):
    """The customer has read all that was sent before *watermark*."""

    watermark: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralReceived(Event):
    """A customer whom we know came back through a link or an advertisement."""

    referral: Referral


@dataclass(frozen=True, kw_only=True, slots=True)
class ReactionReceived(Event):
    """The customer put a reaction on a message, or took it away."""

    mid: str | None
    action: str | None = None
    emoji: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageEdited(Event):
    """The customer put other words in the place of a message; *number* counts up."""

    mid: str | None
    number: int
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageUnsent(Event):
    """A message was taken back: nobody is to see any more what it said."""

    mid: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherEvent(Event):
    """A kind that Messenger documents and that we keep, but do not act on."""

    name: str

    @property
    def kind(self) -> str:
        """Return Messenger's own name of the kind."""
        return self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class UnknownEvent(Event):
    """A shape that we have never heard of: kept, so that nothing is lost."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnparsableBody(Event):
    """A genuine body that is not JSON of any envelope we can read."""


KINDS: dict[type[Event], str] = {
    MessageReceived: "message",
    PostbackReceived: "postback",
    MessageEchoed: "echo",
    MessageDelivered: "delivery",
    MessageRead: "read",
    ReferralReceived: "referral",
    ReactionReceived: "reaction",
    MessageEdited: "message_edit",
    MessageUnsent: "message_deleted",
    UnknownEvent: "unknown",
    UnparsableBody: "unparsable",
}

"""The JSON API for what belongs to a Page: /api/pages and below."""

from dataclasses import dataclass, field
from typing import Any, Literal

from emulator import events, message_templates
from emulator.asking import Ask, UnknownError
from emulator.connection import TOKEN_REFUSALS
from emulator.faults import TokenState
from emulator.message_templates import Status
from emulator.payload import Payload
from emulator.receipts import Announcement
from emulator.records import record
from emulator.world import Item, Page, new_mid

#: The app that Meta's own inbox sends as.
PAGE_INBOX = "263902037430900"


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The body of POST /api/pages/<page_id>: what is to be different."""

    name: str | None = None
    human_agent: bool | None = None
    review: Literal["APPROVED", "PENDING", "REJECTED"] | None = None
    token: TokenState | None = None
    sends_per_second: int | None = None


@dataclass(frozen=True, kw_only=True)
class InboxReply:
    """The body of POST /api/pages/<page_id>/inbox; app_id null: it is not told."""

    psid: str
    text: str
    app_id: str | None = PAGE_INBOX


@dataclass(frozen=True, kw_only=True)
class Review:
    """The body of POST /api/pages/<page_id>/templates."""

    name: str
    language: str
    status: Status


@dataclass(frozen=True, kw_only=True)
class RawEvents:
    """The body of POST /api/pages/<page_id>/events: items of an entry, as they are."""

    messaging: list[Any] = field(default_factory=list)
    standby: list[Any] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)


async def listed(ask: Ask) -> Payload:
    """Answer GET /api/pages."""
    return {"pages": [_described(page) for page in ask.messenger.world.pages.values()]}


async def change(ask: Ask) -> Payload:
    """Answer POST /api/pages/<page_id>."""
    page, wanted = ask.page, record(Changes, ask.body, "a Page")
    for name in ("name", "human_agent", "review", "sends_per_second"):
        if getattr(wanted, name) is not None:
            setattr(page, name, getattr(wanted, name))
    if wanted.token is not None:
        page.token_refusal = TOKEN_REFUSALS[wanted.token]
    return _described(page)


async def inbox(ask: Ask) -> Payload:
    """Answer POST /api/pages/<page_id>/inbox: a person answers in Meta's own inbox."""
    reply, messenger = record(InboxReply, ask.body, "a reply"), ask.messenger
    customer = messenger.world.customers.get(reply.psid)
    if customer is None or customer.page_id != ask.page.page_id:
        raise UnknownError(f"Page {ask.page.page_id} has no customer {reply.psid}")
    item = Item(
        author="page",
        mid=new_mid(),
        at=messenger.clock.now(),
        message={"text": reply.text},
        app_id=reply.app_id,
    )
    messenger.world.shown(customer, item)
    announcement = Announcement(messenger.world, messenger.postman, customer, item)
    announcement.after_response()
    return {"mid": item.mid}


async def review(ask: Ask) -> Payload:
    """Answer POST /api/pages/<page_id>/templates: a review has ended."""
    wanted = record(Review, ask.body, "a review")
    template = ask.page.templates.get((wanted.name, wanted.language))
    if template is None:
        raise UnknownError(f"there is no template {wanted.name} in {wanted.language}")
    template.status = wanted.status
    result = message_templates.review_result(template)
    ask.messenger.postman.post(events.template_status(ask.page.page_id, result))
    return message_templates.described(template)


async def raw_events(ask: Ask) -> Payload:
    """Answer POST /api/pages/<page_id>/events: send the webhook whatever it may be."""
    wanted = record(RawEvents, ask.body, "events")
    parts = {
        "messaging": wanted.messaging,
        "standby": wanted.standby,
        "changes": wanted.changes,
    }
    for part, contents in parts.items():
        for content in contents:
            ask.messenger.postman.post(events.raw(ask.page.page_id, content, part))
    return {"sent": sum(map(len, parts.values()))}


def _described(page: Page) -> Payload:
    return {
        "page_id": page.page_id,
        "name": page.name,
        "human_agent": page.human_agent,
        "review": page.review,
        "token_works": page.token_refusal is None,
        "sends_per_second": page.sends_per_second,
        "subscribed_fields": sorted(page.subscribed),
        "profile": page.profile,
        "templates": [message_templates.described(t) for t in page.templates.values()],
    }

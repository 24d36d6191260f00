"""May the Page write to this customer now? Meta's rules on when, and on what kind.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy
"""

from datetime import datetime, timedelta

from emulator.payload import Payload
from emulator.refusals import (
    DEAD_TAG,
    HUMAN_AGENT_NOT_APPROVED,
    NOT_A_NEWS_PAGE,
    WINDOW_CLOSED,
    GraphError,
    bad_parameter,
)
from emulator.shapes import object_at, one_of
from emulator.world import Customer, Page

STANDARD = timedelta(hours=24)
HUMAN_AGENT = timedelta(days=7)
TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY")
TAGS = ("HUMAN_AGENT", "CUSTOMER_FEEDBACK", "NON_PROMOTIONAL_SUBSCRIPTION")
#: An error since 27 April 2026.
DEAD_TAGS = ("ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE")


def check(
    page: Page, customer: Customer, send: Payload, now: datetime, *, utility: bool
) -> None:
    """Raise GraphError unless *page* may send this now; *utility* has no window."""
    messaging_type = send.get("messaging_type") or "RESPONSE"
    one_of("messaging_type", messaging_type, TYPES)
    if messaging_type == "MESSAGE_TAG" or send.get("tag"):
        _check_tag(page, customer, send, now)
    elif utility:
        _check_utility(send)
    elif messaging_type == "UTILITY":
        raise bad_parameter("messaging_type UTILITY takes a utility template")
    elif not is_open(customer, now, STANDARD):
        raise GraphError(WINDOW_CLOSED)


def is_open(customer: Customer, now: datetime, window: timedelta) -> bool:
    """Say whether the customer's last action is no older than *window*."""
    return customer.acted_at is not None and now - customer.acted_at <= window


def _check_utility(send: Payload) -> None:
    # Some of Meta's own samples leave the type out; the template says it all.
    if send.get("messaging_type") not in (None, "UTILITY"):
        raise bad_parameter("A utility template needs messaging_type UTILITY")


def _check_tag(page: Page, customer: Customer, send: Payload, now: datetime) -> None:
    tag = send.get("tag")
    if tag in DEAD_TAGS:
        raise GraphError(DEAD_TAG)
    one_of("tag", tag, TAGS)
    if tag == "NON_PROMOTIONAL_SUBSCRIPTION":
        raise GraphError(NOT_A_NEWS_PAGE)
    if tag == "CUSTOMER_FEEDBACK" and not _asks_for_feedback(send):
        raise bad_parameter(
            "Tag CUSTOMER_FEEDBACK takes the customer_feedback template"
        )
    if tag == "HUMAN_AGENT" and not page.human_agent:
        raise GraphError(HUMAN_AGENT_NOT_APPROVED)
    if not is_open(customer, now, HUMAN_AGENT):
        raise GraphError(WINDOW_CLOSED)


def _asks_for_feedback(send: Payload) -> bool:
    attachment = object_at(object_at(send, "message"), "attachment")
    kind = object_at(attachment, "payload").get("template_type")
    return bool(kind == "customer_feedback")

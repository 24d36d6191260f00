"""What shops and couriers call the states of a parcel, in our twelve words.

A word that we do not know is no reason to say nothing: the parcel is under way, and
the log says which word it was.
"""

from collections.abc import Mapping, Sequence
from typing import get_args

import structlog

from flows.ports import OrderStatus, Parcel, ParcelStatus

log = structlog.get_logger()

UNKNOWN: ParcelStatus = "in_transit"

#: https://shopify.dev/docs/api/admin-graphql/latest/enums/FulfillmentDisplayStatus
SHOPIFY: Mapping[str, ParcelStatus] = {
    "SUBMITTED": "pending",
    "CONFIRMED": "pending",
    "FULFILLED": "pending",
    "MARKED_AS_FULFILLED": "pending",
    "LABEL_PURCHASED": "info_received",
    "LABEL_PRINTED": "info_received",
    "CARRIER_PICKED_UP": "in_transit",
    "IN_TRANSIT": "in_transit",
    "DELAYED": "delayed",
    "OUT_FOR_DELIVERY": "out_for_delivery",
    "READY_FOR_PICKUP": "available_for_pickup",
    "ATTEMPTED_DELIVERY": "attempt_failed",
    "NOT_DELIVERED": "attempt_failed",
    "DELIVERED": "delivered",
    "PICKED_UP": "delivered",
    "FAILURE": "exception",
    "CANCELED": "cancelled",
    "LABEL_VOIDED": "cancelled",
}

#: Our own words, and those of AfterShip, EasyPost and 17TRACK, as `_plain` has them.
#: https://www.aftership.com/docs/tracking/2026-07/enum/delivery-sub-statuses
#: AfterShip's numbers stand here where one tells more than its tag; those from 016 on
#: are said since March 2026.
COURIERS: Mapping[str, ParcelStatus] = {
    **{status.replace("_", ""): status for status in get_args(ParcelStatus)},
    "unknown": "pending",
    "notfound": "pending",
    "pretransit": "info_received",
    "exception004": "delayed",
    "exception005": "delayed",
    "exception016": "delayed",
    "exception017": "delayed",
    "exception019": "delayed",
    "exceptiondelayed": "delayed",
    "attemptfail": "attempt_failed",
    "failure": "attempt_failed",
    "deliveryfailure": "attempt_failed",
    "returntosender": "returned",
    "exception010": "returned",
    "exception011": "returned",
    "exceptionreturning": "returned",
    "exceptionreturned": "returned",
    "error": "exception",
    "exceptioncancel": "cancelled",
    "exception020": "cancelled",
}


def of_shopify(word: str | None) -> ParcelStatus:
    """Return what Shopify's FulfillmentDisplayStatus means."""
    return SHOPIFY.get(word or "SUBMITTED") or _unknown(word)


def of_courier(word: str | None) -> ParcelStatus:
    """Return what a courier's or an aggregator's word means, subtags included.

    `InTransit_Departure` is in transit, whatever departed.
    """
    said = word or ""
    tag, _, _ = said.partition("_")
    return COURIERS.get(_plain(said)) or COURIERS.get(_plain(tag)) or _unknown(word)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _unknown(word: str | None) -> ParcelStatus:
    log.warning("parcel_status_unknown", word=str(word)[:40])
    return UNKNOWN


def shopify_order(
    *, cancelled: bool, paid: str, sent: OrderStatus | None, parcels: Sequence[Parcel]
) -> OrderStatus:
    """Return the state of an order of Shopify; *paid*: its word, in capitals or not."""
    if cancelled:
        return "cancelled"
    if paid.upper() == "REFUNDED":
        return "refunded"
    if sent is None:
        return "unpaid" if paid.upper() == "EXPIRED" else "processing"
    there = parcels and all(one.status == "delivered" for one in parcels)
    return "delivered" if there and sent == "shipped" else sent

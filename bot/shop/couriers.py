"""Where a courier shows how far a parcel is."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

# The couriers' public tracking pages; {} is the parcel's number.
PAGES: Mapping[str, str] = {
    "royal mail": "https://www.royalmail.com/track-your-item#/tracking-results/{}",
    "dhl": "https://www.dhl.com/gb-en/home/tracking.html?tracking-id={}",
    "dpd": "https://track.dpd.co.uk/parcels/{}",
    "evri": "https://www.evri.com/track/parcel/{}",
    "ups": "https://www.ups.com/track?tracknum={}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={}",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
}


def tracking_url(courier: str | None, number: str | None) -> str | None:
    """Return the page of a parcel, None for a courier we do not know."""
    page = PAGES.get((courier or "").casefold())
    return page.format(quote(number, safe="")) if page and number else None


def parcel_page(
    given: str | None, courier: str | None, number: str | None
) -> str | None:
    """Return the page that a shop names if it is one, else that of the courier."""
    named = given if given and is_page(given) else None
    return named or tracking_url(courier, number)


def is_page(url: str) -> bool:
    """Whether that is an address of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)

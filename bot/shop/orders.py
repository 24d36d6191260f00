"""Orders in our own tables."""

import hmac
import unicodedata

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import Database
from bot.store.shop import Shipment, ShopOrder
from bot.store.types import AnyRow
from flows.ports import Order, Parcel, PortError

NOBODY = "\0"  # no e-mail address and no postcode: what an unknown order is compared to


class TableOrders:
    """Looks orders up in the tables that a CSV file filled."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, number: str, proof: str) -> Order | None:
        """Return the order; None if it is unknown or *proof* is not its own."""
        try:
            with self._database.read() as connection:
                return _find(connection, number, proof)
        except SQLAlchemyError as error:
            raise PortError(f"orders: {type(error).__name__}") from error


def _find(connection: Connection, number: str, proof: str) -> Order | None:
    """Do the same work for an unknown order as for a wrong proof."""
    order = connection.execute(
        select(
            ShopOrder.id,
            ShopOrder.number,
            ShopOrder.email,
            ShopOrder.postcode,
            ShopOrder.status,
        ).where(ShopOrder.number == number)
    ).first()
    parcels = connection.execute(
        select(*Shipment.__table__.columns)
        .where(Shipment.order_id == (order.id if order else -1))
        .order_by(Shipment.id)
    ).all()
    by_email = _same(email(proof), order.email if order else NOBODY)
    by_postcode = _same(postcode(proof), order.postcode if order else NOBODY)
    if order is None or not (by_email or by_postcode):
        return None
    return Order(
        number=order.number, status=order.status, parcels=tuple(map(_parcel, parcels))
    )


def _parcel(row: AnyRow) -> Parcel:
    return Parcel(
        status=row.status,
        courier=row.courier,
        tracking_number=row.tracking_number,
        tracking_url=row.tracking_url,
        expected=row.expected_on,
    )


def _same(given: str, kept: str) -> bool:
    return hmac.compare_digest(given.encode(), kept.encode())


def email(text: str) -> str:
    """Return an e-mail address as it is compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def postcode(text: str) -> str:
    """Return a postcode as it is compared: without blanks, in one case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())

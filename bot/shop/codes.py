"""Does an e-mail address belong to whoever gives it? They read us a code mailed there.

Six digits that count for ten minutes and five tries; what they prove counts for a
day. An address is mailed to whether the shop knows it or not: nobody learns from a
code which addresses have orders.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot import guard
from bot.guard import Tries
from bot.mail import Mail, Written, in_language
from bot.store import codes, lookups
from bot.store.database import Database
from bot.store.lookups import DAY, HOUR, Limit
from bot.store.sealing import Seal, SealError
from flows.ports import PortError, TooManyTriesError

log = structlog.get_logger()

T = TypeVar("T")

CODE = "code"
DIGITS = 6
#: How many are mailed: to a customer in an hour, to an address in a day.
TO_A_CUSTOMER, TO_AN_ADDRESS = 5, 5


class MailedCodes:
    """Mails codes, and knows who has proved which address."""

    def __init__(
        self, database: Database, secret: str, mail: Mail, mails: Mapping[str, Written]
    ) -> None:
        self._database, self._mail, self._mails = database, mail, mails
        self._secret = b"frontdesk codes" + secret.encode()
        self._seal = Seal(secret, b"frontdesk mailed code")

    def send(self, address: str, customer: str, language: str) -> None:
        """Mail a code to an address, in place of one mailed before.

        Where no more are mailed, one that is on its way there will do; raise
        TooManyTriesError if there is none, PortError where the mail server does not
        take it.
        """
        plain = guard.email(address)
        if customer == guard.NOBODY:
            return
        tries = self._count(plain, customer)
        if tries is None:
            self._leave_it_at(plain, customer)
            return
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        written = in_language(self._mails, language).filled({CODE: code})
        try:
            self._mail.send(plain, written)
        except PortError:
            self._written(lambda c: lookups.take_back(c, tries))
            raise
        key, kept = self._key("customer", customer), self._key("code", customer, code)
        sealed = self._seal.close(plain)
        self._written(lambda c: codes.keep(c, key, sealed, kept))

    def prove(self, code: str, customer: str) -> bool:
        """Whether *code* is the one that was mailed; what it proves is remembered.

        Raise TooManyTriesError once it was tried too often.
        """
        key = self._key("customer", customer)
        given = self._key("code", customer, digits(code))

        def job(connection: Connection) -> bool | None:
            found = codes.tried(connection, key)
            if found is None:
                return None if codes.used_up(connection, key) else False
            if not hmac.compare_digest(found[0], given):
                return False
            codes.prove(connection, key)
            return True

        proved = self._written(job)
        if proved is None:
            raise TooManyTriesError(CODE)
        return proved

    def proved(self, customer: str, seconds: float = DAY) -> tuple[str, float] | None:
        """Return the address that a customer has proved of late, and when."""
        key = self._key("customer", customer)
        try:
            with self._database.read() as connection:
                found = codes.proved(connection, key, seconds)
        except SQLAlchemyError as error:
            raise PortError(f"codes: {type(error).__name__}") from error
        address = self._opened(found.address) if found else None
        return (address, found.at) if found and address else None

    def _leave_it_at(self, address: str, customer: str) -> None:
        """Raise TooManyTriesError unless a code that counts was mailed there before."""
        key = self._key("customer", customer)
        waiting = self._written(lambda connection: codes.waiting(connection, key))
        if waiting is None or self._opened(waiting) != address:
            log.warning("code_refused")
            raise TooManyTriesError(CODE)

    def _opened(self, sealed: bytes) -> str | None:
        try:
            return self._seal.open(sealed)
        except SealError:
            return None  # sealed under another SECRET_KEY: it is to be proved anew

    def _count(self, address: str, customer: str) -> Tries | None:
        key = self._key
        limits = [
            Limit(
                key=key("mailed", customer),
                most=TO_A_CUSTOMER,
                seconds=HOUR,
                longest=DAY,
            ),
            Limit(
                key=key("address", address),
                most=TO_AN_ADDRESS,
                seconds=DAY,
                # Strangers can use it up: its owner is to have it back tomorrow.
                longest=DAY,
            ),
            Limit(key=f"{CODE}:{guard.ALL}", most=None, seconds=HOUR, longest=HOUR),
        ]
        tries = self._written(lambda connection: lookups.begin(connection, limits))
        if tries and tries[f"{CODE}:{guard.ALL}"].failures == guard.ALARM:
            log.error("codes_mailed", within_an_hour=guard.ALARM)
        return tries

    def _key(self, *parts: str) -> str:
        """Return a key that tells nobody without SECRET_KEY what it stands for."""
        told = "\0".join([CODE, *parts]).encode()
        return f"{parts[0]}:{hmac.digest(self._secret, told, 'sha256').hex()}"

    def _written(self, job: Callable[[Connection], T]) -> T:
        try:
            return self._database.write(job)
        except SQLAlchemyError as error:
            raise PortError(f"codes: {type(error).__name__}") from error


def digits(code: str) -> str:
    """Return a code as it is compared: digits of any script, nothing between them."""
    plain = unicodedata.normalize("NFKC", code)
    return "".join(str(unicodedata.decimal(one)) for one in plain if one.isdecimal())

"""Who may see what is kept under a number? Whoever gives what proves that it is theirs.

The proof is held against the record here, in one place, whatever the record came
from; an unknown number and a wrong proof are the same work and take the same time.
Who fails too often is not answered any more, neither is a number that many try.
"""

import hmac
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.pace import Pace
from bot.store import lookups
from bot.store.database import Database
from bot.store.lookups import DAY, HOUR, Count, Limit
from flows.ports import PortError, TooManyTriesError

log = structlog.get_logger()

T = TypeVar("T")
Tries: TypeAlias = Mapping[str, Count]

#: Who is no customer, but the assistant rehearsing: no number is theirs.
NOBODY = "nobody"
#: Under which all failures count, whoever's they are.
ALL = "all"
#: So many failures in an hour are an attack, and logged as one.
ALARM = 100
NOTHING = ""


@dataclass(frozen=True, kw_only=True)
class Record(Generic[T]):
    """What is kept under a number, and what proves that it is somebody's."""

    number: str
    email: str = NOTHING
    postcode: str = NOTHING
    #: Called only once the proof fits: what is odd in a record, or takes time, must
    #: not show to strangers that there is one.
    tell: Callable[[], T]


def _never() -> Any:
    raise AssertionError("nobody's record was opened")


#: What is compared where there is no record: nothing opens it.
_NOBODYS: Record[Any] = Record(number=NOTHING, tell=_never)


def proved(records: Sequence[Record[T]], number: str, proof: str) -> Record[T] | None:
    """Return the record of that number that *proof* opens; all of them are compared."""
    found = [one for one in records or [_NOBODYS] if _fits(one, number, proof)]
    return found[0] if found else None


def _fits(record: Record[T], number: str, proof: str) -> bool:
    by_number = _same(spelt(number), spelt(record.number))
    by_email = _same(email(proof), email(record.email))
    # What has an @ is no postcode, and counts under another limit.
    given = "" if "@" in proof else postcode(proof)
    by_postcode = _same(given, postcode(record.postcode))
    return by_number & (by_email | by_postcode)


def _same(given: str, kept: str) -> bool:
    same = hmac.compare_digest(_bytes(given), _bytes(kept))
    # An order without a postcode is not opened by nothing.
    return same & (kept != NOTHING)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def spelt(number: str) -> str:
    """Return a number as it is compared."""
    return unicodedata.normalize("NFKC", number).strip().lstrip("#").casefold()


def email(text: str) -> str:
    """Return an e-mail address as it is compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def postcode(text: str) -> str:
    """Return a postcode as it is compared: without blanks, in one case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def failed(database: Database, kind: str) -> int:
    """Return how many look-ups of a kind have failed within the hour."""
    with database.read() as connection:
        return lookups.failures(connection, f"{kind}:{ALL}", HOUR)


class Guard:
    """Lets a customer look up what they can prove, and counts what they can't.

    Failures count under four keys: of the customer (5 in an hour), the number (10 a
    day, of which 3 with a postcode: there are too few of those), the e-mail address
    (10 a day), and all together, which only raises an alarm. A key that is used up
    opens later each time. They count alike for numbers that there are not.
    """

    def __init__(
        self, kind: str, database: Database, secret: str, pace: Pace | None = None
    ) -> None:
        self._kind = kind
        self._database = database
        self._secret = b"frontdesk look-ups" + secret.encode()
        self._pace = pace

    def find(
        self,
        number: str,
        proof: str,
        customer: str,
        look_up: Callable[[], Sequence[Record[T]]],
    ) -> T | None:
        """Return what is kept under a number, None if it is unknown or not theirs.

        Raise TooManyTriesError where nobody is answered any more. Who has proved it
        within a day is, and may leave the proof out.
        """
        if customer == NOBODY:
            return None
        known = self._known(number, customer)
        if known is not None:
            same = [one for one in look_up() if self._identity(one) == known]
            if same and (not proof or proved(same, number, proof)):
                return same[0].tell()
        return self._prove(number, proof, customer, look_up)

    def knows(self, number: str, customer: str) -> bool:
        """Whether the customer has proved that number within a day."""
        return self._known(number, customer) is not None

    def known(
        self, records: Sequence[Record[T]], number: str, customer: str
    ) -> Sequence[Record[T]]:
        """Return those of the records that the customer has proved within a day."""
        known = self._known(number, customer)
        return [one for one in records if known and self._identity(one) == known]

    def claim(
        self,
        number: str,
        address: tuple[str, float],
        customer: str,
        look_up: Callable[[], Sequence[Record[T]]],
    ) -> Record[T] | None:
        """Return what is under a number and an address proved otherwise, since when.

        Who has proved it guesses nothing: it counts as no try, and a number that
        others have closed is open to them. The customer knows it from then on.
        """
        began = self._pace.began() if self._pace else 0.0
        record = proved(look_up(), number, address[0])
        if record is None:
            if self._pace:
                self._pace.missed(began)
            return None
        if self._pace:
            self._pace.found(began)
        self.remember([record], customer, address[1])
        return record

    def remember(self, records: Sequence[Record[T]], customer: str, at: float) -> None:
        """Let a customer know records that they have proved otherwise, since *at*."""

        def job(connection: Connection) -> None:
            for one in records:
                key = self._key("proof", customer, spelt(one.number))
                lookups.remember(connection, key, self._identity(one), at)

        with self._answering():
            self._database.write(job)

    def _prove(
        self,
        number: str,
        proof: str,
        customer: str,
        look_up: Callable[[], Sequence[Record[T]]],
    ) -> T | None:
        began = self._pace.began() if self._pace else 0.0
        tries = self._begin(self._limits(number, proof, customer))
        try:
            record = proved(look_up(), number, proof)
            found = record.tell() if record else None
        except BaseException:
            # The shop did not answer: nobody has guessed anything.
            self._take_back(tries)
            raise
        if record is None:
            if self._pace:
                self._pace.missed(began)
            return None
        if self._pace:
            self._pace.found(began)
        self._take_back(tries, record, self._key("proof", customer, spelt(number)))
        return found

    def _limits(self, number: str, proof: str, customer: str) -> Sequence[Limit]:
        key, asked = self._key, spelt(number)
        limits = [
            Limit(key=key("customer", customer), most=5, seconds=HOUR, longest=DAY),
            Limit(key=key("number", asked), most=10, seconds=DAY, longest=8 * DAY),
            Limit(key=f"{self._kind}:{ALL}", most=None, seconds=HOUR, longest=HOUR),
        ]
        if "@" in proof:
            by_email = key("email", email(proof))
            limits.append(Limit(key=by_email, most=10, seconds=DAY, longest=8 * DAY))
        else:
            by_postcode = key("postcode", asked)
            limits.append(Limit(key=by_postcode, most=3, seconds=DAY, longest=8 * DAY))
        return limits

    def _key(self, *parts: str) -> str:
        """Return a key that tells nobody without SECRET_KEY what it stands for."""
        told = "\0".join([self._kind, *parts])
        return f"{parts[0]}:{hmac.digest(self._secret, _bytes(told), 'sha256').hex()}"

    def _begin(self, limits: Sequence[Limit]) -> Tries:
        with self._answering():
            tries = self._database.write(lambda c: lookups.begin(c, limits))
        if tries is None:
            log.warning("lookup_refused", kind=self._kind)
            raise TooManyTriesError(self._kind)
        if tries[f"{self._kind}:{ALL}"].failures == ALARM:
            log.error("lookups_attacked", kind=self._kind, failures=ALARM)
        return tries

    def _take_back(
        self, tries: Tries, record: Record[Any] | None = None, key: str = ""
    ) -> None:
        def job(connection: Connection) -> None:
            lookups.take_back(connection, tries)
            if record is not None:
                lookups.remember(connection, key, self._identity(record))

        with self._answering():
            self._database.write(job)

    def _identity(self, record: Record[Any]) -> str:
        return self._key("record", *identity(record))

    def _known(self, number: str, customer: str) -> str | None:
        key = self._key("proof", customer, spelt(number))
        with self._answering(), self._database.read() as connection:
            return lookups.remembered(connection, key)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Let nobody be answered while we can't count."""
        try:
            yield
        except SQLAlchemyError as error:
            raise PortError(f"{self._kind}: {type(error).__name__}") from error


def identity(record: Record[Any]) -> tuple[str, str, str]:
    """Return what makes a record the one that was proved: its owner, too."""
    return spelt(record.number), email(record.email), postcode(record.postcode)

"""Who a customer is: Messenger is asked beside the answer, and may say nothing.

Nothing depends on what it says. Not allowed, no such person, too slow: we go on
without a name, and ask again in a month at the earliest. While it answers nobody, as
under a token that has expired, who wrote is asked for again as soon as it does.
https://developers.facebook.com/docs/messenger-platform/identity/user-profile
"""

import re
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import structlog
from sqlalchemy import Connection, Update, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock, monotonic
from bot.messenger.client import Access, Graph
from bot.messenger.errors import Fate, SendError
from bot.messenger.pacing import Paces
from bot.messenger.texts import clean, shorten
from bot.store import threads
from bot.store.claims import Owed
from bot.store.database import Database
from bot.store.models import Customer, Page
from bot.store.sealing import Seal, SealError
from bot.store.types import UtcDateTime, with_table

log = structlog.get_logger()

# No time zone: Messenger tells today's offset, which is another one in summer.
FIELDS = "first_name,last_name,name,locale"
ASK_AGAIN = timedelta(days=30)
PATIENCE = 5.0  # seconds for an answer; a process that ends waits for it
A_SECOND = 10.0  # calls for one Page: sends count against the same limit
AT_ONCE = 4  # calls
MOST_WAITING = 1000
SILENCE = 300.0  # seconds without a question after Messenger says "too many calls"
WHILE_SHUT = 60.0  # seconds without one after it takes nothing of a Page
LONGEST = 200

#: Facebook's own: its "es_LA" is Latin America, no Laos, its "ar_AR" no Argentina.
_NO_COUNTRIES = frozenset(["ar_AR", "en_PI", "en_UD", "eo_EO", "es_LA", "la_VA"])
_LOCALE = re.compile("([a-z]{2,3})(_[A-Za-z0-9]{2,4})?")


@dataclass(frozen=True)
class Told:
    """What Messenger told of a customer, as columns."""

    conversation_id: int
    customer_id: int
    columns: Mapping[str, str]


class Profiles:
    """Asks Messenger who the customers are; safe to share between threads."""

    def __init__(
        self,
        database: Database,
        graph: Graph,
        seal: Seal,
        app_secret: str,
        clock: Clock,
        *,
        while_shut: float = WHILE_SHUT,
    ) -> None:
        self._database = database
        self._graph = graph
        self._seal = seal
        self._app_secret = app_secret
        self._clock = clock
        self._paces = Paces(A_SECOND)
        self._places = threading.BoundedSemaphore(MOST_WAITING)
        self._silences = {Fate.WAIT: SILENCE, Fate.PARK: while_shut}
        #: Who was to be asked about in a silence, by customer, and what ends it.
        self._put_by: dict[int, Owed] = {}
        self._timer: threading.Timer | None = None
        self._putting = threading.Lock()
        #: By Page: one whose token has ended keeps no other from asking.
        self._silent_until: dict[str, float] = {}
        self._calls = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="profile")
        # One object each: writers group by it.
        self._taking, self._keeping = self._take_all, _keep_all

    def ask(self, owed: Owed) -> None:
        """Ask who a customer is, if that is due; never wait, never raise.

        Whoever finds no place is asked about with their next message.
        """
        is_due = owed.profile_at is None or owed.profile_at < self._month_ago()
        if is_due and self._places.acquire(blocking=False):
            self._calls.submit(self._learn, owed)

    def close(self) -> None:
        """Stop; calls that have begun are finished."""
        self._calls.shutdown(cancel_futures=True)
        with self._putting:
            if self._timer is not None:
                self._timer.cancel()

    def _month_ago(self) -> datetime:
        return self._clock() - ASK_AGAIN

    def _learn(self, owed: Owed) -> None:
        try:
            if monotonic() < self._silent_until.get(owed.page_id, 0.0):
                self._ask_later(owed)
                return
            token = self._take(owed)
            if token is None:
                return
            access = Access(owed.page_id, self._seal.open(token), self._app_secret)
            self._paces.wait(owed.page_id)
            told = described(self._graph.get(access, owed.psid, fields=FIELDS))
            if told:
                known = Told(owed.conversation_id, owed.customer_id, told)
                self._database.write_batched(self._keeping, known)
        except SendError as error:
            self._not_told(owed, error)
        except (SealError, SQLAlchemyError) as error:
            log.warning("profile_not_learned", reason=type(error).__name__)
        except Exception:
            # What Messenger answers is data that anybody may write: this is a rim.
            log.exception("profile_not_learned", conversation=owed.conversation_id)
        finally:
            self._places.release()

    def _not_told(self, owed: Owed, error: SendError) -> None:
        if error.fate in self._silences:
            silence = self._silences[error.fate]
            self._silent_until[owed.page_id] = monotonic() + silence
            self._give_back(owed)
            self._ask_later(owed)
        # Not its words: they may name the customer.
        reason = str(error).partition(":")[0]
        log.info("profile_not_told", conversation=owed.conversation_id, reason=reason)

    def _ask_later(self, owed: Owed) -> None:
        """Ask about a customer once the silence is over, if this process lives on.

        Otherwise, or if too many wait, with their next message.
        """
        with self._putting:
            if len(self._put_by) < MOST_WAITING:
                self._put_by[owed.customer_id] = owed
            if self._timer is None:
                until = self._silent_until.get(owed.page_id, 0.0)
                rest = max(0.0, until - monotonic())
                self._timer = threading.Timer(rest, self._ask_again)
                self._timer.daemon = True
                self._timer.start()

    def _ask_again(self) -> None:
        with self._putting:
            self._timer = None
            owed, self._put_by = [*self._put_by.values()], {}
        # The pool takes nothing any more once we are closed.
        with suppress(RuntimeError):
            for one in owed:
                self.ask(one)

    def _give_back(self, owed: Owed) -> None:
        """Note that we have not asked after all."""
        asked = update(Customer).where(Customer.id == owed.customer_id)
        before = asked.values(profile_at=owed.profile_at)
        with suppress(SQLAlchemyError):
            self._database.write(lambda connection: connection.execute(before))

    def _take(self, owed: Owed) -> bytes | None:
        """Note that we ask now; of several that would, one gets the Page's token."""
        return self._database.write_batched(self._taking, owed.customer_id)

    def _take_all(
        self, connection: Connection, customer_ids: Sequence[int]
    ) -> list[bytes | None]:
        now = self._clock()
        about = {"customers": sorted(customer_ids), "now": now, "ago": now - ASK_AGAIN}
        tokens = {row.id: row.token for row in connection.execute(_TAKE, about)}
        # Of two who ask about the same one does.
        return [tokens.pop(customer_id, None) for customer_id in customer_ids]


def described(content: Any) -> Mapping[str, str]:
    """Return what Messenger told of a customer, as columns; nothing if it may not."""
    if not isinstance(content, dict):
        return {}
    locale = content.get("locale")
    told = {
        "name": _name(content),
        "language": _language(locale),
        "country": _country(locale),
    }
    return {column: text for column, text in told.items() if text}


def _name(content: Mapping[str, Any]) -> str:
    whole = _line(content.get("name"))
    parts = (content.get("first_name"), content.get("last_name"))
    return whole or _line(" ".join(part for part in parts if isinstance(part, str)))


def _line(text: Any) -> str:
    """Return a text as one line that is not too long."""
    line = " ".join(clean(text).split()) if isinstance(text, str) else ""
    return shorten(line, LONGEST)


def _language(locale: Any) -> str | None:
    found = _LOCALE.fullmatch(locale) if isinstance(locale, str) else None
    return found and found[1]


def _country(locale: Any) -> str | None:
    """Return the country of a locale, None for those that are of none."""
    found = _LOCALE.fullmatch(locale) if isinstance(locale, str) else None
    country = (found and found[2] or "")[1:]
    is_one = len(country) == 2 and locale not in _NO_COUNTRIES
    return country.upper() if is_one else None


def _keep_all(connection: Connection, told: Sequence[Told]) -> list[None]:
    """Store what was told, and let whoever looks at a conversation see it."""
    whose = {one.conversation_id for one in told}
    if len(whose) > 1:
        threads.lock(connection, whose)
    # Before their customers: of one conversation this is its lock.
    threads.stir_all(connection, whose)
    for one in told:
        connection.execute(_kept(tuple(one.columns)), _columns(one))
    return [None] * len(told)


def _columns(one: Told) -> dict[str, Any]:
    return {
        "customer": one.customer_id,
        **{f"new_{name}": text for name, text in one.columns.items()},
    }


# Built once: to build a statement costs more than to run it.
_TOKEN = (
    select(with_table(Page.token))
    .select_from(Page)
    .where(with_table(Page.page_id) == with_table(Customer.page_id))
    .scalar_subquery()
)
_TAKE = (
    update(Customer)
    .where(Customer.id.in_(bindparam("customers", expanding=True)))
    .where(
        Customer.profile_at.is_(None)
        | (Customer.profile_at < bindparam("ago", type_=UtcDateTime()))
    )
    .values(profile_at=bindparam("now", type_=UtcDateTime()))
    .returning(Customer.id, _TOKEN.label("token"))
)


@cache
def _kept(names: tuple[str, ...]) -> Update:
    """Return the statement that keeps these columns of a customer."""
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    query = update(Customer).where(Customer.id == bindparam("customer"))
    return query.values(**columns)

"""Mail whoever takes hand-offs that a customer waits and nobody comes.

What is owed stands in a table, planned in the transaction that found it out. The mail
names the Page, how long it has been and where to look, and no word of the customer's.
"""

import threading
from collections.abc import Mapping
from datetime import datetime

import structlog
from babel import Locale
from babel.dates import format_timedelta

from bot.clock import Clock
from bot.mail import FALLBACK, Mail, Written, in_language
from bot.store import staff_mails
from bot.store.database import Database
from bot.store.staff_mails import PAUSES, MailState, Owed
from bot.tongue import FULL
from flows.ports import PortError

log = structlog.get_logger()

#: The name of the mail, see `bot/mail.py`.
ESCALATED = "escalated"


class Alerts:
    """Sends what is owed, from a thread of its own: a mail server may be slow."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        mail: Mail,
        mails: Mapping[str, Written],
        base_url: str,
    ) -> None:
        self._database, self._clock = database, clock
        self._mail, self._mails, self._base_url = mail, mails, base_url
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """See whether a mail is due; the sweep calls it once a second."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._database.read() as connection:
            is_due = staff_mails.is_any_due(connection, self._clock())
        if is_due:
            self._thread = threading.Thread(target=self.send, name="alerts")
            self._thread.start()

    def send(self) -> None:
        """Send all that is due."""
        while (owed := self._take()) is not None:
            state = self._tried(owed) if owed.is_wanted else MailState.DROPPED
            if state is not MailState.DUE:
                self._settle(owed, state)

    def close(self) -> None:
        """Finish the mail that is on its way."""
        if self._thread is not None:
            self._thread.join()

    def _take(self) -> Owed | None:
        now = self._clock()
        return self._database.write(lambda c: staff_mails.take(c, now))

    def _settle(self, owed: Owed, state: MailState) -> None:
        self._database.write(lambda c: staff_mails.settle(c, owed.id, state))

    def _tried(self, owed: Owed) -> MailState:
        """Send a mail; return what has become of it."""
        try:
            self._mail.send(owed.login, self._written(owed, self._clock()))
        except PortError as error:
            log.warning("staff_mail_not_sent", mail=owed.id, reason=str(error))
            return MailState.DUE if owed.tries < len(PAUSES) else MailState.FAILED
        return MailState.SENT

    def _written(self, owed: Owed, now: datetime) -> Written:
        language = owed.language or FALLBACK
        locale = Locale.parse(FULL.get(language, language))
        span = format_timedelta(now - (owed.waiting_since or now), locale=locale)
        return in_language(self._mails, language).filled(
            {
                "page": owed.page or owed.page_id,
                "span": span,
                "link": f"{self._base_url}/inbox/{owed.conversation_id}",
                "account": f"{self._base_url}/account/#mail",
            }
        )

"""Send a mail, over the shop's own mail server: one try, ten seconds in all.

A mail is a file, data/mails/<language>/<name>.txt: its first line is the subject. A
shop's own, in FRONTDESK_HOME, counts over ours.
"""

import smtplib
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog

from bot.setting_values import LOOPBACK
from flows.ports import PortError

log = structlog.get_logger()

LONGEST = 10.0  # seconds
AT_ONCE = 4  # mails on their way; more are refused
FALLBACK = "en"


@dataclass(frozen=True)
class Written:
    """A mail with {braces} for what is filled in."""

    subject: str
    text: str

    def filled(self, values: Mapping[str, str]) -> "Written":
        """Return it with values; they are put in as they are."""
        return Written(_filled(self.subject, values), _filled(self.text, values))


def load(name: str, layers: Sequence[Path]) -> Mapping[str, Written]:
    """Return a mail by language; the files of later layers count over earlier ones."""
    found = (path for one in layers for path in one.glob(f"mails/*/{name}.txt"))
    return {path.parent.name: _written(path) for path in found}


def in_language(mails: Mapping[str, Written], language: str) -> Written:
    """Return a mail in a language, in English if it is not written in it."""
    return mails.get(language) or mails[FALLBACK]


class Mail:
    """A mail server; *url* is as in the setting MAIL_URL."""

    def __init__(self, url: str, sender: str, longest: float = LONGEST) -> None:
        self._server, self._sender = urlsplit(url), sender
        self._longest = longest
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def send(self, address: str, mail: Written) -> None:
        """Send a mail; raise PortError if the server did not take it in time.

        An address that the server refuses is no error: nobody is to learn from us
        which addresses there are.
        """
        message = EmailMessage()
        message["From"], message["To"] = self._sender, address
        message["Subject"] = mail.subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid()
        # So that no out-of-office reply comes back.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        self._in_time(lambda: self._deliver(message))

    def refusal(self) -> str | None:
        """Return why the server can't be used, None if it can."""
        try:
            self._in_time(lambda: self._with_server(lambda _: None))
        except PortError as error:
            return str(error)
        return None

    def _in_time(self, call: Callable[[], None]) -> None:
        if not self._free.acquire(blocking=False):
            raise PortError(f"mail: {AT_ONCE} mails hang already")
        done: Future[None] = Future()
        threading.Thread(
            target=self._run, args=(call, done), name="mail", daemon=True
        ).start()
        try:
            done.result(self._longest)
        except TimeoutError:
            raise PortError(f"mail: no answer in {self._longest} s") from None
        except (smtplib.SMTPException, OSError) as error:
            # Its words may hold the address.
            code = getattr(error, "smtp_code", None) or type(error).__name__
            raise PortError(f"mail: {code}") from None

    def _run(self, call: Callable[[], None], done: "Future[None]") -> None:
        try:
            call()
            done.set_result(None)
        except Exception as error:  # noqa: BLE001 - the rim of a thread: handed on
            done.set_exception(error)
        finally:
            self._free.release()

    def _deliver(self, message: EmailMessage) -> None:
        def send(server: smtplib.SMTP) -> None:
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused:
                log.info("mail_address_refused")

        self._with_server(send)

    def _with_server(self, use: Callable[[smtplib.SMTP], None]) -> None:
        with self._connected() as server:
            self._close_the_line(server)
            if self._server.username is not None:
                name, password = self._server.username, self._server.password or ""
                server.login(unquote(name), unquote(password))
            use(server)

    def _connected(self) -> smtplib.SMTP:
        host, port = self._server.hostname or "", self._server.port or 0
        if self._server.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(
                host, port or 465, timeout=self._longest, context=context
            )
        return smtplib.SMTP(host, port or 587, timeout=self._longest)

    def _close_the_line(self, server: smtplib.SMTP) -> None:
        """Go on with TLS; on this machine alone without, if the server has none."""
        if isinstance(server, smtplib.SMTP_SSL):
            return
        server.ehlo_or_helo_if_needed()
        if server.has_extn("starttls") or self._server.hostname not in LOOPBACK:
            server.starttls(context=ssl.create_default_context())


def _written(path: Path) -> Written:
    subject, _, text = path.read_text(encoding="utf-8").partition("\n")
    return Written(subject.strip(), text.strip() + "\n")


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text

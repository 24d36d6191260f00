"""A mail server on loopback, over real SMTP: what came in, and what goes wrong."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

SENDER = "Harbour Records <help@harbour.example>"


class MailServer(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talking)
        self.received: list[tuple[str, EmailMessage]] = []
        #: How it goes wrong, until it is None again: silent, busy, unknown, late.
        self.fault: str | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def code(self) -> str:
        """The code in the newest mail."""
        return re.findall(r"(?<!\d)\d{6}(?!\d)", self.text)[0]

    @property
    def text(self) -> str:
        body: Any = self.received[-1][1]
        return str(body.get_content())

    @contextmanager
    def open(self) -> Iterator["MailServer"]:
        thread = Thread(target=self.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of whoever did not wait for the answer."""


class _Talking(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        if self.server.fault == "silent":
            return
        if self.server.fault == "late":
            time.sleep(3)
        self._say("220 ready")
        to = ""
        while line := self.rfile.readline().decode().strip():
            word = line.partition(" ")[0].upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            if word == "RCPT":
                to = line.partition("<")[2].rstrip(">")
            if word == "DATA" and self.server.fault != "busy":
                self._say("354 go on")
                self.server.received.append((to, self._message()))
            self._say(self._answer(word))

    def _answer(self, word: str) -> str:
        if self.server.fault == "unknown" and word == "RCPT":
            return "550 no such user here"
        if self.server.fault == "busy" and word in ("MAIL", "DATA"):
            return "451 try again later"
        return "250 ok"

    def _message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

"""The settings of a command: from the environment and .env, or one line of error."""

import errno
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click
from dotenv import load_dotenv
from dotenv.parser import Binding, parse_stream

from bot import engine_lock
from bot.settings import LOOPBACK, SettingError, Settings

T = TypeVar("T")

BAD_SETTING = 2
USUAL_PORT = 8000
A_SECRET = re.compile(r"[0-9a-f]{32}")


class Refused(click.ClickException):
    """Settings are wrong; each line of the text names one and the cure."""

    exit_code = BAD_SETTING

    def show(self, file: object = None) -> None:
        for line in self.message.splitlines():
            click.echo(f"frontdesk: {line}", err=True)


def settings() -> Settings:
    """Return the settings, from the environment and beneath it from .env."""
    with refusing():
        return read(Settings.from_env)


def offline() -> Settings:
    """Return the settings of a command that never talks to Facebook."""
    with refusing():
        return read(Settings.offline)


def read(of: Callable[[Mapping[str, str]], Settings]) -> Settings:
    """Return the settings, or raise SettingError with all that is wrong at once."""
    idle = _load()
    try:
        found = of(os.environ)
    except SettingError as error:
        raise SettingError("\n".join([*idle, str(error)])) from None
    if idle:
        raise SettingError("\n".join(idle))
    return found


def load() -> None:
    """Put what .env says beneath the environment; refuse a line that says nothing."""
    if idle := _load():
        raise SettingError("\n".join(idle))


def doubts(known: Settings) -> Iterator[str]:
    """Yield what may be, but can hardly be meant."""
    if known.is_emulated:
        return
    if not all(map(A_SECRET.fullmatch, known.app_secrets)):
        yield (
            "FACEBOOK_APP_SECRET is not the 32 digits and letters from a to f that "
            "Facebook gives an app: with another nothing that comes in is believed"
        )
    url = urlsplit(known.public_url or "")
    if url.scheme == "http" and url.hostname not in LOOPBACK:
        yield (
            "FRONTDESK_URL begins with http://: Facebook calls no webhook there, and "
            "whoever listens on the way reads passwords and what customers write. Put "
            "a web server with a certificate before it, and write https://"
        )


def _load() -> list[str]:
    """Put what .env says beneath the environment; return its lines that say nothing."""
    path = Path(".env")
    if not path.is_file():
        return []
    try:
        idle = _idle(path)
        logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # that is told by us
        load_dotenv(path)
    except UnicodeDecodeError:
        raise SettingError(f"{path} is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise SettingError(
            f"{path} can't be read ({error.strerror}): let this user read it"
        ) from None
    return idle


def _idle(path: Path) -> list[str]:
    # python-dotenv passes over such a line. It may hold a secret, so it is not quoted.
    with path.open(encoding="utf-8") as lines:
        idle = [
            _line(one)
            for one in parse_stream(lines)
            if one.error or (one.key is not None and one.value is None)
        ]
    return [f"{path}, line {line}: no setting; write NAME=value" for line in idle]


def _line(one: Binding) -> int:
    """Return where it stands; the blank lines before it are counted to it."""
    text = one.original.string
    blank = text[: len(text) - len(text.lstrip())]
    return one.original.line + blank.count("\n")


def checked(read: Callable[[], T]) -> T:
    """Return what *read* returns; a SettingError becomes one line and status 2."""
    with refusing():
        return read()


@contextmanager
def refusing() -> Iterator[None]:
    """Let a SettingError become one line and status 2."""
    try:
        yield
    except SettingError as error:
        raise Refused(str(error)) from None


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Refused if something listens there already."""
    try:
        with _bound(host, port):
            pass
    except OSError as error:
        raise Refused(_unusable(host, port, error)) from None


def _unusable(host: str, port: int, error: OSError) -> str:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return (
            f"FRONTDESK_PORT {port} on {host} can't be used ({error.strerror}): "
            "stop what listens there, or set FRONTDESK_PORT to a free port"
        )
    return (
        f"FRONTDESK_HOST {host} can't be listened on ({error.strerror}): "
        "set it to an address of this machine, such as 127.0.0.1"
    )


def free_port(host: str, wanted: int) -> int:
    """Return *wanted* if it is free, or else a port that is."""
    for port in (wanted, 0):
        try:
            with _bound(host, port) as found:
                return found
        except OSError:
            continue
    raise Refused(f"no port of {host} is free")


def port_number(text: str) -> int:
    """Return the port that *text* names, the usual one if it is empty."""
    if not text:
        return USUAL_PORT
    if not text.isdecimal() or int(text) > 65535:
        raise Refused("FRONTDESK_PORT is malformed: it must be a number up to 65535")
    return int(text)


def refuse_used_home(home: Path) -> None:
    """Raise Refused if another Frontdesk works in this folder."""
    try:
        engine_lock.refuse_used(home)
    except engine_lock.InUseError as error:
        raise Refused(str(error)) from None


@contextmanager
def _bound(host: str, port: int) -> Iterator[int]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        number: int = probe.getsockname()[1]
        yield number

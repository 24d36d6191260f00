"""How the text of one setting is read: each raises ValueError with what it must be."""

import re
from collections.abc import Callable
from dataclasses import field
from datetime import time
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: What is spoken as it comes, the shop's own language first.
LANGUAGES = ("en", "ar", "es", "fr", "zh")
LEAST_KEY = 16  # characters
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


def setting(name: str, read: Callable[[str], Any] = str, **options: Any) -> Any:
    """Return a field read from the environment variable *name*."""
    cure = options.pop("cure", "see .env.example")
    return field(metadata={"env": name, "read": read, "cure": cure}, **options)


def digits(text: str) -> str:
    """Return a number that Facebook gave something."""
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("it must be digits only")
    return text


def numbers(text: str) -> tuple[str, ...]:
    """Return such numbers that stand between commas, none of them twice."""
    found = tuple(digits(one) for one in listed(text))
    twice = next((one for one in found if found.count(one) > 1), None)
    if twice is not None:
        raise ValueError(f"{twice} stands there twice: take one out, and its token")
    return found


def secret(text: str) -> str:
    """Return what is not a mere placeholder."""
    if not any(letter.isalnum() for letter in text):
        raise ValueError("it is still a placeholder")
    return text


def secrets(text: str) -> tuple[str, ...]:
    """Return secrets that stand between commas."""
    return tuple(secret(one) for one in listed(text))


def key(text: str) -> str:
    """Return what nobody guesses."""
    if len(secret(text)) < LEAST_KEY:
        raise ValueError(
            f"it needs {LEAST_KEY} characters or more; `{A_KEY}` makes one"
        )
    return text


def keys(text: str) -> tuple[str, ...]:
    """Return keys that stand between commas, of which nobody guesses one."""
    return tuple(key(one) for one in listed(text))


def listed(text: str) -> tuple[str, ...]:
    """Return what stands between commas."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found:
        raise ValueError("it is empty")
    return found


def languages(text: str) -> tuple[str, ...]:
    """Return languages that we speak."""
    found = tuple(dict.fromkeys(listed(text)))
    unknown = [one for one in found if one not in LANGUAGES]
    if unknown:
        known = ", ".join(LANGUAGES)
        raise ValueError(f"{', '.join(unknown)} is not among {known}")
    return found


def url(*schemes: str) -> Callable[[str], str]:
    """Read a URL that begins with one of these."""

    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme.split("+")[0] not in schemes:
            raise ValueError(f"it must begin with {' or '.join(schemes)}://")
        if not parts.scheme.startswith(("sqlite", "memory")) and not parts.hostname:
            raise ValueError("it names no host")
        _ = parts.port
        return text.rstrip("/") if parts.scheme.startswith("http") else text

    return read


def broker(text: str) -> str:
    """Read the URL of a broker whose client is installed."""
    found = url("amqp", "amqps", "redis")(text)
    if urlsplit(found).scheme.startswith("redis") and find_spec("redis") is None:
        raise ValueError(
            "the client of Redis is not installed: set it to your RabbitMQ "
            "(amqp://user:password@host/), or run `pip install redis`"
        )
    return found


def safe_url(text: str) -> str:
    """Return the address of a server that is told secrets: not over an open line."""
    found = url("https", "http")(text)
    parts = urlsplit(found)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError("it must begin with https://, for a secret goes with it")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("it must be an address alone: no name, no ? and no #")
    return found


def mail_url(text: str) -> str:
    """Return the address of a mail server, with its name and password in it."""
    return url("smtps", "smtp")(text)


def mail_address(text: str) -> str:
    """Return an e-mail address, with a name before it or without."""
    if not re.fullmatch(
        r"([^<>@\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)", text
    ):
        raise ValueError("it must be an address, as Our Shop <help@shop.example>")
    return text


def word(*allowed: str) -> Callable[[str], str]:
    """Read one of a few words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"it must be one of {', '.join(allowed)}")
        return text

    return read


def month(text: str) -> str:
    """Return a version that is called by its month."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError("it must be a month, such as 2026-10")
    return text


def path(text: str) -> tuple[str, ...]:
    """Return keys that stand between dots."""
    keys = tuple(text.split("."))
    if not all(key.strip() == key != "" for key in keys):
        raise ValueError("it must be a key, or keys with dots between them")
    return keys


def database_url(text: str) -> str:
    """Return the URL of a database that we can use."""
    found = url("sqlite", "postgresql", "postgres")(text)
    scheme, _, rest = found.partition("://")
    if "+" in scheme and scheme != "postgresql+psycopg":
        raise ValueError("PostgreSQL is reached through postgresql://, with no driver")
    if scheme == "sqlite" and not rest.strip("/").split("?")[0]:
        raise ValueError("it names no file, such as sqlite:////srv/frontdesk.sqlite")
    return found


def number(kind: Callable[[str], Any], least: float, most: float) -> Callable[..., Any]:
    """Read a number from *least* to *most*."""

    def read(text: str) -> Any:
        try:
            found = kind(text)
        except ValueError:
            found = None
        if found is None or not least <= found <= most:
            raise ValueError(f"it must be a number from {least} to {most}")
        return found

    return read


def one_of(*allowed: float) -> Callable[[str], float]:
    """Read one of a few numbers."""

    def read(text: str) -> float:
        found = next((one for one in allowed if str(one) == text), None)
        if found is None:
            raise ValueError(f"it must be one of {', '.join(map(str, allowed))}")
        return found

    return read


def yes_or_no(text: str) -> bool:
    """Return whether it says yes."""
    if text.lower() not in {"yes", "no", "true", "false", "1", "0"}:
        raise ValueError("it must be yes or no")
    return text.lower() in {"yes", "true", "1"}


def quiet_hours(text: str) -> tuple[time, time] | None:
    """Return from and until which time of day, None if at none."""
    if text.lower() == "off":
        return None
    try:
        begin, end = map(_time_of_day, text.split("-"))
    except ValueError:
        raise ValueError(
            "it must be a span by the 24-hour clock, such as 22:00-08:00, or off"
        ) from None
    if begin == end:
        raise ValueError(
            "it ends when it begins; write off to let news go out at any hour"
        )
    return begin, end


def _time_of_day(text: str) -> time:
    if not re.fullmatch(r"\d{1,2}:\d\d", text.strip(), re.ASCII):
        raise ValueError(text)
    return time.fromisoformat(text.strip().zfill(5))


def zone(text: str) -> str:
    """Return the name of a time zone."""
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise ValueError("it must name a time zone, such as Europe/London") from None

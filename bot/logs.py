"""Logs: one JSON line an event, on standard error, without anybody's words."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Tokens of Messenger, and what could carry one in a URL or an error text.
SECRETS = re.compile(
    r"(EAA[A-Za-z0-9]{8})[A-Za-z0-9]+"
    r"|((?:access_token|appsecret_proof|hub\.verify_token)=)[^&\s\"']+"
    r"|(Bearer\s+)\S+"
)
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def configure(level: int = logging.INFO) -> None:
    """Send our own events and those of the libraries to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                _extra,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=shared,
        )
    )
    for library in ("alembic", "rasa_sdk"):
        logging.getLogger(library).setLevel(logging.WARNING)
    logging.basicConfig(handlers=[handler], level=level, force=True)


def mask(
    logger: object, name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Cut out of every text what looks like a secret."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SECRETS.sub(r"\1\2\3***", value)
    return event


def _extra(
    logger: object, name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Add what a library's record carries in ``extra``."""
    record = event.get("_record")
    for key, value in vars(record).items() if record else ():
        if key not in STANDARD and not key.startswith("_"):
            event.setdefault(key, value)
    return event

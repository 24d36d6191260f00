"""The demo's Pages: what the phone shows before anybody writes."""

import structlog

from bot.connection import profile
from bot.messenger.errors import SendError
from bot.wiring import Parts

log = structlog.get_logger()


def dress(parts: Parts) -> None:
    """Show what connected Pages show; without it everything else works as well."""
    try:
        for line in parts.lines():
            profile.set_up(line)
    except SendError as error:
        log.warning("profile_not_set", reason=str(error))

"""The demo's Page: what the phone shows before anybody writes."""

import structlog

from bot.connection import profile
from bot.messenger.errors import SendError
from bot.wiring import Parts

log = structlog.get_logger()


def dress(parts: Parts) -> None:
    """Show what a connected Page shows; without it everything else works as well."""
    try:
        profile.set_up(parts.line())
    except SendError as error:
        log.warning("profile_not_set", reason=str(error))

"""Where a page listens for news: on our own origin, or on the port beside it."""

import re

from flask import request

from bot.web.current import parts

PATH = "/events"  # what a proxy is to send to the other port
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")


def address() -> str | None:
    """Return where this page listens; None, it asks by itself."""
    if parts().settings.live_port is None:
        return None
    if parts().settings.public_url is not None:
        return PATH
    beside = origin()
    return f"{beside}{PATH}" if beside else None


def origin() -> str | None:
    """Return the origin to which a page may connect besides its own, if any."""
    settings = parts().settings
    host = _HOST.fullmatch(request.host)
    if settings.live_port is None or settings.public_url is not None or host is None:
        return None
    return f"http://{host[1]}:{settings.live_port}"

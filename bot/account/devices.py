"""Which browser is that? In plain words, from what it says of itself."""

import re

from bot.tongue import english, shape

UNKNOWN = english("An unknown browser")
ON = shape("{browser} on {system}")
# In this order: Edge and Opera say they are Chrome, Chrome says it is Safari.
BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
    (r"curl/", "curl"),
)
SYSTEMS = (
    (r"iPhone|iPod", english("an iPhone")),
    (r"iPad", english("an iPad")),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", english("a Mac")),
    (r"Linux|X11", "Linux"),
)


def described(user_agent: str) -> str:
    """Return "Firefox on Linux": words of ours only, whatever a browser sends."""
    text = user_agent[:500]
    browser = _first(BROWSERS, text)
    system = _first(SYSTEMS, text)
    if browser is None and system is None:
        return UNKNOWN
    # Kept in English, and told to whoever reads it: see `tongue.kept`.
    return f"{browser or UNKNOWN} on {system}" if system else str(browser)


def _first(known: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for sign, name in known if re.search(sign, text)), None)

"""Does the broker answer?"""

import importlib

TIMEOUT = 3.0  # seconds


def refusal(url: str) -> str | None:
    """Return why the broker can't be used, None if it can."""
    try:
        # An extra, as Celery is: whoever runs one process need not have it.
        kombu = importlib.import_module("kombu")
    except ImportError:
        return "install Frontdesk with its extra [scale]"
    try:
        with kombu.Connection(url, connect_timeout=TIMEOUT) as connection:
            connection.connect()
    except Exception as error:  # noqa: BLE001 - whatever a broker's client raises
        return _words(error)
    return None


def _words(error: Exception) -> str:
    """Return one line; a broker that refuses us may not say more than its kind."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

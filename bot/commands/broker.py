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
    connection = kombu.Connection(url, connect_timeout=TIMEOUT)
    try:
        connection.connect()
    except (OSError, *connection.connection_errors) as error:
        return _words(error)
    finally:
        connection.release()
    return None


def _words(error: Exception) -> str:
    """Return one line; a broker that refuses us may not say more than its kind."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

"""Does Facebook accept the app's id and secret?"""

from bot.connection.line import Line, app_access
from bot.connection.results import Result, Step, green, red
from bot.messenger.errors import SendError

REFUSED = {101, 190}  # no such app; not its secret


def check(line: Line) -> Result:
    """Ask for the app's own name, with its own token."""
    app_id, app_secrets = line.settings.app_id, line.settings.app_secrets
    names = [_name(line, secret) for secret in app_secrets]
    if names[0] is not None:
        return green(Step.APP, "app_ok", name=names[0])
    right = next((place for place, name in enumerate(names, 1) if name), None)
    if right is not None:
        return red(Step.APP, "app_secret_second", place=str(right))
    return red(Step.APP, "app_refused", app_id=app_id)


def _name(line: Line, app_secret: str) -> str | None:
    """Return what the app is called, None if this is not its secret."""
    access = app_access(line.settings.app_id, app_secret)
    try:
        told = line.graph.get(access, line.settings.app_id, fields="id,name")
    except SendError as error:
        if error.code in REFUSED:
            return None
        raise
    return str(told.get("name") or line.settings.app_id)

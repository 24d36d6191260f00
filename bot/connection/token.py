"""Is the Page's token valid, this Page's, and may it do what we need?

https://developers.facebook.com/docs/graph-api/reference/debug_token
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.connection.line import Line
from bot.connection.results import Result, Step, green, red
from bot.messenger.errors import SendError

NEEDED = ("pages_messaging", "pages_manage_metadata")
SOON = timedelta(days=3)
ENDED = {463: "token_expired", 460: "token_password", 492: "token_role"}


def check(line: Line) -> Result:
    """Let Facebook say what it knows of the token."""
    token = line.ours.token
    try:
        told = line.graph.get(line.app, "debug_token", input_token=token)
    except SendError as error:
        if error.code != 100:
            raise
        # Facebook tells an app nothing of the tokens of another one.
        return red(Step.TOKEN, "token_other_app", app_id=line.settings.app_id)
    return next(_faults(line, told.get("data") or {}))


def _faults(line: Line, told: dict[str, Any]) -> Iterator[Result]:
    """Yield what is wrong, the worst first; at last that all is well."""
    settings = line.settings
    if not told.get("is_valid"):
        why = told.get("error") or {}
        yield red(Step.TOKEN, ENDED.get(why.get("subcode", 0), "token_invalid"))
    if str(told.get("app_id")) != settings.app_id:
        yield red(Step.TOKEN, "token_other_app", app_id=settings.app_id)
    owner = str(told.get("profile_id") or "")
    if not owner:
        yield red(Step.TOKEN, "token_of_person")
    if owner != line.page_id:
        values = {"found": owner, "page_id": line.page_id}
        yield red(Step.TOKEN, "token_other_page", **values)
    missing = [name for name in NEEDED if name not in (told.get("scopes") or [])]
    if missing:
        yield red(Step.TOKEN, "token_scopes", missing=", ".join(missing))
    ends = _moment(told.get("expires_at"))
    if ends is not None and ends - line.now < SOON:
        yield red(Step.TOKEN, "token_ending", day=_day(ends))
    if ends is not None:
        yield green(Step.TOKEN, "token_ok_until", day=_day(ends))
    yield green(Step.TOKEN, "token_ok")


def _moment(seconds: Any) -> datetime | None:
    """Return when a token ends; Facebook writes 0 for never."""
    if not isinstance(seconds, int) or seconds <= 0:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()

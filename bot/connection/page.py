"""May the Page do what we need: be seen, send, and let people answer late?"""

from datetime import timedelta
from typing import Any

from bot.connection.line import Line
from bot.connection.results import Result, Step, green, red
from bot.messenger.errors import WAIT_CODES, SendError
from bot.store import health

#: For a breach of Facebook's rules, as the reasons of our messages begin.
BARRED = ("10/1893063:", "368:", "368/", "2022:", "2022/", "613/2018338:")
NO_HUMAN_AGENT = "100/2018276"
LATELY = timedelta(days=7)
#: A Page tells its name to any token of its own, the rest perhaps not.
MAY_NOT_SEE = {10, 100, 200}


def check(line: Line) -> Result:
    """Look at the Page, and at what Facebook said when we sent something."""
    told = _told(line)
    name = str(told.get("name") or line.page_id)
    if told.get("is_published") is False:
        return red(Step.PAGE, "page_unpublished", name=name)
    return _stopped(line) or green(Step.PAGE, "page_ok", name=name)


def _told(line: Line) -> dict[str, Any]:
    page_id = line.page_id
    try:
        fields = "id,name,is_published"
        found: dict[str, Any] = line.graph.get(line.page, page_id, fields=fields)
    except SendError as error:
        if error.code not in MAY_NOT_SEE:
            raise
        found = line.graph.get(line.page, page_id, fields="id,name")
    return found


def _stopped(line: Line) -> Result | None:
    page_id, settings = line.page_id, line.settings
    with line.database.read() as connection:
        reason = health.parked(connection, page_id)
        since = line.now - LATELY
        late = health.refused_tag(connection, page_id, NO_HUMAN_AGENT, since)
    if reason is not None and reason.startswith(BARRED):
        return red(Step.PAGE, "page_barred", reason=reason)
    if reason is not None and not _passes(reason):
        return red(Step.PAGE, "page_stopped", reason=reason)
    if late and settings.human_agent:
        return red(Step.PAGE, "page_human_agent")
    return None


def _passes(reason: str) -> bool:
    """Return whether we are only slowing down, because there were too many calls."""
    code = reason.partition(":")[0].partition("/")[0]
    return code.isdecimal() and int(code) in WAIT_CODES | {429}

"""The eight checks in their order, and which of them need which others."""

from collections.abc import Callable, Iterator, Mapping

import structlog
from sqlalchemy import Connection

from bot.connection import (
    address,
    app,
    page,
    profile,
    signature,
    subscription,
    token,
    trial,
    words,
)
from bot.connection.line import Line
from bot.connection.results import Result, State, Step, not_run, red
from bot.connection.subscription import plain
from bot.messenger.errors import Fate, SendError
from bot.store import health, pages

log = structlog.get_logger()

CHECKS: Mapping[Step, Callable[[Line], Result]] = {
    Step.APP: app.check,
    Step.TOKEN: token.check,
    Step.ADDRESS: address.check,
    Step.SIGNATURE: signature.check,
    Step.SUBSCRIPTION: subscription.check,
    Step.PROFILE: profile.check,
    Step.PAGE: page.check,
    Step.MESSAGE: trial.check,
}
#: What must be green first: else a check would say again what is said already.
NEEDS: Mapping[Step, tuple[Step, ...]] = {
    Step.TOKEN: (Step.APP,),
    Step.SIGNATURE: (Step.APP, Step.ADDRESS),
    Step.SUBSCRIPTION: (Step.APP, Step.TOKEN, Step.ADDRESS),
    Step.PROFILE: (Step.TOKEN,),
    Step.PAGE: (Step.TOKEN,),
    Step.MESSAGE: (Step.TOKEN, Step.SUBSCRIPTION, Step.PAGE),
}


def run(line: Line) -> Iterator[Result]:
    """Make the checks one after the other, and yield what each found."""
    done: dict[Step, Result] = {}
    for step, check in CHECKS.items():
        done[step] = _blocked(step, done) or _made(line, step, check)
        yield done[step]


def keep(line: Line, results: list[Result]) -> None:
    """Note what was found, and what the Page is called, for the pages of the staff."""
    reds = sum(result.state is State.RED for result in results)
    stored = [result.to_json() for result in results]
    page_id, now = line.page_id, line.now
    name = next(
        (one.values.get("name") for one in results if one.step is Step.PAGE), ""
    )

    def job(connection: Connection) -> None:
        health.keep(connection, page_id, now, stored, reds)
        if name and name != page_id:
            pages.call(connection, page_id, name)

    line.database.write(job)


def all_well(results: list[Result]) -> bool:
    """Return whether every check is content."""
    return all(result.state is State.GREEN for result in results)


def _blocked(step: Step, done: Mapping[Step, Result]) -> Result | None:
    for needed in NEEDS.get(step, ()):
        if done[needed].state is not State.GREEN:
            cause = done[needed].values.get("blocker", words.TITLES[needed])
            return not_run(step, "blocked", blocker=cause)
    return None


def _made(line: Line, step: Step, check: Callable[[Line], Result]) -> Result:
    try:
        return check(line)
    except SendError as error:
        values = {"reason": plain(error), "graph_url": line.settings.graph_url}
        silent = error.code is None and error.fate in (Fate.RETRY, Fate.UNKNOWN)
        return red(step, "graph_silent" if silent else "graph_odd", **values)
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        # What Facebook answers is data that anybody may write: this is a rim.
        log.exception("check_failed", step=step.value)
        return red(step, "graph_odd", reason=type(error).__name__)

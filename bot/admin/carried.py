"""Do what a page asks for: at once, or by the server when its check has ended."""

from dataclasses import replace

from flask import request

from bot.publishing import deeds
from bot.store import undertaken
from bot.store.types import Payload
from bot.store.undertaken import What
from bot.web.current import parts, trace


def do(what: What, despite: str | None = None) -> Payload:
    """Do it now, and return what came of it; raise OvertakenError if nothing did.

    What waited for a decision and is done by its form has been decided.
    """
    told = deeds.do(parts(), what, trace(), despite)
    decided()
    return told


def begin(what: What) -> int:
    """Let the server do it as soon as its check allows it; return its number."""
    by = trace()
    kept = replace(what, change={**what.change, "address": by.address})
    number = parts().database.write(
        lambda connection: undertaken.begin(
            connection, kept, staff_id=by.staff_id, now=by.at
        )
    )
    decided(number)
    return number


def decided(instead: int | None = None) -> None:
    """Let that be which the form was from that was sent."""
    number = request.form.get("undertaken", type=int)
    if number is None or number == instead:
        return
    parts().database.write(lambda connection: undertaken.dismiss(connection, number))

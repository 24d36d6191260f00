"""The numbers beside a list, which change with every customer who comes: news of them.

A page asks so when it was told of nothing else; of the rest nothing is read.
"""

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.inbox import digests, looking
from bot.inbox.look import Look
from bot.inbox.looking import Around
from bot.store import desk, queue
from bot.web import names
from bot.web.current import parts, staff


def news(before: Look, known: dict[str, str]) -> ResponseReturnValue:
    """Answer with the numbers, or 204 if they are as they were *known*."""
    number, me = before.conversation, staff().id
    with parts().database.read() as connection:
        counts = queue.counts(connection, me, before.filter)
        fresh = {**known, "counts": digests.of_counts(before, counts)}
        if fresh == known:
            return "", 204
        found = desk.find(connection, number) if number is not None else None
        around = Around(counts=counts, people=(), tags=(), viewers=())
        beside = looking.load_queue(
            connection, before, me, around, None, is_listed=False
        )
    return render_template(
        "inbox/news.html",
        look=before,
        changed={"counts"},
        after=digests.after(fresh),
        queue=beside,
        who=names.customer(found.name, found.id) if found else None,
        receivers=[],
        open=None,
        tools=None,
    )

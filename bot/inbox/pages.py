"""The pages of the inbox, and every two seconds what is new on them."""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.assistants import Assistants
from bot.inbox import digests, looking, notes, numbers, slips, tools
from bot.inbox.address import look
from bot.inbox.called import Called
from bot.inbox.look import Look, Writing
from bot.inbox.looking import Around, Open, Reader
from bot.inbox.receivers import is_at_hand, is_to_resolve, receivers
from bot.store import desk, reads, threads
from bot.store import notes as called
from bot.store.desk import Desk
from bot.store.people import Role
from bot.store.queue import Line
from bot.understanding import NoModelError
from bot.web import names
from bot.web.access import needs, quiet
from bot.web.current import now, parts, staff

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")

ASIDE = frozenset({"queue", "people", "counts"})  # parts beside a conversation
BEGUN = 200  # letters of a note in an address
FORM = re.compile(r"[A-Za-z0-9_-]{16,64}")


@blueprint.get("/")
@needs(Role.VIEWER)
def queue() -> ResponseReturnValue:
    """Show a list."""
    return page(look())


@blueprint.get("/<int:conversation_id>")
@needs(Role.VIEWER)
def conversation(conversation_id: int) -> ResponseReturnValue:
    """Show a conversation, beside the list it was opened from."""
    # An address may begin a note, which is kept only when somebody says so.
    wanted = look(conversation_id)
    begun = request.args.get("text", "") if wanted.writing is Writing.NOTE else ""
    return page(wanted, note=request.args.get("note"), text=begun[:BEGUN])


@blueprint.get("/<int:conversation_id>/customer")
@needs(Role.VIEWER)
def customer(conversation_id: int) -> ResponseReturnValue:
    """Show the same; where there is room for one pane only, the customer's."""
    return page(look(conversation_id), screen="customer")


@blueprint.get("/news")
@needs(Role.VIEWER)
@quiet
def news() -> ResponseReturnValue:
    """Answer with the parts that changed since *after*, or 204 if none did."""
    before = look(request.args.get("conversation", type=int))
    known = dict(
        zip(digests.PARTS, request.args.get("after", "").split("."), strict=False)
    )
    if request.args.get("only") == "counts" and not before.asked:
        return numbers.news(before, known)
    state = _caught_up(before, known)
    changed = {part for part in state.fresh if state.fresh[part] != known.get(part)}
    if not changed:
        return "", 204
    context = _load(before, state, changed)
    return render_template("inbox/news.html", look=before, changed=changed, **context)


def _caught_up(before: Look, known: Mapping[str, str]) -> "_State":
    """Return what news are made from, once what is new was noted as read."""
    if before.conversation is None:
        return _state(before)
    with parts().database.read() as connection:
        found = desk.find(connection, before.conversation)
    if found is None or digests.of_thread(found, _reader()) == known.get("thread"):
        return _state(before, found)
    return _state(before, *_read(found))


def page(
    wanted: Look,
    *,
    screen: str | None = None,
    note: str | None = None,
    status: int = 200,
    **typed: Any,
) -> Response:
    """Return the whole page; *typed* is what was written and not sent."""
    with parts().database.read() as connection:
        number = wanted.conversation
        found = desk.find(connection, number) if number is not None else None
    if wanted.conversation is not None and found is None:
        abort(404)
    state = _state(wanted, *_read(found), is_whole=True)
    context = _load(wanted, state)
    opened: Open | None = context["open"]
    usual = "queue" if opened is None else "thread"
    html = render_template(
        "inbox/inbox.html",
        look=wanted,
        screen=screen or usual,
        note=notes.words(note, opened, staff().id) if note else None,
        **{**context, **typed},
    )
    response = make_response(html, status)
    if request.method == "POST":
        # Its address can't be asked for: a reload would be an error.
        response.headers["HX-Push-Url"] = "false"
    return response


@dataclass(frozen=True, kw_only=True)
class _State:
    """What a page is made from, and by what one sees that it has changed."""

    found: Desk | None
    around: Around
    fresh: dict[str, str]
    #: How many messages others wrote in the conversation, if it was counted.
    said: int | None = None
    #: The lines of the list, if all of the page is to be made.
    listed: Sequence[Line] | None = None


def _state(
    wanted: Look,
    found: Desk | None = None,
    said: int | None = None,
    *,
    is_whole: bool = False,
) -> _State:
    """Return what a page is made from; *found*: its conversation, if it is known."""
    number, me, listed = wanted.conversation, staff().id, None
    with parts().database.read() as connection:
        if found is None and number is not None:
            found = desk.find(connection, number)
        around = looking.load_around(connection, wanted, found, staff())
        if is_whole and not wanted.asked:
            # Once for both: to choose and sort them is what costs.
            listed = looking.load_lines(connection, wanted, me)
        fresh = digests.of(connection, wanted, found, _reader(), around, listed)
    return _State(found=found, around=around, fresh=fresh, said=said, listed=listed)


def _read(found: Desk | None) -> tuple[Desk | None, int | None]:
    """Note that somebody has all of a conversation before them; before it is shown.

    Else the list beside it would call it unread. Return it as it was a moment ago,
    None if that changed it, and how many messages others wrote.
    """
    if found is None:
        return None, None
    number, me, moment = found.id, staff().id, now()
    with parts().database.read() as connection:
        reading = desk.reading(connection, number, me)
    if reading.seen == reading.said and not reading.is_called:
        return found, reading.said

    def job(connection: Connection) -> None:
        if reading.is_called:
            # Whoever called them sees that they have seen it.
            threads.lock(connection, [number])
            threads.stir(connection, number)
            called.saw(connection, number, me, moment)
        reads.mark(connection, number, me, reading.said)

    parts().database.write(job)
    return None, reading.said


def _load(
    wanted: Look, state: _State, changed: Collection[str] = digests.PARTS
) -> dict[str, Any]:
    with parts().database.read() as connection:
        return _loaded(connection, wanted, state, changed)


def _loaded(
    connection: Connection, wanted: Look, state: _State, changed: Collection[str]
) -> dict[str, Any]:
    found, around, me = state.found, state.around, staff()
    is_listed = "queue" in changed
    # Of a list alone, which changes all day, the thread beside it is not read.
    is_open = not ASIDE.issuperset(changed)
    may_pass = is_open or "people" in changed
    opened = (
        looking.load_conversation(
            connection, found, wanted, _reader(), around, state.said
        )
        if found is not None and is_open
        else None
    )
    return {
        "after": digests.after(state.fresh),
        "queue": looking.load_queue(
            connection, wanted, me.id, around, state.listed, is_listed=is_listed
        ),
        "who": names.customer(found.name, found.id) if found else None,
        "desk": found,
        "is_at_hand": found is not None and is_at_hand(found, me),
        "is_to_resolve": found is not None and is_to_resolve(found, me),
        "receivers": receivers(connection, found, me) if may_pass else [],
        "open": opened,
        "asleep": slips.asleep(connection, wanted, me.id),
        "resolved": slips.resolved(connection, wanted, me.id),
        "tools": tools.load(
            connection,
            opened,
            me.id,
            assistants(),
            languages=parts().content.languages,
            sets_aside=_sets_aside(),
        ),
        "unsent": tools.unsent(connection, opened, me.id),
        "form": _form(),
        "text_days": parts().settings.text_days,
        "text": "",
        "choices": "",
        "error": None,
        "asked": False,
        "looked": None,
    }


def _sets_aside() -> bool:
    """Return whether an overtaken draft stays out of the field.

    News never take out what somebody has before them: they leave it where it is.
    """
    return request.endpoint != "inbox.news" or request.args.get("aside") == "1"


def _reader() -> Reader:
    return Reader(
        someone=staff(),
        now=now(),
        zone=ZoneInfo(parts().settings.zone),
        called=Called(assistants()),
        patterns=parts().content.patterns,
    )


def assistants() -> Assistants | None:
    """Return the assistant as it is now, None before anything was trained."""
    try:
        return parts().understanding.assistants
    except NoModelError:
        return None


def _form() -> str:
    """Return the number of the form: of all its submissions one counts.

    News keep the number of the form that somebody is writing in.
    """
    given = request.args.get("form", "")
    return given if FORM.fullmatch(given) else secrets.token_urlsafe(16)

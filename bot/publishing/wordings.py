"""Let a flow say something in other words, or as it came with Frontdesk."""

from dataclasses import asdict
from hashlib import sha256

from sqlalchemy import Connection

from bot.change import Change, Wording
from bot.publishing.entries import reason
from bot.publishing.overtaken import OvertakenError
from bot.store import audit, wordings
from bot.store.audit import Action, Trace
from bot.store.types import Payload
from bot.store.undertaken import Kind, What
from bot.store.wordings import Words


def new(wording: Wording, *, edited_from: int, is_restored: bool = False) -> What:
    """Return what it is to give a response the words of a version, or other ones.

    *edited_from* is the number of the newest wording that its editor has seen.
    """
    said = f"{wording.language}/{wording.key}"
    return What(
        kind=Kind.REWORD,
        name=sha256(said.encode()).hexdigest()[:32],
        question=wording.key,
        change={
            **asdict(wording),
            "edited_from": edited_from,
            "restored": is_restored,
        },
    )


def wording_of(what: What) -> Wording:
    """Return the words and what they are for; what came with us is none at all."""
    kept = what.change
    words = Words(text=kept["words"]["text"], titles=kept["words"]["titles"])
    return Wording(key=kept["key"], language=kept["language"], words=words)


def change(what: What) -> Change:
    """Return what it changes to say it so."""
    return Change(wording=wording_of(what))


def say(connection: Connection, what: What, by: Trace, despite: str | None) -> Payload:
    """Keep the words as the newest, unless somebody else has saved meanwhile."""
    new = wording_of(what)
    known = wordings.history(connection, new.key, new.language)
    if (known[0].number if known else 0) != what.change["edited_from"]:
        raise OvertakenError("saved", by=known[0].author if known else None)
    wordings.save(
        connection,
        new.key,
        new.language,
        new.words,
        now=by.at,
        staff_id=by.staff_id,
        note=despite,
    )
    is_as_it_came = new.words == Words()
    action = Action.WORDING_RESTORED if is_as_it_came else Action.WORDING_CHANGED
    told = {"language": new.language, **reason(despite)}
    audit.note(connection, by, action, new.key, **told)
    return {}

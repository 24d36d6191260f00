"""The customer's message that somebody teaches from: a draft of it, and its mark."""

import re
from dataclasses import dataclass

from flask import request

from bot.admin import masking
from bot.admin.draft import LONGEST_PHRASING, LONGEST_QUESTION, Draft
from bot.store import lessons
from bot.store.lessons import Asked, Kind
from bot.web.current import now, parts, staff

_ORIGIN = re.compile(r"(\d{1,18})-(\d{1,18})")


@dataclass(frozen=True, kw_only=True)
class Prefilled:
    """An entry made from a conversation, and what was taken out of it."""

    draft: Draft
    taken_out: tuple[tuple[str, str], ...]
    has_reply: bool


def given() -> Asked | None:
    """Return the message that the form or the address names."""
    match = _ORIGIN.fullmatch(request.values.get("from", ""))
    if match is None:
        return None
    with parts().database.read() as connection:
        return lessons.asked(connection, int(match[1]), int(match[2]))


def name(asked: Asked) -> str:
    """Return what forms carry to name a message."""
    return f"{asked.conversation_id}-{asked.taught_at}"


def prefilled(asked: Asked) -> Prefilled:
    """Return a new entry: the customer's question, and the person's answer to it."""
    patterns = masking.patterns(parts().content.phrasings)
    asks = masking.for_phrasing(asked.text, asked.name, patterns)
    title = masking.for_answer(asked.text, asked.name, patterns)
    reply = masking.for_answer(asked.reply or "", asked.name, patterns)
    question = " ".join(title.text.split())[:LONGEST_QUESTION]
    spoken, own = asked.language, parts().content.language
    # Question and answer are in the customer's language, and stand under it.
    is_other = spoken in parts().content.languages and spoken != own
    draft = Draft(
        question=question,
        phrasings=(asks.text[:LONGEST_PHRASING],),
        answer="" if is_other else reply.text,
        live=True,
        answers={spoken: reply.text} if is_other else {},
        titles={spoken: question} if is_other else {},
    )
    return Prefilled(
        draft=draft,
        taken_out=tuple(dict.fromkeys((*asks.found, *reply.found))),
        has_reply=asked.reply is not None,
    )


def phrasing(asked: Asked) -> str:
    """Return a message as the assistant may learn it: without what is private."""
    patterns = masking.patterns(parts().content.phrasings)
    found = masking.for_phrasing(asked.text, asked.name, patterns)
    return found.text[:LONGEST_PHRASING]


def language(asked: Asked, phrase: str) -> str:
    """Return the language of a phrasing: its own, or the conversation's."""
    return parts().understanding.assistants.reading(phrase, asked.language).reading


def mark(asked: Asked | None, kind: Kind, intent: str | None = None) -> None:
    """Note what somebody said of the turn of a message, if it had one."""
    if asked is None or asked.turn_id is None:
        return
    turn_id, moment, author = asked.turn_id, now(), staff().id
    parts().database.write(
        lambda connection: lessons.mark(
            connection, turn_id, kind, now=moment, staff_id=author, intent=intent
        )
    )

"""What is done about a message, and what an intent is called, in words."""

import re

from flask import g, request

from bot import tongue
from bot.admin import tongues
from bot.comparing import Difference
from bot.content import PREFIX
from bot.guesses import title
from bot.rehearsal import Meant
from bot.store import faq
from bot.store.faq import Version
from bot.tongue import _, english, gettext
from bot.web import figures, names
from bot.web.current import parts

#: What a customer wants who wants no answer, and would not get.
WISHES = {
    "contact_human_agent": lambda: _("asked for a person"),
    "cancel": lambda: _("wanted to cancel"),
    "stop": lambda: _("wanted no more messages"),
}
#: How a message fares now, and how it would.
_SHAPE = english("now %(before)s, then %(after)s")


def told(meant: Meant) -> str:
    """Return what is done about a message, in words."""
    if meant.intent is not None:
        return f"“{names.within(called(meant.intent))}”"
    told = {"offer": _("asks which is meant"), "unread": _("says it cannot read that")}
    return told.get(meant.outcome) or _("a person")


def change(one: Difference) -> str:
    """Return how a message would fare otherwise, in words."""
    before, after = one.before, one.after
    wish = WISHES.get(before.wish or "") if before.wish != after.wish else None
    if wish and after.outcome != "person":
        if after.outcome == "offer":
            return _("%(wish)s, would be asked back", wish=wish())
        return _("%(wish)s, would get %(after)s", wish=wish(), after=told(after))
    return gettext(_SHAPE, before=fares(before), after=fares(after))


def fares(meant: Meant) -> str:
    """Return the same as `told`, with what is asked back where that is known."""
    if meant.outcome != "offer":
        return told(meant)
    titles = [f"“{names.within(called(one))}”" for one in meant.offered]
    if not titles:
        return _("asked back")
    return _("asked back: %(titles)s", titles=figures.listed(titles))


def restored(version: Version | None) -> str:
    """Return which version was restored, as which and by whom, if the newest was."""
    found = re.match(r"restored version (\d+)", (version and version.note) or "")
    if version is None or found is None:
        return ""
    return _(
        "Version %(old)s is restored, as version %(number)s, by %(name)s.",
        old=found[1],
        number=version.number,
        name=names.person(version.author) if version.author else "Frontdesk",
    )


def called(intent: str | None) -> str:
    """Return what an intent is called on a page; None is a person."""
    known: dict[str | None, str] = g.setdefault("called", {})
    if intent not in known:  # a list of messages names few entries many times
        known[intent] = _called(intent)
    return known[intent]


def _called(intent: str | None) -> str:
    if intent is None:
        return _("A person")
    if intent.startswith(PREFIX):
        with parts().database.read() as connection:
            entry = faq.entry(connection, intent.removeprefix(PREFIX))
        if entry is not None:
            return entry.title(tongue.spoken())
        return _typed() or _("this question")
    speaking = parts().understanding.assistants.speaking(tongue.spoken())
    return title(intent, parts().content.flows, speaking.responses)


def _typed() -> str:
    """Return what a question that is being written is called in the form."""
    wanted = (f"title-{tongue.spoken()}", "question", f"title-{tongues.first()}")
    return next(filter(None, map(request.values.get, wanted)), "") or ""

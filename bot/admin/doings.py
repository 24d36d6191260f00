"""What is made live, as pages call it, and where one reads what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for

from bot import tongue
from bot.admin import phrases, shipped
from bot.publishing import lessons, wordings
from bot.store import faq
from bot.store import wordings as edits
from bot.store.types import Payload
from bot.store.undertaken import Kind, What
from bot.tongue import _
from bot.web import figures, names
from bot.web.current import parts

#: The page at which each kind is at home: it tells how far it is.
HOMES: Mapping[Kind, str] = {
    Kind.TEACH: "/admin/review",
    Kind.TEACH_AGAIN: "/admin/taught",
    Kind.TAKE_BACK: "/admin/taught",
    Kind.REWORD: "/admin/wording/",
    Kind.SURENESS: "/admin/sureness",
}
FAQ = "/admin/faq/"
#: What is said there when it is done.
_NOTES = {
    Kind.IMPORT: "imported",
    Kind.TEACH: "taught",
    Kind.TEACH_AGAIN: "brought_back",
    Kind.SURENESS: "saved",
}


def home(kind: Kind) -> str:
    """Return the page at which a kind is at home."""
    return HOMES.get(kind, FAQ)


def doing(what: What) -> str:
    """Return what is done, as a verb says it; nothing where an entry is published."""
    said = _SAID.get(what.kind)
    return said(what) if said else ""


def _restore(what: What) -> str:
    number = what.change.get("restored")
    if not number:
        return ""
    title = _titled(what)
    return _("Restore version %(number)s of “%(title)s”", number=number, title=title)


def _bring_back(what: What) -> str:
    return _("Bring back “%(title)s”", title=_titled(what))


def _take_in(what: What) -> str:
    count = figures.number(len(what.change["entries"]))
    return _("Take in %(count)s questions", count=count)


def _teach(what: What) -> str:
    phrase, title = _taught(what)
    return _("Teach “%(phrase)s” as “%(title)s”", phrase=phrase, title=title)


def _take_back(what: What) -> str:
    phrase, title = _taught(what)
    return _(
        "Take back that “%(phrase)s” means “%(title)s”", phrase=phrase, title=title
    )


def _reword(what: What) -> str:
    new = wordings.wording_of(what)
    with parts().database.read() as connection:
        known = edits.edits_in(connection, new.language)
    found = shipped.find(parts().content.spoken[new.language], known, new.key)
    title = names.within(found.title) if found else new.key
    if what.change["restored"]:
        return _("Restore the wording “%(title)s”", title=title)
    return _("Change the wording “%(title)s”", title=title)


def _be_sure(what: What) -> str:
    share = f"{what.change['precision']:.0%}"
    return _("Answer so that %(share)s of the answers are right", share=share)


_SAID: Mapping[Kind, Callable[[What], str]] = {
    Kind.PUBLISH: _restore,
    Kind.BRING_BACK: _bring_back,
    Kind.IMPORT: _take_in,
    Kind.TEACH: _teach,
    Kind.TEACH_AGAIN: _teach,
    Kind.TAKE_BACK: _take_back,
    Kind.REWORD: _reword,
    Kind.SURENESS: _be_sure,
}


def title(what: What) -> str:
    """Return what a question is called where it is read."""
    with parts().database.read() as connection:
        entry = faq.entry(connection, what.name)
    return (entry and entry.titles.get(tongue.spoken())) or what.question


def _titled(what: What) -> str:
    return names.within(title(what))


def _taught(what: What) -> tuple[str, str]:
    lesson = lessons.lesson_of(what)
    return names.within(lesson.text), names.within(phrases.titled(lesson.intent))


def after(what: What, told: Payload) -> str:
    """Return where one reads that it is done; *told* is what came of it."""
    here = home(what.kind)
    if "name" in told:
        note = "learning" if told.get("learns", True) else "live"
        return f"{here}{told['name']}?note={note}"
    if what.kind is Kind.REWORD:
        return wording(what, note="saved")
    if "trashed" in told:
        return f"{here}?gone={told['trashed']}"
    note = _NOTES.get(what.kind, "")
    return str(what.change.get("after", f"{here}?note={note}"))


def wording(what: What, **more: str | int) -> str:
    """Return where a wording is that is given other words."""
    new, own = wordings.wording_of(what), parts().content.language
    language = None if new.language == own else new.language
    there: dict[str, Any] = {"key": new.key, "language": language, **more}
    return url_for("admin.one_wording", **there)

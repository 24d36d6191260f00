"""Try a draft: what would a customer get who says this, and what do they get now?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.admin import draft as drafting
from bot.admin import gate, telling
from bot.admin.draft import Draft
from bot.admin.faq import form, found
from bot.admin.home import blueprint
from bot.check import Check
from bot.content import PREFIX
from bot.messenger.texts import clean
from bot.replies import Reply
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.people import Role
from bot.tongue import _, kept, lazy
from bot.turn import Turn
from bot.web import figures, names
from bot.web.access import needs, quiet
from bot.web.current import parts

LONGEST = 2000
#: Seconds that a try is waited for; after that the page asks for it.
PATIENCE = 2.0
RANKED = 3
#: Why a person is fetched, in the words of whoever reads it.
HANDOFFS: Mapping[str, str] = {
    "asked": lazy("the customer asks for one"),
    "complaint": lazy("the customer complains"),
    "unsure": lazy("the assistant is not sure of anything"),
    "no_answer": lazy("the question is known, but nothing answers it"),
    "misses": lazy("the answers do not fit what was asked"),
    "cannot_read": lazy("the message can't be read"),
}


@dataclass(frozen=True, kw_only=True)
class Side:
    """What a customer gets, with the reasons in words."""

    title: str
    messages: tuple[Reply, ...]
    does: str
    reasons: tuple[str, ...]
    #: What it was taken for, the likeliest first, in whole per cent.
    ranked: tuple[tuple[str, str], ...]


@blueprint.post("/faq/<name>/try")
@needs(Role.EDITOR)
def try_entry(name: str) -> ResponseReturnValue:
    """Try what stands in the form, as if it were published; nothing is saved."""
    version = None if name == "new" else found(name)
    draft = drafting.read({**request.form, "state": "live"})
    text = clean(request.form.get("try", "")).strip()[:LONGEST]
    shown = _begun(draft, version, text) if text else _without("empty")
    if "HX-Request" in request.headers:
        return render_template("admin/tried.html", **shown)
    return form(draft, version, tried=shown)


@blueprint.get("/tries/<key>")
@needs(Role.EDITOR)
@quiet
def tried_news(key: str) -> ResponseReturnValue:
    """Show what came of a try; one that is not known here has to be begun anew."""
    check = parts().checks.find(key)
    shown = _shown(check) if check else _without("gone")
    return render_template("admin/tried.html", **shown)


def _begun(draft: Draft, version: Version | None, text: str) -> dict[str, Any]:
    entry = gate.entry_of(draft, version)
    return {**_shown(parts().checks.try_out(entry, text, PATIENCE)), "text": text}


def _without(state: str, key: str = "", error: str | None = None) -> dict[str, Any]:
    """Return a try that has nothing to show, and why."""
    return {"sides": (), "state": state, "key": key, "error": error, "text": ""}


def _shown(check: Check) -> dict[str, Any]:
    """Return a try as a page shows it."""
    tried = check.tried
    empty = _without(check.state.value, check.key, check.error)
    if tried is None:
        return empty
    sides = (
        _side(_("With your draft"), tried.then, tried.draft),
        _side(_("Live now"), tried.now, tried.draft),
    )
    return {**empty, "sides": sides, "text": tried.text}


def _called(intent: str, draft: Faq) -> str:
    """Return what an intent is called; a draft's title is the one in the form."""
    return draft.question if intent == PREFIX + draft.name else telling.called(intent)


def _quoted(intent: str, draft: Faq) -> str:
    """Return what an intent is called, as a sentence quotes it."""
    return names.within(_called(intent, draft))


def _side(title: str, turn: Turn, draft: Faq) -> Side:
    trace = turn.trace
    ranking = [one for one in trace["parse"]["intent_ranking"] if one["name"]]
    return Side(
        title=title,
        messages=turn.replies,
        does=_does(turn, draft),
        reasons=(
            _language(trace),
            _sure(trace),
            *_raised(trace),
            *_why(trace, draft),
        ),
        ranked=tuple(
            (_called(one["name"], draft), figures.percent(one["confidence"]))
            for one in ranking[:RANKED]
        ),
    )


def _does(turn: Turn, draft: Faq) -> str:
    """Return what is done, in words."""
    trace = turn.trace
    intent, flow = trace["parse"]["intent"]["name"], trace["flow"]
    if trace["command"]["name"] == "Clarify":
        return _("Asks which is meant.")
    if trace["handoff"]:
        why = HANDOFFS.get(trace["handoff"])
        return (
            _("Fetches a person: %(why)s.", why=why) if why else _("Fetches a person.")
        )
    if trace["command"].get("flow") == "faq":
        return _("Answers “%(title)s”.", title=_quoted(intent, draft))
    flows = parts().content.flows.by_id
    if flow in flows:
        return _("Starts “%(title)s”.", title=names.within(flows[flow].name))
    return (
        _("Replies to “%(title)s”.", title=_quoted(intent, draft))
        if intent
        else _("Replies.")
    )


def _language(trace: Mapping[str, Any]) -> str:
    code = str(trace["parse"]["language"])
    return _("Read as %(language)s.", language=names.language(code))


def _sure(trace: Mapping[str, Any]) -> str:
    """Return how sure the assistant is, and how sure it would have to be."""
    sure, needed = trace["parse"]["intent"]["confidence"], trace["thresholds"]
    if needed["answer"] > 1:
        return _(
            "%(sure)s sure. It has learned too little to act by itself.",
            sure=figures.percent(sure),
        )
    among = trace["parse"].get("among_three", sure)
    return _(
        "%(sure)s sure; it acts from %(answer)s. That it is one of three: %(among)s; "
        "it asks back from %(offer)s.",
        sure=figures.percent(sure),
        among=figures.percent(among),
        answer=figures.percent(needed["answer"]),
        offer=figures.percent(needed["offer"]),
    )


def _raised(trace: Mapping[str, Any]) -> list[str]:
    """Return why it must be surer than usual, if it must."""
    usual = trace.get("raised", {}).get("usual")
    if usual is None:
        return []
    share = figures.percent(usual)
    return [_("Usually from %(share)s: too many were wrong of late.", share=share)]


def _why(trace: Mapping[str, Any], draft: Faq) -> list[str]:
    """Return the rule's own reason, with the intent by its title."""
    why, intent = kept(str(trace["why"])), str(trace["parse"]["intent"]["name"])
    why = why.replace(intent, f"“{_quoted(intent, draft)}”")
    return [_("Decided because: %(why)s.", why=why)] if why else []

"""What came of a try, in words: turn by turn, with the draft and as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import tongue
from bot.admin import telling
from bot.check import Tried
from bot.content import PREFIX
from bot.rehearsal import Move, Rehearsal
from bot.replies import Reply
from bot.store.knowledge import Faq
from bot.tongue import _, kept, lazy
from bot.turn import Turn
from bot.web import figures, names
from bot.web.current import parts

RANKED = 3
#: Why a person is fetched, in the words of whoever reads it.
HANDOFFS: Mapping[str, str] = {
    "asked": lazy("the customer asks for one"),
    "complaint": lazy("the customer complains"),
    "unsure": lazy("the assistant is not sure of anything"),
    "no_answer": lazy("only a person can answer it"),
    "misses": lazy("the answers do not fit what was asked"),
    "cannot_read": lazy("the message can't be read"),
}


#: What is done, by the command of a turn that needs no more words.
COMMANDS: Mapping[str, str] = {
    "Clarify": lazy("Asks which is meant."),
    "CancelFlow": lazy("Stops what was under way."),
    "RepeatBotMessages": lazy("Says it once more."),
    "SkipQuestion": lazy("Goes on without an answer."),
    "Restart": lazy("Begins anew."),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One turn: what the customer did, what they get, and the reasons in words."""

    asked: str
    messages: tuple[Reply, ...]
    does: str
    reasons: tuple[str, ...]
    #: What it was taken for, the likeliest first, in whole per cent.
    ranked: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        """Return it for whoever hears the page and does not see it."""
        return " ".join((*(one.text for one in self.messages), self.does))


@dataclass(frozen=True, kw_only=True)
class Sides:
    """A conversation with the draft, and the same with the assistant as it is."""

    draft: tuple[Told, ...]
    live: tuple[Told, ...]
    #: The first turn in which the customer gets something else; None if none does.
    parts_at: int | None
    #: Whether it is about words of a flow, and none of those that changed are said.
    is_unsaid: bool


def sides(tried: Tried) -> Sides:
    """Return both sides of a try.

    The live side hears all of it, too. What a message means hangs on what was said
    before it: today's answer to the first message alone would not tell what becomes of
    the second, and today's answer behind the draft's is one that no customer gets.
    """
    draft, live = (
        _side(one, tried.moves, tried.change.entry) for one in (tried.then, tried.now)
    )
    both = enumerate(zip(draft, live, strict=True), start=1)
    apart = (n for n, (a, b) in both if (a.messages, a.does) != (b.messages, b.does))
    first = next(apart, None)
    is_unsaid = first is None and tried.change.wording is not None
    return Sides(draft=draft, live=live, parts_at=first, is_unsaid=is_unsaid)


def _side(
    rehearsal: Rehearsal, moves: tuple[Move, ...], draft: Faq | None
) -> tuple[Told, ...]:
    return tuple(
        _told(move, turn, draft)
        for move, turn in zip(moves, rehearsal.turns, strict=True)
    )


def _told(move: Move, turn: Turn, draft: Faq | None) -> Told:
    trace = turn.trace
    ranking = [one for one in trace["parse"]["intent_ranking"] if one["name"]]
    return Told(
        asked=move.text,
        messages=turn.replies,
        does=_does(turn, draft),
        reasons=(*_read(trace), *_why(trace, draft)),
        # What was chosen was taken for nothing else.
        ranked=tuple(
            (_called(one["name"], draft), figures.percent(one["confidence"]))
            for one in ranking[: 0 if trace["chosen"] else RANKED]
        ),
    )


def _does(turn: Turn, draft: Faq | None) -> str:
    """Return what is done, in words."""
    trace = turn.trace
    intent, command = trace["parse"]["intent"]["name"], trace["command"]
    if trace["handoff"]:
        why = HANDOFFS.get(trace["handoff"])
        return (
            _("Fetches a person: %(why)s.", why=why) if why else _("Fetches a person.")
        )
    if command["name"] in COMMANDS:
        return COMMANDS[command["name"]]
    if trace["rule"] == "left_to_person" and not turn.replies:
        return _("Says nothing: a person is awaited.")
    if command.get("flow") == "faq":
        return _("Answers “%(title)s”.", title=_quoted(intent, draft))
    return _goes_on(trace) or (
        _("Replies to “%(title)s”.", title=_quoted(intent, draft))
        if intent
        else _("Replies.")
    )


def _goes_on(trace: Mapping[str, Any]) -> str | None:
    """Return what is done in a flow, None where there is none."""
    flow = parts().content.flows.by_id.get(trace["flow"])
    if flow is None:
        return None
    title = names.within(flow.name)
    if trace["command"]["name"] == "StartFlow":
        return _("Starts “%(title)s”.", title=title)
    if trace["command"]["name"] == "CannotHandle":
        return _("Asks again, inside “%(title)s”.", title=title)
    return _("Goes on with “%(title)s”.", title=title)


def _called(intent: str, draft: Faq | None) -> str:
    """Return what an intent is called; a draft's title is the one in the form."""
    if draft is not None and intent == PREFIX + draft.name:
        return draft.title(tongue.spoken())
    return telling.called(intent)


def _quoted(intent: str, draft: Faq | None) -> str:
    """Return what an intent is called, as a sentence quotes it."""
    return names.within(_called(intent, draft))


def _read(trace: Mapping[str, Any]) -> list[str]:
    """Return how it was read, and how surely."""
    if trace["chosen"]:
        return [_("It was offered, and chosen: there is no doubt.")]
    return [_language(trace), _sure(trace), *_raised(trace)]


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


def _why(trace: Mapping[str, Any], draft: Faq | None) -> list[str]:
    """Return the rule's own reason, with the intent by its title."""
    why, intent = kept(str(trace["why"])), str(trace["parse"]["intent"]["name"])
    why = why.replace(intent, f"“{_quoted(intent, draft)}”")
    return [_("Decided because: %(why)s.", why=why)] if why else []

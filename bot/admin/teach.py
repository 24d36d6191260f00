"""Teach from a customer's message: a new question, a phrasing, a flow, or a mark."""

from collections.abc import Sequence

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from bot.admin import carried, drafts, gate, origin, proposed, saving
from bot.admin.proposed import Proposal
from bot.change import Lesson
from bot.content import PREFIX
from bot.publishing import lessons as lessons_of
from bot.store import faq, lessons
from bot.store.faq import Version
from bot.store.lessons import Asked, Kind
from bot.store.people import Role
from bot.tongue import _
from bot.web.access import needs
from bot.web.current import allowed, parts
from intents.rejection import OUT_OF_SCOPE_INTENT

blueprint = Blueprint("teach", __name__, url_prefix="/inbox")

MOST_CANDIDATES = 3
MOST_FOUND = 20
PATH = "/<int:conversation_id>/messages/<int:message_id>/teach"


@blueprint.get(PATH)
@needs(Role.AGENT)
def teach(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Ask what the assistant should learn from a message."""
    if allowed(Role.EDITOR):
        parts().teaching.warm_up()
    return _page(_asked(conversation_id, message_id))


@blueprint.post(f"{PATH}/phrasing")
@needs(Role.EDITOR)
def add_phrasing(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Open the entry that a message means, with the message among its phrasings."""
    asked = _asked(conversation_id, message_id)
    name = request.form.get("entry", "")
    return redirect(f"/admin/faq/{name}?from={origin.name(asked)}", 303)


@blueprint.post(f"{PATH}/propose")
@needs(Role.AGENT)
def propose(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Keep a new question and its answer for an editor to read and publish."""
    asked = _asked(conversation_id, message_id)
    proposal = proposed.read(request.form["question"], request.form["answer"])
    problems = proposed.propose(asked, proposal)
    if problems:
        error = " ".join(map(proposed.told, problems))
        return _page(asked, proposal=proposal, error=error, status=422)
    return _back(asked, "proposed")


@blueprint.post(f"{PATH}/flow")
@needs(Role.EDITOR)
def add_to_flow(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Let a message mean the goal of a flow."""
    asked = _asked(conversation_id, message_id)
    intent = request.form.get("flow", "")
    if intent not in dict(goals()):
        return _page(asked, error=_("Choose a goal first."), status=422)
    return _learn(asked, intent, "taught")


@blueprint.post(f"{PATH}/mark")
@needs(Role.AGENT)
def mark_message(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """Note that an answer was wrong, or that a message is not for the assistant."""
    asked = _asked(conversation_id, message_id)
    if request.form.get("kind") == Kind.WRONG:
        origin.mark(asked, Kind.WRONG)
        return _back(asked, "wrong")
    if not allowed(Role.EDITOR):
        origin.mark(asked, Kind.OUT_OF_SCOPE)
        return _back(asked, "not_for_us")
    return _learn(asked, OUT_OF_SCOPE_INTENT, "not_for_us")


def learn(
    asked: Asked, intent: str, *, back: str, after: str, turns: Sequence[int] = ()
) -> str | None:
    """Let the assistant learn what a message means; return what speaks against it.

    *back* is the page of whoever teaches it, if something breaks that must hold, and
    *after* the one that tells it is learned. These *turns* ask the same.
    """
    phrase = origin.phrasing(asked)
    place = saving.place_of(phrase)
    if place is not None and not place.is_lesson:
        return _(
            "“%(phrase)s” stands already under “%(title)s”. Take it out there.",
            phrase=phrase,
            title=place.title,
        )
    language = origin.language(asked, phrase)
    lesson = Lesson(text=phrase, language=language, intent=intent)
    all_turns = {*turns, *([asked.turn_id] if asked.turn_id else ())}
    what = lessons_of.new(lesson, asked.conversation_id, sorted(all_turns), after)
    carried.do(what, gate.through(what, back))
    return None


def _learn(asked: Asked, intent: str, note: str) -> ResponseReturnValue:
    after = _conversation(asked, note)
    error = learn(asked, intent, back=_here(asked), after=after)
    if error is not None:
        return _page(asked, error=error, status=422)
    return redirect(after, 303)


def _asked(conversation_id: int, message_id: int) -> Asked:
    with parts().database.read() as connection:
        asked = lessons.asked(connection, conversation_id, message_id)
    if asked is None:
        abort(404)
    return asked


def _page(
    asked: Asked,
    *,
    proposal: Proposal | None = None,
    error: str | None = None,
    status: int = 200,
) -> Response:
    search = request.args.get("q", "")
    with parts().database.read() as connection:
        entries = [e for e in faq.entries(connection) if e.deleted_at is None]
    found = drafts.listing(entries, None, search).entries if search else ()
    phrase = origin.phrasing(asked)
    page = render_template(
        "admin/teach.html",
        asked=asked,
        origin=origin.name(asked),
        phrase=phrase,
        place=saving.place_of(phrase),
        candidates=candidates(phrase, entries, asked.language),
        found=found[:MOST_FOUND],
        search=search,
        goals=goals(),
        proposal=proposal or proposed.made(asked),
        error=error,
    )
    return make_response(page, status)


def candidates(
    text: str, entries: Sequence[Version], language: str = ""
) -> list[Version]:
    """Return the entries that the live model takes a text for, the likeliest first."""
    by_name = {entry.name: entry for entry in entries}
    parse = parts().understanding.assistants.reading(text, language).classify(text)
    names = [one["name"].removeprefix(PREFIX) for one in parse["intent_ranking"]]
    return [by_name[name] for name in names if name in by_name][:MOST_CANDIDATES]


def goals() -> list[tuple[str, str]]:
    """Return the intents of flows, and what their flows are called."""
    flows = parts().content.flows.by_id.values()
    named = {
        trigger.intent: flow.name
        for flow in flows
        for trigger in flow.triggers
        if not flow.is_pattern and trigger.intent != PREFIX.rstrip("/")
    }
    return sorted(named.items(), key=lambda pair: pair[1])


def _here(asked: Asked) -> str:
    return f"/inbox/{asked.conversation_id}/messages/{asked.taught_at}/teach"


def _back(asked: Asked, note: str) -> ResponseReturnValue:
    return redirect(_conversation(asked, note), 303)


def _conversation(asked: Asked, note: str) -> str:
    return f"/inbox/{asked.conversation_id}?note={note}"

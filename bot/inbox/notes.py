"""One sentence on what came of a button, said on the page that follows it."""

from bot.inbox.looking import Open
from bot.inbox.noted import Noted
from bot.store.models import Status
from bot.tongue import _, lazy
from bot.web import figures, names


def words(note: str, opened: Open | None = None, me: int = 0) -> str | None:
    """Return the sentence of *note*; only ours can be asked for."""
    if note == "lost":
        return lost(opened)
    if note == "noted" and opened is not None:
        return _noted(opened, me)
    if note == "stayed" and opened is not None and opened.desk.resolved_at:
        return _("Nothing was changed: the conversation is resolved already.")
    if note in _HANDED_ON:
        return _(_HANDED_ON[note], name=_holder(opened))
    told = _SENTENCES.get(note)
    return None if told is None else str(told)


def lost(opened: Open | None) -> str:
    """Say who was faster."""
    if opened is None or opened.desk.status is Status.BOT:
        return _("This conversation has gone back to the assistant meanwhile.")
    if opened.is_mine:
        return _("This conversation is yours already.")
    if opened.desk.assignee is None:
        return _("Somebody answers this conversation in another app.")
    return _(
        "%(name)s was faster and is answering this conversation.", name=_holder(opened)
    )


def _holder(opened: Open | None) -> str:
    """Return what to call whoever has a conversation."""
    return names.person((opened and opened.desk.assignee) or "") or _("A colleague")


def _noted(opened: Open, me: int) -> str | None:
    """Say who was told of somebody's newest note, and whose name was nobody's."""
    written = (entry.note for entry in reversed(opened.thread.entries))
    newest = next((note for note in written if note and note.staff_id == me), None)
    kept = str(_SENTENCES["noted"])
    return " ".join([kept, *_told(newest)]) if newest else kept


def _told(note: Noted) -> list[str]:
    people = [names.person(one.name) or _("A colleague") for one in note.told]
    told = [_("Told: %(names)s.", names=figures.listed(people))] if people else []
    missed = figures.listed(f"@{name}" for name in note.nobody)
    if not missed:
        return told
    return [*told, _("Nobody is called by %(names)s.", names=missed)]


_HANDED_ON = {
    "assigned_open": lazy("%(name)s has it now, and has it open."),
    "assigned": lazy("%(name)s has it now. It is unread on their list."),
    "assigned_absent": lazy(
        "%(name)s has it now, and is not here: they find it unread when they come."
    ),
}
_SENTENCES = {
    "claimed": lazy("This conversation is yours. The assistant stays silent."),
    "given_back": lazy("The assistant answers again."),
    "given_back_answered": lazy(
        "The assistant answers again, and starts with the customer's last message."
    ),
    "given_back_told": lazy("The assistant answers again, and has told the customer."),
    "given_back_closed": lazy(
        "The assistant answers again, but nothing can be sent until the customer "
        "writes: what they said last stays without an answer."
    ),
    "stayed": lazy("Nothing was changed: the conversation is in other hands by now."),
    "reopened": lazy("It is open again. The assistant goes on answering."),
    "woken": lazy("The snooze is over. This conversation is under “Mine” again."),
    "comes_not": lazy("It does not come back to you any more. The assistant answers."),
    "no_moment": lazy(
        "That moment is past or unknown. Choose one within the next year."
    ),
    "queued": lazy("It waits in the queue again."),
    "noted": lazy("Your note is kept. Only colleagues see it."),
    "no_label": lazy("Somebody has deleted this label meanwhile."),
    "marked": lazy("Marked as sent."),
    "again": lazy("It is being sent again."),
    "fetching": lazy("It is being fetched again."),
    "fetched": lazy("This has been fetched, or is being fetched, already."),
    "taught": lazy("Taught. The assistant knows it in a few seconds."),
    "wrong": lazy("Marked as wrong. It waits under Review."),
    "not_for_us": lazy("Marked as not for us."),
    "proposed": lazy("Proposed. An editor reads it before the assistant says it."),
    "decided": lazy("Somebody has decided about this message already."),
}

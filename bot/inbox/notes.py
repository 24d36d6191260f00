"""One sentence on what came of a button, said on the page that follows it."""

from bot.inbox.looking import Open
from bot.store.models import Status
from bot.web import names


def words(note: str, opened: Open | None) -> str | None:
    """Return the sentence of *note*; only ours can be asked for."""
    if note == "lost":
        return lost(opened)
    return _SENTENCES.get(note)


def lost(opened: Open | None) -> str:
    """Say who was faster."""
    if opened is None or opened.desk.status is Status.BOT:
        return "This conversation has gone back to the assistant meanwhile."
    if opened.is_mine:
        return "This conversation is yours already."
    if opened.desk.assignee is None:
        return "Somebody answers this conversation in another app."
    who = names.person(opened.desk.assignee) or "A colleague"
    return f"{who} was faster and is answering this conversation."


_SENTENCES = {
    "claimed": "This conversation is yours. The assistant stays silent.",
    "given_back": "The assistant answers again.",
    "stayed": "Nothing was changed: the conversation is in other hands by now.",
    "resolved": "Resolved. The assistant answers what the customer writes next.",
    "snoozed": "Snoozed. It comes back in time, or when the customer writes.",
    "woken": "The snooze is over. This conversation is under “Mine” again.",
    "no_moment": "That moment is past or unknown. Choose one within the next year.",
    "assigned": "Assigned. It is unread on your colleague's list.",
    "queued": "It waits in the queue again.",
    "noted": "Your note is kept. Only colleagues see it.",
    "no_label": "Somebody has deleted this label meanwhile.",
    "marked": "Marked as sent.",
    "again": "It is being sent again.",
    "fetching": "It is being fetched again.",
    "fetched": "This has been fetched, or is being fetched, already.",
    "taught": "Taught. The assistant knows it in a few seconds.",
    "wrong": "Marked as wrong. It waits under Review.",
    "not_for_us": "Marked as not for us.",
    "decided": "Somebody has decided about this message already.",
}

"""What lies ready beside an answer that somebody may write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot import pictures
from bot.assistants import Assistants
from bot.inbox.around import around
from bot.inbox.goods import MOST_ORDERS
from bot.inbox.looking import Open
from bot.inbox.suggesting import Suggestion, asked, suggested
from bot.messenger.limits import LIMITS
from bot.store import canned, drafts
from bot.store.canned import PLACES, Offer
from bot.store.drafts import Begun, Overtaken
from bot.tongue import _
from bot.web import figures

MOST_CODES = 200


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What lies ready."""

    canned: Offer
    suggestions: Sequence[Suggestion]
    draft: Begun
    #: What came after the draft, which then stands beside the field, not in it.
    overtaken: Overtaken | None
    #: What a text may have a place for, and what is to be filled in there.
    places: Mapping[str, str]
    most_choices: int = LIMITS["quick_replies"]["count"]
    most_pictures: int = pictures.MOST
    largest_picture: int = pictures.LARGEST
    longest_choice: int = LIMITS["quick_replies"]["title"]


def load(
    connection: Connection,
    opened: Open | None,
    staff_id: int,
    assistants: Assistants | None,
    *,
    languages: Sequence[str],
    sets_aside: bool = True,
) -> Tools | None:
    """Return what lies ready, None where nobody can write to the customer now.

    *languages* are those that are served, the shop's own first. *sets_aside* is
    whether a draft that others have overtaken stays out of the field.
    """
    if opened is None or not opened.is_mine or not opened.reach.may_write:
        return None
    offer = canned.offered(connection, opened.desk.known_language, languages)
    draft, newer = drafts.with_newer(connection, opened.desk.id, staff_id)
    return Tools(
        canned=offer.first(MOST_CODES),
        draft=draft,
        overtaken=newer if sets_aside else None,
        suggestions=_suggestions(connection, opened, assistants),
        places=_places(opened.goods.numbers),
    )


def _places(orders: Sequence[str]) -> Mapping[str, str]:
    told = {name: str(words) for name, words in PLACES.items()}
    if len(orders) > 1:
        some = figures.series(orders[:MOST_ORDERS])
        told["order_number"] = _("one of their orders: %(numbers)s", numbers=some)
    return told


def unsent(connection: Connection, opened: Open | None, staff_id: int) -> str:
    """Return what somebody was writing to a customer whom a colleague has by now."""
    if opened is None or opened.is_mine or opened.desk.assignee_id is None:
        return ""
    return drafts.of(connection, opened.desk.id, staff_id).text


def _suggestions(
    connection: Connection, opened: Open, assistants: Assistants | None
) -> Sequence[Suggestion]:
    if assistants is None:
        return []
    now_here = partial(around, connection, opened.desk.id)
    for text in asked(opened.thread.entries):
        assistant = assistants.reading(text, opened.desk.language)
        if found := suggested(text, assistant, now_here):
            return found
    return []

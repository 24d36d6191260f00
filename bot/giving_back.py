"""A person gives a customer back to the assistant: nobody is left without a word.

Who said something that nobody answered is answered now, on what they said last. To
whom the assistant has nothing to say, because it fetched a person on that very
message, it says at least that it is there again, and how to get one; a question of its
own that was open it puts again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from bot import handoff, interrupting, waiting
from bot.messenger.send_policy import Refusal, Wish, decide
from bot.store import acts, arrivals, desk, queue
from bot.store.teamwork import ActKind
from flows.responses import Responses


class Given(Enum):
    """What a customer gets who was given back."""

    NOT = "stayed"
    NOTHING_OWED = "given_back"
    ANSWER = "given_back_answered"
    WORD = "given_back_told"
    #: Messenger takes nothing for them until they write again.
    NOTHING_GOES = "given_back_closed"


@dataclass(frozen=True, kw_only=True)
class Giving:
    """Who gives back which conversation, and whether the customer is to be told."""

    conversation_id: int
    staff_id: int
    now: datetime
    says: bool


def give_back(connection: Connection, giving: Giving, responses: Responses) -> Given:
    """Let the assistant answer again, unless a colleague holds the conversation."""
    number, me, now = giving.conversation_id, giving.staff_id, giving.now
    found = desk.find(connection, number)
    if found is None or found.assignee_id not in (None, me):
        return Given.NOT
    owes = queue.owes_word(connection, number)
    if not handoff.release(connection, number, now):
        return Given.NOT
    acts.add(connection, number, ActKind.GIVEN_BACK, now, staff_id=me)
    given = _given(connection, giving, found, owes=owes)
    # Before a word of ours hides who spoke last.
    if given is Given.WORD:
        interrupting.ask_again(connection, number, now)
    else:
        interrupting.let_go_of_answered(connection, number, now)
    if given is Given.WORD or (given is Given.ANSWER and giving.says):
        waiting.tell_given_back(connection, number, responses, now)
    return given


def _given(
    connection: Connection, giving: Giving, found: desk.Desk, *, owes: bool
) -> Given:
    if not (owes or giving.says):
        return Given.NOTHING_OWED
    if isinstance(decide(_wish(found), giving.now), Refusal):
        return Given.NOTHING_GOES
    looks = owes and arrivals.look_again(connection, giving.conversation_id)
    return Given.ANSWER if looks else Given.WORD


def _wish(found: desk.Desk) -> Wish:
    return Wish(by_person=False, purpose="answer", last_heard_at=found.last_heard_at)

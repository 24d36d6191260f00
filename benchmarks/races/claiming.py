"""Two agents press "Claim" at the same moment: one of them has it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from sqlalchemy import Connection, func, select

from benchmarks.kill.messenger import PAGE_ID
from benchmarks.races.house import PATIENCE, WITHIN, Agent, House
from bot import handoff
from bot.store import arrivals
from bot.store.models import Conversation
from bot.store.teamwork import ActKind, ConversationAct


@dataclass(frozen=True)
class Claims:
    """How many conversations had one winner."""

    conversations: int
    one_winner: int
    nobody: int
    several: int

    @property
    def holds(self) -> bool:
        """Whether each had exactly one."""
        return self.one_winner == self.conversations


def race(house: House, runs: int) -> Claims:
    """Let two agents claim so many conversations, each at the same moment."""
    pair = [house.agent(name) for name in ("Ben", "Cleo")]
    won = [_claimed(house, pair) for _ in range(runs)]
    return Claims(runs, won.count(1), won.count(0), sum(one > 1 for one in won))


def _claimed(house: House, pair: list[Agent]) -> int:
    """Return how many have a conversation, by what all three say.

    Both are told at once; who it is must be the same to them, to the thread's record
    and to the conversation.
    """
    number = house.parts.database.write(lambda c: _waiting(c, house))
    together = Barrier(len(pair), timeout=PATIENCE)

    def press(agent: Agent) -> bool:
        together.wait()
        return "note=claimed" in agent.presses(number, "claim")

    with ThreadPoolExecutor(len(pair)) as pool:
        told = list(pool.map(press, pair))
    with house.parts.database.read() as connection:
        record = _RECORD.where(Conversation.id == number)
        acts, holder = connection.execute(record).one()
    winners = [agent.id for agent, won in zip(pair, told, strict=True) if won]
    agreed = len(winners) == acts and holder in winners
    return len(winners) if agreed else max(len(winners), acts, 2)


_RECORD = select(
    select(func.count())
    .select_from(ConversationAct)
    .where(ConversationAct.conversation_id == Conversation.id)
    .where(ConversationAct.kind == ActKind.CLAIMED)
    .scalar_subquery(),
    Conversation.assignee_id,
)


def _waiting(connection: Connection, house: House) -> int:
    now = house.parts.clock()
    number = arrivals.conversation_of(connection, PAGE_ID, f"claim {now}", now)
    about = {"reason": "asked", "summary": "", "answer_within": WITHIN}
    handoff.request(connection, number, now, **about)
    return number

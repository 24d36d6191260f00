"""A thousand conversations of a month, always the same ones for the same moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.content import PREFIX, Content
from bot.demo.past import marking
from bot.demo.past.hand import Hand
from bot.demo.past.reading import Reader
from bot.demo.past.scenes import SCENES
from bot.demo.past.story import Story
from bot.demo.past.telling import Telling
from bot.demo.past.tongues import Cast
from bot.demo.past.wording import Wording

SEED = 1889  # the year in which gramophones were sold first
DAYS = 29
#: How many of each kind, by language: a thousand in all.
PLAN: Mapping[str, Mapping[str, int]] = {
    "en": {
        **{"answered": 236, "tracked": 70, "offered": 95, "left": 8, "beside": 18},
        **{"unknown": 60, "goal": 45, "asked_for": 25, "late": 14, "withdrawn": 8},
        **{"elsewhere": 6, "mistaken": 6, "waiting": 1, "overdue": 1, "held": 5},
        "snoozed": 2,
    },
    "es": {
        **{"answered": 104, "tracked": 30, "unknown": 25, "goal": 10, "asked_for": 12},
        **{"late": 6, "withdrawn": 3, "elsewhere": 3, "mistaken": 2, "waiting": 1},
        **{"held": 3, "snoozed": 1},
    },
    "ar": {
        **{"answered": 102, "tracked": 30, "unknown": 25, "goal": 10, "asked_for": 12},
        **{"late": 6, "withdrawn": 3, "elsewhere": 3, "mistaken": 2, "waiting": 1},
        **{"overdue": 1, "held": 4, "snoozed": 1},
    },
}
#: Minutes that a conversation which is still open began before now, from and to.
OPEN: Mapping[str, tuple[int, int]] = {
    "waiting": (2, 11),
    "overdue": (28, 50),
    "held": (70, 400),
    "snoozed": (1500, 2600),
}
OVERNIGHT = frozenset(["late", "elsewhere"])
ALONE = frozenset(["answered", "tracked", "offered", "left"])
#: When customers write, from six in the morning on: hours and their weights.
HOURS = {**dict.fromkeys(range(6, 9), 2), **dict.fromkeys(range(9, 23), 6), 23: 2}
AT_WORK = range(9, 17)
EVENING = range(18, 22)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """From when the past is looked back at, and where."""

    now: datetime
    zone: ZoneInfo


def compose(
    cast: Cast, content: Content, moment: Moment, thresholds: Mapping[str, float]
) -> Sequence[Story]:
    """Return all conversations, in the order in which they began."""
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    intents = [PREFIX + entry.name for entry in content.faq]
    reader = Reader(chance, thresholds["answer"], thresholds["offer"], intents)
    stories = [
        story
        for tongue in cast.tongues
        for story in _stories(
            Hand(Wording(tongue, content), cast.staff, chance, reader), moment
        )
    ]
    return sorted(stories, key=lambda story: story.lines[0].at)


def _stories(hand: Hand, moment: Moment) -> Iterator[Story]:
    for kind, many in PLAN[hand.tongue.language].items():
        for _ in range(many):
            began = _began(kind, hand.chance, moment)
            tell = Telling(hand.wording, hand.chance, began, hand.name())
            SCENES[kind](tell, hand)
            psid = str(hand.chance.randrange(2 * 10**15, 9 * 10**15))
            marking.ask(tell, hand, kind, psid, moment.now)
            yield tell.story(psid, kind)


def _began(kind: str, chance: Random, moment: Moment) -> datetime:
    """Return when a conversation of this kind began: all is over that has ended."""
    if kind in OPEN:
        return moment.now - timedelta(minutes=chance.uniform(*OPEN[kind]))
    day = chance.randint(2 if kind in OVERNIGHT else 1, DAYS)
    if kind in ALONE and chance.random() < 0.04:
        return moment.now - timedelta(minutes=chance.uniform(15, 480))
    hour = _hour(kind, chance)
    local = datetime.combine(
        moment.now.astimezone(moment.zone).date() - timedelta(days=day),
        time(hour, chance.randrange(50), chance.randrange(60)),
        moment.zone,
    )
    return local.astimezone(UTC)


def _hour(kind: str, chance: Random) -> int:
    if kind in ALONE:
        return chance.choices([*HOURS], [*HOURS.values()])[0]
    return chance.choice(EVENING if kind == "late" else AT_WORK)

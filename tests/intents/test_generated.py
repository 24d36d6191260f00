"""Ten thousand generated messages: none raises, none takes long.

Every script, empty texts, 20,000 characters, a word of 3,000 letters, 10,000 combining
marks, control characters, with values between. The seed is fixed: what fails once
fails again.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot import courtesy, plainly
from bot.bareness import is_short, says_nothing_else
from bot.hours import Hours
from bot.turn import Heard, take_turn
from flows.stack import State
from intents.amounts import amounts
from intents.calendar_words import LANGUAGES
from intents.classifier import Model
from intents.moments import moments
from tests.dialogue import IDENTIFIER, assistant

COUNT = 10_000
#: Seconds of the processor for one message; the machine may be busy with others.
MOST = 0.020
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
SCRIPTS = (
    (0x20, 0x7E),  # Latin
    (0xA0, 0x24F),
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x531, 0x587),  # Armenian
    (0x5D0, 0x5EA),  # Hebrew
    (0x600, 0x6FF),  # Arabic
    (0x900, 0xDFF),  # of India
    (0xE01, 0xE5B),  # Thai
    (0x10A0, 0x10FF),  # Georgian
    (0x1100, 0x11FF),  # Hangul, letter by letter
    (0x1200, 0x137C),  # Ethiopic
    (0x1F00, 0x1FFF),
    (0x2000, 0x2BFF),  # signs
    (0x3040, 0x30FF),  # Japanese
    (0x4E00, 0x9FFF),  # Chinese
    (0xAC00, 0xD7A3),  # Hangul
    (0xFB50, 0xFDFF),  # Arabic ligatures, one of eighteen letters
    (0xFE00, 0xFFFD),
    (0x1D400, 0x1D7FF),  # letters of mathematics
    (0x1F300, 0x1FAFF),  # emoji
    (0xE0000, 0xE01EF),  # tags
)
PIECES = (
    "where is my order 48213",
    "HR-7K2M9Q",
    "me@example.com",
    "a.b-c_d%e+" * 6,
    "SW1A 1AA",
    "+44 7700 900123",
    "0" * 40,
    "hr " * 20,
    "https://example.com/?q=1",
    "3/12/2026 at 5pm",
    "€1,200.50",
    "بكرة الساعة ٥",
    "后天下午三点",
    "no, ",
    "a" * 200,
    "٤٨٢١٣",
)
EXTREMES = (
    "",
    " ",
    "\n\t\r",
    "\0" * 300,
    "x" * 20_000,
    "antidis" * 429,
    "e" + "\u0301" * 10_000,
    "\u0301" * 10_000,
    "\u200d" * 5_000,
    "\ufdfa" * 20_000,
    "\u202e" * 5_000,
    "İ" * 20_000,
    "ß" * 20_000,
    "a@" * 10_000,
    "1 " * 10_000,
    "1-" * 10_000,
    "hr-" * 6_000,
    "." * 20_000,
    "?" * 20_000,
    "48213" * 4_000,
    "48213 " * 3_333,
    "一" * 20_000,
    "ا" * 20_000,
    "👩‍👩‍👧‍👦" * 2_000,
    "(" * 20_000,
    "{" * 10_000 + "}" * 10_000,
    "/" * 20_000,
    "/SetSlots(a=b)" * 1_000,
    "\ud800" * 100,
    chr(sys.maxunicode) * 500,
    "and " * 5_000,
    "¿" * 10_000,
    "in 3 " * 4_000,
    "at 5 " * 4_000,
)


def generated(seed: int, count: int) -> Iterator[str]:
    """Yield so many messages, always the same."""
    chance = random.Random(seed)  # noqa: S311
    yield from EXTREMES
    for _ in range(count - len(EXTREMES)):
        yield "".join(_piece(chance) for _ in range(chance.choice((1, 1, 2, 3, 8))))


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(PIECES) + chance.choice(("", " ", "\n", ", "))
    if kind < 0.35:
        return chance.choice("\0\x07\x1b\x7f\x85\u2028\ufeff\u200b") * chance.choice(
            (1, 3, 50)
        )
    if kind < 0.45:
        mark = chr(chance.randint(0x300, 0x36F))
        return chance.choice("aeiouнا") + mark * chance.choice((1, 2, 30, 500))
    first, last = chance.choice(SCRIPTS)
    length = chance.choice((1, 3, 10, 40, 40, 200, 2000))
    letters = [chr(chance.randint(first, last)) for _ in range(length)]
    return "".join(one if chance.random() < 0.85 else " " for one in letters)


def timed(work, texts: list[str]) -> list[tuple[float, str]]:
    """Return how long each text took, the slowest first; a slow one is tried again."""
    took = []
    for text in texts:
        tries = []
        for _ in range(3):
            began = time.process_time()
            work(text)
            tries.append(time.process_time() - began)
            if tries[-1] < MOST:
                break
        took.append((min(tries), text[:40]))
    return sorted(took, reverse=True)


def is_quick(took: list[tuple[float, str]]) -> None:
    worst = took[0]
    assert worst[0] < MOST, f"{worst[0]:.3f} s for {worst[1]!r}"
    assert statistics.median(one for one, _ in took) < 0.005


@pytest.mark.slow
def test_nothing_that_is_classified_raises_or_takes_long(model: Model) -> None:
    texts = [*generated(1, COUNT)]

    def classify(text: str) -> None:
        parse = model.classify(text)
        assert 0 <= parse["intent"]["confidence"] <= 1
        for one in parse["entities"]:
            assert 0 <= one["start"] < one["end"] <= len(text)

    is_quick(timed(classify, texts))


@pytest.mark.slow
def test_nothing_that_is_looked_at_beside_it_raises_or_takes_long() -> None:
    """Its language, what it asks of the dialogue, days, amounts and courtesies."""
    languages = [*LANGUAGES]

    def look(text: str) -> None:
        IDENTIFIER.identify(text)
        plainly.read(text)
        is_short(text)
        says_nothing_else(text, {"entities": []})
        courtesy.without(text)
        amounts(text)
        moments(text, languages[len(text) % len(languages)], NOW)

    is_quick(timed(look, [*generated(2, COUNT)]))


@pytest.mark.slow
def test_no_turn_raises_or_takes_long(model: Model) -> None:
    """Turns, every tenth message; half of them two turns: a question, an answer."""
    found = assistant(model=model)
    texts = [*generated(3, COUNT // 10)]

    def turn(text: str) -> None:
        state = State()
        for said in ("where is my parcel?", text) if len(text) % 2 else (text,):
            heard = Heard(event_id=1, kind="text", text=said)
            state = take_turn(
                heard,
                state,
                [],
                found,
                psid="1",
                now=NOW,
                disclose=False,
                hours=Hours(),
            ).state

    took = timed(turn, texts)
    assert took[0][0] < 2 * MOST, f"{took[0][0]:.3f} s for {took[0][1]!r}"


def test_what_is_generated_is_always_the_same() -> None:
    assert [*generated(1, 200)] == [*generated(1, 200)]

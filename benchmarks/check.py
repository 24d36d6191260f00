"""Does the check before publishing list what publishing changes, and nothing else?

    python -m benchmarks.check [--json]

A shop on SQLite with the model that ships, all its questions live, and a thousand
messages of customers: a hold-out that nobody trained on, phrasings as customers
repeat them, and twelve that an editor's draft is about. The draft is checked; then
it is published, and every message is answered by the live path as it was before and
as it is after. What differs is the truth that the check is held to.
"""

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from benchmarks.report import summary
from bot.assistants import Assistants
from bot.change import Change
from bot.check import Check, State
from bot.rehearsal import Meant, meant, rehearse
from bot.settings import Settings
from bot.store import arrivals, knowledge, threads
from bot.store.knowledge import Faq
from bot.store.models import Author
from bot.wiring import Parts, build, prepare
from intents import examples
from intents.text import bare, normalise

HOLD_OUT = Path(__file__).with_name("messages_en.csv")
PAGE = "102030405060708"
MESSAGES = 1000
PATIENCE = 120.0  # seconds
#: What customers put around the words of a phrasing.
AROUND = ("{}", "hi, {}", "{} please", "hello there! {}", "{} ??", "sorry, {}")
CHANGED = "delivery_options"
#: Of the entry as it ships, what the draft takes out: collecting is no more.
TAKEN_OUT = ("collect", "pick up", "pick it up", "locker", "grab it", "parcel shop")
#: What the draft is about besides: four of a customer's ways to ask it.
PLANTED = (
    "can a drone fly it to my garden",
    "do drones bring the records",
    "is there delivery by drone",
    "drone delivery yes or no",
    "will a drone drop it on my balcony",
    "have u got drones for delivering",
    "drones?",
    "could it come by drone instead",
    "i want my record flown in by a drone",
    "are drones a way of delivery you have",
    "drone drop off possible",
    "send it with a drone",
)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the check said, and what was so."""

    messages: int
    planted: int
    planted_listed: int
    listed: int
    changed: int
    #: Changed, and not listed; listed, and not changed.
    missed: int
    false_alarms: int
    seconds: float
    #: What whoever publishes unchecked waits for, and how many scripts are played.
    gate_seconds: float
    scripts: int

    @property
    def met(self) -> bool:
        """Return whether the check told the truth."""
        whole = self.planted_listed == self.planted
        return whole and not self.missed and not self.false_alarms


def main() -> int:
    """Print the figures; return 1 if the check was wrong of any message."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    with TemporaryDirectory(prefix="frontdesk-check-") as folder, shop(folder) as parts:
        found = measured(parts, [*messages(parts, MESSAGES - len(PLANTED)), *PLANTED])
    print(json.dumps(asdict(found)) if as_json else summary(asdict(found)))
    return 0 if found.met else 1


@contextmanager
def shop(folder: str) -> Iterator[Parts]:
    """Yield a shop whose answers are live, with the model that ships."""
    home = Path(folder)
    (home / "models").mkdir(exist_ok=True)
    parts = build(
        Settings(
            home=home,
            app_id="1517776481860111",
            page_ids=(PAGE,),
            app_secrets=("a-secret-of-benchmarks",),
            page_access_tokens=("EAAbenchmarks",),
            verify_token="let-me-in",
            secret_key="a-key-of-benchmarks",
            database_url=f"sqlite:///{home / 'check.sqlite'}",
            graph_url="http://127.0.0.1:9",
            demo=True,
        )
    )
    prepare(parts)
    yield parts
    parts.close()


def messages(parts: Parts, count: int) -> list[str]:
    """Return so many messages that read differently, half of them never trained on."""
    with HOLD_OUT.open(newline="", encoding="utf-8") as file:
        said = [row["text"] for row in csv.DictReader(file)]
    known = [one.text for one in examples.load(parts.content.phrasings).examples]
    asked = [phrase for entry in parts.content.faq for phrase in entry.phrasings]
    repeated = [*known, *asked][::3]
    said += [a.format(text) for a, text in zip(cycle(AROUND), repeated, strict=False)]
    taken = {bare(normalise(text)) for text in PLANTED}
    once = {bare(normalise(text)): text for text in said}
    return [text for key, text in once.items() if key not in taken][:count]


def draft(parts: Parts) -> Faq:
    """Return the entry as an editor would have it: drones, and no collecting."""
    with parts.database.read() as connection:
        entry = next(e for e in knowledge.faq(connection) if e.name == CHANGED)
    gone = {*taken_out(entry)}
    kept = [phrase for phrase in entry.phrasings if phrase not in gone]
    return replace(entry, phrasings=(*kept, *PLANTED))


def taken_out(entry: Faq) -> list[str]:
    """Return the phrasings that the draft takes out."""
    return [
        phrase
        for phrase in entry.phrasings
        if any(words in phrase.casefold() for words in TAKEN_OUT)
    ]


def say(parts: Parts, texts: Sequence[str]) -> None:
    """Let customers have said these texts, each in a conversation of its own."""
    now = parts.clock()

    def job(connection: Connection) -> None:
        for number, text in enumerate(texts):
            found = arrivals.conversation_of(connection, PAGE, str(number), now)
            threads.add(
                connection,
                found,
                now,
                page_id=PAGE,
                author=Author.CUSTOMER,
                text=text,
            )

    parts.database.write(job)


def checked(parts: Parts, entry: Faq) -> Check:
    """Return the check of a draft when it has ended."""
    check = parts.checks.start(Change(entry=entry))
    while check.state is State.RUNNING:
        time.sleep(0.1)
        check = parts.checks.find(check.key) or check
    return check


def listed(check: Check) -> set[str]:
    """Return the texts that a check says would fare otherwise."""
    if check.report is None:
        raise RuntimeError(f"the check {check.state}: {check.error}")
    return {one.text for one in (*check.report.gained, *check.report.changed)}


def publish(parts: Parts, entry: Faq) -> None:
    """Let customers have a draft, in this process at once."""
    now = parts.clock()
    parts.database.write(lambda connection: knowledge.save(connection, entry, now=now))
    parts.teaching.train_now()
    parts.understanding.refresh()


def fares(assistants: Assistants, texts: Sequence[str], parts: Parts) -> list[Meant]:
    """Return what the live path does about each text."""
    now = parts.clock()
    return [meant(rehearse(text, assistants, now)) for text in texts]


def measured(parts: Parts, texts: Sequence[str]) -> Figures:
    """Return how a check of the draft compares to what publishing it changes."""
    say(parts, texts)
    before = fares(parts.understanding.assistants, texts, parts)
    entry = draft(parts)
    began = time.monotonic()
    gate = parts.checks.gate(Change(entry=entry), PATIENCE)
    gated = time.monotonic() - began
    began = time.monotonic()
    told = listed(checked(parts, entry))
    seconds = time.monotonic() - began
    publish(parts, entry)
    after = fares(parts.understanding.assistants, texts, parts)
    changed = {
        text for text, old, new in zip(texts, before, after, strict=True) if old != new
    }
    return Figures(
        messages=len(texts),
        planted=len(PLANTED),
        planted_listed=len(told & {*PLANTED}),
        listed=len(told),
        changed=len(changed),
        missed=len(changed - told),
        false_alarms=len(told - changed),
        seconds=round(seconds, 1),
        gate_seconds=round(gated, 1),
        scripts=gate.report.scripts.count if gate.report else 0,
    )


if __name__ == "__main__":
    sys.exit(main())

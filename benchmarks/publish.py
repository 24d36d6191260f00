"""Is anything lost, or answered by half a model, while an editor publishes?

    python -m benchmarks.publish [--rate 50] [--seconds 60] [--every 8] [--json]

`honcho start` runs web and worker on PostgreSQL and RabbitMQ, beside an emulator.
Customers say 50 messages a second while an editor publishes another answer and one
phrasing more every few seconds, over HTTP, as a browser would. Afterwards each turn
is read again with the model it names, whole, from the tables: intent and confidence
must be the very same. Exit status 1 if a promise is broken.
"""

import argparse
import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import requests
from sqlalchemy import Connection, select

from benchmarks import ledgers, load, several
from benchmarks.crowd import Crowd, Emulator
from benchmarks.report import summary
from benchmarks.several import Servers, Stage
from bot.clock import system_clock
from bot.commands.stage import local_session
from bot.store import knowledge
from bot.store.database import Database, open_database
from bot.store.models import OutgoingMessage, Turn
from bot.trainer import unpack
from intents import polyglot
from intents.polyglot import Polyglot

ASKED = "do you engrave names on turntables"
LINES = ("hello", ASKED, "thanks")
PHRASINGS = (
    ASKED,
    "can you engrave a name on it",
    "is engraving possible",
    "engrave my turntable please",
    "do you do engraving",
    "can i get my turntable engraved",
    "could you put an engraving on a turntable",
    "engraving",
)
ENTRY = "do_you_engrave_turntables"
ANSWER = re.compile(r"Yes, by engraver (\d+)\.")
LIVE_WITHIN = 2.0
PUBLISHED_WITHIN = 120.0
LEARNED_WITHIN = 180.0
SETTLED_WITHIN = 300.0
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What became of the messages, and by what they were answered."""

    said: int
    agree: bool
    unanswered: int
    publishes: int
    models: int
    reread: int
    half: int
    #: Answers older than what was published two seconds before.
    stale: int
    live_after_s: float
    #: How far the customers fell behind the rate: was it really kept?
    said_late_by_s: float
    load_average: float

    @property
    def held(self) -> bool:
        """Return whether every promise was kept."""
        return self.agree and not self.half and not self.stale


@dataclass
class Editor:
    """Somebody who is signed in, and publishes one answer after the other."""

    url: str
    session: requests.Session
    #: When the answer of each number was published.
    published: list[datetime] = field(default_factory=list)

    def sign_in(self, link: str) -> None:
        """Use a link that a command printed."""
        path = urlsplit(link).path
        page = self._get(path)
        self.session.post(self.url + path, {"csrf_token": _found(_TOKEN, page)})

    def publish(self) -> None:
        """Let customers have the next answer, which one phrasing more asks for."""
        number = len(self.published)
        path = f"/admin/faq/{ENTRY if number else 'new'}"
        page = self._get(path)
        version = {"version": _found(_VERSION, page)} if number else {}
        more = [f"engraving by engraver {one}" for one in range(number)]
        form = {
            **version,
            "csrf_token": _found(_TOKEN, page),
            "question": "Do you engrave turntables?",
            "phrasings": "\n".join([*PHRASINGS, *more]),
            "answer": f"Yes, by engraver {number}.",
            "state": "live",
        }
        sent = self.session.post(self.url + path, form, allow_redirects=False)
        if sent.status_code != 303:
            raise RuntimeError(f"publishing was answered {sent.status_code}")
        self._await_published(sent.headers["Location"])
        self.published.append(system_clock())

    def _await_published(self, path: str) -> None:
        """Wait while the server checks it: it publishes then by itself."""
        until = time.monotonic() + PUBLISHED_WITHIN
        while "/undertakings/" in path:
            if path.endswith("/draft") or time.monotonic() > until:
                raise RuntimeError(f"it was not published in time: {path}")
            time.sleep(0.2)
            seen = self.session.get(self.url + path, allow_redirects=False)
            path = seen.headers.get("Location", path)

    def await_learned(self) -> None:
        """Wait until the model knows all that was published."""
        until = time.monotonic() + LEARNED_WITHIN
        while "learned." not in self._get("/admin/learning"):
            if time.monotonic() > until:
                raise RuntimeError("what was published was not learned")
            time.sleep(0.5)

    def _get(self, path: str) -> str:
        answer = self.session.get(self.url + path)
        answer.raise_for_status()
        return answer.text


def _found(wanted: re.Pattern[str], page: str) -> str:
    match = wanted.search(page)
    if match is None:
        raise RuntimeError(f"the page does not have {wanted.pattern}")
    return match[1]


def main() -> int:
    """Print figures; return 1 if a promise is broken."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    servers = Servers(postgresql=options.postgresql, rabbitmq=options.rabbitmq)
    with several.stage(servers) as on, several.honcho(on):
        found = measured(on, options.rate, options.seconds, options.every)
    print(json.dumps(asdict(found)) if options.json else summary(asdict(found)))
    return 0 if found.held else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=8.0, help="seconds")
    parser.add_argument("--postgresql", default="postgresql://postgres@127.0.0.1:5432")
    parser.add_argument("--rabbitmq", default="amqp://guest:guest@127.0.0.1:5672//")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def measured(on: Stage, rate: float, seconds: float, every: float) -> Figures:
    """Let customers talk while an editor publishes; return what came of it."""
    with (
        closing(Emulator(on.emulator)) as emulator,
        local_session() as session,
        closing(open_database(on.database_url)) as database,
    ):
        editor = Editor(on.url, session)
        link = several.frontdesk(on, "users", "add", "grace", "--role", "admin")
        editor.sign_in(link.split()[-1])
        editor.publish()
        editor.await_learned()
        time.sleep(LIVE_WITHIN)
        crowd = Crowd(emulator, round(rate * 4), LINES)
        talking = threading.Thread(target=crowd.talk, args=("calm", rate, seconds))
        talking.start()
        while talking.is_alive():
            talking.join(every)
            if talking.is_alive():
                editor.publish()
        _settle(on)
        books, _ = ledgers.read(on.database_url, emulator, crowd)
        late = round(crowd.behind, 2)
        return replace(_figures(books, editor.published, database), said_late_by_s=late)


def _settle(on: Stage) -> None:
    until = time.monotonic() + SETTLED_WITHIN
    while not load.is_settled(on) and time.monotonic() < until:
        time.sleep(1)


def _figures(
    books: ledgers.Ledgers, published: Sequence[datetime], database: Database
) -> Figures:
    with database.read() as connection, TemporaryDirectory() as folder:
        read = select(Turn.model, Turn.trace).where(Turn.model.is_not(None))
        turns = connection.execute(read).all()
        half = sum(not _is_whole(turn, connection, folder) for turn in turns)
        late = [*_lateness(connection, published)]
    return Figures(
        said=books.said,
        agree=books.agree,
        unanswered=books.unanswered,
        publishes=len(published),
        models=len({turn.model for turn in turns}),
        reread=len(turns),
        half=half,
        stale=sum(seconds > LIVE_WITHIN for seconds in late),
        live_after_s=round(max(late, default=0.0), 2),
        said_late_by_s=0.0,
        load_average=os.getloadavg()[0],
    )


def _is_whole(turn: Any, connection: Connection, folder: str) -> bool:
    """Return whether a turn understood what its model, loaded whole, understands."""
    parse = turn.trace["parse"]
    models = _models(turn.model, connection, folder)
    again = models.of(parse["language"]).classify(parse["text"], parse["language"])
    return bool(parse["intent"] == again["intent"])


@lru_cache(maxsize=64)
def _models(name: str, connection: Connection, folder: str) -> Polyglot:
    together = _unpacked(name, connection, folder)
    for part in polyglot.names(together).values():
        _unpacked(part, connection, folder)
    return Polyglot.load(together)


def _unpacked(name: str, connection: Connection, folder: str) -> Path:
    packed = knowledge.model_archive(connection, name)
    if packed is None:
        raise RuntimeError(f"model {name} is not kept")
    unpack(packed, Path(folder) / name)
    return Path(folder) / name


def _lateness(connection: Connection, published: Sequence[datetime]) -> Iterator[float]:
    """Yield how long after the next answer was published an older one was given."""
    columns = (OutgoingMessage.payload, OutgoingMessage.created_at)
    for payload, at in connection.execute(select(*columns)):
        match = ANSWER.search(str(payload.get("text")))
        if match is not None and int(match[1]) + 1 < len(published):
            yield (at - published[int(match[1]) + 1]).total_seconds()


if __name__ == "__main__":
    sys.exit(main())

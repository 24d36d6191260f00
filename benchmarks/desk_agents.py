"""Agents before their pages: what a browser asks for, and when, without the browser.

Each has a stream open, asks for news as `static/live.js` does after word of them,
says that they are here, opens pages and searches. Over plain sockets, so that a
hundred of them cost little.
"""

import asyncio
import html
import random
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.desk_rows import SEARCHES, words
from bot.commands.stage import HOST

NEWS = re.compile(r'hx-get="(/inbox/news[^"]*)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PRESENT = 20.0  # seconds after which a page says again that somebody is there
PATIENCE = 60.0  # seconds for one answer
SELDOM = 30.0  # seconds after which times on a page go on
AGAIN = 2.0  # seconds after which a page asks again that was put off
NUMBERS = 6.0  # the same, if it asked for numbers alone
PAGE_EVERY, SEARCH_EVERY = 10.0, 30.0  # seconds of one agent, on average


@dataclass
class Figures:
    """How long what took, in milliseconds."""

    pages: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    updates: list[float] = field(default_factory=list)
    news: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    expected: int = 0
    failed: int = 0
    #: News that were not to be had at once; pages ask again.
    put_off: int = 0
    #: From a stranger's message to the first that was sent to them.
    replies: list[float] = field(default_factory=list)
    #: Strangers who had none some seconds after the last had come.
    owed: int = 0
    #: How many cores each part kept busy; on a machine of few that is the limit.
    cores: Mapping[str, float] = field(default_factory=dict)


async def ask(
    url: str, head: str, body: bytes = b"", fields: dict[str, str] | None = None
) -> tuple[int, str]:
    """Return the status of an answer, and all that follows it."""
    reader, writer = await asyncio.open_connection(HOST, urlsplit(url).port)
    try:
        named = {"Host": urlsplit(url).netloc, "Connection": "close", **(fields or {})}
        lines = [f"{head} HTTP/1.1", *(f"{name}: {named[name]}" for name in named)]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        async with asyncio.timeout(PATIENCE):
            whole = await reader.read()
    finally:
        writer.close()
    return int(whole.split(b" ", 2)[1]), whole.decode(errors="replace")


class Agent:
    """Somebody who has one conversation open, and looks at others."""

    def __init__(
        self, url: str, events: int, token: str, opened: int, figures: Figures
    ) -> None:
        self.url, self.events, self.opened = url, events, opened
        self.figures = figures
        self._cookie = {"Cookie": f"frontdesk={token}"}
        self._chance = random.Random(opened)
        self._news = ""
        self._asked_at = self._whole_at = 0.0
        self._told: set[str] = set()
        self._token = ""  # of the forms on their pages
        self._due_at = float("inf")
        self._stirred = asyncio.Event()
        #: What a customer has just said, and when; until it is on the page.
        self.awaited: dict[str, float] = {}
        self.is_counted = False

    async def sit_down(self) -> None:
        """Open the conversation, and the stream."""
        await self._open(self._page())
        where = f"view=mine&conversation={self.opened}"
        reader, self._line = await asyncio.open_connection(HOST, self.events)
        head = f"GET /events?{where} HTTP/1.1\r\nHost: {HOST}:{self.events}\r\n"
        self._line.write(f"{head}Cookie: {self._cookie['Cookie']}\r\n\r\n".encode())
        if b" 200 " not in await reader.readline():
            raise RuntimeError("the stream was refused")
        self._duties = [
            asyncio.create_task(duty)
            for duty in (
                self._listen(reader),
                self._follow(),
                self._work(),
                self._stay(),
            )
        ]

    async def leave(self) -> None:
        """Close all of it."""
        for duty in self._duties:
            duty.cancel()
        await asyncio.gather(*self._duties, return_exceptions=True)
        self._line.close()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"data:") and not line.startswith(b"data: 1"):
                self._ask_soon(line.split(b":")[1].decode().split())

    def _ask_soon(self, parts: list[str]) -> None:
        """Do as live.js: at once for what is open, later for what all hear of."""
        self._told.update(parts)
        least, spread = _pace(parts)
        soon = time.monotonic() + self._chance.random() * spread
        self._due_at = min(self._due_at, max(soon, self._asked_at + least))
        self._stirred.set()

    async def _follow(self) -> None:
        while True:
            self._stirred.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(min(self._due_at - time.monotonic(), 60)):
                    await self._stirred.wait()
            if time.monotonic() >= self._due_at:
                self._due_at, self._asked_at = float("inf"), time.monotonic()
                await self._ask()

    async def _ask(self) -> None:
        told, self._told = self._told, set()
        is_whole = told != {"counts"} or self._asked_at - self._whole_at > SELDOM
        narrowed = "" if is_whole else "&only=counts"
        took, page = await self._open(self._news + narrowed)
        if not page.startswith("HTTP/1.1 503"):
            self._note(self.figures.news, took)
            self._whole_at = self._asked_at if is_whole else self._whole_at
            return
        self.figures.put_off += self.is_counted
        self._told |= told
        least = AGAIN if is_whole else NUMBERS
        again = time.monotonic() + least * self._chance.uniform(0.75, 1.25)
        self._due_at = min(self._due_at, again)

    async def _stay(self) -> None:
        """Say that they are here, as static/here.js does."""
        while True:
            said = {"csrf_token": self._token, "conversation": self.opened, "acted": 1}
            body = urlencode(said).encode()
            fields = {
                **self._cookie,
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(body)),
            }
            status, _ = await ask(self.url, "POST /inbox/here", body, fields)
            self.figures.failed += status != 204 and self.is_counted
            await asyncio.sleep(PRESENT)

    async def _work(self) -> None:
        await asyncio.sleep(self._chance.random() * PAGE_EVERY)
        while True:
            share = PAGE_EVERY / SEARCH_EVERY
            if self._chance.random() < share:
                asked = words(self._chance.choice(SEARCHES), self._chance)
                took, _ = await self._open(f"/inbox/?view=mine&q={quote(asked)}", False)
                self._note(self.figures.searches, took)
            view = self._chance.choice(("waiting", "assistant", "all", "colleagues"))
            other = f"/inbox/?view={view}"
            path = self._chance.choice((self._page(), self._page(), other))
            took, _ = await self._open(path, path == self._page())
            self._note(self.figures.pages, took)
            await asyncio.sleep(self._chance.uniform(0.5, 1.5) * PAGE_EVERY)

    def _page(self) -> str:
        return f"/inbox/{self.opened}?view=mine"

    def _note(self, into: list[float], took: float) -> None:
        if self.is_counted:
            into.append(took)

    async def _open(self, path: str, is_kept: bool = True) -> tuple[float, str]:
        """Return how long a page took, and the page; what was awaited may be on it."""
        began = time.monotonic()
        status, page = await ask(self.url, f"GET {path}", fields=self._cookie)
        now = time.monotonic()
        if status not in (
            200,
            204,
            *((503,) if path.startswith("/inbox/news") else ()),
        ):
            self.figures.failed += 1
        for said in [said for said in self.awaited if said in page and is_kept]:
            self.figures.updates.append((now - self.awaited.pop(said)) * 1000)
        if is_kept and (found := NEWS.search(page)):
            self._news = html.unescape(found[1])
        if found := TOKEN.search(page):
            self._token = found[1]
        return (now - began) * 1000, page


def _pace(parts: list[str]) -> tuple[float, float]:
    if "thread" in parts or "viewers" in parts:
        return 0.3, 0.15
    return (2.0, 1.5) if "queue" in parts or "people" in parts else (NUMBERS, 1.5)


async def gathered(agents: list[Agent], at_once: int = 4) -> None:
    """Let all sit down, a few at a time."""
    places = asyncio.Semaphore(at_once)

    async def one(agent: Agent) -> None:
        async with places:
            await agent.sit_down()

    await asyncio.gather(*map(one, agents))


async def at_even_intervals(rate: float, seconds: float, do: object) -> None:
    """Begin *do* so often a second, for so long, whatever it takes."""
    began, begun = time.monotonic(), set()
    for number in range(round(rate * seconds)):
        await asyncio.sleep(max(began + number / rate - time.monotonic(), 0))
        task = asyncio.create_task(do(number))  # type: ignore[operator]
        begun.add(task)
        task.add_done_callback(begun.discard)
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*begun)

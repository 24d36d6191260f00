"""What one emulator is told at its start; `POST /api/reset` returns to it."""

import argparse
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from emulator.limits import LIMITS


@dataclass(frozen=True)
class PageOptions:
    """A Page this Messenger has, and the token that speaks for it."""

    page_id: str = "102030405060708"
    token: str = field(default_factory=lambda: "EAA" + secrets.token_hex(24))


@dataclass(frozen=True)
class Options:
    """One app, its Pages, and where its webhook is."""

    host: str = "127.0.0.1"
    port: int = 0
    webhook: str | None = None
    app_id: str = "1517776481860111"
    app_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verify_token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    pages: tuple[PageOptions, ...] = field(default_factory=lambda: (PageOptions(),))
    require_proof: bool = False
    human_agent: bool = False
    sends_per_second: int = LIMITS["rate"]["sends_per_second"]
    quiet: bool = False
    with_parent: bool = False


#: Options with a value, and what they are for.
VALUES = {
    "--host": "address to listen on (127.0.0.1)",
    "--port": "port to listen on; 0, the default, takes a free one",
    "--webhook": "URL that gets the events; may also be set later",
    "--app-id": "the app that sends and is told",
    "--app-secret": "signs the events and makes appsecret_proof",
    "--verify-token": "sent when the webhook's handshake is performed",
    "--sends-per-second": "Graph's limit for a Page (300); 0: none",
}
#: The same, to be given once for each Page.
PAGE_VALUES = {
    "--page-id": "a Page",
    "--page-access-token": "its token, in the order of the Pages",
}
SWITCHES = {
    "--require-proof": "refuse calls without appsecret_proof",
    "--human-agent": "Pages may use the HUMAN_AGENT tag",
    "--quiet": "log warnings only",
    "--with-parent": "end when the parent process does",
}


def parse(arguments: Sequence[str]) -> Options:
    """Return the options of the command line; what was not given is made up."""
    parser = _parser()
    given = vars(parser.parse_args(_joined(arguments)))
    ids, tokens = given.pop("page_id"), given.pop("page_access_token")
    if len(tokens) > max(len(ids), 1):
        parser.error("give a --page-id before each --page-access-token")
    if ids or tokens:
        given["pages"] = _pages(ids or [PageOptions.page_id], tokens)
    return Options(
        **{name: value for name, value in given.items() if value is not None}
    )


def _pages(ids: list[str], tokens: list[str]) -> tuple[PageOptions, ...]:
    named = [PageOptions(*pair) for pair in zip(ids, tokens, strict=False)]
    return (*named, *(PageOptions(page_id) for page_id in ids[len(tokens) :]))


def _joined(arguments: Sequence[str]) -> list[str]:
    """Write an option and its value as one word: a secret may begin with a dash."""
    words: list[str] = []
    for argument in arguments:
        if words and words[-1] in VALUES | PAGE_VALUES:
            words[-1] += f"={argument}"
        else:
            words.append(argument)
    return words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m emulator",
        description="Play Messenger: Graph, webhooks, and a phone in the browser.",
    )
    numbers = ("--port", "--sends-per-second")
    for name, about in VALUES.items():
        parser.add_argument(name, help=about, type=int if name in numbers else str)
    for name, about in PAGE_VALUES.items():
        parser.add_argument(name, help=about, action="append", default=[])
    for name, about in SWITCHES.items():
        parser.add_argument(name, help=about, action="store_true")
    return parser

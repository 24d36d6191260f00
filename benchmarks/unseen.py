"""Of texts that no pack has and that mean something to us, how many go their own way?

    python -m benchmarks.unseen [--folder fifth] [--precision 0.98] [--json]

The first line of each errand of benchmarks/inquiries that needs no person, in five
languages, is said by a new customer to the assistant of a first start. Lines that
stand in the phrasings that ship, word for word, are left out. *own flow*: the goal that
the errand is about was begun, or its entry of the FAQ told; *by a tap*: it is one of at
most three choices; *fetched*: a person was, although nobody asked for one; *otherwise*:
a greeting was returned, or something else was answered. *likeliest*: the likeliest
intent is one that was meant, however sure. Shares are in per cent with Wilson's 95 %
interval. Exit status 1 if a target is missed. No line is ever printed.
"""

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.automation import Played, assistant, play
from benchmarks.inquiries.inquiry import HERE, LANGUAGES, Inquiry, read
from benchmarks.interval import Share
from benchmarks.labelled import ROOT, Message
from benchmarks.report import against, table
from bot import logs
from bot.faq_files import PREFIX
from intents import examples
from intents.text import bare, normalise

OWN_FLOW, FETCHED = 90.0, 10.0  # %, at least and at most
#: Of paraphrases, which these lines are, and what would be better than expected; %.
LIKELIEST, HOPED = 75.0, 90.0
FOLDERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
COUNTED = {
    "own flow": ("right",),
    "by a tap": ("offered_right",),
    "other choices": ("offered_other",),
    "fetched": ("handed_over",),
    "otherwise": ("wrong",),
}


def main() -> int:
    """Print what came of the lines; return 1 if a target is missed."""
    options = _options()
    logs.configure(logging.WARNING)
    inquiries = unseen(read([HERE / name for name in options.folder]))
    with assistant(options.precision) as (live, _model):
        played = [(one, play(message(one), live)) for one in inquiries]
    found = {"all": shares([done for _, done in played])}
    for language in LANGUAGES:
        some = [done for one, done in played if one.language == language]
        found[language] = shares(some)
    met = is_met(found["all"])
    if options.json:
        rows = {
            row: {name: share.to_json() for name, share in some.items()}
            for row, some in found.items()
        }
        print(json.dumps({"met": met, "rows": rows}))
    else:
        print(_table(found))
    return 0 if met else 1


def unseen(inquiries: Iterable[Inquiry]) -> list[Inquiry]:
    """Return those that are ours to answer and begin with what no pack has."""
    paths = sorted((ROOT / "data").glob("nlu/*/*.yml"))
    paths += sorted((ROOT / "data" / "faq").glob("*.yml"))
    known = {_plain(one.text) for one in examples.load(paths).examples}
    return [
        one
        for one in inquiries
        if one.outcome == "answered" and one.means and _plain(one.says[0]) not in known
    ]


def _plain(text: str) -> str:
    return bare(normalise(text))


def message(one: Inquiry) -> Message:
    """Return its first line; an entry of the FAQ is meant by its intent's name too."""
    entries = {f"{PREFIX}{name}" for name in one.means}
    return Message(one.says[0], one.kind, one.means | entries)


def shares(played: Sequence[Played]) -> dict[str, Share]:
    """Return how many of the lines had each fate, and of how many the best is right."""
    verdicts = [one.verdict for one in played]
    fates = {
        name: Share(sum(one in some for one in verdicts), len(verdicts))
        for name, some in COUNTED.items()
    }
    understood = sum(one.understood for one in played)
    return {**fates, "likeliest": Share(understood, len(verdicts))}


def is_met(found: dict[str, Share]) -> bool:
    """Return whether enough are understood and go their own way, few to a person."""
    own, fetched, likeliest = (
        _percent(found[name]) for name in ("own flow", "fetched", "likeliest")
    )
    return own >= OWN_FLOW and fetched <= FETCHED and likeliest >= LIKELIEST


def _percent(share: Share) -> float:
    return 100 * (share.value or 0.0)


def _table(found: dict[str, dict[str, Share]]) -> str:
    rows = [
        (name, some["own flow"].of, *some.values())
        for name, some in found.items()
        if some["own flow"].of
    ]
    columns = ("%", "lines", *found["all"])
    targets = table(["%", "seen", "target", "", "hoped for"], [*_targets(found)])
    return f"{table(columns, rows)}\n\n{targets}"


def _targets(found: dict[str, dict[str, Share]]) -> Iterator[Sequence[object]]:
    """Yield each figure beside its target; the likeliest intent by language too."""
    for name, target, at_least in (
        ("own flow", OWN_FLOW, True),
        ("fetched", FETCHED, False),
    ):
        seen = _percent(found["all"][name])
        met = against(seen, target, at_least=at_least)
        yield name, f"{seen:.1f}", target, met, ""
    for name, some in found.items():
        if some["likeliest"].of:
            seen = _percent(some["likeliest"])
            met = against(seen, LIKELIEST, at_least=True)
            yield f"likeliest, {name}", f"{seen:.1f}", LIKELIEST, met, HOPED


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", nargs="+", choices=FOLDERS, default=[*FOLDERS])
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

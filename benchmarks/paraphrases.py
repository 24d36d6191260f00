"""How far does a new FAQ entry reach that has one question and two phrasings?

    python -m benchmarks.paraphrases [--precision 0.98] [--json] [--show wrong]

Twenty questions that the shop's FAQ does not have are added as an admin adds them, in
English and Arabic, and learnt as publishing learns them. Then ten messages for each, in
each language, come from new customers. Who wrote the messages had read the question and
the answer, but neither phrasings nor code. Exit status 1 if in a language fewer than
70 % are answered or find their answer among the choices, or more than 2 % get a wrong
answer.
"""

import argparse
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.automation import VERDICTS, Played, first_start, play, tally
from benchmarks.interval import Share
from benchmarks.labelled import OURS, Message, rows
from benchmarks.report import against, table
from bot import logs
from bot.content import PREFIX
from bot.store import knowledge
from bot.store.knowledge import Faq
from bot.wiring import Parts

LANGUAGES = ("en", "ar")
COUNTED = ("right", "offered_right", "offered_other", "handed_over", "wrong")
REACHED, WRONG = 70.0, 2.0  # %, at least and at most


def main() -> int:
    """Print what came of the messages; return 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", choices=VERDICTS, help="print these messages")
    options = parser.parse_args()
    logs.configure(logging.WARNING)
    with first_start(options.precision) as parts:
        teach(parts, new_entries())
        live = parts.understanding.assistants
        played = {
            language: [play(one, live) for one in messages(language)]
            for language in LANGUAGES
        }
    shares = {language: summed(some) for language, some in played.items()}
    print(json.dumps(_json(shares)) if options.json else _table(shares))
    for one in [one for some in played.values() for one in some]:
        if one.verdict == options.show:
            print(f"{one.confidence:.2f} {one.message.intent}  {one.message.text}")
    return 0 if all(map(is_met, shares.values())) else 1


def new_entries() -> list[Faq]:
    """Return the new questions as an admin enters them: both languages in one entry."""
    found = json.loads((OURS / "new_faq.json").read_text(encoding="utf-8"))
    return [
        Faq(
            name=one["name"],
            question=one["question"]["en"],
            phrasings=tuple(
                phrase
                for language in LANGUAGES
                for phrase in (one["question"][language], *one["phrasings"][language])
            ),
            answers=one["answer"],
        )
        for one in found
    ]


def messages(language: str) -> list[Message]:
    """Return what customers say, and the entry that answers it."""
    return [
        Message(row["text"], row["name"], frozenset([PREFIX + row["name"]]))
        for row in rows(OURS / f"paraphrases_{language}.csv")
    ]


def teach(parts: Parts, entries: Sequence[Faq]) -> None:
    """Publish entries, and wait until they are learnt and measured."""

    def job(connection: Any) -> None:
        for entry in entries:
            knowledge.save(connection, entry, now=parts.clock())

    parts.database.write(job)
    parts.teaching.train_now()
    parts.understanding.refresh()


def summed(played: Sequence[Played]) -> dict[str, Share]:
    """Return how many had each verdict, and how many reached their answer."""
    counted = tally("all", played)
    return {
        **{name: counted.share(name) for name in COUNTED},
        "reached": counted.share("right", "offered_right"),
        "understood": Share(counted.understood, counted.rows),
    }


def is_met(shares: Mapping[str, Share]) -> bool:
    """Return whether enough reach their answer, and few enough get another one."""
    return _percent(shares["reached"]) >= REACHED and _percent(shares["wrong"]) <= WRONG


def _percent(share: Share) -> float:
    return 100 * share.count / share.of


def _json(shares: Mapping[str, Mapping[str, Share]]) -> dict[str, Any]:
    return {
        language: {name: share.to_json() for name, share in some.items()}
        for language, some in shares.items()
    }


def _table(shares: Mapping[str, Mapping[str, Share]]) -> str:
    targets = {"reached": (REACHED, True), "wrong": (WRONG, False)}
    lines = [
        [language, name.replace("_", " "), share, *_target(share, targets.get(name))]
        for language, some in shares.items()
        for name, share in some.items()
    ]
    return table(["language", "%", "share", "target", ""], lines)


def _target(share: Share, target: tuple[float, bool] | None) -> tuple[object, str]:
    if target is None:
        return "", ""
    bound, at_least = target
    return bound, against(_percent(share), bound, at_least=at_least)


if __name__ == "__main__":
    sys.exit(main())

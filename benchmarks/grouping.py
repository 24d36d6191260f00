"""Do the messages that Review puts in one group ask the same?

    python -m benchmarks.grouping [--json]

Two sets of messages whose meaning was written down: what the demo's past customers
asked that was not understood, by topic, and the first line of each inquiry, by what it
means. Only what the shipped assistant does not surely answer is grouped, as in Review.
A pair is two messages of one group; it is right if they have a meaning in common.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

from benchmarks.automation import first_start
from benchmarks.inquiries.inquiry import HERE, LANGUAGES, read
from bot.admin import likeness
from bot.admin.learned import likeliest
from bot.assistants import Assistants
from bot.demo.past import tongues

FOLDERS = ("first", "second", "third", "fourth", "fifth", "sixth")
#: What tells that a person is right, not what is asked.
NO_TOPICS = frozenset({"person", "complaint"})


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message, its language and what it means."""

    text: str
    language: str
    means: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """How pure groups are: pairs in one group, and those that could be."""

    name: str
    messages: int
    right: int
    wrong: int
    possible: int

    @property
    def precision(self) -> float:
        """Return which share of the pairs in one group ask the same."""
        return self.right / max(self.right + self.wrong, 1)

    def __add__(self, other: "Row") -> "Row":
        """Return both in one."""
        return Row(
            name="all",
            messages=self.messages + other.messages,
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            possible=self.possible + other.possible,
        )


def main() -> None:
    """Print how pure the groups of each set are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    rows = measure()
    if parser.parse_args().json:
        print(json.dumps([{**asdict(r), "precision": r.precision} for r in rows]))
        return
    for row in rows:
        print(
            f"{row.name:<10} {row.messages:>5} messages: {row.right} pairs of one group"
            f" right, {row.wrong} wrong, {row.precision:.1%};"
            f" {row.right / row.possible:.1%} of the {row.possible} that ask the same"
        )


def measure() -> list[Row]:
    """Return both sets, and all of it."""
    with first_start(0.98) as parts:
        assistants = parts.understanding.assistants
        demo = _measured("demo", [*past()], assistants)
        asked = _measured("inquiries", [*inquiries()], assistants)
    return [demo, asked, demo + asked]


def past() -> Iterator[Said]:
    """Yield what the demo's past customers asked in vain, by topic.

    What has an answer of its own is a topic of its own.
    """
    for tongue in tongues.load().tongues:
        for topic in tongue.topics:
            for text in dict.fromkeys([*topic.unsure, *topic.unknown]):
                means = frozenset({text if text in topic.pairs else topic.name})
                yield Said(text=text, language=tongue.language, means=means)


def inquiries() -> Iterator[Said]:
    """Yield how each inquiry begins that is about something."""
    for one in read([HERE / folder for folder in FOLDERS]):
        if means := one.means - NO_TOPICS:
            yield Said(text=one.says[0], language=one.language, means=means)


def _measured(name: str, every: Sequence[Said], assistants: Assistants) -> Row:
    said = [one for one in every if not _is_answered(one, assistants)]
    goals = [likeliest(one.text, assistants) for one in said]
    texts, languages = [one.text for one in said], [one.language for one in said]
    pairs = [
        bool(said[one].means & said[other].means)
        for group in likeness.groups(texts, languages, goals)
        for one, other in combinations(group, 2)
    ]
    return Row(
        name=name,
        messages=len(said),
        right=sum(pairs),
        wrong=len(pairs) - sum(pairs),
        possible=sum(
            bool(one.means & other.means)
            for language in LANGUAGES
            for one, other in combinations(
                [each for each in said if each.language == language], 2
            )
        ),
    )


def _is_answered(said: Said, assistants: Assistants) -> bool:
    model = assistants.reading(said.text).model
    found = model.classify(said.text)["intent"]
    return float(found["confidence"]) >= model.thresholds["answer"]


if __name__ == "__main__":
    main()

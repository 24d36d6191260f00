"""The book of what happened, where it has to forget."""

import json

from emulator.journal import Journal


def numbers(journal: Journal, after: int = 0, limit: int = 100) -> list[int]:
    return [record["n"] for record in json.loads(journal.page(after, limit))]


def test_records_are_numbered_from_one() -> None:
    journal = Journal(keep=10)

    assert numbers(journal) == []
    assert [journal.add({"what": what}) for what in "abc"] == [1, 2, 3]
    assert numbers(journal) == [1, 2, 3]
    assert json.loads(journal.page(1, 1)) == [{"n": 2, "what": "b"}]


def test_the_oldest_records_are_forgotten_and_the_numbers_stay() -> None:
    journal = Journal(keep=5)
    for _ in range(23):
        journal.add({})

    kept = numbers(journal)

    assert journal.count == 23
    assert kept[-1] == 23
    assert 5 <= len(kept) <= 10
    assert kept == list(range(kept[0], 24))
    assert numbers(journal, after=20) == [21, 22, 23]
    assert numbers(journal, after=1, limit=2) == kept[:2]

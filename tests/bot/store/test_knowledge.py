import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event, func, select

from bot.store import knowledge
from bot.store.knowledge import Faq
from bot.store.teaching import FaqVersion

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ENTRIES = [
    Faq(name=name, question=name, phrasings=(), answers={"en": "Yes."})
    for name in ("gifts", "hours", "parking")
]


def versions(database):
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(FaqVersion))


def test_two_processes_that_start_together_seed_the_faq_once(database):
    together = threading.Barrier(2)

    def start(_):
        together.wait(10)
        return database.write(lambda c: knowledge.seed(c, ENTRIES, NOW))

    with ThreadPoolExecutor(2) as pool:
        seeded = list(pool.map(start, range(2)))

    assert sorted(seeded) == [False, True]
    assert versions(database) == len(ENTRIES)


def test_what_an_admin_edited_stays_edited_when_it_is_seeded_again(database):
    database.write(lambda c: knowledge.seed(c, ENTRIES, NOW))
    edited = Faq(name="gifts", question="Gifts?", phrasings=(), answers={"en": "No."})
    database.write(lambda c: knowledge.save(c, edited, now=NOW))
    assert database.write(lambda c: knowledge.seed(c, ENTRIES, NOW)) is False
    with database.read() as connection:
        (gifts, *_) = knowledge.faq(connection)
    assert gifts.answers == {"en": "No."}


def test_many_entries_are_seeded_in_as_many_statements_as_one(database):
    counted = Counter()

    def seed(name, *entries):
        def job(connection):
            event.listen(connection, "before_cursor_execute", note)
            try:
                knowledge.seed(connection, entries, NOW)
            finally:
                event.remove(connection, "before_cursor_execute", note)

        def note(*about):
            counted[name] += 1

        database.write(job)

    one, *more = (
        Faq(name=f"entry_{number}", question="What?", phrasings=(f"what {number}",))
        for number in range(20)
    )
    seed("one", one)
    seed("many", *more)
    assert counted["many"] == counted["one"]
    assert versions(database) == 20


def held():
    """The memory of this process that lies in no file, in MB."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("RssAnon:")[2].split()[0]) / 1024


def test_the_files_of_a_model_are_kept_and_let_go(database):
    before = held()

    def keep(connection):
        knowledge.keep_model(connection, "one", b"a model" * 10_000_000, NOW)

    database.write(keep)
    if database.engine.dialect.name == "sqlite":
        assert held() - before < 40
    with database.read() as connection:
        kept = knowledge.model_archive(connection, "one")
    assert kept[:7] == b"a model"
    assert len(kept) == 70_000_000

"""What is taught is live soon, under old thresholds first; the newest counts."""

import time
from dataclasses import replace

import psutil
import pytest
from sqlalchemy import select

from bot.content import SHIPPED_MODELS
from bot.store import knowledge
from bot.store.knowledge import Faq
from bot.store.teaching import TrainedModel
from bot.wiring import build, prepare
from intents import polyglot
from intents.polyglot import Polyglot
from intents.storage import is_whole
from tests.conftest import SMALL
from tests.floor import NOW

LATER = NOW.replace(year=2027)
LONGEST = 60.0  # seconds, on a machine that does much else

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def entry(name="wrapping", answer="We wrap it for you."):
    asked = ("do you wrap gifts", "can you gift wrap it", "is there gift wrapping")
    ends = ("", "please", "too", "for a birthday")
    return Faq(
        name=name,
        question="Do you wrap?",
        phrasings=tuple(f"{words} {end}" for words in asked for end in ends),
        answers={"en": answer},
    )


def live(parts):
    with parts.database.read() as connection:
        return knowledge.live(connection)


class TestSeeds:
    """What comes with us is put in once; from then on it is the admin's."""

    def kept(self, database):
        with database.read() as connection:
            return {one.name: one.answers["en"] for one in knowledge.faq(connection)}

    def seeds(self, database, *entries):
        return database.write(lambda c: knowledge.seed(c, entries, LATER))

    def test_each_is_put_in_once(self, database):
        assert self.seeds(database, entry(), entry("returns", "In 30 days."))
        assert not self.seeds(database, entry())
        assert self.kept(database) == {
            "wrapping": "We wrap it for you.",
            "returns": "In 30 days.",
        }

    def test_what_was_edited_stays_edited_after_an_upgrade(self, database):
        self.seeds(database, entry())
        database.write(lambda c: knowledge.save(c, entry(answer="No."), now=NOW))
        self.seeds(database, entry(answer="Another shipped text."))
        assert self.kept(database) == {"wrapping": "No."}

    def test_what_was_deleted_stays_deleted(self, database):
        self.seeds(database, entry())
        database.write(lambda c: knowledge.delete(c, "wrapping", NOW))
        assert not self.seeds(database, entry())
        assert self.kept(database) == {}

    def test_what_an_upgrade_adds_comes_in(self, database):
        self.seeds(database, entry())
        assert self.seeds(database, entry(), entry("new", "Yes."))
        assert self.kept(database)["new"] == "Yes."


class TestLive:
    def test_an_older_training_that_ends_later_replaces_nothing(self, database):
        for _ in range(3):
            database.write(knowledge.changed)
        assert database.write(lambda c: knowledge.go_live(c, "of the second", 2))
        assert not database.write(lambda c: knowledge.go_live(c, "of the first", 1))
        with database.read() as connection:
            found = knowledge.live(connection)
        assert (found.model, found.content, found.trained) == ("of the second", 3, 2)

    def test_the_thresholds_of_the_same_content_may_follow(self, database):
        database.write(knowledge.changed)
        assert database.write(lambda c: knowledge.go_live(c, "under old", 1))
        assert database.write(lambda c: knowledge.go_live(c, "of its own", 1))

    @on_sqlite
    def test_each_change_is_one_that_the_model_does_not_know(self, parts):
        assert not parts.teaching.behind()
        parts.database.write(lambda c: knowledge.save(c, entry(), now=NOW))
        assert parts.teaching.behind()

    def test_of_two_who_edit_one_version_the_second_is_told(self, database):
        database.write(lambda c: knowledge.save(c, entry(), now=NOW))
        numbers = [
            database.write(
                lambda c: knowledge.save(c, entry(answer="New."), now=NOW, version=1)
            )
            for _ in range(2)
        ]
        assert numbers == [2, None]


@on_sqlite
class TestPrepare:
    def test_the_answers_of_a_made_up_shop_are_drafts_but_in_a_demo(self, parts):
        with parts.database.read() as connection:
            faq = knowledge.faq(connection)
        assert len(faq) >= 20
        assert not any(one.live for one in faq)

    def test_a_first_start_trains_nothing_and_has_the_shipped_model(self, settings):
        before = psutil.Process().children()
        parts = build(settings)
        prepare(parts)
        assert psutil.Process().children() == before
        for folder in (SHIPPED_MODELS, settings.models):
            models = polyglot.names(folder / live(parts).model)
            assert [*models] == ["en", "ar", "es", "fr", "zh"]
            assert all(is_whole(folder / name) for name in models.values())
        assert parts.understanding.model_name == live(parts).model
        parts.close()


@pytest.mark.slow
@on_sqlite
def test_new_phrasings_are_live_under_old_thresholds_then_under_their_own(parts):
    """By a real training process, while the old model answers on."""
    parts.teaching._content = replace(parts.content, lessons=SMALL)
    parts.understanding.refresh()
    before = parts.understanding.assistant.model
    parts.database.write(lambda c: knowledge.save(c, entry(), now=NOW))
    parts.teaching.warm_up()
    parts.teaching.ask()

    until = time.monotonic() + LONGEST
    while len(trained(parts)) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    parts.teaching.close()
    parts.understanding.refresh()

    assert not parts.teaching.behind()
    together = [
        n for n in trained(parts) if (parts.settings.models / n / "parts.json").exists()
    ]
    first, second = (
        Polyglot.load(parts.settings.models / name, 0.98).of("en") for name in together
    )
    assert first.thresholds == before.thresholds
    assert parts.understanding.model_name == together[1]
    asked = "could you gift wrap it please"
    assert before.classify(asked)["intent"]["name"] != "faq/wrapping"
    assert first.classify(asked)["intent"]["name"] == "faq/wrapping"
    assert second.classify(asked)["intent"]["name"] == "faq/wrapping"


def trained(parts):
    """The models that were trained here, in order."""
    with parts.database.read() as connection:
        query = select(TrainedModel.name).order_by(TrainedModel.created_at)
        kept = connection.scalars(query).all()
    shipped = {path.name for path in SHIPPED_MODELS.iterdir()}
    return [name for name in kept if name not in shipped]

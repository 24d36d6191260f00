"""The live assistant: the same in every process, soon after it was taught."""

import json
import shutil
import time
from dataclasses import replace

import pytest

from bot import trainer
from bot.calendar.csv_file import import_events
from bot.shop.products_csv import import_products
from bot.store import knowledge, wordings
from bot.store.knowledge import Faq
from bot.store.wordings import Words
from bot.trainer import TrainingError
from bot.understanding import LOOK, NoModelError
from bot.wiring import build, prepare
from intents import polyglot
from tests.floor import NOW

SOON = 2.0  # seconds: what is promised


@pytest.fixture
def two(parts, tmp_path):
    """Two processes over one database, the second with a folder of its own."""
    home = tmp_path / "other"
    (home / "models").mkdir(parents=True)
    other = build(replace(parts.settings, home=home))
    yield parts, other
    other.close()


def keeps_archive(parts):
    models, name = parts.settings.models, live(parts).model
    for one in (name, *polyglot.names(models / name).values()):
        packed = trainer.pack(models / one)
        parts.database.write(
            lambda c, one=one, packed=packed: knowledge.keep_model(c, one, packed, NOW)
        )


def teaches(parts, answer, name="opening_hours", *, shown=True):
    entry = Faq(
        name=name,
        question="When are you open?",
        phrasings=("when are you open",),
        answers={"en": answer},
        live=shown,
    )
    parts.database.write(lambda c: knowledge.save(c, entry, now=NOW))


def answer(parts, name="opening_hours"):
    responses = parts.understanding.assistant.responses.by_name
    found = responses.get(f"utter_faq/{name}")
    return found and found[0].said["text"]


def live(parts):
    with parts.database.read() as connection:
        return knowledge.live(connection)


def wait_for(holds, seconds=SOON):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_models_that_are_in_memory_are_not_loaded_again(parts, two, loaded):
    prepare(two[1])
    taken, read = (one.understanding.assistants.models for one in two)
    for language in taken.languages:
        assert taken.of(language).weights is loaded.of(language).weights
        assert read.of(language).weights is not loaded.of(language).weights


def test_an_edited_answer_is_live_in_every_process_within_two_seconds(two):
    keeps_archive(two[0])
    for parts in two:
        parts.understanding.refresh()
        parts.understanding.follow()
    teaches(two[1], "Day and night.")
    wait_for(lambda: [answer(parts) for parts in two] == ["Day and night."] * 2)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestContent:
    def test_a_turn_keeps_the_assistant_it_began_with(self, parts):
        teaches(parts, "From nine to five.")
        parts.understanding.refresh()
        before = parts.understanding.assistants
        teaches(parts, "Day and night.")
        assert parts.understanding.refresh()
        assert answer(parts) == "Day and night."
        (kept,) = before.responses["en"].by_name["utter_faq/opening_hours"]
        assert kept.said["text"] == "From nine to five."

    def test_where_nothing_is_new_nothing_is_made(self, parts):
        parts.understanding.refresh()
        before = parts.understanding.assistants
        assert not parts.understanding.refresh()
        assert parts.understanding.assistants is before

    def test_for_other_words_the_same_model_stays(self, parts):
        before = parts.understanding.assistant.model
        teaches(parts, "Day and night.")
        parts.understanding.refresh()
        assert parts.understanding.assistant.model is before

    def test_an_answer_that_is_a_draft_or_gone_is_not_given(self, parts):
        teaches(parts, "Not yet.", shown=False)
        parts.understanding.refresh()
        assert answer(parts) is None
        teaches(parts, "Now.")
        parts.database.write(lambda c: knowledge.delete(c, "opening_hours", NOW))
        parts.understanding.refresh()
        assert answer(parts) is None

    def test_other_words_for_a_response_are_taken_and_taken_back(self, parts):
        def says():
            parts.understanding.refresh()
            responses = parts.understanding.assistant.responses
            return responses.by_name["utter_stopped"][0].said["text"]

        ours = says()
        for text in ("As you wish.", ""):
            parts.database.write(
                lambda c, text=text: wordings.save(
                    c, "utter_stopped", "en", Words(text=text), now=NOW
                )
            )
            assert says() == (text or ours)


class TestModel:
    def test_one_that_the_folder_lacks_comes_from_the_database(self, two):
        keeps_archive(two[0])
        name = live(two[0]).model
        assert two[1].understanding.refresh()
        assert two[1].understanding.model_name == name
        folder = two[1].settings.models
        for part in polyglot.names(folder / name).values():
            assert (folder / part / "model.json").exists()
        models = [parts.understanding.assistant.model for parts in two]
        found = [model.classify("when are you open?") for model in models]
        assert found[0] == found[1]

    def test_one_that_is_nowhere_leaves_the_one_before(self, parts):
        before, content = live(parts).model, live(parts).content
        parts.database.write(lambda c: knowledge.go_live(c, "nowhere", content))
        parts.understanding.follow()
        time.sleep(0.7)  # it has looked, and found nothing
        assert parts.understanding.model_name == before
        parts.database.write(lambda c: knowledge.go_live(c, before, content))
        teaches(parts, "Day and night.")
        wait_for(lambda: answer(parts) == "Day and night.")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestDamage:
    def test_a_damaged_archive_does_not_end_the_following(self, two):
        parts, other = two
        keeps_archive(parts)
        other.understanding.refresh()
        good, content = live(parts).model, live(parts).content
        parts.database.write(lambda c: knowledge.keep_model(c, "bad", b"junk", NOW))
        parts.database.write(lambda c: knowledge.go_live(c, "bad", content))
        other.understanding.follow()
        time.sleep(0.7)
        parts.database.write(lambda c: knowledge.go_live(c, good, content))
        teaches(parts, "Day and night.")
        wait_for(lambda: answer(other) == "Day and night.")

    def test_before_anything_was_trained_nobody_answers(self, two):
        parts, other = two
        parts.database.write(lambda c: knowledge.go_live(c, None, 1000))
        assert not other.understanding.refresh()
        with pytest.raises(NoModelError):
            _ = other.understanding.assistant

    def test_a_start_replaces_a_model_of_another_version(self, two):
        """The shipped one, or else one trained now."""
        parts, other = two
        folder = other.settings.models / live(parts).model
        models = other.settings.models
        shutil.copytree(parts.settings.models, models, dirs_exist_ok=True)
        english = models / polyglot.names(folder)["en"] / "model.json"
        document = json.loads(english.read_bytes())
        english.write_text(json.dumps({**document, "format": 0}))
        prepare(other)
        assert other.understanding.model_name != folder.name
        assert other.understanding.assistant.model.classify("hello")["intent"]["name"]

    @pytest.mark.slow
    def test_a_training_that_fails_leaves_the_old_model(self, parts):
        before = live(parts)
        nowhere = {"en": (parts.settings.home / "nowhere.yml",)}
        parts.teaching._content = replace(
            parts.content, lessons={**parts.content.lessons, **nowhere}
        )
        teaches(parts, "Day and night.")
        with pytest.raises(TrainingError, match=r"nowhere\.yml"):
            parts.teaching.train_now()
        assert live(parts).model == before.model
        assert parts.teaching.behind()
        parts.understanding.refresh()
        assert answer(parts) == "Day and night."
        assert parts.understanding.assistant.model.classify("hi")["intent"]


def test_an_event_is_known_by_its_name_soon_after_its_import(two, tmp_path):
    events = (
        "event_id,name,starts_at,zone,venue,status,ticket,holder_email\n"
        "q,Quayside Quartet,2027-03-28T20:00,UTC,St Brannock's Hall,scheduled,,\n"
    )
    path = tmp_path / "events.csv"
    path.write_text(events)
    keeps_archive(two[0])
    for parts in two:
        parts.understanding.refresh()
        assert parts.understanding.assistants.names.find("quayside quartet") is None
    import_events(path, two[0].database, lambda *change: None)
    began = time.monotonic()
    for parts in two:
        while parts.understanding.assistants.names.find("quayside quartet") is None:
            assert time.monotonic() - began < 2 * SOON
            parts.understanding.refresh()
            time.sleep(0.1)
    path.write_text(events.replace("scheduled", "cancelled"))
    import_events(path, two[0].database, lambda *change: None)
    time.sleep(LOOK)
    two[1].understanding.refresh()
    (event,) = two[1].understanding.assistants.names.events
    assert event.status == "cancelled"


def test_a_product_is_known_by_its_name_soon_after_its_import(two, tmp_path):
    path = tmp_path / "products.csv"
    path.write_text("id,name,stock\nbag,Canvas Tote Bag,3\n")
    keeps_archive(two[0])
    for parts in two:
        parts.understanding.refresh()
        assert parts.understanding.assistants.products.find("tote bag") is None
    import_products(path, two[0].database, two[0].clock())
    began = time.monotonic()
    for parts in two:
        while parts.understanding.assistants.products.find("tote bag") is None:
            assert time.monotonic() - began < 2 * SOON
            parts.understanding.refresh()
            time.sleep(0.1)

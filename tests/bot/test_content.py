"""What a shop says whose own language is another than English."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot import content, curriculum, saying
from bot.store.knowledge import Faq
from bot.store.wordings import Words
from bot.wiring import prepare
from tests.floor import NOW

TODAY = NOW.date()


@pytest.fixture(scope="module")
def spanish(tmp_path_factory):
    """A Spanish shop, with a response and an answer of its own."""
    home = tmp_path_factory.mktemp("spanish")
    (home / "data" / "responses").mkdir(parents=True)
    own = {"utter_stopped": "Vale.", "utter_ours": "¡Olé!"}
    lines = [f'  {name}:\n  - text: "{text}"' for name, text in own.items()]
    written = "\n".join(["responses:", *lines, ""])
    (home / "data" / "responses" / "es.yml").write_text(written, encoding="utf-8")
    return content.load(home, ("es", "en"))


def said(found, faq=(), **wordings):
    return saying.responses(found, faq, wordings, TODAY)


def test_a_shops_own_file_lies_over_ours_and_under_what_admins_write(spanish):
    responses = said(spanish, es={"utter_stopped": Words(text="Entendido.")})
    assert responses["es"].plain("utter_stopped") == "Entendido."
    assert said(spanish)["es"].plain("utter_stopped") == "Vale."


def test_what_a_language_lacks_is_said_in_the_shops_own(spanish):
    assert said(spanish)["en"].plain("utter_ours") == "¡Olé!"
    assert said(spanish)["en"].plain("utter_hello_again") == "Hello again!"


def test_questions_are_called_and_answered_in_the_shops_own(spanish):
    hours = next(one for one in spanish.faq if one.name == "opening_hours")
    assert hours.question == "¿Cuándo abren?"
    assert hours.title("en") == "When are you open?"
    assert hours.answers.keys() == {"en", "es"}


def test_it_is_taught_in_its_languages_alone(spanish):
    assert [*curriculum.subjects(spanish, spanish.faq)] == ["es", "en"]


def test_an_answer_is_learned_beside_the_phrasings_of_its_language(spanish):
    entry = Faq(
        name="x",
        question="x",
        phrasings=("¿Graban nombres en los tocadiscos?",),
        answers={"en": "Yes.", "es": "Sí, gratis.", "fr": "Oui.", "zh": " "},
        titles={},
    )
    told = {
        language: [row for row in subject.rows if row[1] == "faq/x"]
        for language, subject in curriculum.subjects(spanish, [entry]).items()
    }
    assert told["en"] == [("Yes.", "faq/x", "answer")]
    assert told["es"][-1] == ("Sí, gratis.", "faq/x", "answer")
    assert len(told["es"]) == 2
    assert "fr" not in told


def test_answers_alone_teach_no_language(spanish):
    bare = curriculum.Subject("zh", (), [("Yes.", "faq/x", "answer")])
    assert not bare.is_taught


def test_an_entry_without_any_answer_in_reach_is_for_a_person(spanish):
    entry = Faq(
        name="x", question="x", phrasings=("x",), answers={"en": "Yes."}, titles={}
    )
    responses = said(spanish, [entry])
    assert "utter_faq/x" in responses["en"]
    assert "utter_faq/x" not in responses["es"]


def test_what_a_shop_writes_in_files_or_pages_is_its_own(tmp_path):
    (tmp_path / "data" / "faq").mkdir(parents=True)
    (tmp_path / "data" / "faq" / "en.yml").write_text(
        'version: "3.1"\n'
        "nlu:\n- intent: faq/buys_cds\n  examples: |\n    - do you buy cds\n"
        "  metadata: {question: Do you buy CDs?}\n"
        "responses:\n  utter_faq/buys_cds:\n  - text: Yes.\n"
    )
    found = content.load(tmp_path)
    written = Faq(name="x", question="X?", phrasings=("x",), answers={"en": "Yes."})
    assert saying.taught(found, [*found.faq, written]) == {"faq/buys_cds", "faq/x"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_start_names_the_files_that_it_does_not_read(parts):
    told = "data/nlu/gift.yaml is not read: rename it to gift.yml"
    passed_over = replace(parts.content, passed_over=(told,))
    with capture_logs() as entries:
        prepare(replace(parts, content=passed_over))
    assert {"event": "file_not_read", "reason": told, "log_level": "warning"} in entries

"""In which languages may nobody be asked again, because nothing is otherwise?"""

from dataclasses import replace

import pytest

from bot.alike import alike, without_others
from bot.scripts.files import parse
from bot.scripts.spoken import spoken
from flows.responses import Responses, Variation
from intents.polyglot import Polyglot

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def live(parts):
    return parts.understanding.assistants


def saying(assistants, name, language=None, **said):
    """The same, with another response, in one language or all."""
    changed = {
        code: Responses({**one.by_name, name: (Variation(said=said),)}, code)
        if language in (code, None)
        else one
        for code, one in assistants.responses.items()
    }
    return replace(assistants, responses=changed)


def test_what_did_not_change_is_alike_in_all_languages(live):
    same = replace(live, responses=dict(live.responses))
    assert alike(live, same) == {*live.responses}
    assert alike(without_others(live), same) == {*live.responses}


def test_an_answer_that_nothing_leads_to_changes_nothing(live):
    then = saying(live, "utter_faq/new", text="We do.")
    assert alike(live, then) == {*live.responses}


def test_an_answer_that_a_language_knows_is_otherwise_there(live):
    spanish = live.models.of("es")
    asked = replace(spanish, intents=(*spanish.intents, "faq/known"))
    models = Polyglot("these", {**live.models.parts, "es": asked})
    now = replace(live, models=models)
    then = saying(now, "utter_faq/known", text="We do.")
    assert alike(now, then) == {*live.responses} - {"es"}


def test_an_answer_that_a_button_leads_to_is_otherwise_there(live):
    tap = {"title": "More", "payload": "/faq/new"}
    then = saying(live, "utter_greet", "ar", text="Hi", buttons=[tap])
    after = saying(then, "utter_faq/new", text="We do.")
    assert alike(then, after) == {*live.responses} - {"ar"}


def test_other_words_of_a_flow_are_otherwise(live):
    then = saying(live, "utter_greet", "fr", text="Salut")
    assert alike(live, then) == {*live.responses} - {"fr"}


def test_where_the_models_are_not_here_nothing_is_known_to_be_alike(live):
    assert alike(without_others(replace(live, models=Absent())), live) == set()
    assert alike(live, replace(live, models=Absent())) == set()


def test_other_flows_are_other_in_every_language(live):
    fewer = dict([*live.flows.by_id.items()][1:])
    then = replace(live, flows=replace(live.flows, by_id=fewer))
    assert alike(live, then) == set()


class Absent:
    def of(self, language):
        return object()


@pytest.mark.parametrize(
    ("lines", "languages"),
    [
        ('- customer: "أين طلبي"\n- taps: نعم', {"ar"}),
        ("- customer: where is my order\n- customer: ¿dónde está?", {"en", "es"}),
        ("- sends: a picture\n- customer: ¿dónde está mi pedido?", {"en", "es"}),
        ('- on: 2026-12-25 10:00\n- customer: "我的订单在哪里"', {"zh"}),
    ],
)
def test_a_script_speaks_the_languages_of_its_customer(live, lines, languages):
    library = parse(f"Talk:\n{lines}", "own.yml")
    assert library.problems == ()
    (script,) = library.scripts
    assert spoken(script, live) == languages

"""Help while one writes: what stands already, and phrasings to tick."""

import re

import pytest

from tests.bot.visiting import converse, name, words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
FIELDS = {"question": "Do you mend records?", "phrasings": "", "answer": ""}


def similar(editor, question, entry="new"):
    fields = {**FIELDS, "question": question}
    return words(editor.who.post(f"/admin/faq/{entry}/similar", **fields).text)


def proposed(editor, **fields):
    page = editor.who.post("/admin/faq/new/propose", **{**FIELDS, **fields}).text
    return page.partition('<div class="proposals"')[2]


def test_an_entry_that_asks_the_same_is_named_while_one_types(editor):
    told = similar(editor, "when are you open on sunday")
    assert told.startswith("Similar: When are you open?")


def test_a_goal_that_is_built_in_is_named_too(editor):
    assert "Track an order , which is built in" in similar(editor, "where is my order")


@pytest.mark.parametrize("question", ["", "do you adopt penguins"])
def test_what_nobody_has_asked_yet_is_like_nothing(editor, question):
    assert similar(editor, question) == ""


def test_an_entry_is_not_said_to_be_like_itself(editor):
    told = similar(editor, "when are you open", "opening_hours")
    assert "When are you open?" not in told


def test_phrasings_by_rule_are_there_to_tick(editor):
    page = proposed(editor)
    assert 'value="can you mend records"' in page
    assert 'value="do you fix records"' in page
    assert 'value="Do you mend records?"' in page  # itself, as a phrasing


def test_what_is_taken_for_another_question_by_now_is_not_proposed(editor):
    page = proposed(editor, question="How can I track my order?")
    assert 'value="how do i track my order"' not in page
    page = proposed(editor, question="When are you open?")
    assert 'value="when are you open please"' not in page


def test_what_is_taken_for_the_entry_itself_is_proposed_to_it(editor):
    page = editor.who.post(
        "/admin/faq/opening_hours/propose", **editor.form("opening_hours")
    ).text
    assert page.partition('<div class="proposals"')[2].count('type="checkbox"') > 3


def test_what_stands_elsewhere_is_not_proposed(editor, repairs):
    page = proposed(editor, question="Record repair")
    assert 'value="record repair please"' in page
    assert 'value="Record repair"' not in page


def test_what_customers_wrote_is_proposed_without_what_is_theirs(editor, parts):
    conversation = converse(
        parts,
        "1001",
        "Maria here, do you mend broken records?",
        "could u mend my record, call me on +44 20 7946 0123",
        "where is my order",
        "do you adopt penguins",
    )
    name(parts, conversation, "Maria Holm")
    page = proposed(editor)
    assert "could u mend my record, call me on +44 20 7946 0000" in page
    assert "do you mend broken records?" in page
    for private in ("Maria", "0123", "penguins", "where is my order"):
        assert private not in page


def test_what_was_ticked_is_saved_among_the_phrasings(editor):
    fields = {
        **FIELDS,
        "phrasings": "mend records",
        "answer": "No.",
        "state": "live",
        "more-1": "can you mend records",
        "more-2": "do you fix records",
    }
    answer = editor.who.post("/admin/faq/new", **fields)
    assert answer.status_code == 303
    assert editor.entry("do_you_mend_records").phrasings == [
        "mend records",
        "can you mend records",
        "do you fix records",
    ]


def test_ticked_phrasings_can_be_put_into_the_list_and_read_before_saving(editor):
    fields = {**FIELDS, "more-1": "can you mend records"}
    page = editor.who.post("/admin/faq/new/propose", **fields).text
    assert "\ncan you mend records</textarea>" in page
    assert 'value="can you mend records"' not in page


def test_with_a_script_only_the_proposals_come(editor):
    data = {**FIELDS, "csrf_token": editor.who.csrf_token}
    headers = {"HX-Request": "true"}
    answer = editor.who.client.post(
        "/admin/faq/new/propose", data=data, headers=headers
    )
    assert "<textarea" not in answer.text
    assert 'id="proposals"' in answer.text


def test_what_is_only_faintly_like_it_is_not_proposed(editor, parts):
    converse(
        parts,
        "1001",
        "when do the new christmas records come in",
        "can you tell me where my record is",
        "salgo de trabajar a las cinco y media, llego?",
    )
    page = proposed(editor)
    assert "What customers wrote" not in page


def test_whoever_asks_for_a_person_is_never_proposed(editor, parts):
    converse(parts, "1001", "i want to talk to a person who owns it")
    page = proposed(editor, question="I want to talk to a person who owns the shop")
    assert "What customers wrote" not in page


def test_phrasings_are_proposed_in_the_language_that_is_wanted(editor, parts):
    converse(
        parts,
        "1001",
        "buenas, reparan tocadiscos viejos",
        "do you mend records that are broken",
    )
    fields = {"propose-in": "es", "title-es": "¿Reparan tocadiscos?"}
    page = proposed(editor, **fields)
    assert 'value="¿Reparan tocadiscos?"' in page
    assert 'value="hola, reparan tocadiscos"' in page
    assert "buenas, reparan tocadiscos viejos" in page
    assert "do you mend" not in page
    assert "can you mend" not in page


@pytest.mark.parametrize(
    ("language", "question", "way"),
    [
        ("ar", "هل تصلحون الأسطوانات؟", "بتصلحوا الأسطوانات"),
        ("fr", "Est-ce que vous réparez des platines ?", "vous reparez des platines"),
        ("zh", "你们修唱片机吗？", "想问一下，修唱片机吗"),
    ],
)
def test_each_language_has_ways_of_its_own(editor, language, question, way):
    fields = {"propose-in": language, "phrasings": question}
    assert f'value="{way}"' in proposed(editor, **fields)


def test_in_a_language_without_a_question_nothing_is_proposed(editor):
    page = proposed(editor, **{"propose-in": "fr"})
    assert "Nothing to propose in French yet" in page


def test_one_is_led_back_to_the_list_after_adding(editor):
    fields = {**FIELDS, "more-1": "can you mend records", "ticked": "1"}
    page = editor.who.post("/admin/faq/new/propose", **fields).text
    assert "1 phrasing added, at the end of the list." in page
    assert 'autofocus aria-describedby="added"' in page


def test_what_is_mistyped_is_not_proposed_as_another_way_to_ask(editor, parts):
    converse(
        parts,
        "1001",
        "could you mend my old recrods",
        "do you ever mend rcords, please",
        "would you mend my broken record",
    )
    page = proposed(editor)
    assert 'value="could you mend my old records"' in page
    assert 'value="do you ever mend records, please"' in page
    assert 'value="would you mend my broken record"' in page
    offered = re.findall(r'value="([^"]*)"', page)
    about = [text for text in offered if text.startswith("do you ")]
    assert about
    assert all(re.search(r"record|vinyl|lps?\b", text) for text in about)


def test_of_two_messages_only_the_well_spelt_one_is_proposed(editor, parts):
    converse(
        parts,
        "1001",
        "do you mend records on sudnay",
        "do you mend records on sunday",
    )
    page = proposed(editor, answer="On Sunday we mend them.")
    assert 'value="do you mend records on sunday"' in page
    assert "sudnay" not in page


def test_in_a_language_with_phrasings_alone_ways_are_made_of_those(editor):
    phrasings = "repair headphones\nهل تصلحون سماعات الرأس"
    fields = {"propose-in": "ar", "question": "", "phrasings": phrasings}
    page = proposed(editor, **fields)
    assert 'value="أبحث عمن يصلح سماعات الرأس"' in page
    assert "headphones" not in page.partition('id="preview"')[0]
    preview = editor.who.post("/admin/preview", shown="ar", **{**FIELDS, **fields})
    assert "هل تصلحون سماعات الرأس" in words(preview.text)


def test_the_customers_side_is_proposed_and_the_price_where_it_is_named(editor):
    page = proposed(editor, question="Do you clean records?", answer="For €5 each.")
    for way in ("can i get my records cleaned", "how much is it to clean records"):
        assert f'value="{way}"' in page
    assert page.count('type="checkbox"') >= 10
    assert "how long" not in page
    assert "question about" not in page


def test_what_shares_one_word_alone_is_not_proposed(editor, parts):
    converse(
        *(parts, "1001", "hi there do you take paypal"),
        "how do i sell vinyl to you",
        "do you clean vinyl that is old",
    )
    phrasings = "do you take old vinyl for cleaning\nclean my vinyl"
    page = proposed(editor, question="Do you clean vinyl?", phrasings=phrasings)
    assert "do you clean vinyl that is old" in page
    assert "paypal" not in page
    assert "how do i sell" not in page

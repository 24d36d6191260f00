"""Questions taken in from a file: looked at first, written whole, or not at all."""

import io
import re

import pytest

from bot.store import knowledge
from tests.bot.visiting import visitor, words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
FILE = """version: "3.1"
nlu:
- intent: faq/gift_wrapping
  metadata: {question: "Do you wrap presents?"}
  examples: |
    - do you wrap presents
    - can it be wrapped as a gift
responses:
  utter_faq/gift_wrapping:
  - text: "Yes, for £2."
"""


@pytest.fixture
def chosen(editor):
    """Return the page after a file was chosen, and what it would send."""

    def chosen(text, language="en", name="mine.yml"):
        file = (io.BytesIO(text.encode()), name)
        return editor.who.post("/admin/faq/import", file=file, language=language)

    return chosen


def taken(editor, page):
    """Take in what a page shows."""
    stamp = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    text = re.search(r'name="text" value="([^"]*)"', page.text)[1]
    language = re.search(r'name="language" value="(\w+)"', page.text)[1]
    fields = {"text": unescaped(text), "language": language, "seen": stamp}
    return editor.who.post("/admin/faq/import", **fields)


def unescaped(text):
    for code, letter in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(code, letter)
    return text.replace("&amp;", "&")


def content(parts):
    with parts.database.read() as connection:
        return knowledge.live(connection).content


def test_a_file_is_shown_first_and_nothing_is_written(editor, chosen, parts):
    before = content(parts)
    page = words(chosen(FILE).text)
    assert "1 is new, and comes as a draft" in page
    assert "Do you wrap presents?" in page
    assert "Yes, for £2." in page
    assert "Nothing is written yet" in page
    assert content(parts) == before


def test_what_was_seen_is_taken_in_as_a_draft(editor, chosen):
    answer = taken(editor, chosen(FILE))
    assert answer.status_code == 303
    entry = editor.entry("gift_wrapping")
    assert (entry.question, entry.live) == ("Do you wrap presents?", False)
    assert entry.answers == {"en": "Yes, for £2."}
    assert entry.phrasings == ["do you wrap presents", "can it be wrapped as a gift"]
    assert "Taken in" in editor.who.words(answer.location)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_what_is_taken_away_and_in_again_changes_nothing(editor, chosen, language):
    editor.save("opening_hours", state="live")
    file = editor.who.get(f"/admin/faq/{language}.yml").get_data(as_text=True)
    page = chosen(file, language).text
    assert "25 are as they were." in words(page)
    assert 'name="seen"' not in page


def test_a_question_that_is_live_stays_so_and_keeps_its_other_languages(editor, chosen):
    editor.save("opening_hours", state="live")
    before = editor.entry("opening_hours")
    file = editor.who.get("/admin/faq/en.yml").get_data(as_text=True)
    shown = chosen(file.replace("Monday to Saturday", "every day"))
    assert "1 changes" in words(shown.text)
    assert taken(editor, shown).status_code == 303
    after = editor.entry("opening_hours")
    assert after.live
    assert "every day" in after.answers["en"]
    assert {**after.answers, "en": ""} == {**before.answers, "en": ""}


def test_another_language_leaves_the_shops_own_as_it_is(editor, chosen):
    before = editor.entry("opening_hours")
    file = editor.who.get("/admin/faq/fr.yml").get_data(as_text=True)
    shown = chosen(file.replace("du lundi au samedi", "tous les jours"), "fr")
    assert taken(editor, shown).status_code == 303
    after = editor.entry("opening_hours")
    assert "tous les jours" in after.answers["fr"]
    assert after.answers["en"] == before.answers["en"]
    assert after.question == before.question
    assert after.phrasings == before.phrasings
    assert after.number == before.number + 1
    assert editor.versions("opening_hours")[1].answers == before.answers


BAD = """version: "3.1"
nlu:
- intent: gift_wrapping
  examples: |
    - not a question of the FAQ
- intent: faq/Gift Wrapping
  examples: |
    - a name with blanks
- intent: faq/new
  metadata: {question: "New?"}
  examples: |
    - what is new here
- intent: faq/unasked
  metadata: {question: "Nobody asks"}
- intent: faq/taken
  metadata: {question: "When do you open?"}
  examples: |
    - When are you open?
- intent: faq/listed
  examples: [one, two]
- intent: faq/first
  metadata: {question: "First?"}
  examples: |
    - who is the first
- intent: faq/second
  metadata: {question: "Second?"}
  examples: |
    - who is the first
- intent: faq/first
  examples: |
    - once more
responses:
  utter_faq/first:
  - text: "Adam."
"""


def test_each_row_that_is_wrong_is_told_with_its_line_and_the_others_are_taken(
    editor, chosen
):
    shown = chosen(BAD)
    page = words(shown.text)
    assert "8 are not taken" in page
    for told in (
        "Line 3 gift_wrapping Not taken: a question is an intent such as",
        "Line 6 faq/Gift Wrapping Not taken",
        "Line 9 New? No question can be called “new”",
        "Line 13 Nobody asks Write at least one way in which customers ask this.",
        "Line 15 When do you open? “When are you open?” stands under",
        "Line 19 listed Its answer is to be a list of texts, its examples lines.",
        "Line 25 Second? “who is the first” stands in line 21 too.",
        "Line 29 first Stands in line 21 already.",
    ):
        assert told in page
    assert taken(editor, shown).status_code == 303
    assert editor.entry("first").answers == {"en": "Adam."}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nlu: [", "mine.yml, line 1: not YAML"),
        ("- a list", "mine.yml: there is nothing below names such as “nlu:”."),
        ("nlu: text", "'nlu' must be a list"),
        ("version: '3.1'", "There are no questions below “nlu” in this file."),
        ("", "There are no questions below “nlu” in this file."),
    ],
)
def test_a_file_that_cannot_be_read_says_where(chosen, text, says):
    answer = chosen(text)
    assert answer.status_code == 422
    assert says in words(answer.text)


def test_a_table_is_told_by_its_name_what_is_wanted_instead(chosen):
    answer = chosen("question,answer\nDo you wrap?,Yes\n", name="bad.csv")
    page = words(answer.text)
    assert answer.status_code == 422
    assert "This file can't be read: bad.csv: there is nothing below" in page
    assert "flows" not in page
    assert "Wanted is a YAML file (.yml)" in page
    example = answer.text.partition("<code>")[2].partition("</code>")[0]
    assert "1 is new" in words(chosen(unescaped(example)).text)


def test_a_question_without_a_title_gets_its_first_phrasing_and_the_page_warns(
    editor, chosen
):
    plain = FILE.replace('  metadata: {question: "Do you wrap presents?"}\n', "")
    shown = chosen(plain)
    assert "Do you wrap presents Title made The file says no question" in words(
        shown.text
    )
    assert "Title made" not in words(chosen(FILE).text)
    assert taken(editor, shown).status_code == 303
    assert editor.entry("gift_wrapping").question == "Do you wrap presents"


def test_a_question_that_is_there_keeps_its_title_where_the_file_says_none(
    editor, chosen
):
    before = editor.entry("opening_hours")
    file = "nlu:\n- intent: faq/opening_hours\n  examples: |\n    - open?\n"
    shown = chosen(file)
    assert "Title made" not in words(shown.text)
    assert taken(editor, shown).status_code == 303
    assert editor.entry("opening_hours").question == before.question


def test_a_question_is_called_as_the_language_of_the_file_calls_it(editor, chosen):
    ours = editor.entry("opening_hours").question
    file = FILE.replace("gift_wrapping", "opening_hours")
    file = file.replace("Do you wrap presents?", "Quand êtes-vous ouverts ?")
    told = words(chosen(file, language="fr").text)
    assert re.search(r"1 changes Quand êtes-vous ouverts \? (Live|Draft)", told)
    assert f"{ours} Live" not in told
    assert f"{ours} Draft" not in told


def test_what_somebody_saved_meanwhile_is_shown_again_and_nothing_is_lost(
    editor, colleague, chosen
):
    file = editor.who.get("/admin/faq/en.yml").get_data(as_text=True)
    shown = chosen(file.replace("Monday to Saturday", "every day"))
    colleague.save("opening_hours", answer="Never.")
    answer = taken(editor, shown)
    assert answer.status_code == 409
    assert "Somebody saved one of these questions meanwhile" in words(answer.text)
    assert editor.entry("opening_hours").answers["en"] == "Never."


def test_a_deleted_question_comes_back_as_a_draft(editor, chosen, repairs):
    file = editor.who.get("/admin/faq/en.yml").get_data(as_text=True)
    editor.who.post(f"/admin/faq/{repairs}/delete", version=1)
    shown = chosen(file)
    assert "1 is new, and comes as a draft" in words(shown.text)
    assert taken(editor, shown).status_code == 303
    after = editor.entry(repairs)
    assert (after.live, after.deleted_at) == (False, None)


def test_agents_take_nothing_in(app):
    assert visitor(app, "agent", "Ann").get("/admin/faq/import").status_code == 403

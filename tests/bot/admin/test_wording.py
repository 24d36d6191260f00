"""The wording of what flows say: found, changed, checked, brought back."""

import pytest

from bot import tongue
from bot.admin import conditions, shipped
from bot.store import wordings
from bot.web import cookies
from flows.conditions import parse
from flows.responses import Responses, Variation
from tests.bot.visiting import words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
KEY = "utter_order_shipped"
PATH = f"/admin/wording/{KEY}"
SHIPPED = "Good news: your order {number} is on its way."
MINE = "Hooray, {number} is travelling."


def edits(parts):
    with parts.database.read() as connection:
        return {
            key: words.text
            for key, words in wordings.edits_in(connection, "en").items()
        }


def save(editor, text, number=0):
    return editor.who.post(PATH, text=text, number=number)


@only_sqlite
def test_what_flows_say_is_listed_in_groups(editor):
    page = editor.who.words("/admin/wording/")
    assert SHIPPED in page
    assert "Fetching a person" in page
    assert "utter_" not in page


@only_sqlite
def test_what_is_said_is_its_own_heading_and_no_name_of_ours(editor):
    page = editor.who.words("/admin/wording/")
    assert "Back unknown" not in page
    assert "Title order status" not in page
    assert "I can't say yet when we're back." in page
    assert "To tap below what tells that a person comes." not in page
    one = editor.who.get(f"{PATH}?language=es").text
    assert 'lang="es">Buenas noticias' in one.partition("<h1")[2].partition("</h1>")[0]


@only_sqlite
def test_all_groups_are_told_in_the_readers_language(editor, parts):
    groups = {one.group for one in shipped.wordings(parts.content.responses, {})}
    assert groups == {*shipped.HEADINGS}
    assert f"Wording Orders {SHIPPED[:9]}" in editor.who.words(PATH)
    editor.who.client.set_cookie(cookies.LANGUAGE, "ar")
    page = editor.who.words("/admin/wording/")
    assert [group for group in groups if group in page] == []


@only_sqlite
def test_answers_of_the_faq_are_not_among_them(editor):
    assert "bank holidays" not in editor.who.words("/admin/wording/")


@only_sqlite
def test_a_search_finds_words_and_titles(editor):
    page = editor.who.words("/admin/wording/?q=good+NEWS")
    assert SHIPPED in page
    assert "Goodbye" not in page
    assert "No wording holds these words." in editor.who.words(
        "/admin/wording/?q=zebra"
    )


@only_sqlite
def test_what_is_saved_is_live_and_listed_as_changed(editor, parts):
    assert "Nothing has been changed" in editor.who.words("/admin/wording/?changed=1")
    answer = save(editor, MINE)
    assert "The assistant says it so within two seconds." in editor.who.words(
        answer.location
    )
    assert edits(parts)[KEY].strip() == MINE
    assert MINE in editor.who.words("/admin/wording/?changed=1")


@only_sqlite
def test_the_lines_that_join_a_text_to_others_stay(editor, parts):
    shipped = parts.content.responses.by_name["utter_parcel_link"][0].said["text"]
    editor.who.post(
        "/admin/wording/utter_parcel_link", text="Here: {tracking_url}", number=0
    )
    kept = edits(parts)["utter_parcel_link"]
    assert kept == shipped.replace(shipped.strip(), "Here: {tracking_url}")


@only_sqlite
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write something, or restore the text that came with Frontdesk."),
        ("Hooray!", "Keep {number}: it is filled in when this is said."),
        (
            "Hooray, {foo}!",
            "Keep {number}: it is filled in when this is said. "
            "There is nothing to fill in for {foo}. Leave it out.",
        ),
        ("{number} by {courier}", "There is nothing to fill in for {courier}."),
        ("{number}" + "x" * 2000, "Messenger takes 2,000 characters: shorten it by 8."),
        ("{number}" + "😀" * 1000, "Messenger takes 2,000 characters"),
    ],
)
def test_what_could_not_be_said_is_not_saved(editor, parts, text, told):
    answer = save(editor, text)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert edits(parts) == {}


@only_sqlite
def test_a_preview_shows_the_choices_that_come_with_it(editor):
    page = editor.who.words("/admin/wording/utter_ask_order_number")
    assert "I don't have it" in page


def test_of_two_editors_the_second_sees_what_the_first_saved(editor, colleague, parts):
    save(editor, MINE)

    answer = save(colleague, "Off it went: {number}.")

    assert answer.status_code == 409
    told = words(answer.text)
    assert "Somebody saved other words while you were editing" in told
    assert "Off it went: {number}." in told
    assert edits(parts)[KEY].strip() == MINE
    assert save(colleague, "Off it went: {number}.", number=1).status_code == 303
    assert edits(parts)[KEY].strip() == "Off it went: {number}."


@only_sqlite
def test_the_text_that_came_with_us_and_older_ones_are_brought_back(editor, parts):
    save(editor, MINE)
    assert editor.who.post(f"{PATH}/restore", wanted=0, number=1).status_code == 303
    assert SHIPPED in editor.who.words(PATH)
    assert "Nothing has been changed" in editor.who.words("/admin/wording/?changed=1")

    assert editor.who.post(f"{PATH}/restore", wanted=1, number=2).status_code == 303

    assert edits(parts)[KEY].strip() == MINE
    assert "Restored to the text that came with Frontdesk" in editor.who.words(PATH)


@only_sqlite
@pytest.mark.parametrize("wanted", [7, -1])
def test_a_wording_that_never_was_can_not_be_brought_back(editor, parts, wanted):
    save(editor, MINE)
    answer = editor.who.post(f"{PATH}/restore", wanted=wanted, number=1)
    assert answer.status_code == 404
    assert edits(parts)[KEY].strip() == MINE


@only_sqlite
@pytest.mark.parametrize(
    "key", ["utter_nothing", "utter_faq%2Fopening_hours", "utter_greet%2399"]
)
def test_what_is_not_said_by_any_flow_has_no_page(editor, key):
    assert editor.who.get(f"/admin/wording/{key}").status_code == 404


@only_sqlite
def test_each_way_to_say_something_has_a_page(editor, parts):
    keys = {
        f"{name}%23{number}"
        for name, variations in parts.content.responses.by_name.items()
        for number in range(1, len(variations))
        if not name.startswith("utter_faq/")
    }
    assert keys
    for key in keys:
        assert editor.who.get(f"/admin/wording/{key}").status_code == 200, key


@only_sqlite
def test_when_a_variation_is_said_stands_in_words_for_all_that_ship(editor, written):
    for spoken in written.spoken.values():
        for one in shipped.wordings(spoken, {}):
            assert one.condition == ""
    page = editor.who.words("/admin/wording/")
    assert "when the customer has no order number" in page
    assert "when it is known when the order was placed" in page
    assert "a condition of the flow holds" not in page
    for code in ("slots.", "context.", "lookup misses", "item stock"):
        assert code not in page


@pytest.mark.parametrize("language", ["ar", "es", "fr", "zh"])
def test_these_words_are_there_in_each_language_of_the_pages(language):
    english = {key: str(said) for key, said in conditions.MEANT.items()}
    tongue.speak(language)
    told = {key: str(said) for key, said in conditions.MEANT.items()}
    tongue.speak("en")
    assert not {key for key, said in told.items() if said == english[key]}
    assert len({*told.values()}) == len(told)


def test_a_condition_of_ones_own_is_named_and_shown_as_it_is_written():
    own = parse("slots.level = 2")
    way = Variation(said={"text": "Welcome back."}, conditions=(own,))
    found = shipped.find(Responses({"utter_level": (way,)}), {}, "utter_level")
    assert found.when == "a condition of the flow holds"
    assert found.condition == "slots.level = 2"

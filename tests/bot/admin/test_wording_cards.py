"""What stands on the cards of a response: changed, checked, brought back."""

import re

import pytest

from bot import saying
from bot.admin import misworded, shipped
from bot.store import wordings
from bot.store.wordings import Words
from flows.responses import Responses, Variation
from tests.bot.visiting import words

KEY = "utter_product_card"
PATH = f"/admin/wording/{KEY}"
MINE = "Look at it"
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
GIFT, WRAP = (
    {
        "title": title,
        "subtitle": "Made by hand",
        "image_url": "https://shop.example/gift.jpg",
        "buttons": [{"title": "Order it", "payload": "/order"}],
    }
    for title in ("A gift", "Its wrapping")
)
CARDS = {"elements": [GIFT, WRAP], "quick_replies": [{"title": "No", "payload": "/no"}]}


def kept(parts, language="en"):
    with parts.database.read() as connection:
        return wordings.edits_in(connection, language)


def save(editor, number=0, **titles):
    return editor.who.post(PATH, number=number, **titles)


def card(parts, language="en"):
    parts.understanding.refresh()
    said = parts.understanding.responses(language).by_name[KEY][0].said
    return said["elements"][0]


def titles(one):
    return (one["title"], one["subtitle"], one["buttons"][0]["title"])


@only_sqlite
def test_a_card_is_listed_and_found_by_what_stands_on_it(editor):
    page = editor.who.words("/admin/wording/?q=see+it+in")
    assert "{name} · {price} · See it in the shop" in page
    form = editor.who.get(PATH).text
    assert '<textarea id="text"' not in form
    labels = re.findall(r'<label for="title-\d">([^<]*)<', form)
    assert labels == ["Title", "Subtitle", "Button 1"]
    assert "Card 1" in words(form)


@only_sqlite
def test_its_lines_are_saved_shown_and_live_and_lead_where_they_led(editor, parts):
    before = card(parts)
    typed = {"title-1": "New: {name}", "title-2": "Only {price}", "title-3": MINE}
    assert save(editor, **typed).status_code == 303
    after = card(parts)
    assert titles(after) == ("New: {name}", "Only {price}", MINE)
    assert after["buttons"][0]["url"] == before["buttons"][0]["url"]
    assert after["image_url"] == before["image_url"]
    page = editor.who.get(PATH).text
    preview = page.partition('id="preview"')[2].partition("</div>\n")[0]
    assert "<strong>New: {name}</strong>\nOnly {price}" in preview
    assert MINE in page.partition('id="preview"')[2].partition("</aside>")[0]


@only_sqlite
def test_each_language_has_its_own_beside_that_of_the_shop(editor, parts):
    english = titles(card(parts))
    fields = {"title-1": "Es {name}", "title-3": "Verlo", "language": "es"}
    assert save(editor, **fields).status_code == 303
    assert titles(card(parts)) == english
    assert titles(card(parts, "es"))[::2] == ("Es {name}", "Verlo")
    page = editor.who.words(f"{PATH}?language=es")
    assert "Title {name}" in page
    assert "Button 1 See it in the shop" in page


@only_sqlite
@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("title-1", " ", "Write something here: a card is not sent without it."),
        ("title-1", "A product", "Keep {name}: it is filled in when this is said."),
        ("title-1", "{name}" + "x" * 77, "by 3: a card takes 80 in one line."),
        ("title-2", "{price} {name}", "There is nothing to fill in for {name}."),
        ("title-3", "x" * 23, "by 3: a button takes 20."),
        ("title-3", "", "Write on each button what it does."),
    ],
)
def test_a_line_that_can_not_be_is_refused_at_its_field(
    editor, parts, field, typed, told
):
    answer = save(editor, **{field: typed})
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert re.findall(r'<input id="([^"]+)"[^>]*aria-invalid', answer.text) == [field]
    assert kept(parts) == {}


@only_sqlite
def test_versions_show_and_restore_what_stood_on_it(editor, parts):
    before = titles(card(parts))
    save(editor, **{"title-3": MINE})
    assert "<ins>Look" in editor.who.get(PATH).text
    assert editor.who.post(f"{PATH}/restore", wanted=0, number=1).status_code == 303
    assert titles(card(parts)) == before
    assert editor.who.post(f"{PATH}/restore", wanted=1, number=2).status_code == 303
    assert titles(card(parts))[-1] == MINE


@only_sqlite
def test_what_is_typed_shows_in_the_preview(editor, parts):
    typed = {"title-2": "From {price} on", "title-3": MINE}
    seen = editor.who.post(f"{PATH}/preview", **typed).text
    assert "From {price} on" in seen
    assert f'<span class="tap" dir="auto">{MINE}</span>' in seen
    assert kept(parts) == {}


def test_cards_that_change_places_in_the_file_keep_their_words():
    given = {saying.titled(CARDS)[1].key: "Something nice"}
    turned = {"elements": [WRAP, GIFT]}
    said = saying.worded(turned, Words(titles=given))
    assert [one["title"] for one in said["elements"]] == [
        "Its wrapping",
        "Something nice",
    ]
    assert turned["elements"][1]["title"] == "A gift"


def test_the_same_button_of_two_cards_is_changed_on_one_alone():
    keys = [one.key for one in saying.titled(CARDS)]
    assert len({*keys}) == len(keys) == 7
    said = saying.worded(CARDS, Words(titles={"/order#2": "Wrap it"}))
    assert [one["buttons"][0]["title"] for one in said["elements"]] == [
        "Order it",
        "Wrap it",
    ]


def test_two_cards_may_have_buttons_that_read_alike():
    way = Variation(said=CARDS)
    found = shipped.find(Responses({"utter_x": (way,)}), {}, "utter_x")
    typed = {**found.now.titles, "title A gift": "A present"}
    assert misworded.problem(found, Words(titles=typed), 2000) is None


def test_what_has_no_words_at_all_is_no_wording():
    way = Variation(said={"image": "https://shop.example/x.jpg"})
    assert shipped.find(Responses({"utter_x": (way,)}), {}, "utter_x") is None

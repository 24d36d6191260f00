"""Trying other words of a flow: what stands in the form, in a conversation."""

import html
import json
import re

import pytest

from bot.store import wordings
from tests.bot.admin.talking import Talk
from tests.bot.visiting import visitor, words

KEY = "utter_greet"
PATH = f"/admin/wording/{KEY}"
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def fields(editor, path=PATH, **typed):
    """The form of a wording as it is opened now, with *typed* in its fields."""
    page = editor.who.get(path).text
    form = page.partition('id="entry"')[2].partition("</form>")[0]
    text = re.findall(r"<textarea[^>]*>\n([^<]*)<", form)
    names = re.findall(r'<input [^>]*name="([^"]+)" value="([^"]*)"', form)
    opened = {name: html.unescape(value) for name, value in names}
    return {**opened, "text": html.unescape(text[0]), **typed}


def talk(editor, path=PATH, **typed):
    form = fields(editor, path, **typed)
    return Talk(editor, path.partition("?")[0], **form)


def edits(parts):
    with parts.database.read() as connection:
        return wordings.edits(connection)


def test_other_words_are_tried_and_nothing_is_saved(editor, parts):
    tried = talk(editor, text="Ahoy! What can we do?")
    draft = tried.write("hello")
    assert "Ahoy! What can we do?" in draft
    assert "Ahoy" not in tried.live
    assert "Live now: something else." in tried.live
    assert edits(parts) == {}


def test_other_words_on_a_button_are_tapped_and_lead_where_it_led(editor):
    tried = talk(editor, **{"title-1": "Follow my parcel"})
    tried.write("hello")
    draft = tried.tap("Follow my parcel")
    assert "It was offered, and chosen: there is no doubt." in draft
    assert "Starts “Track an order”." in draft
    assert "It was offered" not in tried.live


def test_each_language_is_tried_in_its_own_words(editor):
    tried = talk(editor, f"{PATH}?language=es", text="¡Buenas! ¿Qué hacemos?")
    draft = tried.write("hola")
    assert "¡Buenas! ¿Qué hacemos?" in draft
    assert "Read as Spanish." in draft
    page = editor.who.post(f"{PATH}/try", **tried.fields, **{"try": "hola"}).text
    assert 'name="language" value="es"' in page
    assert 'lang="es" data-limit' in page


def test_each_variation_is_tried_and_that_they_take_turns_is_said(editor):
    path = "/admin/wording/utter_thank%231"
    assert "One of 2" in editor.who.words(path)
    tried = talk(editor, path, text="Any time, any time.")
    drafts = [tried.write("thank you") for _ in range(8)]
    assert "Any time, any time." in drafts[-1]
    assert "Any time" not in tried.live


def test_that_the_words_were_not_said_is_told(editor):
    tried = talk(editor, text="Ahoy!")
    tried.write("where is my order")
    assert "None of the words that you changed were said." in tried.live
    tried.send(over="1")
    tried.write("hello")
    assert "None of the words" not in tried.live


def test_the_phone_comes_alone_to_who_has_scripts_and_is_found_later(editor):
    form = fields(editor, text="Ahoy!")
    said = json.dumps({"text": "hello", "payload": None})
    part = editor.who.client.post(
        f"{PATH}/try",
        data={"csrf_token": editor.who.csrf_token, **form, "try": "hello"},
        headers={"HX-Request": "true"},
    ).text
    assert "<html" not in part
    assert "Ahoy!" in words(part)
    later = editor.who.post(f"{PATH}/try/unknown", **form, said=said).text
    assert "Ahoy!" in words(later)


def test_what_is_typed_shows_in_the_preview_titles_too(editor, parts):
    form = fields(editor, text="Ahoy!", **{"title-2": "When does it begin?"})
    seen = editor.who.post(f"{PATH}/preview", **form).text
    assert '<p class="bubble" dir="auto">Ahoy!</p>' in seen
    assert '<span class="choice" dir="auto">When does it begin?</span>' in seen
    assert "Track an order" in seen
    assert edits(parts) == {}


def test_who_tried_a_form_that_is_old_by_now_saves_over_nobody(
    editor, colleague, parts
):
    form = fields(editor, text="Ahoy!")
    colleague.who.post(PATH, text="Good day.", number=0)
    page = editor.who.post(f"{PATH}/try", **form, **{"try": "hello"}).text
    (number,) = re.findall(r'name="number" value="(\d+)"', page.partition("<ol")[0])
    assert editor.who.post(PATH, **{**form, "number": number}).status_code == 409
    assert edits(parts)["en"][KEY].text == "Good day."


def test_agents_try_no_words_and_see_no_preview(app):
    agent = visitor(app, "agent", "Ada")
    for what in ("try", "try/unknown", "preview"):
        assert agent.post(f"{PATH}/{what}").status_code == 403

"""What stands on the buttons of a response: changed, checked, brought back."""

import re

import pytest

from bot.store import wordings
from tests.bot.visiting import words

KEY = "utter_greet"
PATH = f"/admin/wording/{KEY}"
MINE = "Follow my parcel"
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def kept(parts, language="en"):
    with parts.database.read() as connection:
        return wordings.edits_in(connection, language)


def text(parts):
    return parts.content.responses.by_name[KEY][0].said["text"]


def save(editor, parts, number=0, **titles):
    return editor.who.post(PATH, text=text(parts), number=number, **titles)


def called(parts, language="en"):
    """What customers find below the greeting, and where it leads."""
    parts.understanding.refresh()
    said = parts.understanding.responses(language).by_name[KEY][0].said
    return {one["title"]: one["payload"] for one in said["quick_replies"]}


def test_a_title_is_saved_shown_and_live_and_leads_where_it_led(editor, parts):
    before = called(parts)
    answer = save(editor, parts, **{"title-1": f" Follow  {MINE[7:]} "})
    assert answer.status_code == 303
    assert kept(parts)[KEY] == wordings.Words(titles={"/order_status": MINE})
    page = editor.who.get(PATH).text
    assert f'<span class="choice" dir="auto">{MINE}</span>' in page
    assert "Hello!" in editor.who.words("/admin/wording/?changed=1&q=follow+my")
    after = called(parts)
    assert after[MINE] == before["Track an order"] == "/order_status"
    assert [*after.values()] == [*before.values()]


def test_each_language_and_each_variation_has_its_own(editor, parts):
    english = called(parts)
    spanish = parts.content.spoken["es"].by_name[KEY][0].said
    fields = {"text": spanish["text"], "title-1": "Mi paquete", "language": "es"}
    assert editor.who.post(PATH, number=0, **fields).status_code == 303
    assert called(parts) == english
    assert called(parts, "es")["Mi paquete"] == "/order_status"
    page = editor.who.words(f"{PATH}?language=es")
    assert "Button 1 Track an order" in page


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (" ", "Write on each button what it does."),
        ("x" * 23, f"Shorten “{'x' * 23}” by 3: a button takes 20."),
        ("when is my EVENT?", "Give each button a title of its own."),
        ("{number}", "There is nothing to fill in for {number}."),
    ],
)
def test_a_title_that_can_not_be_is_refused_at_its_field(editor, parts, title, told):
    answer = save(editor, parts, **{"title-3": title})
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert re.findall(r'<input id="([^"]+)"[^>]*aria-invalid', answer.text) == [
        "title-3"
    ]
    assert kept(parts) == {}


def test_a_form_without_titles_keeps_those_there_are(editor, parts):
    save(editor, parts, **{"title-1": MINE})
    editor.who.post(PATH, text="Hi!", number=1)
    assert kept(parts)[KEY].titles == {"/order_status": MINE}
    assert kept(parts)[KEY].text.strip() == "Hi!"


def test_versions_tell_what_was_called_otherwise_and_bring_it_back(editor, parts):
    before = called(parts)
    save(editor, parts, **{"title-1": MINE})
    page = editor.who.get(PATH).text
    assert "<del>Track</del><ins>Follow</ins>" in page
    assert editor.who.post(f"{PATH}/restore", wanted=0, number=1).status_code == 303
    assert called(parts) == before
    told = editor.who.words(PATH)
    assert "Restored to the text that came with Frontdesk" in told
    assert editor.who.post(f"{PATH}/restore", wanted=1, number=2).status_code == 303
    assert MINE in called(parts)


def test_of_two_editors_the_second_sees_the_titles_of_the_first(
    editor, colleague, parts
):
    save(editor, parts, **{"title-1": MINE})
    answer = save(colleague, parts, **{"title-1": "Where is my parcel?"})
    assert answer.status_code == 409
    assert "<del>Follow</del>" in answer.text
    assert kept(parts)[KEY].titles == {"/order_status": MINE}


def test_a_title_that_a_script_taps_is_held(editor, parts, folder):
    script = (
        "Hello:\n- customer: hello\n- taps: Track an order\n"
        "- bot: utter_ask_order_number\n"
    )
    (folder / "hello.yml").write_text(script)
    held = save(editor, parts, **{"title-1": MINE})
    assert held.status_code == 422
    assert "Not saved: something breaks that must hold" in words(held.text)
    assert f'value="{MINE}"' in held.text
    assert kept(parts) == {}

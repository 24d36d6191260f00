"""Scripts are played beside the page that lists them, and once for each assistant."""

import os

import pytest

from bot import fares
from tests.bot.admin.test_check import (
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

TWO = """
Asks:
- customer: where is my order
  means: order_status
- bot: utter_ask_order_number

Greets:
- customer: hello
  means: greet
- bot: utter_goodbye
"""
LONG = "Long:\n" + "- customer: hello\n" * 300 + "- bot: utter_greet\n"
GREETS = "Greets:\n- customer: hello\n  means: greet\n- bot: Sharkbait!\n"
MENDS = """
Mends:
- customer: do you mend records
- bot: utter_faq/do_you_mend_records
"""
MENDING = {
    "question": "Do you mend records?",
    "phrasings": "do you mend records\ncan you mend my scratched record",
    "answer": "Sadly not.",
    "state": "live",
}


@pytest.fixture
def listed(editor):
    """What the list tells once all was played."""
    return lambda: editor.who.words("/admin/scripts")


def test_what_was_played_once_is_told_again_without_playing(
    editor, listed, folder, parts
):
    (folder / "two.yml").write_text(TWO)
    first = listed()
    assert "1 of 2 work now" in first
    breaks = parts.playing.known(0).breaks
    assert breaks["conversations/two.yml: Asks"] is None
    assert listed() == first
    again = parts.playing.known(0).breaks
    greets = "conversations/two.yml: Greets"
    assert again[greets] is breaks[greets] is not None


def test_the_list_is_there_before_the_scripts_were_played(
    editor, folder, parts, monkeypatch
):
    (folder / "long.yml").write_text(LONG)
    monkeypatch.setattr("bot.admin.scripts.PATIENCE", 0.0)
    page = editor.who.page("/admin/scripts")
    assert "long Being played 1 script" in words(page)
    assert "0 of 1 so far" in words(page)
    assert 'hx-get="/admin/playing"' in page
    assert "work now" not in words(page)
    assert parts.playing.known(120).is_whole
    part = editor.who.page("/admin/playing")
    assert "1 of 1 work now" in words(part)
    assert "hx-get" not in part


def test_a_script_of_a_file_is_told_before_all_were_played(editor, folder):
    (folder / "long.yml").write_text(LONG)
    (folder / "two.yml").write_text(TWO)
    told = editor.who.words("/admin/scripts/two")
    assert "Asks Works" in told
    assert "Greets Fails" in told


def test_a_script_that_was_edited_is_played_as_it_is_now(listed, folder):
    file = folder / "two.yml"
    file.write_text(TWO)
    assert "1 of 2 work now" in listed()
    file.write_text(TWO.replace("bot: utter_goodbye", "bot: utter_greet"))
    os.utime(file, (1, 1))
    assert "2 of 2 work now" in listed()
    file.unlink()
    assert "No scripts" in listed()


def test_scripts_are_played_with_the_words_that_are_said_now(editor, listed, folder):
    (folder / "hello.yml").write_text(GREETS)
    (folder / "two.yml").write_text(TWO)
    assert "1 of 3 work now" in listed()
    path = "/admin/wording/utter_greet"
    answer = editor.who.post(path, text="Sharkbait!", number=0)
    assert answer.status_code == 303
    editor.parts.understanding.refresh()
    assert "2 of 3 work now" in listed()


@pytest.mark.slow
def test_scripts_are_played_with_what_is_published(shop, listed, folder):
    (folder / "mends.yml").write_text(MENDS)
    assert "0 of 1 work now" in listed()
    assert shop.who.post("/admin/faq/new", **MENDING).status_code == 303
    shop.parts.teaching.start_over()
    shop.parts.understanding.refresh()
    assert "1 of 1 work now" in listed()
    assert shop.who.post("/admin/faq/do_you_mend_records/delete").status_code == 422


def test_what_could_not_be_played_is_tried_anew(listed, folder, parts, monkeypatch):
    def fails(script, assistants):
        raise RuntimeError("no stage")

    (folder / "two.yml").write_text(TWO)
    with monkeypatch.context() as patch:
        patch.setattr(fares, "play", fails)
        with pytest.raises(RuntimeError, match="no stage"):
            parts.playing.known(60)
    assert "1 of 2 work now" in listed()


def test_what_is_closed_plays_nothing_more(folder, parts):
    (folder / "long.yml").write_text(LONG)
    (folder / "more.yml").write_text(LONG)
    known = parts.playing.known(0)
    parts.playing.close()
    assert not known.is_whole

"""The page of the conversation scripts: which hold, and how each goes."""

import pytest

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

SCRIPT = """
Records:
- customer: where is my order
- bot: {}
- customer: the blue one
  means: nothing
- nothing is open
"""


def test_each_file_says_how_many_of_its_scripts_hold(editor, folder):
    (folder / "records.yml").write_text(SCRIPT.format("utter_ask_order_number"))
    told = editor.who.words("/admin/scripts")
    assert "0 of 1 work now" in told
    assert "records 1 fail 1 script" in told
    assert str(folder) in told


def test_a_script_is_shown_line_by_line_with_where_it_breaks(editor, folder):
    (folder / "records.yml").write_text(SCRIPT.format("utter_ask_order_number"))
    told = editor.who.words("/admin/scripts/records")
    assert "1 Customer: where is my order 2 Assistant: " in told
    assert "utter_ask_order_number" not in told
    assert "3 Customer: the blue one (meant as nothing)" in told
    assert "Expected nothing is open Came open: order_number" in told
    assert editor.who.get("/admin/scripts/unknown").status_code == 404


def test_a_file_that_can_not_be_read_is_told_with_its_cure(editor, folder):
    (folder / "own.yml").write_text("Hello:\n- costumer: hello\n")
    told = editor.who.words("/admin/scripts")
    assert "line 2, “Hello”, step 1: 'costumer' is no line" in told
    assert "No scripts" in told

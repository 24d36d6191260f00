"""A shop's file of phrasings that was broken since the start: the pages say so."""

import pytest

from tests.bot.visiting import words
from tests.conftest import SMALL

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

FIELDS = {
    "question": "Do you repair records?",
    "phrasings": "can you mend my scratched record",
    "answer": "Sadly not.",
}


@pytest.fixture
def broken(parts, tmp_path):
    """The file, with a typo in its second line."""
    file = tmp_path / "gifts.yml"
    file.write_text("nlu:\n- intnt: gift_wrap\n  examples: |\n    - wrap it\n")
    lessons = {**SMALL, "en": (*SMALL["en"], file)}
    object.__setattr__(parts.content, "lessons", lessons)
    return file


@pytest.mark.parametrize("path", ["new", "new/check"])
def test_nothing_goes_live_and_what_was_typed_stays(editor, broken, path):
    answer = editor.who.post(f"/admin/faq/{path}", **FIELDS, state="live")
    said = words(answer.text)
    assert answer.status_code == 422
    assert f"{broken}:2: write one of intent" in said
    assert "did you mean 'intent'?" in said
    assert FIELDS["phrasings"] in answer.text


def test_a_draft_is_kept_and_learned_once_the_file_is_mended(editor, broken, lessons):
    answer = editor.who.post("/admin/faq/new", **FIELDS, state="draft")
    assert answer.status_code == 303
    lessons.is_behind = True
    assert f"{broken}:2:" in editor.who.words("/admin/learning")
    broken.write_text("nlu: []\n")
    assert "is learning" in editor.who.words("/admin/learning")

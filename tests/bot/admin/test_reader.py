"""Editors whose pages speak another language than the shop: theirs comes first."""

import re

import pytest

from tests.bot.visiting import words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

TITLE = "هل تصلحون الأسطوانات؟"
ANSWER = "للأسف لا."
HEADERS = {"Accept-Language": "ar"}


@pytest.fixture
def reader(editor):
    """The editor, from here on with pages in Arabic."""
    editor.who.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ar"
    return editor.who


def labels(page):
    """Return what the fields of questions and answers are called, in their order."""
    found = re.findall(r'<label for="((?:question|answer|title)[^"]*)">([^<]+)', page)
    return {name: words(text) for name, text in found}


def test_each_question_and_answer_says_its_language(editor, repairs):
    told = labels(editor.who.page(f"/admin/faq/{repairs}"))
    assert [*told][:2] == ["question", "answer"]
    assert told["question"] == "Question in English"
    assert told["answer"] == "Answer in English"
    assert told["title-ar"] == "Question in Arabic"


def test_the_editor_begins_with_the_language_of_its_reader(reader):
    page = reader.page("/admin/faq/new")
    told = labels(page)
    assert [*told][:2] == ["title-ar", "answer-ar"]
    assert "question" in told
    assert '<option value="ar" selected>' in page.partition('id="propose-in"')[2]
    shown = page.partition('id="shown"')[2]
    assert re.search(r'<option value="ar" selected>', shown)


def test_a_question_in_the_readers_language_alone_is_enough(reader, editor):
    fields = {
        "question": "",
        "answer": "",
        "title-ar": TITLE,
        "answer-ar": ANSWER,
        "phrasings": "تصليح الأسطوانات",
        "state": "draft",
    }
    answer = reader.post("/admin/faq/new", **fields)
    assert answer.status_code == 303, answer.text
    name = re.search(r"faq/(\w+)", answer.location)[1]
    assert editor.entry(name).titles == {"ar": TITLE}
    page = reader.page(f"/admin/faq/{name}")
    assert 'id="question" name="question" value=""' in page
    other = {"question": "", "title-ar": "هل تصلحون؟", "answer": ""}
    saved = reader.post(f"/admin/faq/{name}", **editor.form(name, **fields | other))
    assert saved.status_code == 303
    assert editor.entry(name).question == "هل تصلحون؟"


def test_without_any_question_it_is_asked_for_where_one_begins(reader):
    answer = reader.post("/admin/faq/new", question="", phrasings="x", state="draft")
    assert answer.status_code == 422
    page = answer.text
    first = page.partition('name="title-ar"')[2].partition("phrasings")[0]
    assert 'id="question-problems"' in first


@pytest.mark.parametrize(
    "path",
    [
        "/admin/faq/",
        "/admin/faq/{name}",
        "/admin/faq/{name}/versions",
        "/admin/pins",
        "/admin/faq/opening_hours",  # where a button may ask it
    ],
)
def test_a_question_is_told_in_the_language_of_the_reader(
    reader, editor, repairs, path
):
    editor.save(repairs, **{"title-ar": TITLE})
    page = reader.page(path.format(name=repairs))
    assert TITLE in page
    if path != "/admin/faq/{name}":  # whose form has both
        assert "Do you repair records?" not in re.sub(r"<dd.*?</dd>", "", page)


def test_its_title_and_the_heading_are_in_that_language(reader, editor, repairs):
    editor.save(repairs, **{"title-ar": TITLE})
    page = reader.page(f"/admin/faq/{repairs}")
    assert f"<h1><bdi>{TITLE}</bdi>" in page
    assert TITLE in page.partition("</title>")[0]


def test_the_list_shows_the_answer_in_that_language(reader, editor, repairs):
    editor.save(repairs, **{"title-ar": TITLE, "answer-ar": ANSWER})
    assert ANSWER in reader.page("/admin/faq/")


def test_a_search_says_which_phrasing_matched(editor, repairs):
    page = editor.who.words("/admin/faq/?q=scratched")
    assert "Found in a phrasing: can you mend my scratched record" in page
    assert "scratched" not in editor.who.words("/admin/faq/?q=Do+you+repair")


def test_a_search_says_which_language_matched(editor, repairs):
    editor.save(repairs, **{"title-ar": TITLE, "answer-ar": ANSWER})
    assert f"Found in Arabic: {TITLE}" in editor.who.words("/admin/faq/?q=الأسطوانات")
    assert f"Found in Arabic: {ANSWER}" in editor.who.words("/admin/faq/?q=للأسف")


def test_what_stands_already_is_found_in_the_language_that_is_typed(
    reader, editor, repairs
):
    editor.save(repairs, **{"title-ar": TITLE})
    told = reader.post(
        "/admin/faq/new/similar", question="", of="ar", **{"title-ar": TITLE}
    )
    assert TITLE in told.text

"""Answers, titles and wordings in other languages than the shop's own."""

import pytest
from sqlalchemy import update

from bot.store.models import Author, Conversation
from bot.store.teaching import TaughtPhrasing
from tests.bot.visiting import converse, row, says, words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ARABIC = "للأسف لا."
TITLE = "هل تصلحون الأسطوانات؟"
KEY = "utter_order_shipped"


def test_each_language_keeps_its_own_answer_and_title(editor, repairs):
    editor.save(repairs, **{"answer-ar": f" {ARABIC}\r\n", "title-ar": TITLE})
    kept = editor.entry(repairs)
    assert kept.answers == {"en": "Sadly not.", "ar": ARABIC}
    assert kept.titles == {"ar": TITLE}
    page = editor.who.page(f"/admin/faq/{repairs}")
    assert ARABIC in page
    assert TITLE in page


def test_a_form_that_asks_for_no_other_language_keeps_what_there_is(editor, repairs):
    editor.save(repairs, **{"answer-ar": ARABIC})
    editor.save(repairs, answer="No.")
    assert editor.entry(repairs).answers == {"en": "No.", "ar": ARABIC}


def test_an_emptied_answer_is_gone(editor, repairs):
    editor.save(repairs, **{"answer-ar": ARABIC})
    editor.save(repairs, **{"answer-ar": " "})
    assert editor.entry(repairs).answers == {"en": "Sadly not."}


def test_a_restored_version_says_what_it_said_in_every_language(editor, repairs):
    editor.save(repairs, **{"answer-ar": ARABIC, "title-ar": TITLE})
    editor.who.post(f"/admin/faq/{repairs}/restore", number=1, version=2)
    assert editor.entry(repairs).answers == {"en": "Sadly not."}
    assert editor.entry(repairs).titles == {}
    editor.who.post(f"/admin/faq/{repairs}/restore", number=2, version=3)
    assert editor.entry(repairs).answers == {"en": "Sadly not.", "ar": ARABIC}
    assert editor.entry(repairs).titles == {"ar": TITLE}
    told = editor.who.words(f"/admin/faq/{repairs}/versions")
    assert "Answer, Arabic" in told


def test_an_answer_in_one_language_is_enough_to_publish(editor, repairs):
    editor.save(repairs, **{"answer": "", "answer-ar": ARABIC, "state": "live"})
    listed = editor.who.words("/admin/faq/?state=live")
    assert "No answer in English, Spanish, French, Chinese" in listed


def test_an_answer_that_is_too_long_is_refused_at_its_language(editor, repairs):
    fields = editor.form(repairs, **{"answer-ar": "م" * 2001})
    answer = editor.who.post(f"/admin/faq/{repairs}", **fields)
    assert answer.status_code == 422
    assert 'id="answer-ar-problems"' in answer.text
    assert "shorten it by 1" in words(answer.text)


def test_what_another_editor_wrote_in_arabic_is_compared(editor, colleague, repairs):
    mine = editor.form(repairs, **{"answer-ar": ARABIC})
    colleague.save(repairs, **{"answer-ar": "نعم."})
    told = words(editor.who.post(f"/admin/faq/{repairs}", **mine).text)
    assert "Answer, Arabic نعم." in told
    assert "Theirs and yours" in told


def test_the_list_says_which_languages_have_no_answer(editor, repairs):
    editor.save(repairs, **{"answer-ar": ARABIC})
    assert "No answer in Spanish, French, Chinese" in editor.who.words("/admin/faq/")


def test_customers_get_their_language_or_else_the_shops_own(editor, parts, repairs):
    editor.save(repairs, **{"answer-ar": ARABIC, "title-ar": TITLE})
    parts.understanding.refresh()
    name = f"utter_faq/{repairs}"
    said = {
        code: parts.understanding.responses(code).by_name[name][0].said["text"]
        for code in ("en", "ar", "fr", "de")
    }
    assert said == {
        "en": "Sadly not.",
        "ar": ARABIC,
        "fr": "Sadly not.",
        "de": "Sadly not.",
    }
    assert parts.understanding.responses("ar").title(name) == TITLE
    assert parts.understanding.responses("fr").title(name) == "Do you repair records?"


def test_phrasings_are_learned_in_their_own_language(editor, parts, repairs):
    phrasings = f"can you mend my scratched record\n{TITLE}\nvinyl"
    editor.save(repairs, phrasings=phrasings)
    with parts.database.read() as connection:
        subjects = parts.teaching._subjects(connection)
    learned = {
        code: {
            row[0] for row in one.rows if row[1] == f"faq/{repairs}" and row[2:] == ()
        }
        for code, one in subjects.items()
    }
    assert learned == {
        "en": {"can you mend my scratched record", "vinyl"},
        "ar": {TITLE, "vinyl"},
        **dict.fromkeys(("es", "fr", "zh"), set()),
    }


@pytest.fixture
def arabic(parts, clock):
    """A message of a conversation in Arabic, and a colleague's answer to it."""
    conversation = converse(parts, "1001")
    message = says(parts, conversation, "هل تصلحون الأسطوانات المخدوشة؟")
    says(parts, conversation, ARABIC, author=Author.AGENT)
    parts.database.write(
        lambda c: c.execute(
            update(Conversation)
            .where(Conversation.id == conversation)
            .values(language="ar")
        )
    )
    return conversation, message


def test_a_draft_from_a_conversation_stands_under_its_language(editor, arabic):
    page = editor.who.page("/admin/faq/new?from={}-{}".format(*arabic))
    assert 'lang="ar" data-limit="2000" data-count="answer-ar-length"' in page
    assert f"\n{ARABIC}</textarea>" in page
    assert page.count(ARABIC) == 1


def test_what_is_taught_for_a_goal_is_learned_in_its_language(editor, parts, arabic):
    path = "/inbox/{}/messages/{}/teach/flow".format(*arabic)
    editor.who.post(path, flow="order_status")
    assert row(parts, TaughtPhrasing, intent="order_status").language == "ar"


def test_a_wording_is_changed_in_one_language_alone(editor, parts):
    path = f"/admin/wording/{KEY}"
    page = editor.who.words(f"{path}?language=ar")
    assert "خبر سارّ" in page
    assert "Good news: your order" in page  # what it says in the shop's own
    saved = editor.who.post(path, text="طلبك {number} انطلق.", number=0, language="ar")
    assert saved.status_code == 303
    assert "language=ar" in saved.location
    parts.understanding.refresh()
    said = {
        code: parts.understanding.responses(code).by_name[KEY][0].said["text"]
        for code in ("en", "ar")
    }
    assert said["ar"] == "طلبك {number} انطلق."
    assert said["en"].startswith("Good news")
    assert "Changed 1" in editor.who.words("/admin/wording/?language=ar")
    assert "Changed 0" in editor.who.words("/admin/wording/")


def test_a_wording_keeps_its_places_in_every_language(editor):
    path = f"/admin/wording/{KEY}"
    answer = editor.who.post(path, text="طلبك انطلق.", number=0, language="ar")
    assert answer.status_code == 422
    assert "Keep {number}" in words(answer.text)

"""The FAQ's pages: find an entry, edit it, see it as a customer, delete it."""

import re

import pytest

from bot.store import knowledge
from tests.bot.visiting import words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NAME = "opening_hours"
TITLE = "When are you open?"


def live(parts):
    with parts.database.read() as connection:
        return knowledge.live(connection).content


@only_sqlite
def test_what_came_with_us_is_listed_as_drafts_to_read(editor):
    page = editor.who.words("/admin/faq/")
    assert "25 answers came with Frontdesk as drafts" in page
    assert "Drafts 25" in page
    assert TITLE in page


@only_sqlite
def test_the_list_can_be_narrowed_to_a_state(editor):
    editor.save(NAME, state="live")
    for state, there in {"live": True, "draft": False, "deleted": False}.items():
        assert (TITLE in editor.who.words(f"/admin/faq/?state={state}")) is there
    assert TITLE in editor.who.words("/admin/faq/?state=nonsense")


@only_sqlite
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("WHEN open", True),
        ("bank holidays", True),  # of the answer
        ("opening hours", True),  # a phrasing
        ("gift", False),
        ("", True),
    ],
)
def test_a_search_looks_at_titles_phrasings_and_answers(editor, search, found):
    page = editor.who.get("/admin/faq/", query_string={"q": search}).text
    assert (TITLE in words(page)) is found


@only_sqlite
def test_what_is_not_found_says_where_was_looked(editor):
    page = editor.who.words("/admin/faq/?q=zebra")
    assert "Nothing found for zebra" in page
    assert "Show all" in page


@only_sqlite
def test_an_entry_that_is_not_there_is_404(editor):
    for path in ("no_such_entry", "no_such_entry/versions"):
        assert editor.who.get(f"/admin/faq/{path}").status_code == 404


@only_sqlite
def test_an_answer_is_saved_as_a_new_version_by_its_author(editor):
    page = editor.save(NAME, answer="At ten.", state="live")
    assert "Saved. Customers read it so within two seconds." in page
    saved = editor.entry(NAME)
    assert (saved.number, saved.author) == (2, "Grace")
    assert (saved.answers["en"], saved.live) == ("At ten.", True)


@only_sqlite
def test_what_is_saved_is_told_to_every_process(editor, parts):
    before = live(parts)
    editor.save(NAME, answer="At ten.")
    assert live(parts) > before


@only_sqlite
def test_only_new_phrasings_have_to_be_learned(editor, lessons):
    editor.save(NAME, answer="At ten.")
    assert lessons.asked == 0
    phrasings = editor.form(NAME)["phrasings"]
    page = editor.save(NAME, phrasings=f"{phrasings}\nwhen can i drop in")
    assert lessons.asked == 1
    assert "Saved. The assistant is learning the phrasings" in page


@only_sqlite
def test_while_it_is_learned_the_page_says_so(editor, lessons):
    lessons.is_behind = True
    assert "The assistant is learning" in editor.who.words("/admin/learning")
    lessons.is_behind = False
    editor.parts.understanding.refresh()
    assert "Saved, and learned." in editor.who.words("/admin/learning")


def learned(editor, **changes):
    """What is said of an entry once it was saved and learned."""
    editor.save(NAME, **{"state": "live", **changes})
    editor.parts.understanding.refresh()
    return editor.who.words(f"/admin/learning?of={NAME}")


@only_sqlite
def test_what_was_saved_is_said_to_be_answered_as_far_as_it_is(editor):
    known = "when are you open today\nwhat are your opening hours please"
    told = learned(editor, question="When are you open", phrasings=known)
    assert "Whoever asks it in one of these 3 ways is answered at once." in told
    assert "Said otherwise, customers may be asked back first" in told

    told = learned(editor, phrasings=f"{known}\nmay penguins be adopted")
    assert "answered at once: 3 of 4, asked back: 1" in told
    assert "These do not get the answer at once: 1 may penguins be adopted" in told


@only_sqlite
@pytest.mark.parametrize(("many", "told"), [(123, "of 124,"), (250, "of 126,")])
def test_how_many_ways_were_tried_is_said_as_it_is(editor, many, told):
    phrasings = "\n".join(f"may penguin {number} be adopted" for number in range(many))
    page = learned(editor, question="When are you open", phrasings=phrasings)
    assert told in page
    assert ("Tried were 126 of its 251 ways." in page) is (many > 200)


@only_sqlite
def test_of_a_draft_it_is_said_that_a_person_comes(editor):
    told = learned(editor, state="draft")
    assert "It is a draft: customers who ask it get a person." in told
    note = editor.save(NAME, state="draft", answer="At ten.")
    assert "Saved as a draft: customers who ask it get a person." in note


@only_sqlite
def test_opening_an_editor_warms_the_teacher_up(editor, lessons):
    editor.who.get(f"/admin/faq/{NAME}")
    assert lessons.warmed_up == 1


@only_sqlite
def test_a_new_question_gets_an_address_of_its_own(editor, lessons):
    fields = {
        "question": "Do you repair records?",
        "phrasings": "can you mend my scratched record",
        "answer": "Sadly not.",
        "state": "live",
    }
    answer = editor.who.post("/admin/faq/new", **fields)
    assert answer.location == "/admin/faq/do_you_repair_records?note=learning"
    assert "Do you repair records?" in editor.who.words(answer.location)
    assert lessons.asked == 1


@only_sqlite
def test_what_can_not_be_saved_comes_back_with_the_reasons(editor):
    fields = editor.form(NAME, question="", answer="", state="live")
    answer = editor.who.post(f"/admin/faq/{NAME}", **fields)
    assert answer.status_code == 422
    assert "Give the question a title." in answer.text
    assert "Write the answer, or keep the entry as a draft." in answer.text
    assert 'aria-describedby="question-problems"' in answer.text
    assert editor.entry(NAME).number == 1


@only_sqlite
@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ("do you sell gift cards", "How do gift cards work?"),
        ("Check my ORDER", "Track an order , which is built in"),
    ],
)
def test_a_phrasing_that_stands_elsewhere_is_refused_with_the_place(
    editor, phrase, place
):
    fields = editor.form(NAME, phrasings=phrase)
    answer = editor.who.post(f"/admin/faq/{NAME}", **fields)
    assert answer.status_code == 422
    assert f"“{phrase}” stands already under {place}" in words(answer.text)


@only_sqlite
def test_a_preview_is_what_messenger_would_show(editor):
    answer = editor.who.post("/admin/preview", answer="Hello\n\nthere")
    assert "Hello\n\nthere" in answer.text
    answer = editor.who.post("/admin/preview", answer="word " * 600)
    assert "Goes out as 2 messages." in answer.text
    assert "a person is fetched" in editor.who.post("/admin/preview", answer=" ").text


def test_of_two_editors_the_second_sees_what_the_first_saved(editor, colleague):
    theirs, mine = colleague.form(NAME, answer="At nine."), editor.form(NAME)
    editor.save(NAME, answer="At ten.")

    answer = colleague.who.post(f"/admin/faq/{NAME}", **theirs)

    assert answer.status_code == 409
    told = words(answer.text)
    assert "Grace saved this entry while you were editing" in told
    assert "At <del>ten</del><ins>nine</ins>." in answer.text
    assert "At ten." in told
    assert "At nine." in told
    assert editor.entry(NAME).answers["en"] == "At ten."
    assert editor.entry(NAME).number == int(mine["version"]) + 1


@only_sqlite
def test_of_the_other_phrasings_those_are_shown_that_one_has_not(
    editor, colleague, repairs
):
    theirs = colleague.form(repairs, answer="At nine.")
    editor.save(repairs, phrasings=f"{theirs['phrasings']}\nmend my vinyl")

    answer = colleague.who.post(f"/admin/faq/{repairs}", **theirs)

    assert "mend my vinyl And 2 that yours has too" in words(answer.text)


@only_sqlite
def test_who_has_seen_the_other_version_may_save_their_own(editor, colleague):
    theirs = colleague.form(NAME, answer="At nine.")
    editor.save(NAME, answer="At ten.")
    colleague.who.post(f"/admin/faq/{NAME}", **theirs)
    colleague.save(NAME, answer="At nine.")
    assert [v.answers["en"] for v in editor.versions(NAME)][:2] == [
        "At nine.",
        "At ten.",
    ]


@only_sqlite
def test_a_deleted_entry_is_out_of_use_and_can_be_brought_back(editor, lessons):
    answer = editor.who.post(f"/admin/faq/{NAME}/delete")
    assert "Deleted. It is under “Deleted”" in editor.who.words(answer.location)
    assert f'href="/admin/faq/{NAME}"' not in editor.who.page("/admin/faq/")
    listed = editor.who.words("/admin/faq/?state=deleted")
    assert TITLE in listed
    assert "Bring it back" in listed
    assert "This question is deleted" in editor.who.words(f"/admin/faq/{NAME}")

    editor.who.post(f"/admin/faq/{NAME}/bring-back")

    assert TITLE in editor.who.words("/admin/faq/")
    assert lessons.asked == 2


@only_sqlite
def test_a_slip_of_the_thumb_is_undone_where_one_lands_after_deleting(editor):
    answer = editor.who.post(f"/admin/faq/{NAME}/delete")
    page = editor.who.page(answer.location)
    assert f'action="/admin/faq/{NAME}/bring-back"' in page
    assert "from where you can bring it back. Undo" in words(page)
    editor.who.post(f"/admin/faq/{NAME}/bring-back")
    assert editor.entry(NAME).deleted_at is None
    assert "Undo" not in editor.who.words(answer.location)


@only_sqlite
def test_what_was_deleted_while_one_edited_is_not_brought_back_unseen(
    editor, colleague
):
    fields = colleague.form(NAME, answer="At nine.")
    editor.who.post(f"/admin/faq/{NAME}/delete")

    answer = colleague.who.post(f"/admin/faq/{NAME}", **fields)

    assert answer.status_code == 409
    assert "Somebody deleted this entry while you were editing" in words(answer.text)
    assert editor.entry(NAME).deleted_at is not None


@only_sqlite
def test_who_sees_that_an_entry_is_deleted_brings_it_back_by_saving(editor):
    editor.who.post(f"/admin/faq/{NAME}/delete")
    assert 'name="deleted"' in editor.who.page(f"/admin/faq/{NAME}")
    editor.save(NAME, answer="At nine.", deleted=1)
    assert editor.entry(NAME).deleted_at is None


@only_sqlite
def test_a_deleted_entry_whose_phrasing_went_elsewhere_stays_deleted(editor):
    phrase = editor.entry(NAME).phrasings[0]
    editor.who.post(f"/admin/faq/{NAME}/delete")
    gifts = editor.form("gift_cards")["phrasings"]
    editor.save("gift_cards", phrasings=f"{gifts}\n{phrase}")

    answer = editor.who.post(f"/admin/faq/{NAME}/bring-back")

    assert answer.status_code == 422
    assert "stands already under How do gift cards work?" in words(answer.text)
    assert editor.entry(NAME).deleted_at is not None


@only_sqlite
def test_drafts_are_read_one_after_the_other(editor):
    page = editor.who.page("/admin/faq/")
    (first,) = re.findall(r'href="/admin/faq/(\w+)\?review=1"', page)
    fields = editor.form(first, state="live", review=1)
    answer = editor.who.post(f"/admin/faq/{first}", **fields)
    assert answer.location.startswith("/admin/faq/")
    assert "review=1" in answer.location
    assert "24 drafts are left to read" in editor.who.words(answer.location)

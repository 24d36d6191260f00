"""The versions of an entry: what changed, and bringing one back."""

import re

import pytest

NAME = "opening_hours"
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def restore(editor, name, number, edited_from=None):
    return editor.who.post(
        f"/admin/faq/{name}/restore",
        number=number,
        version=edited_from or editor.entry(name).number,
    )


def test_the_first_version_is_shown_as_it_is(editor, repairs):
    page = editor.who.page(f"/admin/faq/{repairs}/versions")
    assert "<ins>" not in page
    assert "Sadly not." in page
    assert "2 phrasings" in page


def test_each_version_shows_what_it_changed(editor, repairs):
    phrasings = "record repair\ndo you mend vinyl"
    editor.save(repairs, answer="Sadly not yet.", phrasings=phrasings, state="draft")
    page = editor.who.page(f"/admin/faq/{repairs}/versions")
    assert "<ins>do you mend vinyl</ins>" in page
    assert "<del>can you mend my scratched record</del>" in page
    assert "1 added, 1 removed" in page
    told = editor.who.words(f"/admin/faq/{repairs}/versions")
    assert "Version 2 Newest" in told
    assert "Grace , made a draft" in told


def test_who_deleted_it_and_brought_it_back_is_told_without_a_reason_too(
    editor, repairs
):
    editor.who.post(f"/admin/faq/{repairs}/delete")
    editor.who.post(f"/admin/faq/{repairs}/bring-back")
    told = editor.who.words(f"/admin/faq/{repairs}/versions")
    assert "Deleted:" in told
    assert "Brought back:" in told


def test_an_old_version_is_brought_back_as_the_newest(editor, repairs, lessons):
    old = editor.entry(repairs)
    editor.save(repairs, answer="At ten.", question="Open?", state="draft")

    answer = restore(editor, repairs, 1)

    told = editor.who.words(answer.location)
    assert "Version 1 is restored, as version 3, by Grace." in told
    assert "Saved" not in told
    newest = editor.entry(repairs)
    assert (newest.number, newest.note) == (3, "restored version 1")
    assert (newest.question, newest.answers) == (old.question, old.answers)
    assert (newest.phrasings, newest.live) == (old.phrasings, old.live)
    assert lessons.asked == 1  # when it was new
    assert len(editor.versions(repairs)) == 3


def test_what_was_restored_is_told_when_it_is_learned_too(
    editor, repairs, lessons, parts
):
    editor.save(repairs, phrasings="soldering")
    answer = restore(editor, repairs, 1)
    told = "Version 1 is restored, as version 3, by Grace. The assistant"
    assert f"{told} is learning the phrasings" in editor.who.words(answer.location)
    lessons.is_behind = False
    parts.understanding.refresh()
    page = editor.who.words(f"/admin/learning?of={repairs}")
    assert f"{told} has learned it." in page


def test_a_version_is_not_restored_over_one_that_was_not_seen(
    editor, colleague, repairs
):
    editor.save(repairs, answer="Maybe.")
    colleague.save(repairs, answer="On Mondays.")
    assert restore(editor, repairs, 1, edited_from=2).status_code == 409
    assert editor.entry(repairs).answers["en"] == "On Mondays."


@pytest.mark.parametrize("number", [0, 7, "x"])
def test_a_version_that_never_was_can_not_be_restored(editor, repairs, number):
    assert restore(editor, repairs, number).status_code == 404
    assert editor.entry(repairs).number == 1


def test_a_version_whose_phrasing_stands_elsewhere_by_now_is_not_restored(
    editor, repairs
):
    editor.save(repairs, phrasings="record repair")
    gifts = editor.form("gift_cards")["phrasings"]
    phrase = "can you mend my scratched record"
    editor.save("gift_cards", phrasings=f"{gifts}\n{phrase}")
    assert restore(editor, repairs, 1).status_code == 422
    assert editor.entry(repairs).number == 2


@pytest.mark.parametrize("name", ["international_delivery", "refund_time"])
def test_of_a_shipped_question_a_version_shows_what_its_editor_changed_alone(
    editor, name
):
    phrasings = editor.form(name)["phrasings"]
    editor.save(name, phrasings=f"{phrasings}\nto the isle of man as well")
    page = editor.who.page(f"/admin/faq/{name}/versions")
    assert "<ins>to the isle of man as well</ins>" in page
    assert "1 added, 0 removed" in page
    assert "<del>" not in page.partition("Version 1")[0]


def test_who_is_refused_or_checks_a_form_that_is_old_by_now_saves_over_nobody(
    editor, colleague
):
    mine = colleague.form(NAME, answer="At nine.")
    editor.save(NAME, answer="At ten.")
    refused = colleague.who.post(f"/admin/faq/{NAME}", **{**mine, "question": ""})
    assert refused.status_code == 422
    carried = re.search(r'name="version" value="(\d+)"', refused.text)[1]
    answer = colleague.who.post(f"/admin/faq/{NAME}", **{**mine, "version": carried})
    assert answer.status_code == 409
    assert editor.entry(NAME).answers["en"] == "At ten."
    theirs = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    answer = colleague.who.post(f"/admin/faq/{NAME}", **{**mine, "version": theirs})
    assert answer.status_code == 303

"""Who meddles with what is published or deleted: agents, stale tabs, time, forgers."""

import pytest

from bot.store import sessions, undertaken
from bot.store.people import AuditEntry
from bot.store.undertaken import State
from tests.bot.test_publishing import begun, known, published, row, saved
from tests.bot.visiting import rows, visitor, words

ROUTES = ("undertakings/{}/dismiss", "undertakings/{}/edit")
OF_ENTRIES = ("faq/engraving/delete", "faq/engraving/bring-back", "faq/engraving")


@pytest.mark.parametrize("role", ["viewer", "agent"])
def test_who_may_not_edit_decides_and_deletes_nothing(app, parts, editor, role):
    number = begun(parts, editor.who.staff_id)
    saved(parts)
    who = visitor(app, role)
    for path in (*(one.format(number) for one in ROUTES), *OF_ENTRIES):
        assert who.post(f"/admin/{path}").status_code == 403
    assert row(parts, number).state is State.CHECKING
    assert known(parts).deleted_at is None


@pytest.mark.parametrize("token", ["", "forged", "\u202e"])
def test_without_the_token_of_its_form_nothing_is_done(parts, editor, token):
    number = begun(parts, editor.who.staff_id)
    saved(parts)
    for path in (*(one.format(number) for one in ROUTES), *OF_ENTRIES):
        answer = editor.who.post(f"/admin/{path}", csrf_token=token)
        assert answer.status_code == 403
    assert row(parts, number).state is State.CHECKING
    assert known(parts).deleted_at is None


@pytest.mark.parametrize("number", [0, 999, 2**63 - 1, 2**63, 10**30])
def test_a_forged_number_is_no_page(editor, number):
    for path in ("", "/draft"):
        answer = editor.who.get(f"/admin/undertakings/{number}{path}")
        assert answer.status_code == 404
    answer = editor.who.post(f"/admin/undertakings/{number}/edit")
    assert answer.status_code == 404


def test_a_way_back_that_is_no_list_leads_to_the_list(parts, editor):
    number = begun(parts, editor.who.staff_id)
    path = f"/admin/undertakings/{number}/dismiss"
    for back in ("https://elsewhere.example/", "//elsewhere.example", "/sign-in"):
        assert editor.who.post(path, back=back).location == "/admin/faq/"


def test_a_session_that_runs_out_meanwhile_stops_no_publication(parts, editor):
    number = begun(parts, editor.who.staff_id)
    parts.database.write(lambda c: sessions.end_all(c, editor.who.staff_id))
    path = f"/admin/undertakings/{number}"
    asked = editor.who.get(path, headers={"HX-Request": "true"})
    assert asked.status_code == 401
    assert "/sign-in?next=" in editor.who.get(path).location
    assert published(parts, number)
    assert known(parts).author == "Grace"


def test_undo_after_somebody_added_it_anew_says_where_it_stands(parts, editor, repairs):
    editor.who.post(f"/admin/faq/{repairs}/delete")
    again = {
        "question": "Do you repair records?",
        "phrasings": "record repair",
        "answer": "We do.",
        "state": "live",
    }
    assert editor.who.post("/admin/faq/new", **again).location == (
        f"/admin/faq/{repairs}_2?note=learning"
    )
    undone = editor.who.post(f"/admin/faq/{repairs}/bring-back")
    assert undone.status_code == 422
    assert "“record repair” stands already under" in words(undone.text)
    assert editor.entry(repairs).deleted_at is not None


def test_undo_in_a_stale_tab_brings_nothing_back_twice(parts, editor, repairs):
    editor.who.post(f"/admin/faq/{repairs}/delete")
    for _ in range(2):
        assert editor.who.post(f"/admin/faq/{repairs}/bring-back").status_code == 303
    acts = [one.action for one in rows(parts, AuditEntry)]
    assert acts.count("faq_brought_back") == 1


def test_undo_when_nobody_remembers_that_it_was_deleted_brings_it_back(
    parts, editor, repairs
):
    editor.who.post(f"/admin/faq/{repairs}/delete")
    parts.database.write(lambda c: undertaken.forget(c, parts.clock()))
    assert editor.who.post(f"/admin/faq/{repairs}/bring-back").status_code == 303
    assert editor.entry(repairs).deleted_at is None


def test_ten_thousand_phrasings_are_refused_within_a_page(editor):
    many = "\n".join(f"do you engrave number {one}" for one in range(10_000))
    form = {"question": "Do you engrave?", "answer": "Yes.", "state": "live"}
    answer = editor.who.post("/admin/faq/new", **form, phrasings=many)
    assert answer.status_code == 422
    assert "Keep the best 1,000 phrasings" in words(answer.text)


def test_what_no_table_takes_is_taken_out_of_a_question(parts, editor):
    form = {
        "question": "Do you\0 engrave?",
        "phrasings": "do you engrave\0 names\n\u202eengraving\u202c please",
        "answer": "Yes\0 \ud800".encode("utf-8", "surrogatepass"),
        "state": "live",
    }
    answer = editor.who.post("/admin/faq/new", **form)
    assert answer.location == "/admin/faq/do_you_engrave?note=learning"
    entry = editor.entry("do_you_engrave")
    assert entry.question == "Do you engrave?"
    assert "\0" not in "".join([*entry.phrasings, *entry.answers.values()])

"""Canned replies: written by editors, one for each short code."""

import io
import re

import pytest
from sqlalchemy import update

from bot import pictures
from bot.store import canned
from bot.store.teamwork import CannedReply, Trashed
from tests.bot.inbox.test_pictures import PNG, closed
from tests.bot.visiting import row, rows, visitor, words

REFUND = "Your refund for {order_number} is on its way, {customer_name}."


@pytest.fixture
def editor(app):
    return visitor(app, "editor", "Grace")


@pytest.fixture
def refund(parts, editor):
    """The number of a reply with the code refund."""
    editor.post("/admin/canned/new", short_code=" /Refund ", text=REFUND)
    return row(parts, CannedReply, short_code="refund").id


def version(editor, canned_id):
    page = editor.page(f"/admin/canned/{canned_id}")
    return re.search(r'name="version" value="([^"]+)"', page)[1]


def test_what_an_editor_adds_is_listed(editor, refund):
    told = editor.words("/admin/canned")
    assert "/refund Your refund for {order_number}" in told


def test_a_reply_is_changed(parts, editor, refund):
    known = version(editor, refund)
    form = {"short_code": "money", "text": "Soon.", "version": known}
    answer = editor.post(f"/admin/canned/{refund}", **form)
    assert answer.location == "/admin/canned?note=changed"
    found = row(parts, CannedReply, id=refund)
    assert (found.short_code, found.text) == ("money", "Soon.")


def test_a_reply_is_deleted(parts, editor, refund):
    editor.post(f"/admin/canned/{refund}/delete")
    assert rows(parts, CannedReply) == []
    assert editor.get(f"/admin/canned/{refund}").status_code == 404
    assert "No canned replies yet" in editor.words("/admin/canned")


def test_of_two_who_change_a_reply_the_second_is_asked(parts, editor, refund):
    known = version(editor, refund)
    form = {"short_code": "refund", "version": known}
    editor.post(f"/admin/canned/{refund}", text="One.", **form)
    answer = editor.post(f"/admin/canned/{refund}", text="Two.", **form)
    assert answer.status_code == 422
    assert "Somebody has changed this reply" in words(answer.text)
    assert "Two." in answer.text
    assert row(parts, CannedReply, id=refund).text == "One."
    again = re.search(r'name="version" value="([^"]+)"', answer.text)[1]
    form = {"short_code": "refund", "text": "Two.", "version": again}
    assert editor.post(f"/admin/canned/{refund}", **form).status_code == 303
    assert row(parts, CannedReply, id=refund).text == "Two."


@pytest.mark.parametrize(
    ("short_code", "text", "told"),
    [
        ("", "x", "A short code is one word"),
        ("two words", "x", "A short code is one word"),
        ("x" * 41, "x", "A short code is one word"),
        ("REFUND", "x", "Another reply has this short code"),
        ("new", " ", "Write the text"),
        ("new", "x" * 2001, "too long"),
        ("new", "for {price}", "Nothing is known for {price}"),
    ],
)
def test_what_can_not_be_saved_is_said_and_kept(
    parts, editor, refund, short_code, text, told
):
    answer = editor.post("/admin/canned/new", short_code=short_code, text=text)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert len(rows(parts, CannedReply)) == 1


def test_a_reply_does_not_take_the_code_of_another(parts, editor, refund):
    editor.post("/admin/canned/new", short_code="مرحبا", text="أهلا")
    known = version(editor, refund)
    form = {"short_code": "مرحبا", "text": "x", "version": known}
    answer = editor.post(f"/admin/canned/{refund}", **form)
    assert "Another reply has this short code" in words(answer.text)
    assert row(parts, CannedReply, id=refund).short_code == "refund"


def test_a_reply_is_for_any_language_until_one_is_chosen(parts, editor, refund):
    assert row(parts, CannedReply, id=refund).language == ""
    form = {"short_code": "refund", "text": REFUND, "language": "es"}
    editor.post(f"/admin/canned/{refund}", **form)
    assert row(parts, CannedReply, id=refund).language == "es"
    page = editor.page(f"/admin/canned/{refund}")
    assert '<option value="es" selected>Spanish</option>' in page
    assert "customer_name}. Spanish" in editor.words("/admin/canned")


def test_each_language_has_a_reply_of_its_own_for_a_code(parts, editor, refund):
    form = {"short_code": "refund", "language": "es"}
    editor.post("/admin/canned/new", text="Pronto.", **form)
    found = {one.language: one.text for one in rows(parts, CannedReply)}
    assert found == {"": REFUND, "es": "Pronto."}
    answer = editor.post("/admin/canned/new", text="Ya.", **form)
    assert "has this short code already, for the same language" in words(answer.text)
    answer = editor.post(f"/admin/canned/{refund}", text="Ya.", **form)
    assert "has this short code already, for the same language" in words(answer.text)
    assert row(parts, CannedReply, id=refund).text == REFUND


def test_what_was_chosen_stays_in_a_form_that_can_not_be_saved(editor):
    form = {"short_code": "two words", "text": "Pronto.", "language": "es"}
    answer = editor.post("/admin/canned/new", **form)
    assert answer.status_code == 422
    assert '<option value="es" selected>' in answer.text


def test_a_language_that_is_not_served_is_refused_and_one_that_was_stays(
    parts, editor, refund
):
    form = {"short_code": "refund", "text": "Bald.", "language": "de"}
    answer = editor.post(f"/admin/canned/{refund}", **form)
    assert answer.status_code == 422
    assert "Choose a language of the list." in words(answer.text)
    query = update(CannedReply).values(language="de")
    parts.database.write(lambda connection: connection.execute(query))
    assert 'value="de" selected' in editor.page(f"/admin/canned/{refund}")
    assert editor.post(f"/admin/canned/{refund}", **form).status_code == 303
    assert row(parts, CannedReply, id=refund).text == "Bald."


@pytest.mark.parametrize("odd", ["", "yesterday", "2026-01-01"])
def test_a_version_that_is_none_is_taken_for_the_newest(parts, editor, refund, odd):
    form = {"short_code": "refund", "text": "One.", "version": odd}
    assert editor.post(f"/admin/canned/{refund}", **form).status_code == 303


def test_agents_use_them_and_do_not_change_them(app, refund):
    agent = visitor(app, "agent")
    assert agent.get("/admin/canned").status_code == 403
    assert agent.post(f"/admin/canned/{refund}", text="x").status_code == 403


def given(content):
    return {"picture": (io.BytesIO(content), "sizes.png")}


@pytest.fixture
def sizes(parts, editor):
    """The reply with the code sizes, which has a picture."""
    form = {"short_code": "sizes", "text": "These are our sizes."}
    closed(editor.post("/admin/canned/new", **form, **given(PNG)))
    return row(parts, CannedReply, short_code="sizes")


def test_a_reply_has_a_picture_which_stays_until_it_is_taken_out(parts, editor, sizes):
    assert pictures.find(parts.settings.home, sizes.picture).read_bytes() == PNG
    assert "Picture" in editor.words("/admin/canned")
    page = editor.page(f"/admin/canned/{sizes.id}")
    assert f'src="/admin/pictures/{sizes.picture}"' in page
    form = {"short_code": "sizes", "text": "Sizes.", "of": sizes.id}
    editor.post(f"/admin/canned/{sizes.id}", **form)
    assert row(parts, CannedReply, id=sizes.id).picture == sizes.picture
    answer = editor.post("/admin/canned/picture", **form, **{"picture-out": "1"})
    assert 'name="kept-picture" value=""' in answer.text
    assert row(parts, CannedReply, id=sizes.id).picture == sizes.picture
    editor.post(f"/admin/canned/{sizes.id}", **form, **{"kept-picture": ""})
    assert row(parts, CannedReply, id=sizes.id).picture == ""


def test_what_is_no_picture_of_a_reply_is_said_and_its_text_kept(parts, editor):
    form = {"short_code": "sizes", "text": "My careful words"}
    for path in ("new", "picture"):
        answer = closed(editor.post(f"/admin/canned/{path}", **form, **given(b"<svg>")))
        assert answer.status_code == 422
        assert "This is no picture" in words(answer.text)
        assert "My careful words" in answer.text
    assert rows(parts, CannedReply) == []


def test_the_picture_of_a_deleted_reply_is_kept_and_comes_back(parts, editor, sizes):
    editor.post(f"/admin/canned/{sizes.id}/delete")
    with parts.database.read() as connection:
        assert canned.pictures(connection) == {sizes.picture}
    (trashed,) = rows(parts, Trashed)
    editor.post(f"/admin/canned/trash/{trashed.id}/bring-back")
    assert row(parts, CannedReply, short_code="sizes").picture == sizes.picture

"""What an editor deletes by mistake: replies, labels, pins come back by a click."""

import pytest

from bot.store.people import AuditEntry
from bot.store.teaching import Pin
from bot.store.teamwork import CannedReply, ConversationLabel, Label, Trashed
from tests.bot.visiting import add, converse, row, rows, visitor, words


@pytest.fixture
def editor(app):
    return visitor(app, "editor", "Grace")


@pytest.fixture
def refund(parts, editor):
    """The number of a reply with the code refund."""
    editor.post("/admin/canned/new", short_code="refund", text="It is on its way.")
    return row(parts, CannedReply, short_code="refund").id


@pytest.fixture
def damaged(app, parts, editor):
    """The number of a label that is on two conversations."""
    editor.post("/admin/labels", name="Damaged", hue="3")
    label = row(parts, Label, name="Damaged").id
    agent = visitor(app, "agent", "Ada")
    for psid in ("1001", "1002"):
        agent.post(f"/inbox/{converse(parts, psid)}/labels", label=label)
    assert len(rows(parts, ConversationLabel)) == 2
    return label


def audited(parts):
    found = rows(parts, AuditEntry)
    return [(one.action, one.about) for one in found if one.about is not None]


def test_a_deleted_reply_lies_in_the_trash_with_who_and_when(editor, refund, parts):
    answer = editor.post(f"/admin/canned/{refund}/delete")
    assert rows(parts, CannedReply) == []
    told = editor.words(answer.location)
    assert "from where you can bring it back. Undo" in told
    assert "Deleted /refund It is on its way. just now , Grace Bring it back" in told
    assert ("canned_deleted", "refund") in audited(parts)


def test_it_is_brought_back_by_one_click(editor, refund, parts):
    editor.post(f"/admin/canned/{refund}/delete")
    answer = editor.post("/admin/canned/trash/1/bring-back")
    assert answer.location == "/admin/canned?note=brought_back"
    assert row(parts, CannedReply, short_code="refund").text == "It is on its way."
    assert rows(parts, Trashed) == []
    assert "Bring it back" not in editor.words(answer.location)
    assert ("canned_brought_back", "refund") in audited(parts)


def test_its_language_comes_back_with_it_and_others_are_not_in_the_way(
    editor, refund, parts
):
    form = {"short_code": "refund", "text": "Pronto.", "language": "es"}
    editor.post("/admin/canned/new", **form)
    spanish = row(parts, CannedReply, language="es").id
    answer = editor.post(f"/admin/canned/{spanish}/delete")
    assert "Pronto. Spanish, just now , Grace" in editor.words(answer.location)
    answer = editor.post("/admin/canned/trash/1/bring-back")
    assert answer.location == "/admin/canned?note=brought_back"
    assert row(parts, CannedReply, language="es").text == "Pronto."
    assert row(parts, CannedReply, language="").text == "It is on its way."
    about = [("canned_deleted", "refund (es)"), ("canned_brought_back", "refund (es)")]
    assert audited(parts)[-2:] == about


def test_what_lay_there_before_replies_had_a_language_is_for_any(editor, parts):
    kept = {"kind": "canned", "name": "old", "kept": {"text": "Soon."}}
    add(parts, Trashed, at=parts.clock(), **kept)
    assert "/old Soon. just now" in editor.words("/admin/canned")
    editor.post("/admin/canned/trash/1/bring-back")
    assert row(parts, CannedReply, short_code="old").language == ""


def test_its_short_code_is_free_and_who_has_taken_it_keeps_it(editor, refund, parts):
    editor.post(f"/admin/canned/{refund}/delete")
    editor.post("/admin/canned/new", short_code="refund", text="Another.")
    answer = editor.post("/admin/canned/trash/1/bring-back")
    assert answer.status_code == 422
    assert "Another reply has this short code by now" in words(answer.text)
    assert row(parts, CannedReply, short_code="refund").text == "Another."
    assert len(rows(parts, Trashed)) == 1


def test_a_deleted_label_comes_back_onto_its_conversations(editor, damaged, parts):
    answer = editor.post(f"/admin/labels/{damaged}/delete")
    assert rows(parts, Label) == rows(parts, ConversationLabel) == []
    told = editor.words(answer.location)
    assert "Damaged was on 2 conversations just now , Grace Bring it back" in told
    answer = editor.post("/admin/labels/trash/1/bring-back")
    assert "onto the conversations that it was on" in editor.words(answer.location)
    label = row(parts, Label, name="Damaged")
    assert label.hue == "3"
    on = {one.conversation_id for one in rows(parts, ConversationLabel)}
    assert on == {1, 2}
    assert audited(parts)[-2:] == [
        ("label_deleted", "Damaged"),
        ("label_brought_back", "Damaged"),
    ]


def test_the_inbox_sees_that_it_is_back(app, editor, damaged):
    agent = visitor(app, "agent", "Ben")
    editor.post(f"/admin/labels/{damaged}/delete")
    assert "Damaged" not in agent.words("/inbox/1")
    editor.post("/admin/labels/trash/1/bring-back")
    assert "Take off Damaged" in agent.words("/inbox/1")


def test_a_label_whose_name_is_taken_whatever_its_case_stays(editor, damaged, parts):
    editor.post(f"/admin/labels/{damaged}/delete")
    editor.post("/admin/labels", name="damaged", hue="0")
    answer = editor.post("/admin/labels/trash/1/bring-back")
    assert answer.status_code == 422
    assert "There is another label of this name by now" in words(answer.text)
    assert [label.name for label in rows(parts, Label)] == ["damaged"]
    assert len(rows(parts, Trashed)) == 1


LONG = "where is my order, please? " * 4


@pytest.fixture
def pinned(parts, editor):
    """The number of a pin on a long phrase."""
    editor.post("/admin/pins", text=LONG, intent="order_status")
    return row(parts, Pin, text=LONG.strip()).id


def test_a_removed_pin_comes_back_as_it_was(editor, pinned, parts):
    answer = editor.post(f"/admin/pins/{pinned}/remove")
    assert rows(parts, Pin) == []
    told = editor.words(answer.location)
    assert "from where you can bring it back. Undo" in told
    assert f"{LONG}Track an order just now , Grace Bring it back" in told
    answer = editor.post("/admin/pins/trash/1/bring-back")
    assert answer.location == "/admin/pins?note=brought_back"
    pin = row(parts, Pin, text=LONG.strip())
    assert (pin.language, pin.intent) == ("en", "order_status")
    assert rows(parts, Trashed) == []
    assert "Bring it back" not in editor.words(answer.location)


def test_the_audit_log_never_has_the_phrase_of_a_pin(editor, pinned, parts):
    editor.post(f"/admin/pins/{pinned}/remove")
    editor.post("/admin/pins/trash/1/bring-back")
    assert audited(parts)[-2:] == [
        ("pin_removed", "order_status"),
        ("pin_brought_back", "order_status"),
    ]


def test_a_phrase_that_is_pinned_again_keeps_its_newer_pin(editor, pinned, parts):
    editor.post(f"/admin/pins/{pinned}/remove")
    editor.post("/admin/pins", text=LONG, intent="")
    answer = editor.post("/admin/pins/trash/1/bring-back")
    assert answer.status_code == 422
    assert "This phrase is pinned again by now" in words(answer.text)
    assert row(parts, Pin, text=LONG.strip()).intent is None
    assert len(rows(parts, Trashed)) == 1


def test_a_pin_on_a_person_comes_back_too(editor, parts):
    editor.post("/admin/pins", text="help", intent="")
    editor.post(f"/admin/pins/{row(parts, Pin).id}/remove")
    assert "help A person just now" in editor.words("/admin/pins")
    editor.post("/admin/pins/trash/1/bring-back")
    assert row(parts, Pin).intent is None


def test_what_is_not_there_is_not_brought_back(editor, refund, parts):
    editor.post(f"/admin/canned/{refund}/delete")
    assert editor.post("/admin/labels/trash/1/bring-back").status_code == 404
    editor.post("/admin/canned/trash/1/bring-back")
    assert editor.post("/admin/canned/trash/1/bring-back").status_code == 404
    assert len(rows(parts, CannedReply)) == 1


def test_what_is_deleted_twice_lies_there_once(editor, refund, damaged, parts):
    for path in (f"canned/{refund}", f"labels/{damaged}"):
        for _ in range(2):
            assert editor.post(f"/admin/{path}/delete").status_code == 303
    assert len(rows(parts, Trashed)) == 2


def test_agents_bring_nothing_back(app, editor, refund):
    editor.post(f"/admin/canned/{refund}/delete")
    agent = visitor(app, "agent", "Ada")
    assert agent.post("/admin/canned/trash/1/bring-back").status_code == 403

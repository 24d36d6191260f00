"""Whatever an admin makes live comes through one gate, and past it with a reason."""

import re
from dataclasses import replace

import pytest

from bot import content
from bot.change import Change, Wording
from bot.content import DATA
from bot.scripts import files
from bot.scripts.player import play
from bot.store import wordings
from bot.store.people import AuditEntry
from bot.store.teaching import TaughtPhrasing, TurnMark
from bot.store.wordings import Words
from tests.bot.admin.test_check import (
    FIELDS,
    seen,
    shop,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import converse, rows, says, turn_of, words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = "do_you_mend_records"
HELD = "Not done yet: something breaks that must hold"
REASON = "Although a script breaks: the shop is closed"


@pytest.fixture
def taught(shop, parts, folder):  # noqa: F811
    """A shop that mends records, with a script that says so."""
    done = shop.who.post("/admin/faq/new", **FIELDS, state="live")
    assert done.status_code == 303
    parts.teaching.train_now()
    parts.understanding.refresh()
    text = f"Records:\n- customer: can you mend my record\n- bot: utter_faq/{ENTRY}\n"
    (folder / "records.yml").write_text(text)
    return shop


def despite(editor, held, reason="the shop is closed"):
    """What follows when somebody who saw what breaks says why they go on."""
    assert held.status_code == 422, held.text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', held.text))
    action = re.search(r'id="again" method="post" action="([^"]+)"', held.text)
    fields |= {"reason": reason, "checked": seen(held)}
    return editor.who.client.post(action[1], data=fields)


def kept(parts, action):
    """What the audit log keeps of what was done."""
    return [one.details for one in rows(parts, AuditEntry) if one.action == action]


def test_deleting_what_a_script_needs_is_held_and_done_with_a_reason(taught, parts):
    path = f"/admin/faq/{ENTRY}"
    held = taught.who.post(f"{path}/delete")
    told = words(held.text)
    assert HELD in told
    assert "Delete “Do you mend records?” Nothing is changed so far." in told
    assert f"Expected bot: utter_faq/{ENTRY}" in told
    assert taught.entry(ENTRY).deleted_at is None

    assert despite(taught, held, reason=" ").status_code == 422
    assert despite(taught, held).status_code == 303

    assert taught.entry(ENTRY).deleted_at is not None
    assert kept(parts, "faq_deleted") == [{"reason": REASON}]
    history = taught.who.words(f"{path}/versions")
    assert re.search(f"Deleted: .+ Grace : {REASON}", history)


def test_taking_an_answer_back_to_a_draft_is_held_in_its_form(taught):
    fields = taught.form(ENTRY, state="draft")
    held = taught.who.post(f"/admin/faq/{ENTRY}", **fields)
    assert held.status_code == 422
    told = words(held.text)
    assert "Not saved: something breaks that must hold" in told
    assert "Keep as draft all the same" in told
    fields |= {"reason": "the shop is closed", "checked": seen(held)}
    assert taught.who.post(f"/admin/faq/{ENTRY}", **fields).status_code == 303
    assert (taught.entry(ENTRY).live, taught.entry(ENTRY).note) == (False, REASON)


def test_restoring_a_version_that_breaks_a_script_is_held(taught, parts):
    first = taught.form(ENTRY, phrasings="soldering", state="draft")
    held = taught.who.post(f"/admin/faq/{ENTRY}", **first)
    first |= {"reason": "the shop is closed", "checked": seen(held)}
    taught.who.post(f"/admin/faq/{ENTRY}", **first)
    taught.save(ENTRY, phrasings=FIELDS["phrasings"], state="live")
    parts.teaching.train_now()
    parts.understanding.refresh()

    held = taught.who.post(f"/admin/faq/{ENTRY}/restore", number=2, version=3)
    assert "Restore version 2 of “Do you mend records?”" in words(held.text)
    assert taught.entry(ENTRY).number == 3
    assert despite(taught, held).status_code == 303

    assert taught.entry(ENTRY).note == f"restored version 2. {REASON}"
    (details,) = kept(parts, "faq_restored")
    assert (details["restored"], details["reason"]) == (2, REASON)


def test_bringing_back_what_breaks_a_pin_is_held(taught, parts):
    despite(taught, taught.who.post(f"/admin/faq/{ENTRY}/delete"))
    parts.teaching.train_now()
    parts.understanding.refresh()
    taught.who.post("/admin/pins", text="record mending", intent="")
    held = taught.who.post(f"/admin/faq/{ENTRY}/bring-back")
    assert "Bring back “Do you mend records?”" in words(held.text)
    assert despite(taught, held).status_code == 303
    reason = "Although a pin breaks: the shop is closed"
    assert kept(parts, "faq_brought_back") == [{"reason": reason}]


def test_words_that_a_script_waits_for_are_held_in_their_form(
    shop,  # noqa: F811
    parts,
    folder,
):
    (shipped,) = parts.content.responses.by_name["utter_ask_order_number"]
    text = shipped.said["text"].strip()
    script = f'A parcel:\n- customer: where is my order\n- bot: "{text}"\n'
    (folder / "order.yml").write_text(script)
    path, fields = "/admin/wording/utter_ask_order_number", {"number": 0}

    assert shop.who.post(path, text=f"{text} Please.", **fields).status_code == 303
    fields = {"number": 1, "text": "Which?"}
    held = shop.who.post(path, **fields)
    assert held.status_code == 422
    assert "Not saved: something breaks that must hold" in words(held.text)
    assert "Which?</textarea>" in held.text
    fields |= {"reason": "the shop is closed", "checked": seen(held)}
    assert shop.who.post(path, **fields).status_code == 303

    with parts.database.read() as connection:
        edits = wordings.edits_in(connection, "en")
        newest, *_ = wordings.history(connection, "utter_ask_order_number", "en")
    assert edits["utter_ask_order_number"].text.strip() == "Which?"
    assert newest.note == REASON
    assert kept(parts, "wording_changed")[-1]["reason"] == REASON
    assert f"Grace : {REASON}" in shop.who.words(path)

    parts.understanding.refresh()
    script = 'A parcel:\n- customer: where is my order\n- bot: "Which?"\n'
    (folder / "order.yml").write_text(script)
    held = shop.who.post(f"{path}/restore", wanted=0, number=2)
    assert HELD in words(held.text)
    assert despite(shop, held).status_code == 303
    assert kept(parts, "wording_restored")[-1]["reason"] == REASON


def test_other_words_break_no_script_that_came_with_us(
    shop,  # noqa: F811
    parts,
):
    """Ours quote what "What's your order number?" is called as it came."""
    library = files.load([DATA / content.SCRIPTS])
    ours = [one for one in library.scripts if "order_status" in one.name]
    theirs = [replace(one, path="/shop/order_status.yml") for one in ours]
    path = "/admin/wording/utter_ask_order_number"

    def broken(scripts):
        parts.understanding.refresh()
        assistants = parts.understanding.assistants
        return [one.title for one in scripts if play(one, assistants)]

    before = broken(ours)  # this shop is a small one
    assert broken(theirs) == before
    answer = shop.who.post(path, number=0, text="Which order is it, please?")
    assert answer.status_code == 303
    assert broken(ours) == before
    assert len(broken(theirs)) > len(before)


def test_what_is_taught_from_a_message_breaks_no_pin_unseen(
    shop,  # noqa: F811
    parts,
    clock,
):
    shop.who.post("/admin/pins", text="record mending", intent="")
    conversation = converse(parts, "1009")
    message = says(parts, conversation, "record mending")
    turn_of(parts, conversation, "record mending")
    path = f"/inbox/{conversation}/messages/{message}/teach"

    held = shop.who.post(f"{path}/flow", flow="order_status")
    assert "Teach “record mending” as “" in words(held.text)
    assert (rows(parts, TaughtPhrasing), rows(parts, TurnMark)) == ([], [])
    assert despite(shop, held).status_code == 303

    (taught,) = rows(parts, TaughtPhrasing)
    assert (taught.text, taught.intent) == ("record mending", "order_status")
    reason = "Although a pin breaks: the shop is closed"
    assert kept(parts, "taught") == [{"reason": reason}]


def test_what_is_set_aside_in_the_review_comes_through_it_too(
    shop,  # noqa: F811
    parts,
    clock,
):
    phrase = "where is my order please, and when does it come"
    shop.who.post("/admin/pins", text=phrase, intent="order_status")
    conversation = converse(parts, "1009")
    says(parts, conversation, phrase)
    turn = turn_of(parts, conversation, phrase)
    held = shop.who.post("/admin/review/mark", turns=str(turn), kind="out_of_scope")
    assert HELD in words(held.text)
    assert despite(shop, held).location == "/admin/review?note=not_for_us"
    assert len(rows(parts, TaughtPhrasing)) == 1


def test_other_words_are_held_to_the_scripts_of_the_shop_alone(
    shop,  # noqa: F811
    parts,
    folder,
):
    """Those that came with us can't break by them, and are hundreds."""
    (folder / "order.yml").write_text("A parcel:\n- customer: where is my order\n")
    ours = DATA / content.SCRIPTS
    object.__setattr__(parts.content, "scripts", (ours, folder))
    wording = Wording(key="utter_greet", language="en", words=Words(text="Hi!"))
    check = parts.checks.gate(Change(wording=wording), patience=60.0)
    assert check.report.scripts.count == 1
    sure = parts.checks.gate(Change(precision=0.99), patience=60.0)
    assert sure.report.scripts.count > 100

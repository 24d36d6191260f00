"""Whatever is checked before it is done is carried on by the server, in one way."""

import re
from dataclasses import replace
from html import unescape

import pytest

from bot.change import Change
from bot.pinned import Pinned
from bot.store import precision, wordings
from bot.store.knowledge import Faq
from bot.store.teaching import TaughtPhrasing, TurnMark
from tests.bot.admin.conftest import Editor
from tests.bot.admin.test_awaited import (
    impatient,  # noqa: F401 - a fixture
    watched,
)
from tests.bot.admin.test_check import (
    FIELDS,
    seen,
    shop,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture
)
from tests.bot.admin.test_deleting import seen_to
from tests.bot.admin.test_gated import ENTRY, kept
from tests.bot.visiting import converse, rows, says, turn_of, visitor, words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

SAID = "record mending"
WORDING = "utter_ask_order_number"


@pytest.fixture
def asked(shop, parts, clock):  # noqa: F811
    """A message that nobody has taught yet: its conversation, path and turn."""
    conversation = converse(parts, "1009")
    message = says(parts, conversation, SAID)
    turn = turn_of(parts, conversation, SAID)
    return conversation, f"/inbox/{conversation}/messages/{message}/teach", turn


@pytest.fixture
def quoted(shop, parts, folder):  # noqa: F811
    """A script of the shop's own that quotes what the assistant asks."""
    (shipped,) = parts.content.responses.by_name[WORDING]
    text = shipped.said["text"].strip()
    script = f'A parcel:\n- customer: where is my order\n- bot: "{text}"\n'
    (folder / "order.yml").write_text(script)
    return text


def learned(parts):
    parts.teaching.train_now()
    parts.understanding.refresh()


def must_be(parts, phrase, intent):
    """What a phrase must be understood as, whatever is made live."""
    ours = (Pinned(phrase, "en", intent),)
    object.__setattr__(parts.content, "pins", ours)


def mended(shop, parts):  # noqa: F811
    """A shop that mends records, and has saved that twice."""
    watched(shop.who.post("/admin/faq/new", **FIELDS, state="live"))
    seen_to(parts)
    learned(parts)
    form = shop.form(ENTRY, phrasings="soldering")
    watched(shop.who.post(f"/admin/faq/{ENTRY}", **form))
    seen_to(parts)
    learned(parts)
    assert shop.entry(ENTRY).number == 2


def test_an_old_version_is_restored_with_its_page_closed(shop, parts):  # noqa: F811
    mended(shop, parts)
    restored = shop.who.post(f"/admin/faq/{ENTRY}/restore", number=1, version=2)
    where = watched(restored)
    for page in (where, "/admin/faq/", "/admin/review", f"/admin/faq/{ENTRY}"):
        told = shop.who.words(page)
        assert "Restore version 1 of “Do you mend records?”" in told, page
    assert "You can leave this page, and close it." in shop.who.words(where)
    assert shop.entry(ENTRY).number == 2

    seen_to(parts)

    version = shop.entry(ENTRY)
    assert (version.number, version.note) == (3, "restored version 1")
    assert SAID in version.phrasings
    (told,) = kept(parts, "faq_restored")
    assert (told["restored"], told["version"]) == (1, 3)
    assert shop.who.get(where).location == f"/admin/faq/{ENTRY}?note=learning"
    assert "Restore version 1" not in shop.who.words("/admin/faq/")


def test_a_restored_version_that_waited_for_a_decision_stays_a_restored_one(
    shop,  # noqa: F811
    parts,
):
    mended(shop, parts)
    must_be(parts, SAID, None)
    where = watched(shop.who.post(f"/admin/faq/{ENTRY}/restore", number=1, version=2))
    seen_to(parts)
    told = shop.who.words("/admin/faq/")
    assert "Restore version 1 of “Do you mend records?” : this needs" in told
    held = shop.who.get(shop.who.get(where).location)
    assert "A pin breaks" in words(held.text)
    form = {**FIELDS, "state": "live", "version": 2, "reason": "we do"}
    form["undertaken"] = re.search(r'name="undertaken" value="(\d+)"', held.text)[1]
    done = shop.who.post(f"/admin/faq/{ENTRY}", checked=seen(held), **form)
    assert done.status_code == 303
    note = "restored version 1. Although a pin breaks: we do"
    assert shop.entry(ENTRY).note == note
    assert "needs your decision" not in shop.who.words("/admin/faq/")


def test_what_is_taught_from_a_message_is_learned_with_its_page_closed(
    shop,  # noqa: F811
    parts,
    asked,
):
    conversation, path, turn = asked
    where = watched(shop.who.post(f"{path}/flow", flow="order_status"))
    assert "Teach “record mending” as “Track an order”" in shop.who.words(where)
    assert rows(parts, TaughtPhrasing) == []

    seen_to(parts)

    (taught,) = rows(parts, TaughtPhrasing)
    assert (taught.text, taught.intent) == (SAID, "order_status")
    assert (taught.conversation_id, taught.staff_id) == (conversation, 1)
    (mark,) = rows(parts, TurnMark)
    assert (mark.turn_id, mark.kind, mark.at) == (turn, "taught", taught.at)
    assert shop.who.get(where).location == f"/inbox/{conversation}?note=taught"


def test_what_is_set_aside_in_review_is_told_there_and_marks_all_that_ask_it(
    shop,  # noqa: F811
    parts,
    asked,
):
    conversation, _, turn = asked
    says(parts, conversation, f"{SAID}?")
    turns = [turn, turn_of(parts, conversation, f"{SAID}?")]
    form = {"turns": ",".join(map(str, turns)), "kind": "out_of_scope", "q": "rec"}
    where = watched(shop.who.post("/admin/review/mark", **form))
    told = shop.who.words("/admin/review")
    assert "Teach “record mending” as “Not for us” : this is being checked" in told
    assert "this is being checked" not in shop.who.words("/admin/faq/")

    seen_to(parts)

    marks = rows(parts, TurnMark)
    assert {(one.turn_id, one.kind) for one in marks} == {
        (one, "out_of_scope") for one in turns
    }
    assert shop.who.get(where).location == "/admin/review?q=rec&note=not_for_us"


def test_what_was_taught_is_taken_back_and_taught_again_with_pages_closed(
    shop,  # noqa: F811
    parts,
    asked,
):
    _, path, turn = asked
    watched(shop.who.post(f"{path}/flow", flow="order_status"))
    seen_to(parts)
    learned(parts)
    (taught,) = rows(parts, TaughtPhrasing)
    where = watched(shop.who.post(f"/admin/taught/{taught.id}/take-back"))
    told = shop.who.words("/admin/taught")
    assert "Take back that “record mending” means “Track an order”" in told
    seen_to(parts)
    assert (rows(parts, TaughtPhrasing), rows(parts, TurnMark)) == ([], [])
    assert shop.who.get(where).location == "/admin/taught?gone=1"
    learned(parts)

    where = watched(shop.who.post("/admin/taught/trash/1/bring-back"))
    seen_to(parts)
    assert shop.who.get(where).location == "/admin/taught?note=brought_back"
    (taught,), (mark,) = rows(parts, TaughtPhrasing), rows(parts, TurnMark)
    assert (taught.text, mark.turn_id) == (SAID, turn)


def test_what_breaks_a_pin_waits_for_a_decision_and_is_done_with_a_reason(
    shop,  # noqa: F811
    parts,
    asked,
):
    must_be(parts, SAID, None)
    where = watched(shop.who.post(f"{asked[1]}/flow", flow="order_status"))
    seen_to(parts)
    told = shop.who.words("/admin/review")
    assert "“Track an order” : this needs your decision." in told
    assert "Not done: something breaks that must hold." in told
    held = shop.who.get(shop.who.get(where).location)
    assert "A pin breaks" in words(held.text)
    assert rows(parts, TaughtPhrasing) == []

    done = shop.who.post(f"{where}/decide", checked=seen(held), reason="we do")

    assert done.location == f"/inbox/{asked[0]}?note=taught"
    assert len(rows(parts, TaughtPhrasing)) == 1
    assert kept(parts, "taught") == [{"reason": "Although a pin breaks: we do"}]
    assert "needs your decision" not in shop.who.words("/admin/review")


def test_a_phrasing_that_another_took_meanwhile_is_not_taught(
    shop,  # noqa: F811
    parts,
    asked,
):
    with parts.checks._one:
        where = watched(shop.who.post(f"{asked[1]}/flow", flow="order_status"))
        shop.save("delivery_time", phrasings=f"delivery\n{SAID}", state="draft")
    seen_to(parts)
    told = shop.who.words(shop.who.get(where).location)
    assert "“record mending” stands under “" in told
    assert "Do it all the same" not in told
    assert shop.who.post(f"{where}/decide").status_code == 303
    assert rows(parts, TaughtPhrasing) == []
    shop.who.post(f"{where}/dismiss", back="/admin/review")
    assert "needs your decision" not in shop.who.words("/admin/review")


def test_other_words_are_said_with_their_page_closed(shop, parts, quoted):  # noqa: F811
    path = f"/admin/wording/{WORDING}"
    where = watched(shop.who.post(path, number=0, text=f"{quoted} Please."))
    for page in (path, "/admin/wording/", "/admin/review"):
        told = shop.who.words(page)
        assert f"Change the wording “{quoted[:60]}…” : this is being checked" in told
    seen_to(parts)
    with parts.database.read() as connection:
        assert wordings.newest(connection, WORDING, "en") == 1
    assert shop.who.get(where).location == f"{path}?note=saved"
    assert "this is being checked" not in shop.who.words(path)


def test_words_that_a_script_waits_for_are_decided_in_their_form(
    shop,  # noqa: F811
    parts,
    quoted,
):
    path = f"/admin/wording/{WORDING}"
    where = watched(shop.who.post(path, number=0, text="Which?"))
    seen_to(parts)
    told = shop.who.words("/admin/wording/")
    assert f"Change the wording “{quoted[:60]}…” : this needs your decision." in told
    held = shop.who.client.get(where, follow_redirects=True)
    assert "Which?</textarea>" in held.text
    assert "Not saved: something breaks that must hold" in words(held.text)
    number = re.search(r'name="undertaken" value="(\d+)"', held.text)[1]
    form = {"number": 0, "text": "Which?", "undertaken": number, "reason": "shorter"}
    assert shop.who.post(path, checked=seen(held), **form).status_code == 303
    with parts.database.read() as connection:
        (newest,) = wordings.history(connection, WORDING, "en")
    assert newest.note == "Although a script breaks: shorter"
    assert "needs your decision" not in shop.who.words("/admin/wording/")


def test_words_that_somebody_else_changed_meanwhile_meet_theirs(
    shop,  # noqa: F811
    colleague,
    parts,
    quoted,
):
    path = f"/admin/wording/{WORDING}"
    with parts.checks._one:
        first = watched(shop.who.post(path, number=0, text=f"{quoted} Please."))
        second = watched(colleague.who.post(path, number=0, text=f"{quoted} Thanks."))
    seen_to(parts)
    assert shop.who.get(first).location == f"{path}?note=saved"
    told = colleague.who.words("/admin/wording/")
    assert "Not done: somebody else changed the same meanwhile." in told
    opened = unescape(colleague.who.client.get(second, follow_redirects=True).text)
    assert "Somebody saved other words while you were editing" in words(opened)
    assert f"{quoted} Thanks.</textarea>" in opened
    assert 'name="number" value="1"' in opened


def test_how_sure_it_must_be_is_the_servers_too_and_an_admins_alone(
    shop,  # noqa: F811
    app,
    parts,
):
    admin = Editor(visitor(app, "admin", "Ines"), parts)
    must_be(parts, "where is my order", "order_status")
    with parts.checks._one:
        where = watched(admin.who.post("/admin/sureness", precision=0.99, number=0))
        assert "99% of the answers are right" in admin.who.words("/admin/sureness")
    seen_to(parts)
    with parts.database.read() as connection:
        assert precision.wanted(connection) == 0.99
    assert admin.who.get(where).location == "/admin/sureness?note=saved"
    assert shop.who.post(f"{where}/decide").status_code == 403


def test_questions_from_a_file_come_with_their_page_closed(
    shop,  # noqa: F811
    parts,
):
    file = (
        'version: "3.1"\nnlu:\n- intent: faq/delivery_time\n  metadata:\n'
        "    question: When does it come?\n  examples: |\n    - when, please\n"
        "responses:\n  utter_faq/delivery_time:\n  - text: Soon.\n"
    )
    form = {"text": file, "language": "en"}
    shop.save("delivery_time", answer="Late.", state="live")
    seen_to(parts)
    shown = shop.who.post("/admin/faq/import", **form)
    stamp = re.search(r'name="seen" value="(\w+)"', shown.text)[1]
    must_be(parts, "where is my order", "order_status")
    where = watched(shop.who.post("/admin/faq/import", seen=stamp, **form))
    assert "Take in 1 questions" in shop.who.words("/admin/faq/")
    seen_to(parts)
    assert shop.entry("delivery_time").answers["en"] == "Soon."
    assert shop.who.get(where).location == "/admin/faq/?note=imported"


def test_who_wants_it_no_more_has_nothing_done(shop, parts, asked):  # noqa: F811
    with parts.checks._one:
        where = watched(shop.who.post(f"{asked[1]}/flow", flow="order_status"))
        assert shop.who.post(f"{where}/edit").location == "/admin/review"
    seen_to(parts)
    assert rows(parts, TaughtPhrasing) == []


def test_a_check_that_nobody_knows_any_more_is_made_again(
    shop,  # noqa: F811
    parts,
    asked,
):
    must_be(parts, SAID, None)
    where = watched(shop.who.post(f"{asked[1]}/flow", flow="order_status"))
    seen_to(parts)
    with parts.checks._one:
        parts.checks._known.clear()  # as another process has it
        assert shop.who.get(f"{where}/draft").location == where
    seen_to(parts)
    assert "A pin breaks" in shop.who.words(f"{where}/draft")


def test_what_lay_in_a_table_has_the_check_that_its_page_began(parts):
    """PostgreSQL keeps the names of an object in an order of its own."""
    answers = {"fr": "Oui.", "en": "Yes."}
    entry = Faq(name="mending", question="?", phrasings=("a",), answers=answers)
    kept = replace(entry, answers=dict(sorted(answers.items())))
    keys = parts.checks.keys
    assert keys(Change(entry=entry)) == keys(Change(entry=kept))

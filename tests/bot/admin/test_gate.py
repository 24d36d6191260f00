"""What must hold before publishing: pins, scripts, and a check that is new."""

import re

import pytest

from bot.pinned import Pinned
from bot.store.people import AuditEntry
from tests.bot.admin.test_check import (
    FIELDS,
    checked,
    published,
    seen,
    shop,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import converse, rows, says, words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = "do_you_mend_records"
TRACKED = """
A parcel:
- customer: where is my order
- bot: utter_ask_order_number
"""
A_PERSON = "i want to talk to a person"
#: What takes away from those who ask for a person.
GREEDY = {
    **FIELDS,
    "question": "Can I talk to the owner?",
    "phrasings": "\n".join(
        f"{begin} {end}"
        for begin in ("i want to talk to", "can i talk to", "i need to talk with")
        for end in ("the owner", "a person who owns it", "your boss", "a manager")
    ),
}


def steals(folder, expected="utter_handoff_unsure"):
    """A script that the draft of FIELDS breaks: nobody mends records yet."""
    text = f"Records:\n- customer: record mending\n- bot: {expected}\n"
    (folder / "records.yml").write_text(text)


def test_a_draft_that_breaks_no_script_is_published_at_once(shop, folder):  # noqa: F811
    (folder / "order.yml").write_text(TRACKED)
    assert published(shop).status_code == 303
    assert shop.entry(ENTRY).note is None


def test_a_script_that_breaks_stops_the_publishing_and_says_where(
    shop,  # noqa: F811
    folder,
):
    steals(folder)
    held = published(shop)
    assert held.status_code == 422
    told = words(held.text)
    assert "Not published: something breaks that must hold" in told
    assert "A conversation script breaks" in told
    assert f"Records {folder}/records.yml, line 3, step 2" in told
    assert "Expected bot: utter_handoff_unsure Came utter_faq/do_you_mend" in told
    assert "was taken for “Do you mend records?”" in told
    assert f"change line 3 of {folder}/records.yml" in told
    assert "Do you mend records?" not in shop.who.words("/admin/faq/")


def test_whoever_has_seen_it_publishes_with_a_reason_that_is_kept(
    shop,  # noqa: F811
    folder,
    parts,
):
    steals(folder)
    held = published(shop)
    assert published(shop, reason="we do now").status_code == 422
    assert published(shop, checked=seen(held)).status_code == 422
    done = published(shop, reason="we do now", checked=seen(held))
    assert done.status_code == 303
    reason = "Although a script breaks: we do now"
    assert shop.entry(ENTRY).note == reason
    kept = [e.details for e in rows(parts, AuditEntry) if e.action == "faq_added"]
    assert kept == [{"live": True, "reason": reason}]


def test_a_reason_for_one_draft_opens_nothing_for_another(shop, folder):  # noqa: F811
    steals(folder)
    held = published(shop)
    other = {"reason": "we do", "checked": seen(held), "answer": "Yes, since May."}
    assert published(shop, **other).status_code == 422


def test_a_script_that_does_not_hold_now_stops_nothing_and_is_told(
    shop,  # noqa: F811
    folder,
):
    steals(folder, expected="utter_faq/gone")
    assert "1 script fails now as well" in (told := checked(shop))
    assert "No published question is called utter_faq/gone" in told
    assert published(shop).status_code == 303


def test_a_script_that_needs_an_unpublished_answer_waits_and_stops_nothing(
    shop,  # noqa: F811
    folder,
):
    fields = {**FIELDS, "question": "Gone?", "phrasings": "gone", "state": "draft"}
    assert shop.who.post("/admin/faq/new", **fields).status_code == 303
    steals(folder, expected="utter_faq/gone")
    told = checked(shop)
    assert "Waits for the answer to gone, which is not published yet." in told
    assert "fails now as well" not in told
    page = shop.who.words("/admin/scripts")
    assert "1 script waits for an answer" in page
    assert "1 wait" in page


def test_a_script_that_can_not_be_read_is_told_and_stops_nothing(
    shop,  # noqa: F811
    folder,
):
    (folder / "own.yml").write_text("Records:\n- costumer: hello\n")
    told = checked(shop)
    assert "Scripts that can't be read, and are not tried" in told
    assert "conversations/own.yml, line 2, “Records”, step 1: 'costumer'" in told
    assert published(shop).status_code == 303


def test_a_check_is_out_of_date_as_soon_as_the_draft_is_another(shop):  # noqa: F811
    checked(shop)
    key = seen(shop.who.post("/admin/faq/new/check", **FIELDS))

    def age(**fields):
        sent = {**FIELDS, "checked": key, **fields}
        return words(shop.who.post("/admin/faq/new/check/age", **sent).text)

    assert age() == ""
    assert "Out of date" in age(answer="Yes, since May.")
    assert "Check again" in age(phrasings=FIELDS["phrasings"] + "\nmend my disc")
    assert age() == ""
    shop.save("delivery_time", answer="Always.")
    assert "Out of date" in age()


def test_a_check_of_another_answer_is_another_check(shop):  # noqa: F811
    checked(shop)
    first = seen(shop.who.post("/admin/faq/new/check", **FIELDS))
    checked(shop, answer="Yes.")
    second = shop.who.post("/admin/faq/new/check", **{**FIELDS, "answer": "Yes."})
    assert seen(second) != first


def test_whoever_asks_for_a_person_is_told_loudly_if_a_draft_takes_them(
    shop,  # noqa: F811
    parts,
):
    converse(parts, "1002", "can i talk to the owner or to actual staff")
    told = checked(shop, **GREEDY)
    assert "A customer would not be heard" in told
    assert "asked for a person, would be asked back" in told


def test_what_is_pinned_as_it_comes_stops_a_draft_that_takes_it(
    shop,  # noqa: F811
    parts,
):
    phrase = "can i talk to the owner or to actual staff"
    ours = (Pinned(phrase, "en", "contact_human_agent"),)
    object.__setattr__(parts.content, "pins", ours)
    held = published(shop, **GREEDY)
    assert held.status_code == 422
    assert "A pin breaks" in words(held.text)
    told = shop.who.words("/admin/pins")
    assert "1 pin comes with Frontdesk" in told
    assert f"{phrase} Talk to a person Works" in told
    assert "Remove the pin" not in shop.who.page("/admin/pins")


def test_whoever_asks_for_a_person_in_so_many_words_is_taken_by_no_draft(
    shop,  # noqa: F811
    parts,
):
    converse(parts, "1002", "can i talk to a person who is the owner")
    assert "A customer would not be heard" not in checked(shop, **GREEDY)


#: What takes away from those who ask for their orders.
THIEF = {
    **FIELDS,
    "question": "Where is my order kept?",
    "phrasings": "\n".join(
        f"where is my {what} {end}"
        for what in ("order", "parcel", "package")
        for end in ("kept", "kept today", "kept now", "kept, please", "stored")
    ),
}


def test_what_takes_the_answer_of_many_is_held_back_unchecked_too(shop, parts):  # noqa: F811
    conversation = converse(parts, "2002")
    for what in ("order", "parcel", "package"):
        for end in ("kept today", "stored now", "kept please"):
            says(parts, conversation, f"where is my {what} {end}")
    held = shop.who.post("/admin/faq/new", **THIEF, state="live")
    assert held.status_code == 422
    told = words(held.text)
    assert re.search(r"Not published: \d+ would lose the answer they get now", told)
    assert "This is published only with a reason" in told
    fields = {**THIEF, "state": "live", "checked": seen(held)}
    done = shop.who.post("/admin/faq/new", **fields, reason="the warehouse has moved")
    assert done.status_code == 303
    note = shop.entry("where_is_my_order_kept").note
    assert note == "Although customers would lose an answer: the warehouse has moved"

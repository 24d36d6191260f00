"""Other words of an answer are held to what they can touch, and to nothing else."""

from dataclasses import replace

import pytest

from bot.change import Change
from bot.check import State
from bot.store import knowledge
from tests.bot.admin.test_check import (
    FIELDS,
    shop,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = "do_you_mend_records"
UNTOUCHED = "".join(
    f"Parcel {number}:\n- customer: where is my order\n- bot: utter_ask_order_number\n"
    for number in range(20)
)
TOUCHED = f"Records:\n- customer: can you mend my record\n- bot: utter_faq/{ENTRY}\n"
SAID = "- bot like: Sadly\n"
#: So many ways to ask it that its answer teaches nothing.
MANY = "\n".join(
    f"{begin} {end}"
    for begin in ("do you mend", "can you mend", "mending", "who mends", "mend")
    for end in ("records", "my record", "old records", "an lp", "scratched records")
    + ("a record please", "records today", "records here", "some vinyl", "vinyl")
)


@pytest.fixture
def mends(shop, parts, folder, request):  # noqa: F811
    """A shop that mends records, and its scripts; many phrasings or few."""
    phrasings = getattr(request, "param", FIELDS["phrasings"])
    fields = {**FIELDS, "phrasings": phrasings, "state": "live"}
    assert shop.who.post("/admin/faq/new", **fields).status_code == 303
    parts.teaching.train_now()
    parts.understanding.refresh()
    (folder / "parcels.yml").write_text(UNTOUCHED)
    (folder / "records.yml").write_text(TOUCHED + SAID)
    return shop


def gate(parts, **changes):
    """What comes of the gate for an entry with other words."""
    with parts.database.read() as connection:
        known = {one.name: one for one in knowledge.faq(connection)}
    change = Change(entry=replace(known[ENTRY], **changes))
    check = parts.checks.gate(change, patience=120.0)
    assert check.state is State.DONE
    return check.report


def models(parts):
    return {path.name for path in parts.settings.models.iterdir()}


@pytest.mark.parametrize("mends", [MANY], indirect=True)
def test_where_an_answer_teaches_nothing_no_model_is_made_for_its_words(mends, parts):
    before = models(parts)
    report = gate(parts, answers={"en": "We do, on Mondays."})
    assert models(parts) == before
    assert report.messages is None
    assert report.scripts.count == 1


def test_where_an_answer_teaches_all_that_it_touches_is_tried(mends, parts):
    before = models(parts)
    report = gate(parts, answers={"en": "Where is my order, my parcel, my order?"})
    assert models(parts) != before
    assert report.messages == 4
    assert report.scripts.count > 0


def test_a_script_that_quotes_the_answer_stops_other_words(mends, parts):
    assert gate(parts, answers={"en": "We do, on Mondays."}).scripts.broken
    held = mends.who.post(f"/admin/faq/{ENTRY}", **mends.form(ENTRY, answer="We do."))
    assert held.status_code == 422
    assert "A conversation script breaks" in words(held.text)


@pytest.mark.parametrize(
    "changes",
    [
        {"live": False},
        {"answers": {}},
        {"answers": {"en": "Sadly not.", "fr": "Non."}},
        {"phrasings": ("mend records",)},
    ],
)
def test_what_is_more_than_other_words_is_held_to_everything(mends, parts, changes):
    assert gate(parts, **changes).scripts.count == 21


def test_restoring_what_was_said_before_plays_only_what_it_touches(
    mends, parts, folder
):
    (folder / "records.yml").write_text(TOUCHED)
    mends.save(ENTRY, answer="We do, on Mondays.")
    mends.save(ENTRY, phrasings=FIELDS["phrasings"] + "\nrecord repairs")
    parts.teaching.train_now()
    parts.understanding.refresh()
    mends.save(ENTRY, answer="We do, on Tuesdays.")
    path = f"/admin/faq/{ENTRY}"
    done = mends.who.post(f"{path}/restore", number="3", version="4")
    assert done.status_code == 303
    assert mends.entry(ENTRY).answers == {"en": "We do, on Mondays."}

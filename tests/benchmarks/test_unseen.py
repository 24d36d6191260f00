"""Which texts count as unseen, and what must come of them."""

from dataclasses import replace

from benchmarks import unseen
from benchmarks.automation import Played
from benchmarks.inquiries.inquiry import Inquiry
from benchmarks.labelled import Message

LINE = Inquiry(
    name="one",
    kind="order",
    language="en",
    wants="to know where it is",
    says=("pls has the postie got my records yet",),
    means=frozenset(["order_status"]),
    outcome="answered",
)


def played(outcome, goal=None, choices=(), best=None):
    message = Message("where", "order", frozenset(["order_status"]))
    return Played(message, outcome, goal, choices, best or goal, 0.9)


def test_what_stands_in_a_pack_or_is_for_a_person_is_left_out():
    known = replace(LINE, says=("Where is my order?",))
    person = replace(LINE, outcome="person")
    nobodys = replace(LINE, means=frozenset())
    assert unseen.unseen([known, person, nobodys, LINE]) == [LINE]


def test_each_fate_is_counted_and_all_targets_count():
    own = played("asked", "order_status")
    fates = [
        *[own] * 9,
        played("offered", None, ("refund", "order_status"), "order_status"),
        played("offered", None, ("refund",)),
        played("handed_over"),
        played("answered", "refund"),
    ]
    found = unseen.shares(fates)
    assert [share.count for share in found.values()] == [9, 1, 1, 1, 1, 10]
    assert not unseen.is_met(found)
    assert unseen.is_met(unseen.shares([*[own] * 9, played("handed_over")]))
    assert not unseen.is_met(unseen.shares([*[own] * 8, *[played("handed_over")] * 2]))


def test_the_likeliest_intent_has_a_target_in_every_language():
    sure = played("asked", "order_status")
    whole = unseen.shares([*[sure] * 9, played("asked", "order_status", best="refund")])
    assert unseen.is_met(whole)
    misread = played("asked", "order_status", best="refund")
    half = unseen.shares([*[sure] * 5, *[misread] * 5])
    assert not unseen.is_met(half)
    none = unseen.shares([])
    told = unseen._table({"all": whole, "en": half, "fr": none}).splitlines()
    assert told[-2].split() == ["likeliest,", "all", "90.0", "75.0", "met", "90.0"]
    assert told[-1].split() == ["likeliest,", "en", "50.0", "75.0", "MISSED", "90.0"]


def test_an_entry_of_the_faq_is_told_by_its_own_name():
    asks = replace(LINE, kind="faq", means=frozenset(["opening_hours"]))
    told = Played(
        unseen.message(asks),
        "answered",
        "faq/opening_hours",
        (),
        "faq/opening_hours",
        1.0,
    )
    assert told.verdict == "right"
    assert replace(told, goal="faq/newsletter").verdict == "wrong"

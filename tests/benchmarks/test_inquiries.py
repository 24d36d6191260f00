"""The inquiries in small: `python -m benchmarks.inquiries` plays all of them."""

from dataclasses import replace

import pytest

from benchmarks.inquiries import __main__ as command
from benchmarks.inquiries.customer import Step, Visit, visit
from benchmarks.inquiries.inquiry import Inquiry, read
from benchmarks.inquiries.judging import is_well_handed_over, rows, verdict

PARCEL = Inquiry(
    name="parcel",
    kind="order",
    language="en",
    wants="To know who brings order 41791.",
    says=("where is my order?",),
    knows={"order_number": "41791", "email": "carla.otway@example.com"},
    means=frozenset({"order_status"}),
    outcome="answered",
    facts=(("JD1108655084825066",),),
)


def step(said, *answers, flow=None, intent=None, outcome="answered"):
    trace = {"outcome": outcome, "flow": flow, "parse": {"intent": {"name": intent}}}
    return Step(said=said, trace=trace, language="en", answers=answers)


def test_told_in_full_is_resolved_and_a_wrong_answer_on_the_way_is_wrong():
    told = step("where?", "It is jd1108655084825066\u00a0.", flow="order_status")
    astray = step("where?", "Standard is 3.95.", flow="faq", intent="faq/delivery_cost")
    greeting = step("hi", "Hello!", flow="greet")
    assert verdict(Visit(inquiry=PARCEL, steps=[greeting, told])) == "resolved"
    assert verdict(Visit(inquiry=PARCEL, steps=[astray, told])) == "wrong"
    assert verdict(Visit(inquiry=PARCEL, steps=[greeting])) == "left"
    assert verdict(Visit(inquiry=PARCEL, person=True)) == "fetched"
    assert verdict(Visit(inquiry=PARCEL, steps=[told], person=True)) == "fetched"


def test_a_person_must_be_told_the_order_that_the_customer_gave():
    said = [step("it is 41791", "A colleague comes.", outcome="handed_over")]
    made = Visit(
        inquiry=PARCEL, steps=said, person=True, reason="unsure", language="en"
    )
    assert not is_well_handed_over(made)
    assert is_well_handed_over(replace(made, brief="order 41791"))
    assert not is_well_handed_over(replace(made, brief="41791", language="fr"))


def test_a_number_is_the_same_in_whatever_digits_and_words_it_was_given():
    knows = {"order_number": "the paper says ٤١٧٩١"}
    made = Visit(
        inquiry=replace(PARCEL, knows=knows),
        steps=[step("the paper says ٤١٧٩١", outcome="handed_over")],
        person=True,
        reason="flow",
        language="en",
    )
    assert is_well_handed_over(replace(made, brief="Order number: 41791"))
    assert not is_well_handed_over(replace(made, brief="Order number: 4179"))


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_inquiries_come_to_what_they_must_over_webhooks():
    stranger = replace(
        PARCEL,
        name="stranger",
        kind="stranger",
        says=("is the new pressing mono or stereo?",),
        knows={},
        means=frozenset(),
        outcome="person",
        facts=(),
    )
    with command.house() as house:
        made = [visit(house, one) for one in (PARCEL, stranger)]
    assert [verdict(one) for one in made] == ["resolved", "fetched"]
    everything = rows(made)[0]
    assert everything.handed_over.value == 1


def test_what_is_written_down_can_be_read():
    assert len(read()) == 400


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("kind: parcel", "kind is 'parcel'"),
        ("says: []", "it says nothing"),
        ("facts: []", "facts"),
        ("colour: red", "nobody knows colour"),
    ],
)
def test_what_cannot_be_played_is_named(tmp_path, line, told):
    given = {
        "name": "one",
        "kind": "faq",
        "language": "en",
        "wants": "To know.",
        "says": "[when]",
        "outcome": "answered",
        "facts": "[4 pm]",
    }
    key, _, value = line.partition(": ")
    text = "\n  ".join(f"{k}: {v}" for k, v in {**given, key: value}.items())
    (tmp_path / "en.yml").write_text(f"- {text}\n")
    with pytest.raises(ValueError, match=rf"en.yml, one: .*{told}"):
        read([tmp_path])

"""What a check says of itself: what to do about it, and counts that add up."""

import pytest

from bot.admin.checked import shown
from bot.checking import Check, Report, State
from bot.comparing import Difference, Verdict, sorted_out
from bot.rehearsal import Meant

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PERSON, OFFER = Meant(outcome="person"), Meant(outcome="offer")


def answer(intent):
    return Meant(outcome="answer", intent=f"faq/{intent}")


def changes(*pairs):
    return sorted_out(
        [
            Difference(text=f"message {number}", before=before, after=after)
            for number, (before, after) in enumerate(pairs)
        ],
        "faq/ours",
    )


def page(app, found, messages=10):
    report = Report(messages=messages, changes=found)
    check = Check(key="0", state=State.DONE, report=report)
    with app.test_request_context("/admin/checks/0"):
        return shown(check)


def test_the_worst_of_what_is_worse_comes_first():
    found = changes(
        (answer("a"), OFFER),
        (answer("a"), PERSON),
        (answer("ours"), answer("b")),
        (OFFER, PERSON),
    )
    told = [one.after for one in found[Verdict.WORSE]]
    assert told == [answer("b"), PERSON, PERSON, OFFER]


@only_sqlite
def test_the_counts_of_a_check_add_up_to_all_messages(app):
    check = page(
        app,
        changes(
            (answer("a"), OFFER),
            (answer("a"), answer("b")),
            (PERSON, answer("ours")),
            (PERSON, PERSON),
        ),
    )
    counted = (check.worse, check.other, check.better)
    assert [one.count for one in counted] == [1, 1, 1]
    assert check.same == 7


@only_sqlite
@pytest.mark.parametrize(
    ("pair", "tone"),
    [
        ((answer("a"), PERSON), "warn"),
        ((answer("a"), answer("b")), "warn"),
        ((PERSON, OFFER), "good"),
        ((PERSON, PERSON), "good"),
    ],
)
def test_only_what_somebody_should_look_at_warns(app, pair, tone):
    assert page(app, changes(pair)).tone == tone

"""What a check says of itself: what to do about it, and counts that add up."""

import pytest

from bot.admin.checked import shown
from bot.check import Check, Report, State
from bot.comparing import About, Difference, Verdict, harms, sorted_out
from bot.rehearsal import Meant

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PERSON, OFFER = Meant(outcome="person"), Meant(outcome="offer")
OURS = About(intent="faq/ours", asked=("do you mend records",))


def answer(intent):
    return Meant(outcome="answer", intent=f"faq/{intent}")


def changes(*pairs):
    return sorted_out(
        [
            Difference(text=f"message {number}", before=before, after=after)
            for number, (before, after) in enumerate(pairs)
        ],
        OURS,
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


@pytest.mark.parametrize(
    ("text", "offered", "verdict"),
    [
        ("could my record be put right", ("faq/ours",), Verdict.BETTER),
        ("can you mend it", ("faq/a", "faq/ours"), Verdict.BETTER),
        ("can you mend it", ("faq/a",), Verdict.ASKED),
        ("do you adopt penguins", ("faq/ours",), Verdict.ASKED),
        ("修唱片吗", ("faq/ours",), Verdict.BETTER),
    ],
)
def test_who_would_be_asked_back_is_better_off_only_if_that_may_be_meant(
    text, offered, verdict
):
    after = Meant(outcome="offer", offered=offered)
    found = sorted_out([Difference(text=text, before=PERSON, after=after)], OURS)
    assert [one for one, changes in found.items() if changes] == [verdict]


@pytest.mark.parametrize(
    ("lost", "messages", "is_harm"),
    [(3, 10, False), (4, 10, True), (10, 1000, False), (11, 1000, True)],
)
def test_so_many_may_lose_their_answer_without_a_word(lost, messages, is_harm):
    pairs = [(answer("a"), PERSON), (answer("a"), answer("ours"))] * lost
    assert harms(changes(*pairs[:lost]), messages) is is_harm


def test_one_who_would_not_be_heard_is_one_too_many():
    wish = Meant(outcome="answer", intent="stop", wish="stop")
    assert harms(changes((wish, answer("ours"))), 1000)

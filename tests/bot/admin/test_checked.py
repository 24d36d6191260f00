"""What a check says of itself: what to do about it, and counts that add up."""

import re

import pytest

from bot.admin.checked import shown
from bot.check import Check, Report, State
from bot.comparing import About, Difference, Verdict, harms, sorted_out
from bot.rehearsal import Meant
from tests.bot.visiting import visitor, words

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
def test_who_is_only_asked_what_they_may_mean_is_not_counted_as_answered(app):
    asked = Difference(
        text="mend it",
        before=PERSON,
        after=Meant(outcome="offer", offered=("faq/ours",)),
    )
    check = page(app, sorted_out([asked], OURS))
    assert (check.better.count, check.offered, check.answered) == (1, 1, 0)


@only_sqlite
@pytest.mark.parametrize(("after", "only"), [(OFFER, True), (PERSON, False)])
def test_who_is_asked_back_is_told_apart_from_who_loses_their_answer(app, after, only):
    assert page(app, changes((answer("a"), after))).only_asks is only


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


@pytest.fixture
def thousand(parts):
    """The key of a check that found that a thousand would lose their answer."""
    found = changes(*[(answer("delivery_time"), PERSON)] * 1000)
    report = Report(messages=1000, changes=found)
    check = Check(key="a-check", state=State.DONE, report=report)
    parts.checks._keep(check)
    return check.key


def texts(page):
    return re.findall(r"<q dir=\"auto\">message (\d+)</q>", page)


@only_sqlite
def test_all_that_a_check_found_is_opened_a_hundred_at_a_time(app, thousand):
    editor, seen = visitor(app, "editor", "Grace"), []
    page = editor.get(f"/admin/checks/{thousand}").text
    while (more := re.search(r'id="more-worse" href="([^"]+)"', page)) is not None:
        assert len(seen) < 1000
        seen += texts(page)
        answer = editor.get(more[1], headers={"HX-Request": "true"})
        page = answer.text
        assert "<html" not in page
        assert len(texts(page)) <= 100
    seen += texts(page)
    assert [int(one) for one in seen] == [*range(1000)]
    assert "That is all." in words(page)


@only_sqlite
def test_without_scripts_the_rest_is_a_page_of_its_own(app, thousand):
    editor = visitor(app, "editor", "Grace")
    first = editor.page(f"/admin/checks/{thousand}")
    assert "Show 100 more of 980" in words(first)
    page = editor.page(f"/admin/checks/{thousand}/worse?after=20")
    assert "Customers who would lose what they get now" in words(page)
    assert "From number 21 on." in words(page)
    assert texts(page) == [str(one) for one in range(20, 120)]
    assert "now “How long does delivery take?”, then a person" in words(page)
    for odd in ("x", "-1", "9" * 30):
        there = editor.get(f"/admin/checks/{thousand}/worse?after={odd}")
        assert there.status_code == 200


@only_sqlite
def test_of_a_check_that_is_gone_nothing_is_listed(app, thousand):
    editor = visitor(app, "editor", "Grace")
    gone = editor.get("/admin/checks/another/worse?after=20")
    assert gone.status_code == 404
    assert "This check is gone" in words(gone.text)
    assert editor.get(f"/admin/checks/{thousand}/odd").status_code == 404
    agent = visitor(app, "agent", "Ada")
    assert agent.get(f"/admin/checks/{thousand}/worse").status_code == 403

"""What is deleted is asked no more, which is meant; what else changes is not."""

from bot.aftermath import beside
from bot.check import Report
from bot.comparing import Difference
from bot.rehearsal import Meant


def test_only_what_is_no_question_of_its_own_askers_counts_as_a_side_effect():
    ours = Meant(outcome="answer", intent="faq/x")
    other = Meant(outcome="answer", intent="faq/y")
    person = Meant(outcome="person")
    offered = Meant(outcome="offer", offered=("faq/x", "faq/z"))
    found = [
        Difference(text="x?", before=ours, after=person),
        Difference(text="x, or so?", before=offered, after=person),
        Difference(text="said as it is taught", before=other, after=person),
        Difference(text="y?", before=other, after=person),
        Difference(text="z?", before=other, after=other),
    ]
    report = beside("faq/x", ["Said as it is taught!"], found, Report())
    (changed,) = [one for some in report.changes.values() for one in some]
    assert changed.text == "y?"
    assert report.own == ((person, 3),)

import csv

import pytest

from benchmarks import labelled
from benchmarks.automation import Played, tallies
from benchmarks.interval import Share
from benchmarks.labelled import Message, MissingError, read_map
from bot.content import ROOT, load
from tests.required import lacking

MAPS = ["bitext_map.csv", "sofmattress_map.csv"]


def played(wanted, outcome, goal=None, choices=(), best=None):
    message = Message("text", "theirs", frozenset(wanted))
    return Played(message, outcome, goal, tuple(choices), best or goal, 0.9)


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (played({"refund"}, "asked", "refund"), "right"),
        (played({"refund"}, "answered", "faq/refund_time"), "wrong"),
        (played({"refund"}, "answered", None), "wrong"),
        (played({"refund"}, "offered", choices=["greet", "refund"]), "offered_right"),
        (played({"refund"}, "offered", choices=["greet"]), "offered_other"),
        (played({"refund"}, "handed_over"), "handed_over"),
        (played({"contact_human_agent"}, "handed_over"), "person_wanted"),
        (played({}, "answered", "greet"), "wrong"),
        (played({}, "offered", choices=["greet"]), "offered_other"),
        (played({}, "handed_over"), "handed_over"),
    ],
    ids=[
        "answered with the goal",
        "answered with another goal",
        "answered with nothing",
        "the right one among the choices",
        "another one offered",
        "handed over",
        "handed over as it wished",
        "out of scope and answered",
        "out of scope and offered",
        "out of scope and handed over",
    ],
)
def test_what_counts_as_what(one, verdict):
    assert one.verdict == verdict


def test_only_answers_count_for_their_precision():
    some = [
        played({"refund"}, "asked", "refund"),
        played({"refund"}, "handed_over"),
        played({"contact_human_agent"}, "handed_over"),
        played({}, "answered", "greet"),
    ]
    everything, ours, others, _ = tallies(some)
    assert (everything.precision.count, everything.precision.of) == (1, 2)
    assert (ours.rows, others.rows) == (3, 1)


def test_wilson_s_interval():
    low, high = Share(49, 50).interval
    assert (round(low, 3), round(high, 3)) == (0.895, 0.996)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(0, 0)) == "-"


@pytest.mark.parametrize("name", MAPS)
def test_a_map_names_our_intents_only(name):
    content = load(ROOT / "nothing of its own")
    known = {*content.domain.intents, *(f"faq/{entry.name}" for entry in content.faq)}
    for ours in read_map(labelled.OURS / name).values():
        assert ours <= known


def test_the_map_of_bitext_covers_its_intents():
    if not labelled.BITEXT.exists():
        lacking("the dataset is not here")
    with labelled.BITEXT.open(newline="") as file:
        theirs = {(row["intent"], None) for row in csv.DictReader(file)}
    assert read_map(labelled.OURS / "bitext_map.csv").keys() == theirs


def test_a_row_may_mean_something_else_than_its_intent(tmp_path):
    rows = "text,intent\none,oos\ntwo,oos\nthree,hi\n"
    (tmp_path / "rows.csv").write_text(rows)
    (tmp_path / "map.csv").write_text(
        "intent,row,ours\noos,2,thank goodbye\nhi,,greet\n"
    )
    found = labelled.labelled([tmp_path / "rows.csv"], read_map(tmp_path / "map.csv"))
    assert [sorted(one.wanted) for one in found] == [
        [],
        ["goodbye", "thank"],
        ["greet"],
    ]


def test_a_dataset_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(labelled, "BITEXT", tmp_path / "none.csv")
    with pytest.raises(MissingError, match=r"none\.csv"):
        labelled.datasets()

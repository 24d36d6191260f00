"""An evaluation as pictures."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.evaluation import evaluate
from intents.examples import Example, Training
from intents.plots import (
    MARGIN,
    MOST_NAMED,
    SIZE,
    confusion_matrix,
    draw,
    reliability_diagram,
    risk_coverage,
)

SVG = "{http://www.w3.org/2000/svg}"


def parts(picture: str, kind: str) -> list[ET.Element]:
    return ET.fromstring(picture).findall(f".//{SVG}{kind}")  # noqa: S314  # our own


def test_an_evaluation_is_drawn_into_a_folder(shop: Training, tmp_path):
    found = evaluate(shop, [Example("gift cards", "faq/gift_cards")])
    paths = draw(found, tmp_path / "new")
    assert [one.name for one in paths] == [
        "risk-coverage.svg",
        "reliability.svg",
        "confusion.svg",
    ]
    assert all(ET.parse(one).getroot().tag == f"{SVG}svg" for one in paths)  # noqa: S314


def test_the_risk_is_what_is_wrong_of_the_surest():
    confidence, right = np.array([0.2, 0.9, 0.8]), np.array([False, True, False])
    (curve,) = parts(risk_coverage(confidence, right), "polyline")
    ends = [tuple(map(float, one.split(","))) for one in curve.attrib["points"].split()]
    shares = [((x - MARGIN) / SIZE, 1 - (y - MARGIN) / SIZE) for x, y in ends]
    expected = [(1 / 3, 0), (2 / 3, 1 / 2), (1, 2 / 3)]
    assert shares == [pytest.approx(one, abs=0.001) for one in expected]


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_whatever_was_measured_is_drawn_within_its_frame(rows):
    confidence = np.array([said for said, _ in rows])
    right = np.array([real for _, real in rows], np.bool_)
    marks = parts(reliability_diagram(confidence, right), "circle")
    assert len(marks) <= 15
    assert bool(marks) == bool(rows)
    places = [float(one.attrib[at]) for one in marks for at in ("cx", "cy")]
    assert all(MARGIN <= place <= MARGIN + SIZE for place in places)
    assert risk_coverage(confidence, right)


def test_each_pair_of_intents_has_a_cell_as_dark_as_its_share():
    pairs = [("a", "a")] * 3 + [("a", "<b>")]
    picture = confusion_matrix(pairs)
    told = {one.text for one in parts(picture, "title")}
    assert told == {"a taken for a: 3", "a taken for <b>: 1"}
    dark = [one.get("fill-opacity") for one in parts(picture, "rect")]
    assert {"0.75", "0.25"} <= {*dark}


@pytest.mark.parametrize("many", [MOST_NAMED, MOST_NAMED + 1])
def test_names_are_written_where_there_is_room(many):
    names = [f"intent {number}" for number in range(many)]
    written = parts(confusion_matrix([(name, name) for name in names]), "text")
    assert len(written) == (many if many <= MOST_NAMED else 0)

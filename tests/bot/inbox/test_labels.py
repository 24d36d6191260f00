"""Labels: made by editors, put on by agents, seen in lists, never by customers."""

import pytest

from bot.store.teamwork import ConversationLabel, Label
from tests.bot.visiting import converse, row, rows, visitor, words


@pytest.fixture
def editor(app):
    return visitor(app, "editor", "Grace")


@pytest.fixture
def label(parts, editor):
    """The number of a label called Refund."""
    editor.post("/admin/labels", name=" Refund ", hue="3")
    return row(parts, Label, name="Refund").id


def test_an_editor_makes_a_label_and_sees_where_it_is(parts, editor, agent, label):
    conversation = converse(parts, "1", "hi")
    agent.post(f"/inbox/{conversation}/labels", label=label)
    assert "Refund on 1 conversation" in editor.words("/admin/labels")


def test_a_label_that_is_put_on_stands_at_the_line_and_the_customer(
    parts, agent, mine, label
):
    agent.post(f"/inbox/{mine}/labels", label=label)
    page = agent.page(f"/inbox/{mine}?view=mine")
    shown = '<span class="tag label hue-3"><bdi class="cut">Refund</bdi></span>'
    assert shown in page.split('class="lines"')[1].split("</ul>")[0]
    assert shown in page.split('class="about-them"')[1]


def test_put_on_twice_it_is_there_once_and_can_be_taken_off(parts, agent, mine, label):
    for _ in range(2):
        agent.post(f"/inbox/{mine}/labels", label=label)
    assert len(rows(parts, ConversationLabel)) == 1
    agent.post(f"/inbox/{mine}/labels/{label}/off")
    assert rows(parts, ConversationLabel) == []


def test_a_list_is_filtered_by_label(parts, agent, waits, label, listed):
    one, _ = waits("1"), waits("2")
    agent.post(f"/inbox/{one}/labels", label=label)
    assert listed(agent, f"waiting&label={label}") == [f"Customer {one}"]


def test_renamed_it_is_renamed_wherever_it_is(parts, editor, agent, mine, label):
    agent.post(f"/inbox/{mine}/labels", label=label)
    before = agent.page(f"/inbox/{mine}?view=mine")
    editor.post(f"/admin/labels/{label}", name="Money back", hue="1")
    assert "Refund" in before
    told = agent.words(f"/inbox/{mine}?view=mine")
    assert told.count("Money back") >= 2
    assert "Refund" not in told


def test_deleted_it_comes_off_every_conversation(parts, editor, agent, mine, label):
    agent.post(f"/inbox/{mine}/labels", label=label)
    editor.post(f"/admin/labels/{label}/delete")
    assert rows(parts, Label) == rows(parts, ConversationLabel) == []
    answer = agent.post(f"/inbox/{mine}/labels", label=label)
    assert "Somebody has deleted this label" in agent.words(answer.location)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Write a name"),
        ("   ", "Write a name"),
        ("x" * 61, "too long"),
        ("refund", "There is a label of this name already"),
    ],
)
def test_a_name_that_can_not_be_is_explained(parts, editor, label, name, told):
    answer = editor.post("/admin/labels", name=name, hue="0")
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert len(rows(parts, Label)) == 1


def test_a_label_takes_no_name_of_another(parts, editor, label):
    editor.post("/admin/labels", name="Broken", hue="0")
    assert editor.post("/admin/labels", name="x", hue="red").status_code == 400
    answer = editor.post(f"/admin/labels/{label}", name="BROKEN", hue="0")
    assert answer.status_code == 422
    assert editor.post(f"/admin/labels/{label}", name="REFUND", hue="0").location


def test_agents_make_no_labels_and_viewers_put_none_on(app, agent, mine, label):
    assert agent.get("/admin/labels").status_code == 403
    assert agent.post("/admin/labels", name="x", hue="0").status_code == 403
    viewer = visitor(app, "viewer")
    assert viewer.post(f"/inbox/{mine}/labels", label=label).status_code == 403
    assert agent.post(f"/inbox/{mine}/labels", label="x").status_code == 400

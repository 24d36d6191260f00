"""Drafts: kept as they are written, on every screen of who writes, never sent."""

import html
import re

import pytest

from bot.store.models import OutgoingMessage
from bot.store.teamwork import Draft
from tests.bot.visiting import messages, row, rows, visitor

FORM = "a-form-with-a-number-1"


@pytest.fixture
def writes(agent, mine):
    """Let Ada write in her conversation; the server's answer."""

    def writes(text, version=0, **more):
        form = {"text": text, "version": version, "form": FORM, **more}
        return agent.post(f"/inbox/{mine}/draft", **form)

    return writes


def begun(who, conversation):
    """What stands in the field when somebody opens a conversation."""
    page = who.page(f"/inbox/{conversation}")
    return html.unescape(re.search(r'name="text".*?>(.*?)</textarea>', page, re.S)[1])


def test_a_draft_is_there_on_every_screen_of_who_wrote_it(parts, agent, mine, writes):
    assert writes("Dear Dan", choices="Yes\r\nNo").get_json() == {"version": 1}
    assert begun(agent, mine) == "Dear Dan"
    assert "Yes\nNo</textarea>" in agent.page(f"/inbox/{mine}")
    assert rows(parts, OutgoingMessage) == []


def test_a_draft_goes_on_from_its_version(parts, writes):
    writes("Dear")
    assert writes("Dear Dan", version=1).get_json() == {"version": 2}
    assert row(parts, Draft).text == "Dear Dan"


def test_of_two_screens_the_second_is_told_and_the_first_is_kept(parts, writes):
    writes("from one screen")
    answer = writes("from the other")
    assert answer.status_code == 409
    assert answer.get_json() == {
        "text": "from one screen",
        "choices": "",
        "version": 1,
    }
    assert row(parts, Draft).text == "from one screen"
    assert writes("both of them", version=1).status_code == 200


def test_a_colleague_has_a_draft_of_their_own(app, agent, ben, mine, writes):
    writes("Ada's words")
    form = {"text": "Ben's words", "version": 0, "form": FORM}
    assert ben.post(f"/inbox/{mine}/draft", **form).status_code == 200
    assert begun(agent, mine) == "Ada's words"
    assert "Ada's words" not in ben.page(f"/inbox/{mine}")


def test_an_emptied_field_leaves_no_draft(parts, writes):
    writes("Dear Dan")
    assert writes(" \n", version=1).get_json() == {"version": 0}
    assert rows(parts, Draft) == []


def test_what_is_sent_is_no_draft_any_more(parts, agent, mine, writes):
    writes("Dear Dan")
    agent.post(f"/inbox/{mine}/reply", text="Dear Dan!", form=FORM)
    assert rows(parts, Draft) == []
    assert begun(agent, mine) == ""


def test_a_draft_that_comes_after_its_answer_was_sent_is_forgotten(
    parts, agent, mine, writes
):
    agent.post(f"/inbox/{mine}/reply", text="Dear Dan!", form=FORM)
    assert writes("Dear Dan").get_json()["version"] == 0
    assert rows(parts, Draft) == []
    assert messages(parts, mine) == ["I need a person", "Dear Dan!"]


@pytest.mark.parametrize(
    "odd", [{"form": "short"}, {"text": "x" * 20_001}, {"text": "", "form": ""}]
)
def test_what_no_page_of_ours_says_is_refused(parts, writes, odd):
    assert writes(**{"text": "x", **odd}).status_code == 400
    assert rows(parts, Draft) == []


def test_viewers_write_no_drafts_and_nobody_does_where_nothing_is(app, agent, mine):
    viewer = visitor(app, "viewer")
    form = {"text": "x", "version": 0, "form": FORM}
    assert viewer.post(f"/inbox/{mine}/draft", **form).status_code == 403
    assert agent.post("/inbox/4711/draft", **form).status_code == 404

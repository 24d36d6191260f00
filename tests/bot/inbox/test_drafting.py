"""Drafts: kept as they are written, on every screen of who writes, never sent."""

import html
import re

import pytest

from bot.store.models import Author, OutgoingMessage
from bot.store.teamwork import Draft
from tests.bot.visiting import change, messages, row, rows, says, visitor, words

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


@pytest.fixture
def overtaken(parts, ben, mine, writes):
    """Let Ada's draft lie while the customer, the assistant and Ben go on."""
    writes("Dear Dan", choices="Yes\nNo")
    parts.clock.advance(minutes=5)
    says(parts, mine, "Something else: do you sell gloves?")
    says(parts, mine, "We do.", author=Author.BOT)
    says(parts, mine, "Red ones.", author=Author.AGENT, staff_id=ben.staff_id)
    parts.clock.advance(minutes=5)
    return mine


def test_an_overtaken_draft_stands_beside_the_field_and_says_when_it_was_written(
    agent, overtaken
):
    assert begun(agent, overtaken) == ""
    told = agent.words(f"/inbox/{overtaken}")
    assert "You wrote this" in told
    assert ", before 3 newer messages: Dear Dan It has not been sent." in told


def test_a_draft_that_is_newer_than_what_others_wrote_stands_in_the_field(
    parts, agent, mine, writes
):
    parts.clock.advance(minutes=1)
    says(parts, mine, "Are you there?")
    parts.clock.advance(minutes=1)
    writes("Dear Dan")
    parts.clock.advance(minutes=1)
    says(parts, mine, "Yes.", author=Author.AGENT, staff_id=agent.staff_id)
    assert begun(agent, mine) == "Dear Dan"
    assert "You wrote this" not in agent.words(f"/inbox/{mine}")


def test_who_uses_it_has_it_in_the_field_under_what_they_wrote_since(
    parts, agent, overtaken
):
    form = {"text": "Yes, red.", "begun": "Dear Dan", "choices": ""}
    answer = agent.post(f"/inbox/{overtaken}/draft/overtaken", **form)
    assert answer.status_code == 303
    assert begun(agent, overtaken) == "Yes, red.\n\nDear Dan"
    assert row(parts, Draft).choices == "Yes\nNo"
    assert rows(parts, OutgoingMessage) == []


def test_thrown_away_it_is_gone_and_what_was_written_since_stays(
    parts, agent, overtaken
):
    agent.post(f"/inbox/{overtaken}/draft/overtaken", text="Yes, red.", choices="")
    assert begun(agent, overtaken) == "Yes, red."
    assert row(parts, Draft).choices == ""
    agent.post(f"/inbox/{overtaken}/draft/overtaken", text="", choices="")
    assert rows(parts, Draft) == []


def test_what_is_written_now_takes_the_place_of_an_overtaken_draft(
    parts, agent, overtaken, writes
):
    assert 'data-version="1"' in agent.page(f"/inbox/{overtaken}")
    assert writes("Red ones, yes.", version=1).status_code == 200
    assert begun(agent, overtaken) == "Red ones, yes."


def news_of(page):
    return html.unescape(re.search(r'hx-get="([^"]+)"', page)[1])


def test_news_leave_a_draft_where_it_is(parts, agent, mine, writes):
    writes("Dear Dan")
    news = news_of(agent.page(f"/inbox/{mine}"))
    parts.clock.advance(minutes=1)
    says(parts, mine, "Are you there?")
    change(parts, mine, last_heard_at=parts.clock())
    came = agent.page(news)
    assert "Dear Dan</textarea>" in came
    assert "You wrote this" not in words(came)


def test_news_leave_an_overtaken_draft_beside_the_field(parts, agent, overtaken):
    news = news_of(agent.page(f"/inbox/{overtaken}"))
    parts.clock.advance(minutes=1)
    change(parts, overtaken, last_heard_at=parts.clock())
    came = agent.page(news)
    assert "before 3 newer messages" in words(came)
    assert "Dear Dan</textarea>" not in came
    assert "aside=1" in news_of(came)

"""What is shown of how good customers found it, and taken away as a file."""

import csv
import io
from datetime import timedelta

import pytest

from bot.store import satisfaction
from tests.bot.visiting import visitor
from tests.floor import Floor

PAGE = "/admin/satisfaction"


@pytest.fixture
def conversation(parts):
    """The number of a conversation."""
    floor = Floor(parts.database)
    floor.says("hello")
    return floor.conversation()


@pytest.fixture
def marked(parts, conversation):
    """Let the customer be asked *ago*, and give a mark."""

    def marked(score=None, *, goal="faq/opening_hours", staff=None, reason=None, ago=0):
        at = parts.clock() - timedelta(days=ago)
        about = {"goal": None if staff else goal, "staff_id": staff}

        def job(connection):
            satisfaction.asked(connection, conversation, at, **about)
            if score:
                given = {"score": score, "reason": reason}
                satisfaction.mark(connection, conversation, at, **given)

        parts.database.write(job)

    return marked


def test_with_no_data_the_page_says_what_will_be_there(editor):
    page = editor.who.words(PAGE)
    assert "Nobody was asked in these weeks" in page
    assert "An admin can let them be asked, under Hours." in page
    assert "good of" not in editor.who.words("/admin/faq/")
    assert editor.who.get(f"{PAGE}.csv").text.splitlines() == [
        "asked_at,language,by,agent,goal,mark,reason,conversation"
    ]


def test_shares_are_of_those_who_answered(editor, marked):
    for score in ("satisfied", "satisfied", "unsatisfied", None):
        marked(score)
    page = editor.who.words(PAGE)
    assert "67 % found it good: 2 of 3 who answered, of 4 who were asked." in page
    assert "When are you open? 2 1 4 67 %" in page
    assert "The assistant 2 1 4 67 %" in page


def test_what_is_older_than_the_weeks_is_not_counted(editor, marked):
    marked("satisfied", ago=40)
    marked("unsatisfied")
    assert "1 of 2 who answered" in editor.who.words(PAGE)
    assert "0 of 1 who answered" in editor.who.words(f"{PAGE}?weeks=4")
    # What is no choice is the usual one.
    assert "1 of 2 who answered" in editor.who.words(f"{PAGE}?weeks=999")


def test_each_week_has_its_own_row(editor, marked):
    marked("satisfied", ago=14)
    marked("unsatisfied")
    page = editor.who.words(PAGE)
    weeks = page[page.index("Week of") : page.index("By who did it")]
    assert weeks.count("100 %") == weeks.count(" 0 %") == 1
    assert weeks.count("–") == 10


def test_bad_marks_lead_to_their_conversations_and_are_chosen_by_reason(
    editor, marked, conversation
):
    marked("unsatisfied", reason="too_slow")
    marked("unsatisfied", goal="order_status")
    marked("satisfied")
    page = editor.who.get(PAGE).text
    assert page.count(f'class="entry" href="/inbox/{conversation}"') == 2
    slow = editor.who.get(f"{PAGE}?reason=too_slow").text
    assert slow.count(f'class="entry" href="/inbox/{conversation}"') == 1
    assert "Too slow" in slow
    unnamed = editor.who.get(f"{PAGE}?reason=").text
    assert unnamed.count(f'class="entry" href="/inbox/{conversation}"') == 1


def test_only_admins_see_whose_work_it_was(editor, marked, app):
    admin = visitor(app, "admin", "Root")
    marked("unsatisfied", staff=admin.staff_id, reason="other")

    def rows(who):
        return [*csv.DictReader(io.StringIO(who.get(f"{PAGE}.csv").text))]

    (seen,), (known,) = rows(editor.who), rows(admin)
    assert (known["by"], known["mark"], known["reason"]) == ("agent", "bad", "other")
    assert (seen["agent"], known["agent"]) == ("", "Root")
    assert known == seen | {"agent": "Root"}
    assert "Root" not in editor.who.words(PAGE)
    assert "By colleague" not in editor.who.words(PAGE)
    assert "Root 0 1 1 0 %" in admin.words(PAGE)


def test_each_question_of_the_faq_shows_how_helpful_it_was(editor, marked):
    marked("satisfied")
    marked("unsatisfied")
    marked(goal="faq/gift_cards")
    page = editor.who.words("/admin/faq/")
    assert page.count("good of") == 1
    assert "50 % good of 2 marks" in page
    assert "50 % good of 2 marks" in editor.who.words("/admin/faq/opening_hours")
    assert "good of" not in editor.who.words("/admin/faq/gift_cards")


def test_an_agent_has_no_such_page(app):
    agent = visitor(app, "agent", "Ada")
    assert agent.get(PAGE).status_code == 403
    assert agent.get(f"{PAGE}.csv").status_code == 403

"""What is new, every two seconds: nothing, or the parts that changed."""

import re
from datetime import timedelta

import pytest

from bot.store.models import Author, OutgoingState, Status
from tests.bot.visiting import change, converse, name, owes, says, visitor, words


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


@pytest.fixture
def conversation(parts):
    return converse(parts, "1001", "hello")


def poll(page):
    """The address that a page asks for its news."""
    found = re.search(r'hx-get="(/inbox/news[^"]+)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def parts_of(answer):
    """The parts that came, by the first word of their id."""
    ids = re.findall(r'id="([\w-]+)"[^>]*hx-swap-oob="morph"', answer.text)
    return {found.split("-")[0] for found in ids}


def news(who, page):
    return who.get(poll(page))


def test_while_nothing_changes_there_is_no_news(agent, conversation):
    page = agent.page(f"/inbox/{conversation}?view=assistant")
    answer = news(agent, page)
    assert (answer.status_code, answer.data) == (204, b"")


def test_news_are_asked_for_where_no_form_is_open_too(agent, conversation):
    """A selector that finds nothing is an error on the browser's console."""
    page = agent.page("/inbox/?view=assistant")
    (own,) = re.findall(r'<div class="news" id="([\w-]+)"', page)
    assert 'id="form"' not in page
    assert f'hx-include="#{own}, #form"' in page


def test_a_minute_later_what_says_how_long_ago_is_news(parts, agent, conversation):
    page = agent.page(f"/inbox/{conversation}?view=assistant")
    parts.clock.advance(minutes=1)
    assert {"queue", "customer"} <= parts_of(news(agent, page))


def test_what_grows_elsewhere_brings_its_number_alone(parts, agent, conversation):
    agent.post(f"/inbox/{conversation}/take-over")
    page = agent.page(f"/inbox/{conversation}?view=mine")
    says(parts, converse(parts, "1002", "hello"), "more")
    answer = news(agent, page)
    assert parts_of(answer) == {"views"}
    assert "Assistant 1" in words(answer.text)
    assert 'id="title"' not in answer.text
    assert news(agent, answer.text).status_code == 204


def test_a_list_that_is_empty_says_where_there_is_something(parts, agent):
    page = agent.page("/inbox/?view=mine")
    waits = converse(parts, "1002", "hello")
    change(parts, waits, status=Status.WAITING, waiting_since=parts.clock())
    answer = news(agent, page)
    assert "queue" in parts_of(answer)
    assert "1 waits for a person" in words(answer.text)


def test_a_new_message_brings_thread_and_list(parts, agent, conversation):
    page = agent.page(f"/inbox/{conversation}?view=assistant")
    says(parts, conversation, "are you there?")
    answer = news(agent, page)
    assert answer.status_code == 200
    assert {"thread", "head", "queue"} <= parts_of(answer)
    assert "are you there?" in words(answer.text)
    assert news(agent, answer.text).status_code == 204


def test_after_news_the_page_is_what_a_fresh_load_is(parts, agent, conversation):
    path = f"/inbox/{conversation}?view=assistant"
    page = agent.page(path)
    owes(parts, conversation, "paid back", state=OutgoingState.UNCONFIRMED)
    agent.post(f"/inbox/{conversation}/take-over")
    answer = news(agent, page)
    fresh = agent.page(path)

    def content(text, part):
        found = re.search(rf'<\w+ [^>]*id="{part}-?\d*".*', text, re.DOTALL)
        assert found is not None
        # Behind the last part stands the sheet of keys, which is no news.
        return found[0].partition("<dialog")[0].replace(' hx-swap-oob="morph"', "")

    for part in ("queue", "thread", "customer"):
        mine, its = content(answer.text, part), content(fresh, part)
        assert words(mine)[:400] == words(its)[:400], part


def test_a_colleagues_claim_changes_what_one_can_do(app, parts, agent, conversation):
    page = agent.page(f"/inbox/{conversation}")
    assert "Take over" in words(page)
    visitor(app, "agent", "Ben").post(f"/inbox/{conversation}/take-over")
    answer = news(agent, page)
    assert "answer" in parts_of(answer)
    assert "Ben is answering. You can read along." in words(answer.text)


def test_a_resolve_and_what_ends_it_change_what_one_can_do(parts, agent, conversation):
    """Nobody else answers by then: who holds it has not changed."""
    page = agent.page(f"/inbox/{conversation}")
    change(parts, conversation, resolved_at=parts.clock())
    resolved = news(agent, page)
    assert "Resolved. The assistant answers what" in words(resolved.text)
    assert "/resolve" not in resolved.text
    says(parts, conversation, "one more thing")
    assert "The assistant is answering." in words(news(agent, resolved.text).text)


def test_delivery_marks_and_reactions_are_news(parts, agent, conversation):
    owes(parts, conversation, "hi", state=OutgoingState.SENT)
    page = agent.page(f"/inbox/{conversation}")
    change(parts, conversation, read_at=parts.clock())
    assert "Read" in words(news(agent, page).text)


def test_news_leave_the_form_in_which_somebody_writes_as_it_is(
    parts, agent, conversation
):
    agent.post(f"/inbox/{conversation}/take-over")
    page = agent.page(f"/inbox/{conversation}?view=mine")
    form = re.search(r'id="form" value="([^"]+)"', page)[1]
    says(parts, conversation, "are you there?")
    answer = agent.get(poll(page) + f"&form={form}")
    assert "answer" not in parts_of(answer)
    assert 'id="seen" value="2"' in answer.text
    change(parts, conversation, last_heard_at=parts.clock() - timedelta(hours=1))
    answer = agent.get(poll(page) + f"&form={form}")
    assert "answer" in parts_of(answer)
    assert f'id="text-{form}"' in answer.text


@pytest.mark.parametrize("form", ['"><script>', "too-few", "x" * 200])
def test_a_form_with_an_odd_number_gets_a_new_one(agent, conversation, form):
    agent.post(f"/inbox/{conversation}/take-over")
    query = {"conversation": conversation, "form": form}
    answer = agent.get("/inbox/news", query_string=query)
    assert form not in answer.text


def test_what_comes_while_one_looks_at_it_is_not_unread_beside_it(
    parts, agent, conversation
):
    agent.post(f"/inbox/{conversation}/take-over")
    page = agent.page(f"/inbox/{conversation}?view=mine")
    says(parts, conversation, "are you there?")
    answer = news(agent, page)
    assert "are you there?" in answer.text
    assert 'class="line unread"' not in answer.text
    assert "1 unread" not in words(answer.text)
    assert news(agent, answer.text).status_code == 204


def test_another_conversation_is_news_for_the_list_alone(parts, agent, conversation):
    page = agent.page(f"/inbox/{conversation}?view=assistant")
    converse(parts, "1002", "hello too")
    assert parts_of(news(agent, page)) == {"queue"}


class TestNewsOfTheNumbersAlone:
    """What a page asks that was told of nothing else."""

    def ask(self, agent, page):
        return agent.get(f"{poll(page)}&only=counts")

    def test_are_those_of_all_the_page(self, parts, agent, conversation):
        page = agent.page(f"/inbox/{conversation}?view=assistant")
        change(parts, conversation, status="waiting", waiting_since=parts.clock())
        answer = self.ask(agent, page)
        assert parts_of(answer) == {"views"}
        fresh = agent.page(f"/inbox/{conversation}?view=assistant")
        tabs = re.compile(r'<div class="tabs".*?</nav>', re.DOTALL)
        assert tabs.search(answer.text)[0] == tabs.search(fresh)[0]
        assert "<title>(1) " in answer.text

    def test_leave_what_else_changed_to_the_next_question(
        self, parts, agent, conversation
    ):
        page = agent.page(f"/inbox/{conversation}?view=assistant")
        converse(parts, "1002", "hello too")
        says(parts, conversation, "and more")
        answer = self.ask(agent, page)
        assert parts_of(answer) == {"views"}
        assert self.ask(agent, answer.text).status_code == 204
        assert {"queue", "thread"} <= parts_of(news(agent, answer.text))

    def test_of_a_search_are_all_of_it(self, parts, agent, conversation):
        page = agent.page("/inbox/?view=assistant&q=hello")
        converse(parts, "1002", "hello too")
        assert parts_of(self.ask(agent, page)) == {"queue"}


def test_a_change_that_is_committed_late_is_seen(parts, agent, conversation):
    """Not "what is newer than": an older row may become visible after a newer one."""
    other = converse(parts, "1002", "hello too")
    page = agent.page("/inbox/?view=assistant")
    change(parts, other, revision=0)
    says(parts, conversation, "newer")
    later = news(agent, page).text
    change(parts, other, last_message_at=parts.clock() - timedelta(days=1))
    assert news(agent, later).status_code == 200


def test_the_count_of_those_who_wait_is_in_the_title(parts, agent, conversation):
    page = agent.page("/inbox/")
    change(parts, conversation, status="waiting", waiting_since=parts.clock())
    assert "<title>(1) Inbox · Frontdesk" in news(agent, page).text


def test_new_lines_and_messages_say_what_a_reader_hears(parts, agent, conversation):
    name(parts, conversation, "Dina")
    change(parts, conversation, status="waiting", waiting_since=parts.clock())
    page = agent.page(f"/inbox/{conversation}")
    assert 'data-announce="Dina waits for a person"' in page
    assert 'data-announce="Dina: hello"' in page


def test_what_we_say_ourselves_is_not_announced(parts, agent, conversation):
    owes(parts, conversation, "from the assistant")
    says(parts, conversation, "mine", author=Author.AGENT, staff_id=agent.staff_id)
    page = agent.page(f"/inbox/{conversation}")
    assert page.count("data-announce") == 1


@pytest.mark.parametrize(
    "wish",
    [
        "",
        "?after=x",
        "?only=counts",
        "?only=counts&after=x&conversation=4711",
        "?after=a.b.c.d.e.f",
        "?conversation=4711&after=....",
        "?view=?",
    ],
)
def test_an_odd_question_is_answered(agent, conversation, wish):
    assert agent.get(f"/inbox/news{wish}").status_code == 200


def test_who_was_signed_out_hears_so_and_nothing_else(agent, conversation):
    page = agent.page("/inbox/")
    agent.post("/sign-out")
    answer = agent.get(poll(page), headers={"HX-Request": "true"})
    assert answer.status_code == 401

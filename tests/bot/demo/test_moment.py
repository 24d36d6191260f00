"""How far the moment of the start page is, read from what happened."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import handoff
from bot.app import application
from bot.demo import moment
from bot.demo.past import filling
from bot.store import arrivals, knowledge, lessons, outbox, threads
from bot.store.knowledge import Faq
from bot.store.lessons import Kind
from bot.store.models import Author, Turn
from tests.bot.visiting import stranger, turn_of, words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SAYS = moment.script()


@pytest.fixture
def demo(parts):
    return replace(parts, settings=replace(parts.settings, demo=True))


def far(demo, language="en"):
    with demo.database.read() as connection:
        return moment.progress(connection, language).steps


def asks(demo, psid, said):
    """A customer writes; the number of the conversation."""
    now = demo.clock()

    def job(connection):
        page = demo.settings.page_id
        number = arrivals.conversation_of(connection, page, psid, now)
        about = {"page_id": page, "author": Author.CUSTOMER, "parts": {}}
        threads.add(connection, number, now, text=said, mid=f"m_{psid}", **about)
        handoff.request(
            connection,
            number,
            now,
            reason="unsure",
            summary="",
            answer_within=timedelta(minutes=9),
        )
        return number

    return demo.database.write(job)


def answers(demo, number, said):
    reply = outbox.Planned(
        message={"text": said},
        text=said,
        author="agent",
        purpose="answer",
        send_class="park",
    )
    now = demo.clock()
    demo.database.write(lambda c: outbox.plan(c, number, now, [reply]))


def takes(demo, number, text, outcome):
    """The assistant takes what a customer wrote for the question."""
    turn = turn_of(demo, number, text, outcome)
    query = update(Turn).where(Turn.id == turn).values(intent="faq/repair")
    demo.database.write(lambda c: c.execute(query))


def teaches(demo, *, live, phrasings=(SAYS.asked, "repairs?")):
    entry = Faq(
        name="repair",
        question=SAYS.asked,
        phrasings=phrasings,
        answers={"en": SAYS.answer},
        live=live,
    )
    now = demo.clock()
    demo.database.write(lambda c: knowledge.save(c, entry, now=now))


def test_a_demo_that_has_just_started_has_no_step_behind_it(demo):
    filling.fill(demo)
    assert far(demo) == (False, False, False, False, False)


def test_each_step_is_done_when_it_has_happened(demo):
    number = asks(demo, "1", f"Hi! {SAYS.asked.lower()}")
    assert far(demo) == (True, False, False, False, False)
    answers(demo, number, SAYS.answer)
    assert far(demo) == (True, True, False, False, False)
    teaches(demo, live=False)
    assert far(demo) == (True, True, True, False, False)
    teaches(demo, live=True)
    assert far(demo) == (True, True, True, True, False)


def test_the_walk_of_each_language_counts_its_own_question(demo):
    number = asks(demo, "1", SAYS.asked)
    answers(demo, number, SAYS.answer)
    teaches(demo, live=True)
    assert far(demo, "ar") == (False, False, False, False, False)
    asks(demo, "2", moment.script("ar").asked)
    assert far(demo, "ar") == (True, False, False, False, False)
    # It types in English where nothing is written down in the reader's language.
    assert far(demo, "de") == far(demo)


def test_a_past_is_told_of_where_there_is_one(demo):
    said = "Behind it lie a month and 1,000 conversations."
    for past in (True, False):
        parts = replace(demo, settings=replace(demo.settings, demo_past=past))
        page = stranger(application(parts, lambda number: None)).client.get("/").text
        assert (said in words(page)) == past


def test_what_was_taught_from_the_question_counts_whatever_its_words_are(demo):
    number = asks(demo, "1", SAYS.asked)
    turn = turn_of(demo, number, SAYS.asked)
    about = {"now": demo.clock(), "staff_id": None, "intent": "faq/repair"}
    demo.database.write(lambda c: lessons.mark(c, turn, Kind.TAUGHT, **about))
    teaches(demo, live=True, phrasings=("do you mend decks",))
    assert far(demo) == (True, False, True, True, False)


def test_an_answer_counts_that_was_chosen_when_the_assistant_asked_back(demo):
    asks(demo, "1", SAYS.asked)
    teaches(demo, live=True)
    other = asks(demo, "2", SAYS.again)
    takes(demo, other, SAYS.again, "offered")
    assert far(demo) == (True, False, True, True, False)
    takes(demo, other, SAYS.asked, "answered")
    assert far(demo) == (True, False, True, True, True)


def test_the_walk_leads_to_the_conversation_and_names_the_buttons_as_they_are(demo):
    number = asks(demo, "1", SAYS.asked)
    client = stranger(application(demo, lambda number: None)).client
    page = client.get("/demo/steps").text
    assert f'value="/inbox/{number}"' in page
    assert "press Teach , then Write the new question" in words(page)
    (seen,) = re.findall(r"/demo/steps\?seen=([\w-]+)", page)
    assert client.get(f"/demo/steps?seen={seen}").status_code == 204
    teaches(demo, live=False)
    assert client.get(f"/demo/steps?seen={seen}").status_code == 200


def test_the_page_says_what_to_type_and_what_is_done(demo):
    app = application(demo, lambda number: None)
    page = stranger(app).client.get("/demo/steps").text
    for said in (SAYS.asked, SAYS.answer, SAYS.again):
        assert said in words(page)
    assert "Done" not in words(page)
    asks(demo, "1", SAYS.asked)
    page = stranger(app).client.get("/demo/steps").text
    assert words(page).count("Done") == 1


def test_outside_the_demo_there_are_no_steps(app):
    assert app.test_client().get("/demo/steps").status_code == 404


def test_grace_can_be_sent_to_the_inbox(demo):
    app = application(demo, lambda number: None)
    answer = stranger(app).post("/demo/sign-in/admin", next="/inbox/")
    assert answer.location == "/inbox/"
    elsewhere = stranger(app).post("/demo/sign-in/admin", next="//evil.example")
    assert elsewhere.location == "/admin/faq/"


@pytest.mark.parametrize("language", [*moment.scripts()])
def test_the_page_and_its_steps_speak_the_language_of_whoever_reads_it(demo, language):
    says = moment.script(language)
    past = (moment.DATA / "demo" / "past" / f"{language}.toml").read_text("utf-8")
    assert {*says.ways} <= {*past.splitlines()}
    client = stranger(application(demo, lambda number: None)).client
    page = client.get("/demo/steps", headers={"Accept-Language": language}).text
    for said in (says.asked, says.answer, says.again, *says.ways):
        assert said in words(page)
    number = asks(demo, "1", says.asked)
    answers(demo, number, says.answer)
    assert far(demo, says.language) == (True, True, False, False, False)
    teaches(demo, live=True, phrasings=(says.asked, *says.ways))
    assert far(demo, says.language) == (True, True, True, True, False)


def test_the_step_to_publish_quotes_what_the_page_says_then(demo):
    client = stranger(application(demo, lambda number: None)).client
    page = client.get("/demo/steps", headers={"Accept-Language": "ar"}).text
    assert "<q>حُفظ وتعلّمه المساعد.</q>" in page

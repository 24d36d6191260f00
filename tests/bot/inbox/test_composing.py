"""What is put into an answer: canned replies, filled from the conversation."""

import html
import re

import pytest
from sqlalchemy import update

from bot import pictures
from bot.store import knowledge
from bot.store.knowledge import Faq
from bot.store.models import Author, Customer, OutgoingMessage, TrackerEvent
from bot.store.teamwork import CannedReply
from bot.store.variants import Variant, When
from tests.bot.inbox.test_pictures import PNG
from tests.bot.visiting import (
    add,
    change,
    messages,
    name,
    owes,
    row,
    rows,
    says,
    visitor,
    words,
)

REFUND = "Dear {customer_name}, {agent_name} here. Order {order_number} is paid back."
FORM = "a-form-with-a-number-1"


@pytest.fixture
def refund(parts):
    """The number of a canned reply with three places."""
    now = parts.clock()
    add(parts, CannedReply, short_code="refund", text=REFUND, changed_at=now)
    return row(parts, CannedReply, short_code="refund").id


@pytest.fixture
def live(parts):
    """Put a question of the FAQ live, with this answer."""

    def live(name, answer, is_live=True, variants=()):
        entry = Faq(
            name=name,
            question="Opening hours",
            phrasings=("when are you open", "opening hours"),
            answers={"en": answer},
            live=is_live,
            variants=variants,
        )
        parts.database.write(lambda c: knowledge.save(c, entry, now=parts.clock()))
        parts.understanding.refresh()

    return live


def speaks_of(parts, conversation, order, *, found=False):
    """Let the log say that the customer named an order, and perhaps proved it."""
    log = [{"event": "slot", "name": "order_number", "value": order}]
    if found:
        log.append({"event": "action", "name": "action_order_status"})
        log.append({"event": "slot", "name": "found", "value": True})
    for event in log:
        add(parts, TrackerEvent, conversation_id=conversation, event=event)


def offered(agent, conversation):
    """What the list of canned replies would put in, by short code."""
    page = agent.page(f"/inbox/{conversation}/canned")
    found = re.findall(r'data-code="([^"]+)" data-insert="([^"]+)"', page)
    return {code: html.unescape(text) for code, text in found}


def written(page):
    return html.unescape(re.search(r'name="text".*?>(.*?)</textarea>', page, re.S)[1])


def test_places_are_filled_with_what_the_conversation_knows(parts, agent, mine, refund):
    name(parts, mine, "Dan Vale")
    change(parts, mine, state={"slots": {"order_number": "HB-1042"}})
    told = "Dear Dan Vale, Ada here. Order HB-1042 is paid back."
    assert offered(agent, mine) == {"refund": told}


def test_the_one_order_beside_a_conversation_is_filled_in_of_several_none(
    parts, agent, mine, refund
):
    speaks_of(parts, mine, "48213", found=True)
    assert "Order 48213 is paid back." in offered(agent, mine)["refund"]
    speaks_of(parts, mine, "48214")
    assert "Order {order_number} is paid" in offered(agent, mine)["refund"]
    assert "one of their orders: 48213, 48214" in html.unescape(
        agent.page(f"/inbox/{mine}")
    )
    change(parts, mine, state={"slots": {"order_number": "48213"}})
    assert "Order 48213 is paid back." in offered(agent, mine)["refund"]


def test_what_is_not_known_stays_as_a_place(agent, mine, refund):
    told = "Dear {customer_name}, Ada here. Order {order_number} is paid back."
    assert offered(agent, mine) == {"refund": told}


def test_an_answer_with_a_place_in_it_is_not_sent(parts, agent, mine, refund):
    text = offered(agent, mine)["refund"].replace("{customer_name}", "Dan")
    answer = agent.post(f"/inbox/{mine}/reply", text=text, form=FORM)
    assert answer.status_code == 422
    told = "Fill in {order_number} (the order that the customer named), or take it out"
    assert told in words(answer.text)
    assert written(answer.text) == text
    assert rows(parts, OutgoingMessage) == []


def test_braces_that_are_no_place_are_a_customers_business(parts, agent, mine):
    text = "Type {name} or { } into the form."
    agent.post(f"/inbox/{mine}/reply", text=text, form=FORM)
    assert messages(parts, mine)[1:] == [text]


def test_without_script_a_reply_is_put_under_what_was_written(agent, mine, refund):
    page = agent.page(f"/inbox/{mine}")
    assert f'formaction="/inbox/{mine}/insert' in page
    answer = agent.post(f"/inbox/{mine}/insert", text="Hello!", canned=refund)
    told = "Dear {customer_name}, Ada here. Order {order_number} is paid back."
    assert written(answer.text) == f"Hello!\n\n{told}"
    assert answer.headers["HX-Push-Url"] == "false"


def test_nothing_is_sent_by_putting_it_in(parts, agent, mine, refund):
    agent.post(f"/inbox/{mine}/insert", text="Hello!", canned=refund)
    assert rows(parts, OutgoingMessage) == []


def test_a_reply_that_is_not_there_is_not_put_in(agent, mine, refund):
    assert agent.post(f"/inbox/{mine}/insert", canned=refund + 1).status_code == 404
    assert agent.post("/inbox/4711/insert", canned=refund).status_code == 404
    assert agent.get("/inbox/4711/canned").status_code == 404


def test_the_list_is_for_who_may_answer(app, mine, refund):
    viewer = visitor(app, "viewer")
    assert viewer.get(f"/inbox/{mine}/canned").status_code == 403


def test_what_editors_write_makes_no_element(parts, agent, mine):
    odd = '"><img src=x onerror=alert(1)>'
    add(parts, CannedReply, short_code="odd", text=odd, changed_at=parts.clock())
    assert offered(agent, mine) == {"odd": odd}
    assert "<img src=x" not in agent.page(f"/inbox/{mine}")


def was_asked(page):
    """Return whether what is sent next goes out as it is written."""
    return re.search(r'name="asked" id="asked-[^"]+" value="1"', page) is not None


def test_a_short_code_is_never_sent_unasked_but_shown_as_its_reply(
    parts, agent, mine, refund
):
    name(parts, mine, "Dan")
    where = f"/inbox/{mine}/reply"
    answer = agent.post(where, text="Hi!\n/Refund ", form=FORM)
    assert answer.status_code == 422
    assert "“/Refund” is a short code" in words(answer.text)
    assert written(answer.text).startswith("Hi!\nDear Dan, Ada here.")
    assert rows(parts, OutgoingMessage) == []
    assert was_asked(answer.text)
    assert not was_asked(agent.page(f"/inbox/{mine}"))
    agent.post(where, text="/refund", form=FORM, asked="1")
    assert messages(parts, mine)[1:] == ["/refund"]


@pytest.mark.parametrize(
    "text", ["/", "/nothing", "/refund it", "a/refund", "//refund"]
)
def test_what_is_no_short_code_is_sent_as_it_is_written(
    parts, agent, mine, refund, text
):
    agent.post(f"/inbox/{mine}/reply", text=text, form=FORM)
    assert messages(parts, mine)[1:] == [text]


@pytest.fixture
def in_three(parts):
    """Replies in three languages and for any, two codes of which are shared."""
    for code, language, text in (
        ("hours", "ar", "Ten, in Arabic."),
        ("hours", "es", "A las diez."),
        ("bye", "en", "Goodbye."),
        ("hours", "", "10:00."),
        ("late", "es", "Llega tarde."),
        ("late", "en", "It is late."),
    ):
        now = parts.clock()
        values = {"short_code": code, "language": language, "text": text}
        add(parts, CannedReply, changed_at=now, **values)


def in_order(agent, conversation):
    """What the list of canned replies would put in, from above."""
    page = agent.page(f"/inbox/{conversation}/canned")
    return re.findall(r'data-insert="([^"]+)"', page)


def test_replies_in_the_language_of_the_conversation_or_for_any_come_first(
    parts, agent, mine, in_three
):
    change(parts, mine, language="es")
    fitting = ["A las diez.", "10:00.", "Llega tarde."]
    others = ["Goodbye.", "Ten, in Arabic.", "It is late."]
    assert in_order(agent, mine) == fitting + others
    menu = re.search(
        r'<select name="canned".*?</select>', agent.page(f"/inbox/{mine}"), re.S
    )[0]
    own, apart = menu.split('<optgroup label="In other languages">')
    assert [text in own for text in fitting] == [True] * 3
    assert [text in apart for text in others] == [True] * 3
    assert "/hours · Spanish · A las diez." in own
    assert "/hours · 10:00." in own


def test_while_nobody_knows_the_language_it_is_that_of_the_profile_or_the_shops(
    parts, agent, mine, in_three
):
    change(parts, mine, language="")
    assert in_order(agent, mine)[:3] == ["Goodbye.", "10:00.", "It is late."]
    query = update(Customer).values(language="ar")
    parts.database.write(lambda connection: connection.execute(query))
    assert in_order(agent, mine)[:2] == ["Ten, in Arabic.", "10:00."]
    query = update(Customer).values(language="de")
    parts.database.write(lambda connection: connection.execute(query))
    assert in_order(agent, mine)[:3] == ["Goodbye.", "10:00.", "It is late."]


@pytest.mark.parametrize(
    ("language", "code", "told"),
    [
        ("es", "/hours", "A las diez."),
        ("ar", "/hours", "Ten, in Arabic."),
        ("fr", "/hours", "10:00."),
        ("es", "/late", "Llega tarde."),
        # None in French, none for any: that of the shop's own language.
        ("fr", "/late", "It is late."),
        ("es", "/bye", "Goodbye."),
    ],
)
def test_the_language_of_the_conversation_decides_what_a_short_code_stands_for(
    parts, agent, mine, in_three, language, code, told
):
    change(parts, mine, language=language)
    answer = agent.post(f"/inbox/{mine}/reply", text=code, form=FORM)
    assert answer.status_code == 422
    assert written(answer.text) == told


def suggested(page):
    """The names of the FAQ's questions that are suggested, the likeliest first."""
    return re.findall(r'name="faq" value="([^"]+)"', page)


def test_what_the_customer_asked_last_brings_answers_of_the_faq(
    parts, agent, mine, live
):
    live("opening_hours", "We open at ten.")
    says(parts, mine, "when are you open please")
    page = agent.page(f"/inbox/{mine}")
    assert suggested(page)[0] == "opening_hours"
    assert len(suggested(page)) <= 3
    assert 'data-insert="We open at ten."' in page


def test_what_is_answered_to_this_customer_is_suggested(parts, agent, mine, live):
    in_france = Variant(when=When(country="FR"), answers={"en": "At {eleven}."})
    live("opening_hours", "We open at ten.", variants=(in_france,))
    says(parts, mine, "when are you open please")
    assert 'data-insert="We open at ten."' in agent.page(f"/inbox/{mine}")
    parts.database.write(lambda c: c.execute(update(Customer).values(country="FR")))
    assert 'data-insert="At {eleven}."' in agent.page(f"/inbox/{mine}")
    answer = agent.post(f"/inbox/{mine}/insert", text="", faq="opening_hours")
    assert written(answer.text) == "At {eleven}."


def test_only_live_questions_with_an_answer_are_suggested(parts, agent, mine, live):
    live("opening_hours", "")
    says(parts, mine, "when are you open please")
    assert suggested(agent.page(f"/inbox/{mine}")) == []
    live("opening_hours", "We open at ten.", is_live=False)
    assert suggested(agent.page(f"/inbox/{mine}")) == []


def test_a_greeting_brings_nothing(parts, agent, mine, live):
    live("opening_hours", "We open at ten.")
    says(parts, mine, "hello")
    assert suggested(agent.page(f"/inbox/{mine}")) == []


@pytest.mark.parametrize("value", ["anna@example.com", "48213", "order 48213"])
def test_a_value_that_comes_alone_brings_nothing(parts, agent, mine, live, value):
    live("opening_hours", "We open at ten.")
    says(parts, mine, value)
    assert suggested(agent.page(f"/inbox/{mine}")) == []


def test_who_asks_and_then_says_hello_has_asked(parts, agent, mine, live):
    live("opening_hours", "We open at ten.")
    says(parts, mine, "when are you open please")
    owes(parts, mine, "It is taking a while.", purpose="unanswered")
    says(parts, mine, "hello??")
    assert suggested(agent.page(f"/inbox/{mine}")) == ["opening_hours"]
    says(parts, mine, "One moment.", author=Author.AGENT, staff_id=agent.staff_id)
    assert suggested(agent.page(f"/inbox/{mine}")) == ["opening_hours"]
    says(parts, mine, "hello??")
    assert suggested(agent.page(f"/inbox/{mine}")) == []


def test_news_bring_the_answers_to_what_was_asked_meanwhile(parts, agent, mine, live):
    live("opening_hours", "We open at ten.")
    before = agent.page(f"/inbox/{mine}")
    news = html.unescape(re.search(r'hx-get="([^"]+)"', before)[1])
    parts.clock.advance(seconds=1)
    says(parts, mine, "when are you open please")
    change(parts, mine, last_heard_at=parts.clock())
    assert suggested(agent.page(news)) == ["opening_hours"]


def test_without_script_a_suggestion_is_put_in_by_its_button(parts, agent, mine, live):
    live("opening_hours", "We open at {10}.")
    where = f"/inbox/{mine}/insert"
    answer = agent.post(where, text="Hello!", faq="opening_hours")
    assert written(answer.text) == "Hello!\n\nWe open at {10}."
    assert rows(parts, OutgoingMessage) == []
    assert agent.post(where, text="Hello!", faq="no_such").status_code == 404


def test_who_only_looks_gets_no_suggestions(app, parts, mine, live):
    live("opening_hours", "We open at ten.")
    says(parts, mine, "when are you open please")
    assert suggested(visitor(app, "viewer").page(f"/inbox/{mine}")) == []


@pytest.fixture
def sizes(parts):
    """A canned reply with a picture."""
    picture = pictures.keep(parts.settings.home, PNG)
    values = {"short_code": "sizes", "text": "Our sizes.", "picture": picture}
    add(parts, CannedReply, changed_at=parts.clock(), **values)
    return row(parts, CannedReply, short_code="sizes")


def owed(parts):
    """What goes out: the names of pictures, and texts."""
    payloads = [one.payload for one in rows(parts, OutgoingMessage)]
    return [one.get("text") or one["attachment"]["payload"]["file"] for one in payloads]


def test_the_list_says_where_the_picture_of_a_reply_is(app, agent, mine, sizes, refund):
    page = agent.page(f"/inbox/{mine}/canned")
    where = f"/inbox/canned/{sizes.id}/picture"
    assert page.count("data-picture=") == 1
    assert f'data-picture="{where}"' in page
    shown = agent.get(where)
    assert (shown.data, shown.mimetype) == (PNG, "image/png")
    assert agent.get(f"/inbox/canned/{refund}/picture").status_code == 404
    assert visitor(app, "viewer").get(where).status_code == 403


def test_without_script_its_picture_goes_with_it_unless_it_is_unticked(
    parts, agent, mine, sizes
):
    page = agent.post(f"/inbox/{mine}/insert", text="", canned=sizes.id).text
    assert f'name="with-canned" value="{sizes.id}" checked' in page
    assert "The picture of /sizes goes with it" in words(page)
    where = f"/inbox/{mine}/reply"
    agent.post(where, text="Our sizes.", form=FORM, **{"with-canned": sizes.id})
    assert owed(parts) == [sizes.picture, "Our sizes."]


def test_a_short_code_that_is_sent_brings_its_picture_before_it_goes_out(
    parts, agent, mine, sizes
):
    answer = agent.post(f"/inbox/{mine}/reply", text="/sizes", form=FORM)
    assert answer.status_code == 422
    assert f'name="with-canned" value="{sizes.id}" checked' in answer.text
    assert rows(parts, OutgoingMessage) == []


def test_what_is_refused_keeps_the_picture_that_goes_with_it(agent, mine, sizes):
    text = "Fill {customer_name}"
    form = {"text": text, "form": FORM, "with-canned": sizes.id}
    answer = agent.post(f"/inbox/{mine}/reply", **form)
    assert answer.status_code == 422
    assert f'name="with-canned" value="{sizes.id}" checked' in answer.text


def test_no_form_sends_the_picture_of_what_is_no_canned_reply(
    parts, agent, mine, refund
):
    form = {"text": "Hello", "form": FORM, "with-canned": [refund, 4711, "x"]}
    agent.post(f"/inbox/{mine}/reply", **form)
    assert owed(parts) == ["Hello"]

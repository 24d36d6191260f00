"""Private notes: colleagues read them, the customer never does."""

import re
from types import SimpleNamespace

import pytest

from bot.inbox.mentions import called
from bot.store import staff
from bot.store.models import Message, OutgoingMessage
from bot.store.people import Role
from bot.store.teamwork import Mention, Note
from tests.bot.visiting import NOW, converse, rows, visitor, words

MENTIONS = "/inbox/?view=mentions"


def note(who, conversation, text):
    return who.post(f"/inbox/{conversation}/notes", note=text)


def person(app, login, name):
    """Somebody who may sign in and has not."""
    database = app.extensions["parts"].database
    database.write(lambda c: staff.add(c, login, name, Role.AGENT, NOW))


def test_a_note_stands_in_the_thread_marked_as_private(agent, ben, mine):
    answer = note(ben, mine, "Ask for the <receipt>")
    assert "Only colleagues see it" in ben.words(answer.location)
    told = agent.words(f"/inbox/{mine}")
    assert "Private note by Ben" in told
    assert "Ask for the <receipt>" in told


def test_a_note_is_never_a_message_and_wakes_nobody(parts, agent, mine, woken):
    woken.clear()
    said = len(rows(parts, Message))
    note(agent, mine, "The customer is wrong")
    assert rows(parts, OutgoingMessage) == []
    assert len(rows(parts, Message)) == said
    assert woken == []


def test_the_two_forms_differ_in_address_field_colour_and_button(agent, mine):
    reply = agent.page(f"/inbox/{mine}")
    private = agent.page(f"/inbox/{mine}?write=note")
    assert 'id="note"' not in reply
    assert 'id="reply"' not in private
    form = re.search(r'<form class="composer private".*?</form>', private, re.S)[0]
    assert f'action="/inbox/{mine}/notes' in form
    assert "/reply" not in form
    assert "Keep note" in form
    assert "Send" not in form
    assert "The customer never sees this" in form
    assert 'name="text"' not in form


def test_the_form_of_a_note_sent_to_the_address_of_replies_sends_nothing(
    parts, agent, mine
):
    answer = agent.post(f"/inbox/{mine}/reply", note="The customer is wrong")
    assert answer.status_code == 400
    assert rows(parts, OutgoingMessage) == []


def test_one_need_not_hold_a_conversation_to_note_something(parts, agent):
    conversation = converse(parts, "8", "hi")
    note(agent, conversation, "A regular")
    assert "A regular" in agent.words(f"/inbox/{conversation}")


def test_who_is_called_hears_so_until_they_have_seen_it_and_finds_it_ever_after(
    parts, agent, ben, mine, listed
):
    said = f"Ada mentions you: Customer {mine}"
    note(agent, mine, "@Ben, what do you think?")
    called = ben.page("/inbox/?view=mentions")
    assert "Mentions 1 , 1 unread" in words(called)
    assert '<bdi class="cut"><bdi>@Ben</bdi>, what do you think?</bdi>' in called
    assert 'class="line unread"' in called
    assert f"#note-{rows(parts, Note)[0].id}" in called
    assert f'data-announce="{said}"' in called
    told = ben.post("/inbox/here", beside="1").json
    there = f"/inbox/{mine}?view=mentions#note-{rows(parts, Note)[0].id}"
    assert told == {"told": [said], "where": there, "calls": 1}
    assert listed(agent, "mentions") == []

    ben.page(f"/inbox/{mine}")
    called = ben.page("/inbox/?view=mentions")
    assert listed(ben, "mentions") == [f"Customer {mine}"]
    assert "1 unread" not in words(called)
    assert 'class="line"' in called
    assert said not in called
    assert rows(parts, Mention)[0].seen_at is not None


def test_whom_a_note_mentions_sees_so_on_every_page_in_bar_and_title(app, agent, mine):
    grace = visitor(app, "editor", "Grace")
    note(agent, mine, "@Grace, may they?")
    for path in ("/account/", "/admin/faq/", "/inbox/"):
        page = grace.page(path)
        assert "<title>@1 " in page
        assert re.search('<span class="calls" title="[^"]+">', page)
        assert re.search('<a class="calls" href="(.+?)" [^>]+>', page)[1] == MENTIONS
        assert "Mentions 1" in words(page)
    grace.page(f"/inbox/{mine}")
    page = grace.page("/account/")
    assert "<title>@" not in page
    assert re.search('<span class="calls" [^>]+ hidden>', page)
    assert re.search('<a class="calls" .+ hidden>', page)


def test_of_several_notes_that_call_somebody_they_are_led_to_the_newest(
    parts, agent, ben, waits
):
    for psid in ("1", "2"):
        note(agent, waits(psid), "@Ben look")
    newest = rows(parts, Note)[-1]
    told = ben.post("/inbox/here", beside="1").json
    there = f"/inbox/{newest.conversation_id}?view=mentions#note-{newest.id}"
    assert (len(told["told"]), told["where"]) == (2, there)


def test_a_note_without_a_name_is_unread_by_whose_conversation_it_is_in(
    parts, agent, ben, mine
):
    said = f"Ben left a note: Customer {mine}"
    agent.page(f"/inbox/{mine}")
    note(ben, mine, "They called by phone as well")
    there = f"/inbox/{mine}?view=mine#note-{rows(parts, Note)[0].id}"
    told = agent.post("/inbox/here", beside="1").json
    assert told == {"told": [said], "where": there, "calls": 0}
    page = agent.page("/inbox/?view=mine")
    assert 'class="line unread"' in page
    assert f'data-announce="{said}"' in page
    assert ", 1 unread" in words(page)
    assert said not in ben.page("/inbox/")
    opened = agent.page(f"/inbox/{mine}?view=mine")
    assert 'class="line unread"' not in opened
    assert said not in opened
    note(agent, mine, "So they did")
    assert 'class="line unread"' not in agent.page("/inbox/?view=mine")


def test_who_is_called_in_a_conversation_of_theirs_is_told_once(agent, ben, mine):
    agent.page(f"/inbox/{mine}")
    note(ben, mine, "@Ada they called")
    told = agent.post("/inbox/here", beside="1").json["told"]
    assert told == [f"Ben mentions you: Customer {mine}"]


def test_an_address_may_begin_a_note_and_no_reply(agent, mine):
    begun = agent.page(f"/inbox/{mine}?write=note&text=@")
    assert re.search(r'data-picks="/inbox/colleagues">@</textarea>', begun)
    assert ">@</textarea>" not in agent.page(f"/inbox/{mine}?text=@")


def test_what_calls_somebody_anew_stands_on_top(parts, agent, ben, waits, listed):
    first, second = waits("1"), waits("2")
    for one in (first, second):
        note(agent, one, "@Ben look")
        ben.page(f"/inbox/{one}")
        parts.clock.advance(seconds=1)
    assert listed(ben, "mentions") == [f"Customer {n}" for n in (second, first)]
    note(agent, first, "@Ben once more")
    assert listed(ben, "mentions") == [f"Customer {n}" for n in (first, second)]
    assert "once more" in ben.words("/inbox/?view=mentions")


def test_a_note_says_who_was_told_and_who_has_seen_it(app, agent, ben, mine):
    visitor(app, "viewer", "Cleo Ward")
    answer = note(agent, mine, "@ben and @Cleo and @Bne, see mail x@Cleo")
    told = agent.words(answer.location)
    assert "Told: Ben and Cleo Ward. Nobody is called by @Bne." in told
    assert "Ben was told Cleo Ward was told" in told
    before = agent.page(f"/inbox/{mine}")
    ben.page(f"/inbox/{mine}")
    now = agent.page(f"/inbox/{mine}")
    assert "Ben was told, saw it 12:00" in words(now)
    news = re.search(r'hx-get="([^"]+)"', before)[1].replace("&amp;", "&")
    assert "Ben was told, saw it" in agent.words(news)


def test_who_keeps_a_note_goes_on_with_notes(agent, mine):
    answer = note(agent, mine, "Wants a refund")
    page = agent.page(answer.location)
    assert 'class="composer private"' in page
    assert 'id="reply"' not in page
    assert "Wants a refund" not in re.search(r"<textarea.*?</textarea>", page, re.S)[0]


def test_whom_a_name_calls_stands_apart_from_the_words_around_it(agent, ben, mine):
    note(agent, mine, "@Ben هل هذا <صحيح>؟ @Ada")
    mention = '<bdi class="mention%s">@%s</bdi>'
    text = f"{mention % ('', 'Ben')} هل هذا &lt;صحيح&gt;؟ {mention % (' you', 'Ada')}"
    assert f'<div class="note-text" dir="auto">{text}</div>' in agent.page(
        f"/inbox/{mine}"
    )


def test_colleagues_are_offered_by_what_calls_them_for_sure(app, agent, mine):
    for login, name in (("kim", "Kim Roe"), ("kim2", "Kim Roe"), ("eve", "Eve <b>")):
        person(app, login, name)
    page = agent.page("/inbox/colleagues")
    put_in = re.findall(r'data-insert="([^"]+)"', page)
    assert put_in == ["@Eve &lt;b&gt; ", "@Kim Roe ", "@kim2 "]
    note(agent, mine, "@Kim Roe @kim2")
    assert "Told: Kim Roe and Kim Roe." in agent.words(
        note(agent, mine, "@Kim Roe @kim2").location
    )
    assert visitor(app, "viewer").get("/inbox/colleagues").status_code == 403


def test_one_does_not_call_oneself(parts, agent, mine):
    note(agent, mine, "@Ada remember this")
    assert rows(parts, Mention) == []


@pytest.mark.parametrize(
    ("text", "told"), [(" ", "Write something"), ("x" * 5001, "too long")]
)
def test_what_can_not_be_noted_is_said_and_kept_in_its_form(
    parts, agent, mine, text, told
):
    answer = note(agent, mine, text)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert 'class="composer private"' in answer.text
    assert text.strip() in answer.text
    assert rows(parts, Note) == []


def test_who_may_only_look_notes_nothing(app, mine):
    assert note(visitor(app, "viewer"), mine, "x").status_code == 403
    assert note(visitor(app, "agent"), 4711, "x").status_code == 404


PEOPLE = [
    SimpleNamespace(id=1, name="Ada Lovelace", login="ada@shop.example"),
    SimpleNamespace(id=2, name="Ada Byron", login="byron@shop.example"),
    SimpleNamespace(id=3, name="سارة", login="sara@shop.example"),
    SimpleNamespace(id=4, name="Bob (night)", login="bob@shop.example"),
    SimpleNamespace(id=5, name="Max Strauß", login="max@shop.example"),
    SimpleNamespace(id=6, name="", login="nameless"),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Ada Lovelace please", {1}),
        ("@ada byron, @BOB", {2, 4}),
        ("@Ada", set()),
        ("@Ada Lovelaces", set()),
        ("@bob@shop.example", {4}),
        ("mail x@bob", set()),
        ("يا @سارة", {3}),
        ("@MAX STRAUSS and @Max Strauß", {5}),
        ("@nameless @", {6}),
        ("nobody", set()),
    ],
)
def test_whom_a_note_calls(text, ids):
    assert called(text, PEOPLE) == ids

"""Our utility templates: made once, reviewed by Messenger, filled in as it allows."""

import pytest

from bot.messenger import templates
from bot.messenger.client import Access, Graph
from bot.messenger.errors import SendError
from tests.emulator.conftest import APP_SECRET, PAGE, TOKEN

ACCESS = Access(PAGE, TOKEN, APP_SECRET)
WORDS = {
    "event": "Harbour Sessions",
    "date": "Saturday 5 December",
    "time": "19:30",
    "venue": "The Old Chapel",
}


@pytest.fixture
def graph(messenger):
    return Graph(messenger.url, "v25.0")


def on_the_page(messenger):
    (page,) = (p for p in messenger.get("pages")["pages"] if p["page_id"] == PAGE)
    return [template["name"] for template in page["templates"]]


def sent(graph, psid, template):
    body = {"recipient": {"id": psid}, "messaging_type": "UTILITY"}
    return graph.send(ACCESS, {**body, "message": {"template": template}})


def test_those_that_are_missing_are_made_and_pass_the_review(messenger, graph):
    assert templates.states(graph, ACCESS) == {"event_reminder": "APPROVED"}
    assert on_the_page(messenger) == ["event_reminder"]


def test_those_that_are_there_are_only_looked_at(messenger, graph):
    templates.states(graph, ACCESS)
    assert templates.states(graph, ACCESS) == {"event_reminder": "APPROVED"}
    assert on_the_page(messenger) == ["event_reminder"]


@pytest.mark.parametrize("state", ["PENDING", "REJECTED"])
def test_the_review_may_take_its_time_or_end_badly(messenger, graph, state):
    messenger.post(f"pages/{PAGE}", {"review": state})
    assert templates.states(graph, ACCESS) == {"event_reminder": state}
    review = {"name": "event_reminder", "language": "en", "status": "APPROVED"}
    messenger.post(f"pages/{PAGE}/templates", review)
    assert templates.states(graph, ACCESS) == {"event_reminder": "APPROVED"}


def test_those_of_others_are_not_ours(messenger, graph):
    other = {**templates.TEMPLATES[0], "name": "somebody_elses"}
    graph.post(ACCESS, f"{PAGE}/message_templates", other)
    assert set(templates.states(graph, ACCESS)) == {"event_reminder"}


def test_a_filled_one_goes_out_long_after_the_window(messenger, graph):
    templates.states(graph, ACCESS)
    psid = messenger.customer()
    messenger.pass_time(days=30)
    assert sent(graph, psid, templates.event_reminder(WORDS))
    (message,) = messenger.messages(psid)
    assert message["text"] == (
        "Here is your reminder: Harbour Sessions is on Saturday 5 December at 19:30 "
        "(local time), at The Old Chapel. If you want no more reminders, answer STOP."
    )


@pytest.mark.parametrize("name", ["50% off: #1 for $5", "%", ""])
def test_what_messenger_refuses_in_a_variable_is_left_out(messenger, graph, name):
    templates.states(graph, ACCESS)
    psid = messenger.customer()
    filled = templates.event_reminder({**WORDS, "event": name})
    assert sent(graph, psid, filled)
    (message,) = messenger.messages(psid)
    assert not set("#$%") & set(message["text"])


def test_a_page_that_is_shut_tells_nothing(messenger, graph):
    messenger.post(f"pages/{PAGE}", {"token": "expired"})
    with pytest.raises(SendError):
        templates.states(graph, ACCESS)
